"""顺丰's orders: what is signed, an order that was taken before, and routes that are asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.kernel.errors import PartyFault
from parties.sf.orders import digest
from tests.contract.farend import Answer, Asked, far_end
from tests.contract.parties.courier import PARCEL
from tests.contract.parties.sf.far import CARRIAGE, answered, form, play


def test_an_order_is_signed_and_the_office_pays() -> None:
    with far_end(CARRIAGE.takes) as end:
        CARRIAGE.client(end.url).order(PARCEL)
    sent = form(end.asked[0])
    order = json.loads(sent["msgData"])
    assert (sent["serviceCode"], order["orderId"]) == ("EXP_RECE_CREATE_ORDER", "510123456789S1")
    assert (order["payMethod"], order["monthlyCard"]) == (1, "7551234567")
    receiver = next(each for each in order["contactInfoList"] if each["contactType"] == 2)
    assert (receiver["contact"], receiver["mobile"], receiver["city"], receiver["county"]) == (
        "张三丰",
        "13800001234",
        "成都市",
        "青羊区",
    )


def test_the_digest_is_of_the_text_as_a_form_encodes_it() -> None:
    """Java's URLEncoder: a space is `+`, `*` stays, `~` does not."""
    assert digest('{"a":"中 *~"}', "1", "k") == "WGTSXM8Y83BEqhZ0E44cWA=="


def test_a_repeated_order_is_the_same_order() -> None:
    with far_end(play(known=True)) as end:
        assert CARRIAGE.client(end.url).order(PARCEL) == CARRIAGE.waybill
    assert [form(each)["serviceCode"] for each in end.asked] == ["EXP_RECE_CREATE_ORDER", "EXP_RECE_SEARCH_ORDER_RESP"]


@pytest.mark.parametrize("waybill", ["", "SF1", "1Z999"])
def test_a_yes_without_a_waybill_is_none(waybill: str) -> None:
    with far_end(play(waybill)) as end, pytest.raises(PartyFault):
        CARRIAGE.client(end.url).order(PARCEL)


@pytest.mark.parametrize("code", ["A1001", "A1006", "A1099"])
def test_what_the_gateway_refuses_says_nothing_of_the_parcel(code: str) -> None:
    told = json.dumps({"apiResultCode": code, "apiErrorMsg": "x", "apiResultData": ""}).encode()
    with far_end(lambda _: (200, told)) as end, pytest.raises(PartyFault):
        CARRIAGE.client(end.url).order(PARCEL)


def test_routes_that_are_asked_for_are_read_like_pushed_ones_and_what_cannot_be_read_hides_no_other() -> None:
    routes: list[Any] = [
        {"acceptTime": "2026-11-02 10:00:00", "acceptAddress": "成都市", "remark": "已收取快件", "opCode": "50"},
        {"acceptTime": "gestern", "opCode": "30"},
        "x",
        {"acceptTime": "2026-11-03 10:00:00", "remark": "快件遗失，理赔处理中", "opCode": "33"},
    ]

    def played(asked: Asked) -> Answer:
        assert json.loads(form(asked)["msgData"])["trackingNumber"] == [CARRIAGE.waybill]
        return answered("S0000", {"routeResps": [{"mailNo": CARRIAGE.waybill, "routes": routes[:2] + routes[3:]}]})

    with far_end(played) as end:
        found = CARRIAGE.client(end.url).routes(CARRIAGE.waybill)
    assert [(each.action, each.kind) for each in found] == [("50", "moving"), ("33", "lost")]
