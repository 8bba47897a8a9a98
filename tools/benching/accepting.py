"""Accepting and asking: what one application and one status query cost, and how large heads are."""

from __future__ import annotations

import statistics
import uuid
from functools import partial
from typing import Any

from infra.packing import ROOT
from tools.benching.bench import PHONE, Bench, cpu
from tools.benching.calls import Call, Calls, Meter
from tools.benching.units import size, written
from tools.engine import REGION

WARM = 20  # turns before the first that counts


def accept(bench: Bench, rounds: int) -> tuple[float, float]:
    """Median CPU of (the whole handler call, one raw put of the same bytes), by turns."""
    item = bench.head(bench.apply()["case_no"])
    put = _raw().put_item
    ours: list[float] = []
    raw: list[float] = []
    for turn in range(rounds + WARM):
        asked = uuid.uuid4().hex
        one = cpu(partial(bench.apply, asked))
        other = cpu(partial(put, TableName=bench.table, Item={**item, "case_no": {"S": asked[:12]}}))
        if turn >= WARM:
            ours.append(one)
            raw.append(other)
    return statistics.median(ours), statistics.median(raw)


def _raw() -> Any:
    """Make a client with the very settings of the product's own: user agent, timeouts, retries, no validation."""
    from botocore.session import get_session

    from chalicelib.kernel import tables

    return get_session().create_client("dynamodb", region_name=REGION, config=tables.connect(REGION).meta.config)


def writes(bench: Bench) -> list[Call]:
    """Calls made to accept one application, with their units."""
    bench.apply()  # services, keys and today's data key are known from here on
    calls = Calls(Meter(bench.dynamo))
    with calls.looking():
        bench.apply()
    return calls.made


def reads(bench: Bench) -> list[Call]:
    """Calls made by a status query, with their units."""
    case_no = bench.apply()["case_no"]
    bench.status(case_no)
    calls = Calls(Meter(bench.dynamo))
    with calls.looking():
        bench.status(case_no)
    return calls.made


def heads(bench: Bench) -> dict[str, tuple[int, int]]:
    """Bytes and write units of a new head of every service filed on the web, its form filled in to the longest examples."""
    found, web = {}, bench.city.sms_session(PHONE)
    for path in sorted((ROOT / "services").glob("*.yaml")):
        if path.stem != "departments":
            asked = bench.filing(bench.application(path.stem), token=web)
            item = bench.head(bench.ask(asked, 201, 200)["case_no"])
            found[path.stem] = size(item), written(None, item)
    return found
