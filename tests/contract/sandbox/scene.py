"""Put a few things into a sandbox, so that its page has something to show."""

from __future__ import annotations

import json

from tests.contract.sandbox import clients
from tests.contract.sandbox.stack import Stack

PHONE, OPENID = "13800138000", "oCitizenWang0001"


def furnish(stack: Stack) -> None:
    """Send texts, chat, cards, an order and a parcel."""
    sign = stack.parties["aliyun"]["sign_name"]
    notices = [
        "您申办的老年人优待证已收件，办件号260101123457，承诺1月9日前办结。查进度请回复“进度”。",
        "您申办的老年人优待证（260101123457）已受理，承诺1月9日前办结。",
    ]
    stack.post(f"/sms/{PHONE}", {"text": "办理老年人优待证"})
    for text in notices:
        values = json.dumps({"text": text}, ensure_ascii=False)
        message = {"PhoneNumbers": PHONE, "SignName": sign, "TemplateCode": "SMS_NOTICE", "TemplateParam": values}
        clients.aliyun_rpc(stack, "SendSms", message)
    stack.post(f"/sms/{PHONE}", {"text": "查询"})
    stack.post(f"/wechat/{OPENID}", {"text": "查询"})
    words = ("260101123457", "护照换发", "待缴费", "2026年1月5日 15:01", "应缴费160.00元")
    fields = dict(zip(("character_string1", "thing2", "phrase3", "time4", "thing5"), words, strict=True))
    data = {name: {"value": value} for name, value in fields.items()}
    template = stack.parties["wechat"]["templates"]["payment_requested"]["id"]
    clients.wechat(stack).post("message/subscribe/send", data={"touser": OPENID, "template_id": template, "data": data})
    clients.wechat_pay(stack).pay(
        description="护照换发工本费", out_trade_no="260101123457P1", amount={"total": 16000}, payer={"openid": OPENID}
    )
    whom = {"name": "王秀英", "mobile": PHONE, "address": "四川省成都市青羊区人民中路一段1号3栋2单元501"}
    waybill = clients.ems(stack, {"logisticsOrderNo": "260101123457S1", "sender": whom, "receiver": whom})["waybill"]
    clients.ems(stack, {"logisticsOrderNo": "260101123458S1", "sender": whom, "receiver": whom})
    stack.post(f"/ems/{waybill}", {"action": "投递"})
    stack.post("/faults", {"party": "sms", "mode": "down", "seconds": 95})
