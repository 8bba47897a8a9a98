"""Pack the deployment zip: the city's code, what it needs, and every module compiled. The same inputs give the same bytes.

Dependencies are gathered once per requirements file, interpreter and processor, and kept in `.local/cache`.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = f"python{sys.version_info.major}.{sys.version_info.minor}"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip can name
AWS_SERVICES = ("dynamodb", "kms", "s3", "secretsmanager", "sqs", "stepfunctions")
"""Services the functions call: botocore carries descriptions of four hundred."""
UNUSED = (
    "pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf",
    "fontTools/**/*.so",
    *(f"fontTools/{name}" for name in ("subset", "ufoLib", "varLib")),
)
"""What packages bring that nothing here uses: a second typeface, fontTools' compiled modules, each beside the same in Python, and its
largest parts for those who make typefaces."""
_DIST_INFO_KEPT = ("METADATA", "LICENSE", "LICENCE", "NOTICE", "COPYING", "AUTHORS", "entry_points.txt")


class BuildFailed(Exception):
    """The build cannot go on; the text says why, for the one who runs it."""


def native() -> str:
    """Name this machine's processor as Lambda does."""
    return "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x86_64"


def digest(paths: Iterable[Path], *also: str) -> str:
    """Hash the names and contents of files, and some words."""
    found = hashlib.sha256("\0".join((RUNTIME, *also)).encode())
    for path in sorted(paths):
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def dependencies(architecture: str) -> Path:
    """Return a folder with all that `requirements.txt` names, trimmed and compiled, for the processor of the functions."""
    requirements = ROOT / "requirements.txt"
    name = digest(
        [requirements, Path(__file__).resolve()], architecture, sys.platform if architecture == native() else "linux"
    )
    kept = ROOT / ".local" / "cache" / f"dependencies-{architecture}-{RUNTIME}-{name[:16]}"
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        fresh = Path(folder) / "site"
        fresh.mkdir()
        _gather(requirements, fresh, architecture)
        _trim(fresh)
        compile_tree(fresh)
        fresh.rename(kept)
    return kept


def _gather(requirements: Path, folder: Path, architecture: str) -> None:
    if sys.platform != "linux" and architecture == native():  # the local engine runs functions on this very machine
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-compile",
            "--target",
            str(folder),
            "-r",
            str(requirements),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildFailed(f"pip: {done.stderr.strip().splitlines()[-1]}")
        return
    from chalice.deploy.packager import DependencyBuilder, MissingDependencyError
    from chalice.utils import OSUtils

    abi = f"cp{sys.version_info.major}{sys.version_info.minor}"
    os.environ.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    try:
        DependencyBuilder(OSUtils(), architecture=architecture).build_site_packages(abi, str(requirements), str(folder))
    except MissingDependencyError as fault:
        missing = ", ".join(sorted(package.identifier for package in fault.missing))
        raise BuildFailed(f"no package for {architecture} and {RUNTIME}: {missing}") from None


def _trim(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if path.name in ("tests", "test", "__pycache__", "bin") or path.name == "sboms":
                shutil.rmtree(path)
        elif path.suffix in (".pyi", ".pyx", ".pxd", ".c", ".h", ".pyc") or _junk(path):
            path.unlink()
    for path in [path for pattern in UNUSED for path in folder.glob(pattern)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (folder / "botocore" / "data").iterdir():
        if path.is_dir() and path.name not in AWS_SERVICES:
            shutil.rmtree(path)


def _junk(path: Path) -> bool:
    """Tell whether a file of a `.dist-info` folder matters to nobody at run time (licences stay)."""
    inside = next((part for part in path.parts if part.endswith((".dist-info", ".data", ".egg-info"))), None)
    return (
        inside is not None
        and "licenses" not in path.parts
        and not path.name.upper().startswith(tuple(name.upper() for name in _DIST_INFO_KEPT))
    )


def compile_tree(folder: Path) -> None:
    """Compile every module below a folder, so that a cold start compiles nothing: unchecked, the package never changes.

    Bytes depend on what the process compiling has interned before, so it is a fresh interpreter that sees this tree alone: no
    site, no variables of ours, no path from above. Raises BuildFailed for a module that does not compile.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-s", "-S", "-P", "-m", "compileall", *"-q -f -s . --invalidation-mode unchecked-hash .".split()],
        cwd=folder, env={**ours, "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BuildFailed(f"compileall: {done.stdout.strip() or done.stderr.strip()}")


def pack(target: Path, *folders: Path) -> None:
    """Zip folders into one, in the order of names, with one date and one mode. Raises BuildFailed for a name given twice."""
    entries: dict[str, Path] = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                if name in entries:
                    raise BuildFailed(f"two files called {name} for the package")
                entries[name] = path
    fresh = target.with_suffix(".part")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(entries):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                (0o755 if name.endswith(".so") else 0o644) << 16,
            )
            archive.writestr(entry, entries[name].read_bytes())
    fresh.replace(target)
