"""One JSON line per happening, with personal data masked (《网络安全法》: kept at least six months by the log group)."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from functools import cache
from typing import Any

from chalicelib.kernel import mask

NAMESPACE = "Rongyiban"


@cache
def _logger() -> logging.Logger:
    logger = logging.getLogger("rongyiban")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.handlers = [handler]
    logger.setLevel(os.environ.get("LOG_LEVEL", "INFO"))
    logger.propagate = False
    return logger


def info(happening: str, **facts: Any) -> None:
    """Log what happened, with facts that are not personal data; IDs and phones that slip in are masked."""
    _logger().info(_line("info", happening, facts))


def warning(happening: str, **facts: Any) -> None:
    """Log what somebody should look at by day."""
    _logger().warning(_line("warning", happening, facts))


def error(happening: str, fault: BaseException | None = None, **facts: Any) -> None:
    """Log what should wake somebody. Of the exception only its type and place are kept: its text may quote a person."""
    if fault is not None:
        trace, place = fault.__traceback__, ""
        while trace is not None:
            place = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
            trace = trace.tb_next
        facts |= {"fault": type(fault).__name__, "place": place}
    _logger().error(_line("error", happening, facts))


def metric(name: str, value: float, **dimensions: str) -> None:
    """Log a figure that CloudWatch takes as a metric of this product (embedded metric format, EMF)."""
    directive = {"Namespace": NAMESPACE, "Dimensions": [[], list(dimensions)], "Metrics": [{"Name": name}]}
    told = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
    _logger().warning(_line("warning", name, {"_aws": told, name: value, **dimensions}))


def _line(level: str, happening: str, facts: dict[str, Any]) -> str:
    return mask.free_text(
        json.dumps({"level": level, "happening": happening, **facts}, ensure_ascii=False, default=str)
    )
