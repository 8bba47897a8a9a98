"""`make bench`: measure the budgets (docs/architecture.md §8 Budgets) on a system of its own, as ratios taken in one run.

Times are CPU seconds of this process (`process_time`): what the engine behind spends is not ours. Handler and baseline take turns,
and medians are compared, so that a busy machine touches both alike.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from infra.build import build
from infra.packing import ROOT
from tools.benching import Bench
from tools.engine import free_port
from tools.stack import Stack, boot

ROUNDS = 300
Line = tuple[str, str, str, bool | None]


def imports(package: Path, times: int) -> tuple[float, float]:
    """Median CPU of importing (the API function, chalice and pynamodb.models) from the package, compiled as it is shipped."""
    ours: list[float] = []
    base: list[float] = []
    code = "import sys, time; sys.path.insert(0, {!r}); began = time.process_time(); import {}; print(time.process_time() - began)"
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        for _ in range(times + 1):
            for found, what in ((ours, "app"), (base, "chalice, pynamodb.models")):
                command = [sys.executable, "-I", "-c", code.format(folder, what)]
                found.append(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    return statistics.median(ours[1:]), statistics.median(base[1:])


def measure(stack: Stack, rounds: int, sizes: tuple[int, ...], say: Callable[[str], None]) -> list[Line]:
    """Measure everything; return lines (what, measured, budget, held)."""
    bench = Bench(stack, rounds)
    say("转换次数 transitions of the simplest service")
    entered = bench.transitions()
    bench.pause(True)
    say("导入 imports")
    built = build(ROOT / ".local" / "build")
    ours, base = imports(built.package, 15)
    zipped = built.package.stat().st_size / 1024 / 1024
    total = sum(entered.values())
    by = ", ".join(f"{name} {count}" for name, count in sorted(entered.items()))
    lines: list[Line] = [
        (f"Step Functions transitions ({by})", str(total), "≤ 20", total <= 20),
        (
            f"import: API function / chalice, pynamodb.models ({_ms(ours, base)})",
            f"{ours / base:.2f} ×",
            "≤ 1.25 ×",
            ours <= 1.25 * base,
        ),
        ("deployment zip", f"{zipped:.1f} MB", "≤ 30 MB", zipped <= 30),
    ]
    for cases in sizes:
        say(f"{cases} 个办件 cases in the table")
        bench.fill(cases)
        lines += [(f"[{cases} cases] {what}", found, budget, held) for what, found, budget, held in _cases(bench)]
    return lines


def _cases(bench: Bench) -> list[Line]:
    """Measure what might depend on how many cases there are."""
    calls, units, indexes = bench.writes()
    asked, taken = bench.reads()
    mine, raw = bench.accept()
    written = [each for each in calls if each.startswith("dynamodb:") and not each.endswith(("GetItem", "Query"))]
    every = ", ".join(f"{name} {count}" for name, count in indexes.items())
    return [
        (
            f"accepting, CPU: handler / raw put_item ({_ms(mine, raw)})",
            f"{mine / raw:.2f} ×",
            "≤ 1.3 ×",
            mine <= 1.3 * raw,
        ),
        (f"accepting, calls to AWS ({', '.join(calls)})", f"{len(written)} item", "1 item", len(written) == 1),
        (
            f"accepting, write units of the item + of its indexes ({every})",
            f"{units} + {sum(indexes.values())} WCU",
            "shown",
            None,
        ),
        (
            f"status query ({', '.join(asked)})",
            f"{len(asked)} read, {taken:g} RCU",
            "1 read, ≤ 1",
            len(asked) == 1 and taken <= 1,
        ),
    ]


def _ms(one: float, other: float) -> str:
    return f"{one * 1e3:.2f} / {other * 1e3:.2f} ms"


def main() -> int:
    """Measure and print the table; 1 if a budget does not hold."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument(
        "--quick", action="store_true", help="few rounds, a small table: two minutes instead of five or more"
    )
    quick = options.parse_args().quick

    def say(text: str) -> None:
        print(f"· {text}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="rongyiban-bench-") as folder:
        stack = boot(Path(folder), free_port(), 0.00001, say)
        try:
            lines = measure(stack, 60 if quick else ROUNDS, (1_000,) if quick else (1_000, 100_000), say)
        finally:
            stack.stop()
    print(f"\n{'':2}{'measured':>18}  {'budget':<16} what")
    for what, found, budget, held in lines:
        print(f"{'· ' if held is None else '✓ ' if held else '✗ '}{found:>18}  {budget:<16} {what}")
    return 0 if all(held is not False for *_, held in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
