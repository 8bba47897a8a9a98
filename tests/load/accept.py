"""Load on the running system: many citizens file at once, some twice. Not part of `make test`; it prints what it measured.

    make run                       # in one terminal
    .venv/bin/python -m tests.load.accept --people 8 --each 25

Only a loopback address is loaded. It ends by itself after `people × each` applications, and then counts: every receipt must be a case
of its own, every repetition the same case again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.journey.city import City

REPEATED = 5  # every fifth application is sent twice with the same key


def person(endpoints: dict[str, object], each: int) -> tuple[set[str], int, list[float]]:
    """File `each` applications one after the other; return the case numbers, how many were repetitions, and seconds per call."""
    city, took, numbers, repeated = City(endpoints), [], set(), 0
    token, phone = city.wechat(), City.phone()
    for n in range(each):
        key = uuid.uuid4().hex
        for _ in range(2 if n % REPEATED == 0 else 1):
            began = time.perf_counter()
            number = city.apply(token, "elder-card", phone, key)["case_no"]
            took.append(time.perf_counter() - began)
            repeated += number in numbers
            numbers.add(number)
    return numbers, repeated, took


def main() -> int:
    """Load, count, print. Return 1 if a case was lost or doubled."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=8)
    options.add_argument("--each", type=int, default=25)
    given = options.parse_args()
    endpoints = json.loads(Path(".local/endpoints.json").read_text("utf-8"))
    if "//127.0.0.1:" not in endpoints["api"]:
        print("only a system on 127.0.0.1 is loaded", file=sys.stderr)
        return 1
    began = time.perf_counter()
    with ThreadPoolExecutor(given.people) as pool:
        done = list(pool.map(lambda _: person(endpoints, given.each), range(given.people)))
    seconds = time.perf_counter() - began
    took = sorted(second for _, _, times in done for second in times)
    cases = set().union(*(numbers for numbers, _, _ in done))
    wanted, again = given.people * given.each, given.people * -(-given.each // REPEATED)
    right = len(cases) == wanted and sum(repeated for _, repeated, _ in done) == again
    print(
        f"{len(took)} calls in {seconds:.1f} s, {len(took) / seconds:.0f}/s; median {statistics.median(took) * 1000:.0f} ms"
    )
    print(
        f"slowest 1 in 100: {took[-max(1, len(took) // 100)] * 1000:.0f} ms; cases {len(cases)} of {wanted}; right: {right}"
    )
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
