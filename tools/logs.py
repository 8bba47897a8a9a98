"""`make logs`: follow what the functions say, one JSON line each with its time and its function, until Ctrl-C.

make logs                     what `make run` in this directory says, from ten minutes ago on
make logs CASE=261010123456   only what names this case
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from chalicelib.kernel.clock import SHANGHAI
from infra.packing import ROOT
from tools import engine, handover

STATE = Path(os.environ.get("RONGYIBAN_STATE") or ROOT / ".local")
BACK = 600.0  # seconds looked back at the start
PAUSE = 1.0  # seconds between two looks
LATE = 5.0  # seconds by which a line may come after a later one


class Follower:
    """Reads the functions' log groups of one stack in CloudWatch Logs; each line is given once."""

    def __init__(self, logs: Any, stack: str, since: float, case: str = "") -> None:
        self._logs, self._prefix, self._since = logs, f"/aws/lambda/{stack}-", since
        self._pattern = '"happening"' + (f' "{case}"' if case else "")  # of AWS: every word must be there
        self._seen: dict[tuple[str, str], float] = {}  # (stream, message) → its time

    def look(self) -> Iterator[str]:
        """Return the lines that are new, in order of time."""
        found = []
        for group in self._pages("describe_log_groups", "logGroups", logGroupNamePrefix=self._prefix):
            name = group["logGroupName"]
            asked = {"logGroupName": name, "startTime": int(self._since * 1000), "filterPattern": self._pattern}
            for event in self._pages("filter_log_events", "events", **asked):
                mark = event["logStreamName"], event["message"]
                if mark not in self._seen:
                    self._seen[mark] = event["timestamp"] / 1000
                    found.append((event["timestamp"], name.removeprefix(self._prefix), event["message"]))
        self._since = max([self._since, *(at - LATE for at in self._seen.values())])
        self._seen = {mark: at for mark, at in self._seen.items() if at >= self._since}
        for timestamp, function, message in sorted(found):
            if line := _line(timestamp / 1000, function, message):
                yield line

    def _pages(self, operation: str, what: str, **asked: Any) -> Iterator[dict[str, Any]]:
        for page in self._logs.get_paginator(operation).paginate(**asked):
            yield from page.get(what, [])


def _line(at: float, function: str, message: str) -> str:
    """Write one JSON line; empty for what is none of ours."""
    try:
        said = json.loads(message)
    except ValueError:
        return ""
    stamp = datetime.fromtimestamp(at, SHANGHAI).isoformat(timespec="milliseconds")
    return json.dumps({"at": stamp, "function": function.split("-")[0], **said}, ensure_ascii=False)


def main() -> int:
    """Follow until Ctrl-C. Return 1, after saying why, where no system runs."""
    points = handover.read(STATE / "endpoints.json")
    if not points:
        print("✗ 系统没有在运行，先 make run (nothing is running here: make run first)", file=sys.stderr)
        return 1
    aws = points["aws"]
    follower = Follower(
        engine.client(aws["endpoint_url"], "logs"), aws["stack"], time.time() - BACK, os.environ.get("CASE", "")
    )
    while (STATE / "endpoints.json").exists():
        for line in follower.look():
            print(line, flush=True)
        time.sleep(PAUSE)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(130)
