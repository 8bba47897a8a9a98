"""The sandbox against real clients: wechatpy, wechatpayv3, the vendors' signatures, and callbacks as a product sees them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.responses import JSONResponse, Response
from wechatpy.exceptions import WeChatClientException

from tests.contract import sandbox_clients as clients
from tests.contract.sandbox_stack import Stack, running

PHONE = "13800138000"
OPENID = "oCitizenWang_1990-xyzABC0001"


@pytest.fixture(scope="module")
def served() -> Iterator[Stack]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANDBOX_TIME_SCALE", "0.002")
        with running() as stack:
            stack.app.state.box.faults.slow_seconds = 0.5
            yield stack


@pytest.fixture
def stack(served: Stack) -> Iterator[Stack]:
    """The running stack, with nothing remembered from the test before."""
    served.product.seen.clear()
    served.product.answers.clear()
    fresh = type(served.app.state.box.state)()
    vars(served.app.state.box.state).update(vars(fresh))
    yield served
    for fault in served.get("/faults")["faults"]:
        served.post("/faults", {"party": fault["party"], "mode": fault["mode"], "seconds": 0})


# --- WeChat -----------------------------------------------------------------------------------------------------------


def test_a_login_code_works_once(stack: Stack) -> None:
    code = stack.post("/wechat/login", {"openid": OPENID}).json()["code"]
    client = clients.wechat(stack)
    client.wxa.API_BASE_URL = stack.party("wechat") + "/"
    asked = {"appid": client.appid, "secret": client.secret, "js_code": code, "grant_type": "authorization_code"}
    url = stack.party("wechat") + "/sns/jscode2session"
    first, again = (httpx.get(url, params=asked) for _ in range(2))
    assert first.json()["openid"] == OPENID and len(first.json()["session_key"]) == 24
    assert (again.status_code, again.json()["errcode"]) == (200, 40029)
    assert httpx.get(url, params=asked | {"secret": "no"}).json()["errcode"] == 40125
    assert httpx.get(url, params=asked | {"appid": "no"}).json()["errcode"] == 40013


def test_a_login_code_lives_five_minutes(stack: Stack) -> None:
    box, party = stack.app.state.box, stack.parties["wechat"]
    code = stack.post("/wechat/login", {"openid": OPENID}).json()["code"]
    real = box.clock
    box.clock = lambda: real() + 301
    asked = {"appid": party["appid"], "secret": party["secret"], "js_code": code, "grant_type": "authorization_code"}
    try:
        assert httpx.get(stack.party("wechat") + "/sns/jscode2session", params=asked).json()["errcode"] == 40029
    finally:
        box.clock = real


def test_stable_token_stays_until_forced(stack: Stack) -> None:
    party = stack.parties["wechat"]
    asked = {"grant_type": "client_credential", "appid": party["appid"], "secret": party["secret"]}
    url = party["base_url"] + "/cgi-bin/stable_token"
    one, two = (httpx.post(url, json=asked).json() for _ in range(2))
    assert one["access_token"] == two["access_token"] and 0 < two["expires_in"] <= 7200
    forced = httpx.post(url, json=asked | {"force_refresh": True}).json()
    assert forced["access_token"] != one["access_token"]
    assert httpx.post(url, content=b"{").json()["errcode"] == 47001


def card(stack: Stack, **values: str) -> dict[str, Any]:
    right = {
        "character_string1": "260101123457",
        "thing2": "老年人优待证",
        "phrase3": "已受理",
        "time4": "2026年1月5日 15:01",
        "thing5": "承诺1月9日前办结",
    }
    data = {key: {"value": value} for key, value in (right | values).items()}
    template = stack.parties["wechat"]["templates"]["accepted"]["id"]
    return {"touser": OPENID, "template_id": template, "page": "pages/case/case", "data": data}


def test_a_subscribe_message_becomes_a_card(stack: Stack) -> None:
    client = clients.wechat(stack)
    assert client.post("message/subscribe/send", data=card(stack))["errcode"] == 0
    (shown,) = stack.get(f"/wechat/{OPENID}")["cards"]
    assert {row["label"]: row["value"] for row in shown["fields"]}["办理状态"] == "已受理"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("thing2", "长" * 21),
        ("thing2", ""),
        ("character_string1", "含中文"),
        ("character_string1", "1" * 33),
        ("phrase3", "六个汉字太长"),
        ("phrase3", "ok"),
        ("time4", "明天"),
        ("thing5", "换\n行"),
    ],
)
def test_a_field_that_breaks_its_rule_is_named(stack: Stack, field: str, value: str) -> None:
    with pytest.raises(WeChatClientException) as caught:
        clients.wechat(stack).post("message/subscribe/send", data=card(stack, **{field: value}))
    assert caught.value.errcode == 47003 and field in caught.value.errmsg


def test_who_refuses_gets_no_card(stack: Stack) -> None:
    client, body = clients.wechat(stack), card(stack)
    for refusal in ({"all": True}, {"template": body["template_id"]}):
        stack.post(f"/wechat/{OPENID}/refuse", {"all": False})
        stack.post(f"/wechat/{OPENID}/refuse", refusal)
        with pytest.raises(WeChatClientException) as caught:
            client.post("message/subscribe/send", data=body)
        assert caught.value.errcode == 43101
    stack.post(f"/wechat/{OPENID}/refuse", {"all": False})
    assert client.post("message/subscribe/send", data=body)["errcode"] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"touser": "no body"}, 40003),
        ({"template_id": "none"}, 40037),
        ({"miniprogram_state": "x"}, 47003),
        ({"data": []}, 47003),
    ],
)
def test_wrong_subscribe_sends(stack: Stack, change: dict[str, Any], code: int) -> None:
    with pytest.raises(WeChatClientException) as caught:
        clients.wechat(stack).post("message/subscribe/send", data=card(stack) | change)
    assert caught.value.errcode == code


def test_a_false_token_is_refused(stack: Stack) -> None:
    url = stack.party("wechat") + "/cgi-bin/message/subscribe/send?access_token=false"
    assert httpx.post(url, json=card(stack)).json()["errcode"] == 40001


@pytest.mark.parametrize("mode", ["aes", "plain"])
def test_a_chat_goes_both_ways(stack: Stack, mode: str) -> None:
    answer = stack.post(f"/wechat/{OPENID}?mode={mode}", {"text": "查询 <进度> & 'x'"})
    assert answer.json() == {"reply": "收到：查询 <进度> & 'x'"}
    query = stack.product.seen[-1][1]["query"]
    assert ("msg_signature" in query) == (mode == "aes") and "signature=" in query
    assert (b"<Encrypt>" in stack.product.seen[-1][2]) == (mode == "aes")
    both = stack.get(f"/wechat/{OPENID}")["messages"]
    assert [row["from"] for row in both] == [OPENID, "蓉易办"] and set(both[0]) == {"at", "text", "from"}


def test_wechat_asks_three_more_times_with_the_same_message(stack: Stack) -> None:
    stack.product.answers["/wechat"] = lambda count: Response(
        "success" if count == 3 else "", 200 if count == 3 else 500
    )
    assert stack.post(f"/wechat/{OPENID}?mode=plain", {"text": "在吗"}).json() == {"reply": None}
    assert len({body for _, _, body, _ in stack.product.seen}) == 1 and len(stack.product.seen) == 3
    stack.product.answers["/wechat"] = lambda count: Response("", 500)
    assert "出现故障" in stack.post(f"/wechat/{OPENID}", {"text": "在吗"}).json()["reply"]


def test_chat_events_and_duplicates(stack: Stack) -> None:
    assert stack.post(f"/wechat/{OPENID}", {"event": "subscribe"}).json() == {"reply": "收到：subscribe"}
    stack.post("/faults", {"party": "wechat", "mode": "duplicate", "seconds": 30})
    stack.product.seen.clear()
    assert stack.post(f"/wechat/{OPENID}?mode=plain", {"text": "重复"}).json() == {"reply": "收到：重复"}
    assert len(stack.product.seen) == 3 and len({body for _, _, body, _ in stack.product.seen}) == 1


# --- WeChat Pay -------------------------------------------------------------------------------------------------------


def order(stack: Stack, number: str, total: int = 500, **more: Any) -> tuple[int, Any]:
    status, text = clients.wechat_pay(stack).pay(
        description="护照工本费", out_trade_no=number, amount={"total": total}, payer={"openid": OPENID}, **more
    )
    return status, json.loads(text)


def test_an_order_is_paid_and_told_of(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    assert order(stack, "RYB20260105A1")[1]["prepay_id"].startswith("wx")
    assert json.loads(pay.query(out_trade_no="RYB20260105A1")[1])["trade_state"] == "NOTPAY"
    assert stack.get(f"/wechat/{OPENID}")["unpaid"][0]["amount_fen"] == 500
    assert stack.post("/pay/RYB20260105A1").json() == {"trade_state": "SUCCESS"}
    stack.until(lambda: stack.product.bodies("/pay/wechat/notify"))
    _, headers, body, _ = stack.product.seen[-1]
    told = pay.callback(headers, body)
    assert told["event_type"] == "TRANSACTION.SUCCESS"
    paid = told["resource"]
    assert (paid["out_trade_no"], paid["amount"]["total"], paid["payer"]["openid"]) == ("RYB20260105A1", 500, OPENID)
    assert (paid["mchid"], paid["appid"]) == (
        stack.parties["wechat_pay"]["mchid"],
        stack.parties["wechat_pay"]["appid"],
    )
    queried = json.loads(pay.query(out_trade_no="RYB20260105A1")[1])
    assert queried["transaction_id"] == paid["transaction_id"] and len(paid["transaction_id"]) == 28
    assert stack.post("/pay/RYB20260105A1").json() == {"trade_state": "SUCCESS"}


def test_native_orders_have_a_code(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    from wechatpayv3 import WeChatPayType

    status, text = pay.pay("护照工本费", "RYBNATIVE01", {"total": 1}, pay_type=WeChatPayType.NATIVE)
    assert status == 200 and json.loads(text)["code_url"].startswith("weixin://wxpay/")


def test_orders_again(stack: Stack) -> None:
    assert order(stack, "RYBAGAIN01") == order(stack, "RYBAGAIN01")
    assert order(stack, "RYBAGAIN01", 501) == (403, {"code": "OUT_TRADE_NO_USED", "message": "商户订单号重复"})
    stack.post("/pay/RYBAGAIN01")
    assert order(stack, "RYBAGAIN01")[1]["code"] == "ORDERPAID"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"description": ""}, "/description"),
        ({"out_trade_no": "a b"}, "/out_trade_no"),
        ({"notify_url": "http://example.com/x"}, "/notify_url"),
        ({"notify_url": "https://example.com/x?a=1"}, "/notify_url"),
        ({"amount": {"total": 0}}, "/amount/total"),
        ({"amount": {"total": 1.5}}, "/amount/total"),
        ({"payer": {}}, "/payer/openid"),
        ({"time_expire": "2026-01-01"}, "/time_expire"),
    ],
)
def test_a_wrong_order_names_its_field(stack: Stack, change: dict[str, Any], path: str) -> None:
    core, party = clients.wechat_pay(stack)._core, stack.parties["wechat_pay"]
    right = {"appid": party["appid"], "mchid": party["mchid"], "description": "x", "out_trade_no": "RYBWRONG1"}
    right |= {"notify_url": party["notify_url"], "amount": {"total": 1}, "payer": {"openid": OPENID}}
    from wechatpayv3.core import RequestType

    status, text = core.request("/v3/pay/transactions/jsapi", RequestType.POST, data=right | change)
    assert (status, json.loads(text)["code"], json.loads(text)["detail"]["field"]) == (400, "PARAM_ERROR", path)


def test_closing(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    order(stack, "RYBCLOSE01")
    assert pay.close("RYBCLOSE01")[0] == 204
    assert json.loads(pay.query(out_trade_no="RYBCLOSE01")[1])["trade_state"] == "CLOSED"
    assert stack.post("/pay/RYBCLOSE01").status_code == 409
    order(stack, "RYBCLOSE02")
    stack.post("/pay/RYBCLOSE02")
    assert json.loads(pay.close("RYBCLOSE02")[1])["code"] == "ORDERPAID"
    assert (pay.query(out_trade_no="RYBNONE")[0], stack.post("/pay/RYBNONE").status_code) == (404, 404)


def test_an_order_whose_time_is_over_is_closed(stack: Stack) -> None:
    order(stack, "RYBLATE001", time_expire="2020-01-01T00:00:00+08:00")
    assert json.loads(clients.wechat_pay(stack).query(out_trade_no="RYBLATE001")[1])["trade_state"] == "CLOSED"


def test_a_false_signature_is_refused(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    pay._core._mchid = "1999999999"
    status, text = pay.query(out_trade_no="RYBX000001")
    assert (status, json.loads(text)["code"]) == (401, "SIGN_ERROR")
    pay = clients.wechat_pay(stack)
    real, pay._core._gate_way = pay._core._gate_way, stack.party("wechat_pay")
    url = f"{real}/v3/pay/transactions/out-trade-no/X?mchid=1"
    for header in ("", 'WECHATPAY2-SHA256-RSA2048 mchid="1"', "Bearer x"):
        answer = httpx.get(url, headers={"Authorization": header})
        assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_ERROR")


def test_the_notice_is_repeated_until_taken(stack: Stack) -> None:
    stack.product.answers["/pay/wechat/notify"] = lambda count: Response("", 500 if count < 3 else 204)
    order(stack, "RYBNOTIFY1")
    stack.post("/pay/RYBNOTIFY1")
    stack.until(lambda: len(stack.product.seen) == 3)
    letters, stamps = (
        stack.product.bodies("/pay/wechat/notify"),
        {row[1]["wechatpay-nonce"] for row in stack.product.seen},
    )
    assert len({letter["id"] for letter in letters}) == 1 and len(stamps) == 3


def test_the_probe_with_a_false_signature(stack: Stack) -> None:
    stack.product.answers["/pay/wechat/notify"] = lambda count: Response("", 401 if count == 1 else 204)
    stack.post("/faults", {"party": "wechat_pay_notify", "mode": "error", "seconds": 30})
    order(stack, "RYBPROBE01")
    stack.post("/pay/RYBPROBE01")
    stack.until(lambda: len(stack.product.seen) == 2)
    signatures = [row[1]["wechatpay-signature"] for row in stack.product.seen]
    assert [each.startswith("WECHATPAY/SIGNTEST/") for each in signatures] == [True, False]


def test_notices_three_times_and_out_of_order(stack: Stack) -> None:
    stack.post("/faults", {"party": "wechat_pay", "mode": "duplicate", "seconds": 30})
    for number in ("RYBDUP0001", "RYBDUP0002"):
        order(stack, number)
        stack.post(f"/pay/{number}")
    stack.until(lambda: len(stack.product.seen) == 6)
    pay = clients.wechat_pay(stack)
    numbers = [
        pay.callback(headers, body)["resource"]["out_trade_no"][-1] for _, headers, body, _ in stack.product.seen
    ]
    assert numbers[:4] == ["2", "1", "1", "2"] and sorted(numbers) == ["1"] * 3 + ["2"] * 3


def test_a_public_notify_address_is_reached_here(stack: Stack) -> None:
    pay = clients.wechat_pay(stack)
    pay._notify_url = "https://gov.example.cn/api/channels/pay/wechat/notify"
    pay.pay(
        description="x",
        out_trade_no="RYBPUBLIC1",
        amount={"total": 1},
        payer={"openid": OPENID},
        notify_url=pay._notify_url,
    )
    stack.post("/pay/RYBPUBLIC1")
    stack.until(lambda: stack.product.bodies("/pay/wechat/notify"))


# --- SMS --------------------------------------------------------------------------------------------------------------


def aliyun_message(stack: Stack, **change: str) -> dict[str, str]:
    sign = stack.parties["aliyun"]["sign_name"]
    right = {"PhoneNumbers": PHONE, "SignName": sign, "TemplateCode": "SMS_CODE", "TemplateParam": '{"code":"123456"}'}
    return right | {"OutId": "out-1"} | change


@pytest.mark.parametrize("call", [clients.aliyun_rpc, clients.aliyun_v3])
def test_aliyun_sends_and_reports(stack: Stack, call: Any) -> None:
    answer = call(stack, "SendSms", aliyun_message(stack)).json()
    assert answer["Code"] == "OK", answer
    (shown,) = stack.get(f"/sms/{PHONE}")["messages"]
    assert shown["text"] == "【蓉易办】验证码123456，5分钟内有效，请勿告诉他人。" and set(shown) == {
        "at",
        "text",
        "from",
    }
    ((row,),) = stack.until(lambda: stack.product.bodies("/sms/aliyun/receipts"))
    assert (row["biz_id"], row["out_id"], row["success"], row["err_code"]) == (
        answer["BizId"],
        "out-1",
        True,
        "DELIVERED",
    )
    day = shown["at"][:10].replace("-", "")
    asked = {"PhoneNumber": PHONE, "SendDate": day, "PageSize": "10", "CurrentPage": "1"}
    (found,) = call(stack, "QuerySendDetails", asked).json()["SmsSendDetailDTOs"]["SmsSendDetailDTO"]
    assert (found["OutId"], found["SendStatus"]) == ("out-1", 3)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"SignName": "别人"}, "isv.SMS_SIGNATURE_ILLEGAL"),
        ({"TemplateCode": "SMS_NONE"}, "isv.SMS_TEMPLATE_ILLEGAL"),
        ({"PhoneNumbers": "12345"}, "isv.MOBILE_NUMBER_ILLEGAL"),
        ({"TemplateParam": "{}"}, "isv.TEMPLATE_MISSING_PARAMETERS"),
        ({"TemplateParam": "["}, "isv.INVALID_JSON_PARAM"),
        ({"TemplateParam": "[]"}, "isv.INVALID_JSON_PARAM"),
    ],
)
def test_aliyun_refuses(stack: Stack, change: dict[str, str], code: str) -> None:
    assert clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack, **change)).json()["Code"] == code
    assert stack.get(f"/sms/{PHONE}")["messages"] == []


def test_aliyun_checks_who_asks(stack: Stack) -> None:
    message = aliyun_message(stack)
    codes = [
        clients.aliyun_rpc(stack, "SendSms", message, secret="false"),
        clients.aliyun_rpc(stack, "SendSms", message | {"AccessKeyId": "nobody"}),
        clients.aliyun_rpc(stack, "SendSms", message | {"Timestamp": "2020-01-01T00:00:00Z"}),
        clients.aliyun_rpc(stack, "SendBatch", message),
    ]
    assert [answer.json()["Code"] for answer in codes] == [
        "SignatureDoesNotMatch",
        "InvalidAccessKeyId.NotFound",
        "InvalidTimeStamp.Expired",
        "InvalidAction.NotFound",
    ]
    nonce = {"SignatureNonce": "once"}
    assert clients.aliyun_rpc(stack, "SendSms", message | nonce, method="GET").json()["Code"] == "OK"
    assert clients.aliyun_rpc(stack, "SendSms", message | nonce, method="GET").json()["Code"] == "SignatureNonceUsed"


def tencent_message(stack: Stack, **change: Any) -> dict[str, Any]:
    party = stack.parties["tencent"]
    right = {"PhoneNumberSet": [f"+86{PHONE}"], "SmsSdkAppId": party["sdk_app_id"], "SignName": party["sign_name"]}
    right |= {"TemplateId": party["templates"]["notice"], "TemplateParamSet": ["已受理"], "SessionContext": "s-1"}
    return right | change


def test_tencent_sends_and_reports(stack: Stack) -> None:
    (sent,) = clients.tencent(stack, "SendSms", tencent_message(stack))["SendStatusSet"]
    assert sent["Code"] == "Ok"
    assert stack.get(f"/sms/{PHONE}")["messages"][0]["text"] == "【蓉易办】已受理"
    ((row,),) = stack.until(lambda: stack.product.bodies("/sms/tencent/receipts"))
    assert (row["sid"], row["report_status"], row["errmsg"]) == (sent["SerialNo"], "SUCCESS", "DELIVRD")
    asked = {"BeginTime": 1, "Offset": 0, "Limit": 10, "PhoneNumber": f"+86{PHONE}"}
    asked["SmsSdkAppId"] = stack.parties["tencent"]["sdk_app_id"]
    (found,) = clients.tencent(stack, "PullSmsSendStatusByPhoneNumber", asked)["PullSmsSendStatusSet"]
    assert (found["SerialNo"], found["SessionContext"]) == (sent["SerialNo"], "s-1")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"SignName": "别人"}, "FailedOperation.SignatureIncorrectOrUnapproved"),
        ({"TemplateId": "1"}, "FailedOperation.TemplateIncorrectOrUnapproved"),
        ({"TemplateParamSet": []}, "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"),
        ({"PhoneNumberSet": ["+8612345"]}, "InvalidParameterValue.IncorrectPhoneNumber"),
    ],
)
def test_tencent_refuses_a_number(stack: Stack, change: dict[str, Any], code: str) -> None:
    assert clients.tencent(stack, "SendSms", tencent_message(stack, **change))["SendStatusSet"][0]["Code"] == code


def test_tencent_checks_who_asks(stack: Stack) -> None:
    false = clients.tencent(stack, "SendSms", tencent_message(stack), secret="false")
    assert false["Error"]["Code"] == "AuthFailure.SignatureFailure"
    assert clients.tencent(stack, "Nothing", {})["Error"]["Code"] == "InvalidAction"
    wrong = clients.tencent(stack, "SendSms", tencent_message(stack, SmsSdkAppId="1"))
    assert wrong["Error"]["Code"].startswith("UnauthorizedOperation")


@pytest.mark.parametrize("provider", ["aliyun", "tencent"])
def test_a_text_goes_up_until_it_is_taken(stack: Stack, provider: str) -> None:
    path = f"/sms/{provider}/inbound"
    stack.product.answers[path] = lambda count: JSONResponse(
        {"code": 500 if count < 3 else 0, "result": 5 if count < 3 else 0}
    )
    sent = stack.post(f"/sms/{PHONE}?provider={provider}", {"text": "查询"}).json()
    assert (sent["text"], sent["from"]) == ("查询", PHONE)
    stack.until(lambda: len(stack.product.seen) == 3, 12)
    bodies = stack.product.bodies(path)
    assert bodies[0] == bodies[1] == bodies[2]
    fields = {"aliyun": ("phone_number", "content"), "tencent": ("mobile", "text")}[provider]
    first = bodies[0][0] if provider == "aliyun" else bodies[0]
    assert [first[name] for name in fields] == [PHONE, "查询"]
    assert "key=" in stack.product.seen[0][1]["query"]


# --- EMS --------------------------------------------------------------------------------------------------------------

WANG = {"name": "王某", "mobile": PHONE, "address": "四川省成都市青羊区人民中路1号"}
ORDER = {"logisticsOrderNo": "260101123457S1", "sender": WANG, "receiver": WANG}


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


def test_the_products_own_courier(stack: Stack) -> None:
    from chalicelib.delivery.providers.ems import Ems

    from chalicelib.delivery.model import Address, Parcel

    parcel = Parcel("260101123457S1", Address("王某", PHONE, "四川省成都市青羊区人民中路1号"), "证照")
    assert Ems(stack.parties["ems"]).order(parcel) == Ems(stack.parties["ems"]).order(parcel)


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


# --- calls ------------------------------------------------------------------------------------------------------------


def test_a_call_walks_the_documents(stack: Stack) -> None:
    call = stack.post("/calls", {"caller": PHONE}).json()
    assert "请按1" in call["says"] and call["ended"] is False
    path = f"/calls/{call['call_id']}"
    assert stack.post(path, {"keys": ""}).json()["says"].startswith("没有听到按键。\n您好")
    assert stack.post(path, {"keys": "9"}).json()["says"].startswith("按键不对。")
    assert "12位办件编号" in stack.post(path, {"keys": "1"}).json()["says"]
    assert "260101123457" in stack.post(path, {"keys": "260101123457#"}).json()["says"]
    form = httpx.QueryParams(stack.product.seen[-1][2].decode())
    assert dict(form) == {"call": call["call_id"], "caller": PHONE, "seq": "2", "keys": "260101123457"}
    assert stack.http.request("DELETE", f"/sandbox{path}").json()["ended"] is True
    assert stack.post(path, {"keys": "1"}).status_code == 400


def test_keys_may_be_typed_ahead_and_silence_leads_to_a_person(stack: Stack) -> None:
    call = stack.post("/calls", {"caller": PHONE}).json()
    said = stack.post(f"/calls/{call['call_id']}", {"keys": "1260101123457"}).json()
    assert "您输入的是260101123457" in said["says"]
    silent = [stack.post(f"/calls/{call['call_id']}", {"keys": ""}).json() for _ in range(3)]
    assert silent[-1]["ended"] and silent[-1]["transferred"] == "tel:02812345001" and "转接人工" in silent[-1]["says"]


def test_a_call_to_nobody_ends(stack: Stack) -> None:
    stack.product.answers["/ivr/vxml"] = lambda count: Response("trouble", 500)
    call = stack.post("/calls", {"caller": PHONE}).json()
    assert call["ended"] and "没有正常应答" in call["says"] and call["fault"] == "HTTP 500"


# --- faults and wrong inputs ------------------------------------------------------------------------------------------


def test_a_party_that_is_down_cuts_the_connection(stack: Stack) -> None:
    stack.post("/faults", {"party": "sms", "mode": "down", "seconds": 30})
    with pytest.raises(httpx.RemoteProtocolError):
        clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack))
    stack.post("/faults", {"party": "sms", "mode": "down", "seconds": 0})
    assert clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack)).json()["Code"] == "OK"


def test_a_slow_party_has_done_its_work(stack: Stack) -> None:
    stack.post("/faults", {"party": "ems", "mode": "slow", "seconds": 30})
    answer = clients.ems(stack, ORDER)
    assert stack.get("/state")["waybills"][0]["number"] == answer["waybill"]


def test_error_answers_are_the_vendors_own(stack: Stack) -> None:
    pay, party = clients.wechat_pay(stack), stack.parties["wechat"]
    for name in ("sms", "wechat", "wechat_pay", "ems"):
        stack.post("/faults", {"party": name, "mode": "error", "seconds": 30})
    assert clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack)).json()["Code"] == "isp.SYSTEM_ERROR"
    assert clients.tencent(stack, "SendSms", tencent_message(stack))["Error"]["Code"] == "InternalError.OtherError"
    assert httpx.post(party["base_url"] + "/cgi-bin/stable_token", json={}).json()["errcode"] == -1
    status, text = pay.query(out_trade_no="RYBX000001")
    assert (status, json.loads(text)["code"]) == (500, "SYSTEM_ERROR")
    assert clients.ems(stack, ORDER)["success"] is False


def test_receipts_are_held_back_and_may_say_no(stack: Stack) -> None:
    stack.post("/faults", {"party": "sms_receipts", "mode": "down", "seconds": 0.5})
    clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack))
    stack.until(lambda: not stack.get("/faults")["faults"])
    assert stack.until(lambda: stack.product.bodies("/sms/aliyun/receipts"))[0][0]["success"] is True
    stack.product.seen.clear()
    stack.post("/faults", {"party": "sms_receipts", "mode": "error", "seconds": 30})
    clients.aliyun_rpc(stack, "SendSms", aliyun_message(stack))
    assert stack.until(lambda: stack.product.bodies("/sms/aliyun/receipts"))[0][0]["success"] is False


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/sms/12345", {"text": "x"}, 400),
        (f"/sms/{PHONE}", {}, 400),
        (f"/sms/{PHONE}", [], 400),
        (f"/sms/{PHONE}?provider=none", {"text": "x"}, 400),
        ("/wechat/login", {"openid": "a b"}, 400),
        ("/wechat/login", {}, 400),
        (f"/wechat/{OPENID}", {"text": 5}, 400),
        (f"/wechat/{OPENID}?mode=x", {"text": "x"}, 400),
        (f"/wechat/{OPENID}/refuse", {"all": "yes"}, 400),
        ("/calls", {"caller": "me"}, 400),
        ("/calls/none", {"keys": "1"}, 404),
        ("/calls/none", {"keys": "one"}, 400),
        ("/ems/none", {"action": "10"}, 404),
        ("/ems/none", {"action": "99"}, 400),
        ("/faults", {"party": "nobody", "mode": "down", "seconds": 1}, 400),
        ("/faults", {"party": "sms", "mode": "mad", "seconds": 1}, 400),
        ("/faults", {"party": "sms", "mode": "down", "seconds": -1}, 400),
        ("/faults", {"party": "sms", "mode": "down", "seconds": True}, 400),
        ("/nothing", {}, 404),
        ("/state", {}, 405),
    ],
)
def test_wrong_input_is_told_in_chinese(stack: Stack, path: str, body: Any, status: int) -> None:
    answer = stack.post(path, body)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert any("一" <= char <= "鿿" for char in answer.json()["detail"])


def test_a_body_that_is_huge_or_broken_is_refused(stack: Stack) -> None:
    assert stack.http.post("/sandbox/faults", content=b"x" * 1_000_001).status_code == 413
    assert stack.http.post("/sandbox/faults", content=b"\xff{").status_code == 400


def test_the_page_is_served(stack: Stack) -> None:
    page = stack.http.get("/sandbox/")
    assert page.status_code == 200 and "电话" in page.text
    for name in ("style.css", "app.js"):
        assert stack.http.get(f"/sandbox/page/{name}").status_code == 200
    assert stack.http.get("/sandbox/page/../app.py").status_code == 404
