"""Our own adapters against the sandbox, and the sandbox's telephone against our own VoiceXML: both ends of every wire meet here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from chalicelib.intake.model import Ask, Reply
from chalicelib.kernel.clock import now
from chalicelib.kernel.errors import PartyFault, PartyRefused, Unauthenticated
from chalicelib.notices.model import Card, Sms
from chalicelib.payments.party import OrderRequest
from channels.ivr import Ivr
from parties.aliyun.sms import Aliyun
from parties.registry import PARTIES
from parties.wechat.api import WeChatApi
from parties.wechat.cards import Cards
from parties.wechat.login import Login
from parties.wechat_pay.client import WechatPay
from parties.wire import Inbound
from sandbox.voice.call import VoiceCall
from tests.contract.sandbox.stack import GATEWAYS, Stack, running
from tests.unit.memory import MemoryExpiring

PHONE, OPENID = "13900139000", "oProductTest01"


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANDBOX_TIME_SCALE", "0.01")
        with running() as served:
            yield served


@pytest.mark.parametrize("party", GATEWAYS)
@pytest.mark.parametrize(("kind", "text"), [("code", "验证码246810，"), ("notice", "已受理"), ("reply", "已受理")])
def test_sms_is_sent_and_found(stack: Stack, party: str, kind: str, text: str) -> None:
    carrier, moment = PARTIES[party].roles["sms"](stack.parties[party]), now()
    sms = Sms(PHONE, "已受理", kind, f"out-{party}-{kind}", facts={"code": "246810"})
    sid = carrier.send(sms, moment)
    assert text in stack.get(f"/sms/{PHONE}")["messages"][-1]["text"]
    if carrier.patience is None:
        return
    found = stack.until(lambda: carrier.find(sms, moment - timedelta(seconds=2), now()))
    assert sid in found or sms.out_id in found


def test_sms_to_a_bad_number_is_refused_for_good(stack: Stack) -> None:
    for party in GATEWAYS:
        with pytest.raises(PartyRefused):
            PARTIES[party].roles["sms"](stack.parties[party]).send(Sms("12345", "x", "notice", "o"), now())


def test_cards_and_logins(stack: Stack) -> None:
    settings, tokens = stack.parties["wechat"], MemoryExpiring()
    api = WeChatApi(settings, tokens)
    cards, login = Cards(api, settings), Login(api, settings)
    template = settings["templates"]["accepted"]
    values = {
        "character_string": "260101123457",
        "thing": "很长很长很长很长很长很长很长很长很长很长的事项名称",
        "phrase": "已受理",
        "time": "2026年1月5日 09:00",
    }
    fields = {name: values[name.rstrip("0123456789")] for name in template["fields"]}
    card = Card(OPENID, template["id"], fields, "pages/case/case")
    assert cards.send_card(card, now())
    assert len(stack.get(f"/wechat/{OPENID}")["cards"]) == 1
    tokens.put("token#wechat", {"token": "stale"}, 7200, now())
    cards.send_card(card, now())
    stack.post(f"/wechat/{OPENID}/refuse", {"all": True})
    with pytest.raises(PartyRefused) as caught:
        cards.send_card(card, now())
    assert caught.value.code == "wechat_user_refused"
    code = stack.post("/wechat/login", {"openid": OPENID}).json()["code"]
    assert login.login(code, now()) == OPENID
    with pytest.raises(Unauthenticated):
        login.login(code, now())


@pytest.mark.parametrize("name", [name for name, party in PARTIES.items() if "pay" in party.roles])
def test_payment_from_order_to_notice(stack: Stack, name: str) -> None:
    party, settings = PARTIES[name], stack.parties[name]
    ((path, make),) = party.callbacks.items()
    pay, notify, until = party.roles["pay"](settings), make(settings), now() + timedelta(hours=2)
    inside = (OPENID, "jsapi") if pay.app else ()
    placed = pay.place(OrderRequest("260101123457P9", 16000, "护照工本费", until, *inside))
    assert placed.ticket if pay.app else placed.code_url
    assert pay.query("260101123457P9").open and pay.query("260101123457P0") == pay.query("260101123457P1")
    stack.post("/pay/260101123457P9")
    stack.until(lambda: stack.product.bodies(f"/{path}"))
    _, headers, body, _ = stack.product.seen[-1]
    told = Inbound("POST", f"/channels/{path}", headers, {}, body)
    notify.verify(told, now())
    money = notify.read(told, now())
    assert money is not None and money == pay.query("260101123457P9").money and money.amount_fen == 16000
    spoilt = replace(told, body=body.replace(b"SUCCESS", b"FAILURE"))
    with pytest.raises(Unauthenticated):
        notify.verify(spoilt, now())
        notify.read(spoilt, now())


def test_a_phones_browser_pays_on_the_page_it_is_sent_to_and_comes_back(stack: Stack) -> None:
    pay, until = WechatPay(stack.parties["wechat_pay"]), now() + timedelta(hours=2)
    wanted = OrderRequest("260101123457PH", 4800, "占道费<b>", until, "", "h5", "127.0.0.1")
    placed = pay.place(wanted)
    back = "https://city.example/#/pages/pay/index?case_no=1&x=<"
    page = httpx.get(placed.h5_url, params={**dict(httpx.URL(placed.h5_url).params), "redirect_url": back})
    assert page.status_code == 200 and "¥48.00" in page.text and "占道费&lt;b&gt;" in page.text
    paid = httpx.post(placed.h5_url, data={"back": back})
    assert (paid.status_code, paid.headers["location"]) == (303, str(httpx.URL(back)))
    money = pay.query("260101123457PH").money
    assert money is not None and money.amount_fen == 4800
    assert "已支付" in httpx.get(placed.h5_url).text
    with pytest.raises(PartyRefused) as told:
        pay.place(wanted)
    assert told.value.code == "order_paid"


def test_an_address_on_the_phone_is_good_for_five_minutes_and_its_own_order_only(stack: Stack) -> None:
    pay, until = WechatPay(stack.parties["wechat_pay"]), now() + timedelta(hours=2)
    url = httpx.URL(pay.place(OrderRequest("260101123457PI", 1, "x", until, "", "h5", "127.0.0.1")).h5_url)
    old = str(int(url.params["package"]) - 301)
    for changed in ({"package": old}, {"package": "x"}, {"prepay_id": "wx0"}):
        assert httpx.get(url.copy_merge_params(changed)).status_code == 400
        assert httpx.post(url.copy_merge_params(changed)).status_code == 400
    assert pay.query("260101123457PI").open


def test_an_order_of_wechat_pay_is_closed(stack: Stack) -> None:
    pay = WechatPay(stack.parties["wechat_pay"])
    assert pay.place(OrderRequest("260101123457PN", 1, "x", now() + timedelta(hours=2))).code_url
    pay.close("260101123457PN")
    assert not pay.query("260101123457PN").open


def _login(stack: Stack) -> Login:
    settings = stack.parties["wechat"]
    return Login(WeChatApi(settings, MemoryExpiring()), settings)


def test_a_party_that_is_down_is_a_fault_not_a_refusal(stack: Stack) -> None:
    for party in ("sms", "wechat_pay", "wechat"):
        stack.post("/faults", {"party": party, "mode": "down", "seconds": 60})
    calls = (
        lambda: Aliyun(stack.parties["aliyun"]).send(Sms(PHONE, "x", "notice", "o"), now()),
        lambda: WechatPay(stack.parties["wechat_pay"]).query("260101123457P9"),
        lambda: _login(stack).login("x", now()),
    )
    try:
        for call in calls:
            with pytest.raises(PartyFault):
                call()
    finally:
        for party in ("sms", "wechat_pay", "wechat"):
            stack.post("/faults", {"party": party, "mode": "down", "seconds": 0})


def test_our_voicexml_is_walked() -> None:
    channel = Ivr(lambda: {"callback_key": "K", "operator": "02812345001"})
    answers = {
        "": Reply("您好，查进度请按1，人工请按0。", ask=Ask("choice", choices={"1": "查进度", "0": "人工"})),
        "1": Reply("请输入12位办件编号，按井号键结束。", ask=Ask("digits", 12)),
        "260101123457": Reply("已受理。", ended=True),
        "0": Reply("", transfer=True),
    }
    turns: list[str] = []

    async def fetch(url: str, method: str, params: dict[str, str]) -> tuple[int, bytes]:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        inbound = Inbound(method.upper(), parts.path, {}, query, urlencode(params).encode())
        channel.verify(inbound, now())
        (turn,) = channel.read(inbound, now())
        turns.append(turn.message_id)
        answer = channel.render(inbound, [answers[turn.text]], now())
        return answer.status, answer.body.encode()

    async def walked(*presses: str) -> VoiceCall:
        call = VoiceCall(fetch, {})
        await call.start("http://front.door/channels/ivr/vxml?key=K", {"call": "c1", "caller": PHONE})
        for keys in presses:
            await call.press(keys)
        return call

    done = asyncio.run(walked("", "7", "1", "260101123457#"))
    assert done.ended and done.said == ["已受理。"] and not done.fault
    assert turns == ["c1:0", "c1:1", "c1:2"]
    person = asyncio.run(walked("0"))
    assert person.ended and person.transferred == "tel:02812345001"
    silent = asyncio.run(walked("", "", ""))
    assert silent.ended and silent.transferred == "tel:02812345001"
