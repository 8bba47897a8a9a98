"""`make test`: every check, in the order in which it is cheap to fail. The summary of the tests comes last.

`python -m tools.check lint` stops after style, types and import rules.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from infra.contract import contract
from infra.packing import ROOT, BuildFailed
from tools import web

TYPED = ("chalicelib", "parties", "channels", "handlers", "infra", "sandbox", "tools", "tests", "app.py")
LINTS = {
    "风格 ruff": ["ruff", "check", "."],
    "类型 mypy --strict": ["mypy", "--strict", *TYPED],
    "引用规则 import-linter": ["lint-imports"],
}
SUITES = ("unit", "contract", "infra", "journey")


def main(arguments: list[str]) -> int:
    """Run the checks; return 1 if any failed, after all have run."""
    began, failed = time.monotonic(), []
    contract()
    for name, command in LINTS.items():
        print(f"· {name}", flush=True)
        if not _quiet(command):
            failed.append(name)
    summary = ""
    if "lint" not in arguments:
        print("· 网页 web: citizen, console", flush=True)
        if not _web():
            failed.append("web")
        for suite in SUITES:
            if (ROOT / "tests" / suite).is_dir():
                right, line = _tests(suite)
                summary += f"  {suite:<9} {line}\n"
                failed += [] if right else [f"tests/{suite}"]
    seconds = time.monotonic() - began
    if failed:
        print(f"\n✗ 未通过 failed: {', '.join(failed)}  ({seconds:.0f} s)\n{summary}", end="", flush=True)
        return 1
    print(f"\n✓ 全部通过 all passed ({seconds:.0f} s)\n{summary}", end="", flush=True)
    return 0


def _web() -> bool:
    """Build both clients and run their own checks."""
    try:
        web.test()
    except BuildFailed as fault:
        print(fault, flush=True)
        return False
    return True


def _quiet(command: list[str]) -> bool:
    """Run a tool of the virtual environment; show what it says only when it fails."""
    tool = shutil.which(command[0], path=str(Path(sys.executable).parent)) or command[0]
    done = subprocess.run([tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def _tests(suite: str) -> tuple[bool, str]:
    """Run one suite, showing its progress. Return whether it passed, and its summary line."""
    print(f"· 测试 tests/{suite}", flush=True)
    command = [sys.executable, "-m", "pytest", f"tests/{suite}", "-q", "--durations=5", "--durations-min=5"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=None, bufsize=0) as process:
        assert process.stdout
        said = bytearray()
        while chunk := process.stdout.read(256):
            said += chunk
            sys.stdout.buffer.write(chunk)
            sys.stdout.flush()
    last = said.decode(errors="replace").strip().splitlines() or ["nothing ran"]
    return process.returncode == 0, last[-1].strip("= ")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BuildFailed as fault:
        print(f"✗ {fault}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
