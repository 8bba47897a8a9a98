"""What lives cost together: invocations and CPU by function, calls, units by place, uses that are paid for; and a table of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from infra.template import parts
from tools.benching import prices
from tools.benching.calls import Call, Calls
from tools.benching.prices import Use

API = "APIHandler"


@dataclass
class Spent:
    """What `lives` cost together: invocations and CPU seconds by function, calls, transitions, messages, records of the stream."""

    lives: int
    calls: Calls
    invocations: Counter[str] = field(default_factory=Counter)
    cpu: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    transitions: int = 0
    messages: int = 0
    records: int = 0

    def made(self, function: str) -> int:
        """Calls to AWS of one function."""
        return sum(call.function == function for call in self.calls.made)

    def units(self, kind: str) -> dict[str, float]:
        """Units by place, the most first: `kind` is `writes` or `reads`."""
        total: dict[str, float] = defaultdict(float)
        for call in self.calls.made:
            for place, units in getattr(call, kind).items():
                total[place] += units
        return {place: units for place, units in sorted(total.items(), key=lambda each: -each[1]) if units}

    def uses(self) -> dict[Use, float]:
        """What is paid for."""
        memory = {name: each["Memory"] for name, each in parts()["Functions"].items()}
        seconds = sum(
            self.invocations[name]
            * prices.gb_seconds(
                self.cpu[name] / self.invocations[name],
                self.made(name) / self.invocations[name],
                self.calls.parties[name] / self.invocations[name],
                memory[name.split()[0]],
            )
            for name in self.invocations
        )
        count = sum(self.invocations.values())
        return {
            Use.TRANSITION: self.transitions,
            Use.WRITE_UNIT: sum(self.units("writes").values()),
            Use.READ_UNIT: sum(self.units("reads").values()),
            Use.GATEWAY_REQUEST: sum(n for name, n in self.invocations.items() if name.startswith(API)),
            Use.INVOCATION: count,
            Use.GB_SECOND: seconds,
            Use.QUEUE_REQUEST: 3 * self.messages,  # sent, received, deleted
            Use.KEY_REQUEST: sum(call.name.startswith("kms:") for call in self.calls.made),
            Use.FILE_WRITTEN: sum(call.name == "s3:PutObject" for call in self.calls.made),
            Use.LOG_GB: count * prices.LINES / 1e9,
        }

    def table(self) -> Iterator[str]:
        """Say where a life's CPU, calls, units and money go."""
        n = self.lives
        yield f"a life, by function: invocations, CPU, calls to AWS ({n} lives led; {self.records / n:.1f} records of the stream each)"
        for name in sorted(self.invocations, key=lambda each: -self.cpu[each]):
            by = named([call for call in self.calls.made if call.function == name], n)
            spent = f"{self.invocations[name] / n:5.2f} {self.cpu[name] / n * 1e3:6.1f} ms {self.made(name) / n:6.2f}"
            yield f"  {spent}  {name}  {by}"
        for kind in ("writes", "reads"):
            yield f"a life, {kind} by kind of item and by index, in units"
            yield from (f"  {units / n:6.2f}  {place}" for place, units in self.units(kind).items())
        yield "1,000 lives in US$"
        for use, count in sorted(self.uses().items(), key=lambda each: -prices.cost(dict([each]))):
            yield f"  {prices.cost({use: count}) / n * 1000:7.4f}  {use}: {count / n:.6g} a life"


def named(calls: list[Call], times: int = 1) -> str:
    """Name calls by their operation, each with how often it came in one of so many `times`."""
    count = Counter(call.name.partition(":")[2] for call in calls)
    return ", ".join(f"{each / times:g} {name}" for name, each in sorted(count.items()))
