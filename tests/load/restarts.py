"""A mass failure on the running system: every waiting approval of many cases is stopped, and each is begun again once.

    make run                       # in one terminal
    .venv/bin/python -m tests.load.restarts --cases 300

Prints how long it took, how many were begun again, and how many more than once (none must be).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from infra.packing import ROOT
from tests.journey.city import City
from tools import handover
from tools.system import found

PATIENCE = 900.0


def running(states: Any, arn: str) -> Counter[str]:
    """Count the running executions of a workflow by case."""
    pages = states.get_paginator("list_executions").paginate(stateMachineArn=arn, statusFilter="RUNNING")
    return Counter(each["name"] for page in pages for each in page["executions"])


def main() -> int:
    """Entry point."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--cases", type=int, default=300)
    asked = options.parse_args()
    city = City(handover.read(ROOT / ".local" / "endpoints.json"))
    me, phone, states = city.wechat(), City.phone(), found().client("stepfunctions")
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: str(city.apply(me, "elder-card", phone)["case_no"]), range(asked.cases)))
    machines = states.list_state_machines()["stateMachines"]
    arn = next(each["stateMachineArn"] for each in machines if "Approval" in each["name"])
    runs = arn.replace(":stateMachine:", ":execution:")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not set(numbers) <= set(running(states, arn)):
        time.sleep(1)
    began = time.monotonic()
    for number in numbers:
        states.stop_execution(executionArn=f"{runs}:{number}")
    again = {f"{number}-1" for number in numbers}
    while time.monotonic() < until and not again <= set(running(states, arn)):
        time.sleep(1)
    took, now = time.monotonic() - began, set(running(states, arn))
    twice = [name for name in now if name.endswith("-2") and name[:12] in numbers]
    print(f"{len(again & now)} of {len(numbers)} begun again in {took:.0f} s; {len(twice)} more than once")
    return 0 if again <= now and not twice else 1


if __name__ == "__main__":
    sys.exit(main())
