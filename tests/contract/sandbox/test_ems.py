"""EMS: orders that are sealed, and tracks that are pushed."""

from __future__ import annotations

import pytest

from tests.contract.sandbox import clients
from tests.contract.sandbox.letters import ORDER
from tests.contract.sandbox.stack import Stack


def test_ems_gives_one_waybill_for_one_order(stack: Stack) -> None:
    one, two = clients.ems(stack, ORDER), clients.ems(stack, ORDER)
    assert one["waybill"] == two["waybill"] and (one["retCode"], one["success"]) == ("00000", True)
    assert len(one["waybill"]) == 13 and len(stack.get("/state")["waybills"]) == 1
    assert clients.ems(stack, ORDER, key="AAAAAAAAAAAAAAAAAAAAAA==")["retCode"] == "B00003"
    assert clients.ems(stack, ORDER, logitcsInterface="|$4|x")["retCode"] == "B00003"
    assert clients.ems(stack, ORDER, authorization="x")["retCode"] == "B00001"
    assert clients.ems(stack, ORDER, apiCode="1")["retCode"] == "B00002"
    assert clients.ems(stack, {**ORDER, "receiver": {}})["retCode"] == "B00005"
    assert clients.ems(stack, {**ORDER, "logisticsOrderNo": 7})["retCode"] == "B00004"


@pytest.mark.parametrize(
    ("action", "code"), [("揽收", "60"), ("30", "30"), ("投递", "51"), ("妥投", "10"), ("20", "20")]
)
def test_ems_pushes_tracks(stack: Stack, action: str, code: str) -> None:
    number = clients.ems(stack, ORDER)["waybill"]
    assert stack.post(f"/ems/{number}", {"action": action}).json()["track"]["action"] == code
    (body,) = stack.until(lambda: stack.product.bodies("/delivery/ems/track"))
    (mail,) = body["listexpressmail"]
    assert (mail["mailnum"], mail["action"], mail["effect"]) == (number, code, "1")
    assert ("properdelivery" in mail, "notproperdelivery" in mail) == (code == "10", code == "20")
