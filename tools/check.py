"""`make test`: every check, in two lanes at once. The summary of the tests comes last.

`python -m tools.check lint` stops after style, types, import rules and sizes; `unit` runs the unit tests alone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from infra.contract import contract
from infra.packing import ROOT, BuildFailed

TYPED = ("chalicelib", "parties", "channels", "handlers", "infra", "sandbox", "tools", "tests", "app.py")


class Check(NamedTuple):
    """One command of the virtual environment. What it says is shown as it comes (`aloud`), or else only if it fails."""

    name: str
    command: tuple[str, ...]
    aloud: bool = False


class Outcome(NamedTuple):
    """What came of a check, and the last line it said."""

    check: Check
    passed: bool
    last: str


def suite(name: str) -> Check:
    """Return the check that runs the tests of a folder below tests/."""
    options = ("-q", "--durations=5", "--durations-min=5")
    return Check(f"tests/{name}", ("python", "-m", "pytest", f"tests/{name}", *options), aloud=True)


LINTS = (
    Check("风格 ruff", ("ruff", "check", ".")),
    Check("排版 ruff format", ("ruff", "format", "--check", ".")),
    Check("类型 mypy --strict", ("mypy", "--strict", *TYPED)),
    Check("引用规则 import-linter", ("lint-imports",)),
    Check("长短 sizes", ("python", "-m", "tools.sizes")),
)
PAGES = Check("网页 web", ("python", "-m", "tools.web", "test"), aloud=True)
UNIT = suite("unit")
LANES = {  # what runs one after the other in a lane; journeys look at the pages, and wait more than they work
    "lint": (LINTS,),
    "unit": ((UNIT,),),
    "": ((PAGES, suite("journey")), (*LINTS, UNIT, suite("contract"), suite("infra"))),
}


def main(arguments: list[str]) -> int:
    """Run the checks; return 1 if any failed, after all have run."""
    wanted = " ".join(arguments)
    if wanted not in LANES:
        print(__doc__, file=sys.stderr)
        return 2
    began, stopped = time.monotonic(), threading.Event()
    contract()
    with ThreadPoolExecutor() as pool:
        lanes = [pool.submit(_lane, lane, stopped) for lane in LANES[wanted]]
        try:
            outcomes = [outcome for lane in lanes for outcome in lane.result()]
        except BaseException:
            stopped.set()
            raise
    failed = [each.check.name for each in outcomes if not each.passed]
    seconds = time.monotonic() - began
    print(f"\n✗ 未通过 failed: {', '.join(failed)}" if failed else "\n✓ 全部通过 all passed", f"({seconds:.0f} s)")
    for each in outcomes:
        if each.check.name.startswith("tests/"):
            print(f"  {each.check.name:<14} {each.last}")
    counts = [_counted([each.last for each in outcomes], word) for word in ("passed", "failed")]
    print(f"{counts[0]} passed, {counts[1]} failed")
    return 1 if failed else 0


def _counted(lines: Sequence[str], word: str) -> int:
    """Add up what the suites' closing lines say: `… 12 passed, 1 failed in 3 s`."""
    return sum(int(found) for line in lines for found in re.findall(rf"(\d+) {word}", line))


def _lane(checks: Sequence[Check], stopped: threading.Event) -> list[Outcome]:
    return [_run(check) for check in checks if not stopped.is_set()]


def _run(check: Check) -> Outcome:
    """Run one check, showing every line whole, for another check speaks at the same time."""
    print(f"· {check.name}", flush=True)
    said = []
    tool = shutil.which(check.command[0], path=str(Path(sys.executable).parent)) or check.command[0]
    with subprocess.Popen(
        [tool, *check.command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout
        for line in process.stdout:
            said.append(line)
            if check.aloud:
                print(f"{check.name:<13} │ {line}", end="", flush=True)
    if process.returncode and not check.aloud:
        print("".join(said), flush=True)
    lines = [line for line in said if line.strip()] or ["nothing ran"]
    return Outcome(check, process.returncode == 0, lines[-1].strip("= \n"))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BuildFailed as fault:
        print(f"✗ {fault}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
