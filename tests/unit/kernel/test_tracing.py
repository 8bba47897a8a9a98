"""Tracing is off, and costs nothing, unless it is on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from chalicelib.kernel import tracing

CODE = "import sys; from chalicelib.kernel import tracing; print(tracing.begin(), 'aws_xray_sdk' in sys.modules)"


def test_off_imports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACING", raising=False)
    assert tracing.begin() is False


@pytest.mark.parametrize(("tracing_is", "shown"), [("off", "False False"), ("on", "True True")])
def test_sdk_is_there_only_when_on(tracing_is: str, shown: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={"TRACING": tracing_is, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == shown.split()
