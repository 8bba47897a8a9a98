"""Build what is deployed: `template.json` and `deployment.zip`.

    docs/api, vocabulary ──► chalicelib/openapi.json (infra/contract.py)
    app.py ──chalice package──► template + app code
    infra/resources, infra/workflows ──► the whole template (infra/template.py)
    + dependencies, + compiled modules ──► out/template.json, out/deployment.zip

Nothing is done when no input changed. `python -m infra.build --out dist --architecture arm64` is `make package`.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.contract import contract
from infra.packing import ROOT, BuildFailed, compile_tree, dependencies, digest, native, pack
from infra.template import assemble, functions, parts

STAGE = "city"
LARGEST = 30 * 1024 * 1024  # bytes of the zip


@dataclass(frozen=True)
class Built:
    """What was built, from what (a hash), and whether it had to be built."""

    template: Path
    package: Path
    version: str
    fresh: bool


def inputs() -> list[Path]:
    """List every file the package or the template is made from."""
    folders = ("chalicelib", "parties", "channels", "handlers", "docs/api", "infra/resources", "infra/workflows")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    found += [ROOT / name for name in ("app.py", "requirements.txt", ".chalice/config.json")]
    found += (ROOT / "infra").glob("*.py")
    return [path for path in found if "__pycache__" not in path.parts and path.name != "openapi.json"]


def build(out: Path, architecture: str | None = None) -> Built:
    """Build into `out` unless it is built already; who comes second waits for the first. Raises BuildFailed."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _build(out, architecture or native())


def _build(out: Path, architecture: str) -> Built:
    version = digest(inputs(), architecture)
    made = Built(out / "template.json", out / "deployment.zip", version, fresh=False)
    stamp = out / "built-from"
    contract()
    if stamp.exists() and stamp.read_text() == version and made.template.exists() and made.package.exists():
        return made
    stamp.unlink(missing_ok=True)
    needed = dependencies(architecture)
    with tempfile.TemporaryDirectory() as folder:
        code, template = _chalice(Path(folder), architecture)
        compile_tree(code)
        pack(made.package, code, needed)
    made.template.write_text(json.dumps(template, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    if made.package.stat().st_size > LARGEST:
        raise BuildFailed(f"the package is {made.package.stat().st_size >> 20} MB, more than {LARGEST >> 20} MB")
    stamp.write_text(version)
    return Built(made.template, made.package, version, fresh=True)


def _chalice(folder: Path, architecture: str) -> tuple[Path, dict[str, Any]]:
    """Let Chalice package a clean copy of the project without its dependencies. Return (code unpacked, template)."""
    project, out, code = folder / "project", folder / "out", folder / "code"
    clean = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("chalicelib", "vendor"):
        shutil.copytree(ROOT / name, project / name, ignore=clean)
    shutil.copy2(ROOT / "app.py", project)
    part = parts()
    config = json.loads((ROOT / ".chalice" / "config.json").read_text("utf-8"))
    config |= {"lambda_architecture": architecture, "stages": {STAGE: {"lambda_functions": functions(part)}}}
    (project / ".chalice").mkdir()
    (project / ".chalice" / "config.json").write_text(json.dumps(config))
    (project / "requirements.txt").touch()
    command = [sys.executable, "-c", "from chalice.cli import main; main()", "package", "--stage", STAGE, str(out)]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = {**ours, "AWS_DEFAULT_REGION": "cn-north-1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFailed("chalice package: " + (done.stderr or done.stdout).strip().splitlines()[-1])
    with zipfile.ZipFile(out / "deployment.zip") as archive:
        archive.extractall(code)
    (code / "requirements.txt").unlink(missing_ok=True)
    return code, assemble(json.loads((out / "sam.json").read_text("utf-8")), part)


def main() -> int:
    """Build from the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--out", type=Path, default=ROOT / "dist")
    options.add_argument("--architecture", choices=("arm64", "x86_64"), default=native())
    chosen = options.parse_args()
    try:
        made = build(chosen.out.resolve(), chosen.architecture)
    except BuildFailed as fault:
        print(f"✗ 构建失败 build failed: {fault}", file=sys.stderr)
        return 1
    size = made.package.stat().st_size / 1024 / 1024
    print(
        f"{'built' if made.fresh else 'up to date'}: {made.template} and {made.package} ({size:.1f} MB, {chosen.architecture})"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
