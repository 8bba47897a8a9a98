"""Whoever listens to the stream listens apart: figures that cannot be counted stop no workflow and no notice."""

from __future__ import annotations

from chalicelib.kernel import clock
from chalicelib.supervision.store import LANES
from tests.journey.city import City
from tools.stack import Stack


def test_spoiled_figures_stop_nothing(stack: Stack, city: City) -> None:
    dynamo, table = stack.client("dynamodb"), stack.outputs["CountersTable"]
    keys = [{"name": {"S": f"day#{clock.now():%Y-%m-%d}#{lane}"}} for lane in range(LANES)]
    kept = [dynamo.get_item(TableName=table, Key=key).get("Item") or key for key in keys]
    for key in keys:
        dynamo.put_item(TableName=table, Item={**key, "received": {"S": "spoiled"}, "decided": {"S": "spoiled"}})
    try:
        phone = City.phone()
        _, me = city.neighbour()
        number = city.apply(me, "elder-card", phone)["case_no"]
        city.decide("mzj", "approver", number)
        city.status(me, number, "delivered")
        assert len(city.heard(phone, "结果已送达")) == 1
    finally:
        for item in kept:
            dynamo.put_item(TableName=table, Item=item)
    boss = city.clerk("mzj", "supervisor")
    before = sum(int(item.get("received", {"N": "0"})["N"]) for item in kept)
    look = lambda: city.call("GET", "/v1/staff/board", boss)["received"] > before  # noqa: E731
    city.until(look, "the figures to be counted after all")
