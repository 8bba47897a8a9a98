"""What every function that takes from a queue does: each message by itself, and what fails comes again when the schedule says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from chalice.app import SQSEvent

from chalicelib.kernel import log
from chalicelib.kernel.parts import queue


def each(
    event: SQSEvent,
    name: str,
    act: Callable[[dict[str, Any], int], None],
    wait: Callable[[int], int | None],
    expected: type[Exception] | tuple[()] = (),
) -> dict[str, Any]:
    """Do `act(message, attempt)` with each message of the queue `name`; return what failed, so that the queue keeps it.

    `wait(attempt)` is how many seconds a message is hidden before its next try, None after its last; an `expected` fault is not logged.
    """
    failed = []
    for record in event.to_dict()["Records"]:
        attempt = int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))
        try:
            act(json.loads(record["body"]), attempt)
        except Exception as fault:
            if not isinstance(fault, expected):
                log.error("message not carried out", fault, queue=name, attempt=attempt)
            if (seconds := wait(attempt)) is not None:
                queue(name).later(record["receiptHandle"], seconds)
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
