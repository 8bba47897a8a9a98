"""WeChat Pay v3: what it alone has, before a far end that checks our signature and signs its answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.kernel.errors import InvalidInput, PartyFault, PartyRefused
from chalicelib.payments.party import OrderRequest, OrderState
from chalicelib.vocabulary.problems import PROBLEMS
from parties.wechat_pay.client import _OURS, WechatPay
from sandbox import rsa
from tests.contract.farend import FarEnd, far_end
from tests.contract.parties.payee import Told, key
from tests.contract.parties.test_pay import NUMBER, ORDER
from tests.contract.parties.wechat_pay.far import PAYEE, SETTINGS, play, transaction
from tests.unit.samples import NOW


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with far_end(PAYEE.plays["taken"], "/parties/far") as end:
        yield end


@pytest.fixture
def pay(far: FarEnd) -> WechatPay:
    return WechatPay({**SETTINGS, "base_url": far.url})


def test_inside_wechat_a_prepay_id_and_signed_parameters(far: FarEnd, pay: WechatPay) -> None:
    far.play = PAYEE.plays["in_app"]
    placed = pay.place(
        OrderRequest(**{**vars(ORDER), "description": "蓉易办-占道经营许可", "user": "oOpenid", "scene": "jsapi"})
    )
    assert placed.ticket == "wx2014"
    (asked,) = far.asked
    assert (asked.method, asked.path) == ("POST", "/parties/far/v3/pay/transactions/jsapi")
    assert json.loads(asked.body) == {
        "appid": SETTINGS["appid"],
        "mchid": SETTINGS["mchid"],
        "description": "蓉易办-占道经营许可",
        "out_trade_no": NUMBER,
        "notify_url": "https://ryb.example/channels/pay/wechat/notify",
        "amount": {"total": 8000, "currency": "CNY"},
        "payer": {"openid": "oOpenid"},
        "time_expire": "2026-07-01T11:30:00+08:00",
    }
    handed = pay.for_client("wx2014", NOW)
    params = handed["params"]
    lines = (SETTINGS["appid"], params["timeStamp"], params["nonceStr"], params["package"])
    assert rsa.signed(key("merchant"), "".join(f"{line}\n" for line in lines).encode(), params["paySign"])
    assert (params["package"], params["signType"], handed["prepay_id"]) == ("prepay_id=wx2014", "RSA", "wx2014")


def test_elsewhere_a_code_to_scan(far: FarEnd, pay: WechatPay) -> None:
    assert pay.place(ORDER).code_url == "weixin://wxpay/bizpayurl?pr=1"
    (asked,) = far.asked
    assert asked.path.endswith("/v3/pay/transactions/native") and "payer" not in json.loads(asked.body)


def test_on_a_phones_browser_an_address_for_that_phone(far: FarEnd, pay: WechatPay) -> None:
    far.play = play(200, {"h5_url": "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2014&package=1"})
    placed = pay.place(OrderRequest(**{**vars(ORDER), "scene": "h5", "ip": "171.88.1.2"}))
    assert placed.h5_url.startswith("https://wx.tenpay.com/") and not placed.ticket and not placed.code_url
    (asked,) = far.asked
    assert (asked.method, asked.path) == ("POST", "/parties/far/v3/pay/transactions/h5")
    sent = json.loads(asked.body)
    assert sent["scene_info"] == {"payer_client_ip": "171.88.1.2", "h5_info": {"type": "Wap"}} and "payer" not in sent


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        ("NOTPAY", OrderState(open=True)),
        ("USERPAYING", OrderState(open=True)),
        ("CLOSED", OrderState()),
        ("REVOKED", OrderState()),
        ("PAYERROR", OrderState()),
    ],
)
def test_how_an_order_stands(far: FarEnd, pay: WechatPay, state: str, standing: OrderState) -> None:
    far.play = play(200, {"trade_state": state, "trade_state_desc": "订单状态"})
    assert pay.query(NUMBER) == standing
    (asked,) = far.asked
    assert asked.path.endswith(f"/v3/pay/transactions/out-trade-no/{NUMBER}")
    assert asked.query == f"mchid={SETTINGS['mchid']}"


def test_an_order_it_does_not_know_has_ended_and_anothers_money_is_none_of_ours(far: FarEnd, pay: WechatPay) -> None:
    far.play = PAYEE.plays["unknown"]
    assert pay.query(NUMBER) == OrderState()
    far.play = play(200, transaction(Told(merchant="1900000002")))
    with pytest.raises(InvalidInput):
        pay.query(NUMBER)


def test_closing(far: FarEnd, pay: WechatPay) -> None:
    far.play = PAYEE.plays["closed"]
    pay.close(NUMBER)
    (asked,) = far.asked
    assert asked.method == "POST" and asked.path.endswith(f"/v3/pay/transactions/out-trade-no/{NUMBER}/close")
    assert json.loads(asked.body) == {"mchid": SETTINGS["mchid"]}
    for code in ("ORDER_NOT_EXIST", "ORDER_CLOSED"):
        far.play = play(400, {"code": code})
        pay.close(NUMBER)


@pytest.mark.parametrize("theirs", [*_OURS, "APPID_MCHID_NOT_MATCH", "PARAM_ERROR", "order_paid"])
def test_a_refusal_has_a_code_of_ours(far: FarEnd, pay: WechatPay, theirs: str) -> None:
    far.play = play(400, {"code": theirs, "message": "不受理"})
    with pytest.raises(PartyRefused) as told:
        pay.place(ORDER)
    assert told.value.code in PROBLEMS and told.value.code == _OURS.get(theirs, "party_refused")


@pytest.mark.parametrize("answer", [(429, {"code": "FREQUENCY_LIMITED"}), (400, {}), (502, None), (200, [1])])
def test_faults_are_faults(far: FarEnd, pay: WechatPay, answer: tuple[int, Any]) -> None:
    far.play = play(*answer)
    with pytest.raises(PartyFault):
        pay.place(ORDER)
