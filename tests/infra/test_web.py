from __future__ import annotations

import os
from pathlib import Path

import pytest

from infra import contract
from infra.packing import ROOT, BuildFailed
from tools import web


def tool(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Node that is new enough and an npm that notes what it was asked."""
    folder = tmp_path / "tools"
    folder.mkdir()
    tool(folder, "node", "echo v22.17.1")
    tool(
        folder,
        "npm",
        f'echo "$@" >> {tmp_path}/asked; [ "$1" != fail ] && mkdir -p node_modules dist && touch dist/index.html',
    )
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.fixture
def client(tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch) -> web.Client:
    """One small client in a repository of its own."""
    folder = tmp_path / "web" / "small"
    (folder / "src").mkdir(parents=True)
    for name in ("docs/api", "chalicelib", "web/shared"):
        (tmp_path / name).mkdir(parents=True)
    made = {
        "package-lock.json": "{}",
        "src/a.ts": "1",
        "../shared/b.ts": "1",
        "../../docs/api/shared.yaml": "openapi: 3.1.0",
    }
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
    small = web.Client("small", ("build",), ("test",), ("dist/index.html",))
    monkeypatch.setattr(web, "ROOT", tmp_path)
    monkeypatch.setattr("infra.packing.ROOT", tmp_path)
    monkeypatch.setattr(contract, "PARTS", tmp_path / "docs" / "api")
    monkeypatch.setattr(contract, "OPENAPI", tmp_path / "chalicelib" / "openapi.json")
    monkeypatch.setattr(contract, "WORDS", tmp_path / "web" / "shared" / "vocabulary.ts")
    monkeypatch.setattr(web, "STATE", tmp_path / ".local" / "web")
    monkeypatch.setattr(web, "CLIENTS", {"small": small})
    return small


def asked(tmp_path: Path) -> list[str]:
    path = tmp_path / "asked"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return lines


def test_builds_only_what_changed(client: web.Client, tmp_path: Path) -> None:
    web.build()
    assert asked(tmp_path) == ["ci --no-audit --no-fund", "run build", "run --silent size"]
    web.build()
    assert asked(tmp_path) == []
    (client.folder / "src" / "a.ts").write_text("2", "utf-8")
    web.build()
    assert asked(tmp_path) == ["run build", "run --silent size"]
    (tmp_path / "docs" / "api" / "shared.yaml").write_text("openapi: 3.1.1", "utf-8")
    web.build()
    assert asked(tmp_path) == ["run build", "run --silent size"]
    (tmp_path / "web" / "shared" / "b.ts").write_text("2", "utf-8")
    web.build()
    assert asked(tmp_path) == ["run build", "run --silent size"]
    (client.folder / "package-lock.json").write_text('{"a": 1}', "utf-8")
    web.build()
    assert asked(tmp_path)[0] == "ci --no-audit --no-fund"


def test_builds_again_what_is_gone(client: web.Client, tmp_path: Path) -> None:
    web.build()
    asked(tmp_path)
    (client.folder / "dist" / "index.html").unlink()
    web.build()
    assert asked(tmp_path) == ["run build", "run --silent size"]


def test_what_builds_make_does_not_cause_builds(client: web.Client) -> None:
    web.build()
    before = web.sources(client)
    for name in ("node_modules/x.js", "dist/index.html", "../shared/api.d.ts", "tests/unit/a.test.ts", ".look/a.png"):
        path = client.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    assert web.sources(client) == before


def test_a_failed_build_says_why_and_is_tried_again(
    client: web.Client, tools: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool(tools, "npm", 'case "$2" in build) echo "src/a.ts: 类型不对"; exit 1;; *) mkdir -p node_modules;; esac')
    assert web.main(["build"]) == 1
    assert "类型不对" in capsys.readouterr().err
    assert web.main(["build"]) == 1


@pytest.mark.parametrize("version", ["v20.19.0", "v22.12.0", "v24.0.0"])
def test_node_may_be(tmp_path: Path, version: str) -> None:
    tool(tmp_path, "node", f"echo {version}")
    assert web._new_enough(tmp_path / "node")


@pytest.mark.parametrize("version", ["v18.20.0", "v20.18.3", "v21.7.0", "v22.11.0", ""])
def test_node_must_be_new_enough(tmp_path: Path, version: str) -> None:
    tool(tmp_path, "node", f"echo {version}")
    assert not web._new_enough(tmp_path / "node")


def test_no_node_at_all_is_not_new_enough(tmp_path: Path) -> None:
    assert web._new_enough(tmp_path / "node") is False


def test_unknown_clients_are_refused() -> None:
    with pytest.raises(BuildFailed, match="kiosk"):
        web.build(["kiosk"])
    assert web.main([]) == 2


@pytest.mark.parametrize("name", ["citizen", "console"])
def test_lock_files_name_no_registry(name: str) -> None:
    text = (ROOT / "web" / name / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
