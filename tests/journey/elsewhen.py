"""A system of a test's own whose time is moved (`tools/othertime.py`), and a year announced in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from chalicelib.kernel import workdays
from infra.build import Built, build
from infra.deploy import deploy
from infra.packing import ROOT
from tests.journey.city import City
from tests.journey.conftest import WAIT_SCALE
from tools.engine import free_port
from tools.handover import STACK
from tools.othertime import move
from tools.stack import ARTIFACTS, Stack, boot, ready

NOTICE = {
    "notice": "一个测试用的放假安排",
    "off": ["01-01", "02-05", "02-08", "02-09", "02-10", "02-11", "02-12"],
    "work": ["01-31", "02-20"],
}
"""A notice for 2027 as it might come: 春节 is longer than its statutory days, and two days are worked for it. The true one is not known."""


OPS = """
import sys
from pathlib import Path
from chalicelib.kernel import workdays
workdays.FILE = Path(sys.argv[1])
from tools import ops
ops.main()
"""
OPENID = "o-through-the-holidays"


@dataclass
class Elsewhen:
    """A running system whose days are told to it; time goes forward only."""

    stack: Stack
    city: City
    ahead: Path

    def on(self, day: str) -> tuple[City, str]:
        """Let it be ten in the morning of a day, the clock struck; return the city, where all have to sign in again, and the applicant."""
        move(self.ahead, datetime.fromisoformat(f"{day}T10:00:00+08:00"))
        function = self.stack.outputs["ClockFunction"]
        struck = self.stack.client("lambda").invoke(FunctionName=function, Payload=b"{}")
        assert "FunctionError" not in struck, struck["Payload"].read()
        self.city.sessions_end()
        return self.city, self.city.wechat(OPENID)


@contextmanager
def begun(state: Path, day: str) -> Iterator[Elsewhen]:
    """Bring a system up on the morning of a day, as `make run` does, until the block ends."""
    ahead = state / "ahead"
    move(ahead, datetime.fromisoformat(f"{day}T09:00:00+08:00"))
    running = boot(state, free_port(), WAIT_SCALE, strict=True, ahead=ahead)
    city = City(running.endpoints)
    yield Elsewhen(running, city, ahead)
    city.http.close()
    running.stop()


def announce(stack: Stack, folder: Path) -> str:
    """Let 2027 be announced as docs/runbook.md says: deploy its calendar, then `make ops DO=calendar`; return what that says."""
    calendar, package = folder / "workdays.json", folder / "deployment.zip"
    calendar.write_text(json.dumps({**json.loads(workdays.FILE.read_text("utf-8")), "2027": NOTICE}), "utf-8")
    built = build(ROOT / ".local" / "build")
    shutil.copy(built.package, package)
    with zipfile.ZipFile(package, "a") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        packed.write(calendar, "chalicelib/kernel/workdays.json")  # the later one counts
    deploy(stack.client, STACK, ARTIFACTS, Built(built.template, package, "announced", True), {"PublicUrl": stack.base})
    ready(stack.base)
    environment = {**os.environ, "DO": "calendar", "RONGYIBAN_STATE": str(stack.state)}
    ops = [sys.executable, "-c", OPS, str(calendar)]
    return subprocess.run(ops, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
