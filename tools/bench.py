"""`make bench`: measure the budgets (docs/architecture.md §8 Budgets) on a system of its own, in one run.

Times are CPU seconds of our own code: what the engine behind spends is not ours. Handler and baseline take turns, and medians are
compared, so that a busy machine touches both alike.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from infra.build import build
from infra.packing import ROOT
from infra.workflows import definition
from tools.benching import accepting, life, prices, starts, transitions
from tools.benching.bench import SERVICE, Bench
from tools.benching.spent import named
from tools.engine import free_port
from tools.stack import Stack, boot

ROUNDS = 300
Line = tuple[str, str, str, bool | None]


def measure(stack: Stack, rounds: int, sizes: tuple[int, ...], say: Callable[[str], None]) -> list[Line]:
    """Measure everything; return lines (what, measured, budget, held)."""
    bench = Bench(stack)
    say("转换次数 transitions of the simplest service")
    lines = [_transitions(bench)]
    bench.pause()
    say("一生 the whole life of a case")
    lines += _life(bench)
    say("导入 imports and first requests")
    lines += _starts(bench, 9 if rounds < ROUNDS else 15)
    say("各事项 heads of every service")
    lines.append(_heads(bench))
    for cases in sizes:
        say(f"{cases} 个办件 cases in the table")
        bench.fill(cases)
        lines += [(f"[{cases} cases] {what}", *rest) for what, *rest in _cases(bench, rounds)]  # type: ignore[misc]
    return lines


def _transitions(bench: Bench) -> Line:
    """Walk the service on the engine; what its history tells must be what the definition says of the states outside Maps."""
    entered: dict[str, int] = {}
    for stem, plan, told in walked(bench):
        rounds = transitions.items(plan)
        outside = transitions.entered(definition(stem), [0] * len(rounds))
        assert told == outside, f"{stem}: {told} states in the history, {outside} by the definition"
        entered[stem] = entered.get(stem, 0) + transitions.entered(definition(stem), rounds)
    by = ", ".join(f"{name} {count}" for name, count in sorted(entered.items()))
    total = sum(entered.values())
    return f"Step Functions transitions ({by}; states inside Map by the definition)", str(total), "≤ 8", total <= 8


def walked(bench: Bench) -> list[tuple[str, dict[str, object], int]]:
    """Lead a case through the engine to its rating; return (workflow, input, states in the history) of each execution."""
    city, me = bench.city, bench.city.wechat()
    case_no = city.apply(me, SERVICE, "13800001234")["case_no"]
    for stage in city.call("GET", f"/v1/services/{SERVICE}")["stages"]:
        for department in stage["departments"]:
            city.decide(department, "approver" if stage["kind"] != "acceptance" else "clerk", case_no)
    city.status(me, case_no, "delivered")
    city.call("POST", f"/v1/cases/{case_no}/rating", me, 201, json={"level": 5})
    time.sleep(2)
    states, found = bench.stack.client("stepfunctions"), []
    for machine in states.list_state_machines()["stateMachines"]:
        for each in states.list_executions(stateMachineArn=machine["stateMachineArn"])["executions"]:
            arn = each["executionArn"]
            plan = json.loads(states.describe_execution(executionArn=arn)["input"])
            if plan.get("case_no") == case_no:
                history = states.get_execution_history(executionArn=arn, maxResults=1000)["events"]
                told = sum(happening["type"].endswith("StateEntered") for happening in history)
                found.append((machine["name"].split("-")[1].lower(), plan, told))
    return found


def _life(bench: Bench) -> list[Line]:
    stand_ins = life.stand_ins(bench)
    life.Lives(bench, stand_ins, 1).lead()  # from here on all is warm
    timed = life.Lives(bench, stand_ins, life.LIVES).lead()
    metered = life.Lives(bench, stand_ins, life.LIVES, metered=True).lead()
    metered.cpu = timed.cpu  # looking at every item takes CPU that is not ours
    print("\n".join(metered.table()), flush=True)
    n = life.LIVES
    uses = metered.uses()
    wrote, looked = (sum(metered.units(kind).values()) / n for kind in ("writes", "reads"))
    calls, cpu, dollars = (
        sum(map(metered.made, metered.invocations)) / n,
        sum(metered.cpu.values()) / n,
        prices.cost(uses) / n * 1000,
    )
    invoked = sum(metered.invocations.values()) / n
    return [
        ("a whole life: our CPU, all functions", f"{cpu * 1e3:.1f} ms", "≤ 75 ms", cpu <= 0.075),
        ("a whole life: write units", f"{wrote:.1f}", "≤ 45", wrote <= 45),
        ("a whole life: read units", f"{looked:.1f}", "≤ 25", looked <= 25),
        ("a whole life: calls to AWS", f"{calls:.1f}", "≤ 40", calls <= 40),
        ("a whole life: invocations", f"{invoked:.1f}", "shown", None),
        ("1,000 lives at list price (us-east-1)", f"US$ {dollars:.3f}", "≤ 0.27", dollars <= 0.27),
    ]


def _starts(bench: Bench, times: int) -> list[Line]:
    built = build(ROOT / ".local" / "build")
    package = starts.Starts(built.package, bench.stack.environment, times)
    ours, base = package.imports()
    zipped = built.package.stat().st_size / 1024 / 1024
    lines: list[Line] = [
        (f"import: API function / {starts.BASE} ({_ms(ours, base)})", f"{ours / base:.2f} ×", "≤ 1.0 ×", ours <= base),
        ("deployment zip", f"{zipped:.1f} MB", "≤ 30 MB", zipped <= 30),
    ]
    for what, asked in (("an application", bench.filing(bench.body)), ("an SMS", starts.sms(bench))):
        first = package.first(asked)
        lines.append((f"first request of a container, CPU: {what}", f"{first * 1e3:.0f} ms", "≤ 120 ms", first <= 0.12))
    return lines


def _heads(bench: Bench) -> Line:
    found = accepting.heads(bench)
    large = ", ".join(f"{name} {size} B" for name, (size, _) in sorted(found.items(), key=lambda each: -each[1][0]))
    most = max(units for _, units in found.values())
    return (
        f"accepting, write units of a head, the largest of {len(found)} services ({large})",
        f"{most} WCU",
        "1",
        most <= 1,
    )


def _cases(bench: Bench, rounds: int) -> list[Line]:
    """Measure what might depend on how many cases there are."""
    made, asked = accepting.writes(bench), accepting.reads(bench)
    mine, raw = accepting.accept(bench, rounds)
    writes = [call for call in made if call.writes]
    by = ", ".join(f"{place} {units}" for call in writes for place, units in call.writes.items())
    total, taken = sum(sum(call.writes.values()) for call in writes), sum(sum(call.reads.values()) for call in asked)
    return [
        (
            f"accepting, CPU: handler / raw put_item ({_ms(mine, raw)})",
            f"{mine / raw:.2f} ×",
            "≤ 1.3 ×",
            mine <= 1.3 * raw,
        ),
        (f"accepting, calls to AWS ({named(made)})", f"{len(writes)} item", "1 item", len(writes) == 1),
        (f"accepting, write units ({by})", f"{total} WCU", "≤ 5", total <= 5),
        (
            f"status query ({named(asked)})",
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
