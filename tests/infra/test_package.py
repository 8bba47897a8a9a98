"""The package: small, compiled, complete, without what has no business in it, and the same every time."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.build import LARGEST, Built, build
from infra.packing import AWS_SERVICES, ROOT, BuildFailed, compile_tree, pack


@pytest.fixture(scope="module")
def names(built: Built) -> set[str]:
    with zipfile.ZipFile(built.package) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def unpacked(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("package")
    with zipfile.ZipFile(built.package) as archive:
        archive.extractall(folder)
    yield folder


def test_size(built: Built) -> None:
    assert built.package.stat().st_size <= LARGEST


def test_every_module_is_compiled(names: set[str]) -> None:
    tag = sys.implementation.cache_tag
    missing = []
    for name in names:
        if name.endswith(".py"):
            folder, _, file = name.rpartition("/")
            compiled = f"{folder}/__pycache__/{file[:-3]}.{tag}.pyc".lstrip("/")
            missing += [] if compiled in names else [name]
    assert not missing


def test_compiled_modules_are_used_unchecked(unpacked: Path) -> None:
    compiled = unpacked / "chalicelib" / "kernel" / "__pycache__" / f"ids.{sys.implementation.cache_tag}.pyc"
    assert int.from_bytes(compiled.read_bytes()[4:8], "little") == 0b01  # PEP 552: by hash, not checked


def test_imports_by_itself(unpacked: Path) -> None:
    """The functions' code needs nothing of this machine but Python, and compiles nothing."""
    code = "import sys, app; print(sorted({'boto3', 'yaml', 'starlette', 'infra'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-I", "-v", "-c", f"import sys; sys.path[:0] = [{str(unpacked)!r}]; {code}"],
        cwd=unpacked, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "[]"
    assert not re.findall(rf"# wrote '{re.escape(str(unpacked))}", done.stderr)


def test_what_is_in_it(names: set[str]) -> None:
    assert {"app.py", "chalicelib/openapi.json", "channels/base.py", "handlers/http.py", "chalice/app.py"} <= names
    tops = {name.split("/", 1)[0] for name in names}
    assert not tops & {
        "infra",
        "tests",
        "services",
        "vendor",
        "web",
        "docs",
        "boto3",
        "pip",
        "setuptools",
        "requirements.txt",
    }
    assert not [name for name in names if "/tests/" in name or "sandbox" in name]
    services = {name.split("/")[2] for name in names if re.fullmatch(r"botocore/data/[^/]+/.*", name)}
    assert services == set(AWS_SERVICES)


def test_botocore_knows_every_service_that_is_called() -> None:
    code = "".join(
        path.read_text("utf-8")
        for folder in ("chalicelib", "handlers", "channels")
        for path in (ROOT / folder).rglob("*.py")
    )
    called = set(re.findall(r'client\("([a-z0-9]+)"\)', code)) | {"dynamodb"}
    assert called <= set(AWS_SERVICES)


def test_two_packages_are_the_same(built: Built, tmp_path: Path) -> None:
    again = build(tmp_path / "again")
    assert again.fresh
    for one, other in ((built.package, again.package), (built.template, again.template)):
        assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()
    assert not build(tmp_path / "again").fresh


def test_what_a_module_compiles_to_depends_on_the_modules_alone(
    unpacked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither on where they lie, nor on this process (its interned words, its environment), nor on the order of its sets."""
    compiled, kept = (
        [],
        [],
    )  # from 3.13 on, words that code kept here has interned would change what is compiled here next
    for number, folder in enumerate((tmp_path / "one", tmp_path / "chalicelib" / "handlers"), 1):
        for name in ("chalicelib", "handlers", "channels"):
            shutil.copytree(unpacked / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setenv("PYTHONHASHSEED", str(number))
        compile_tree(folder)
        kept += [compile(path.read_text("utf-8"), path.name, "exec") for path in folder.rglob("*.py")]
        found = sorted(folder.rglob("*.pyc"))
        compiled.append([(path.relative_to(folder).as_posix(), path.read_bytes()) for path in found])
    assert compiled[0] == compiled[1]
    _, code = compiled[0][0]
    assert b"chalicelib/" in code and str(tmp_path).encode() not in code


def test_a_module_that_does_not_compile_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text("def (")
    with pytest.raises(BuildFailed, match=r"odd\.py"):
        compile_tree(tmp_path)


def test_one_name_twice_is_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.py").touch()
    with pytest.raises(BuildFailed, match=r"same\.py"):
        pack(tmp_path / "out.zip", tmp_path / "one", tmp_path / "two")
