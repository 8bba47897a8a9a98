"""What can happen to a case: one row an event, and on each row every decision about it.

A row without a decision does not pass the type checker: `tells` is a message or, said on purpose, why nobody is told.
A message names facts in braces; `notices.facts` knows them all. WeChat holds a `phrase` to five Chinese characters.
"""

from __future__ import annotations

from chalicelib.vocabulary.codes import SCALE
from chalicelib.vocabulary.event_names import EventName as EventName
from chalicelib.vocabulary.figures import Figure
from chalicelib.vocabulary.meanings import EventMeaning, Message, Silent
from chalicelib.vocabulary.meanings import Work as Work

_OUR_WORK = Silent("办事过程中的内部环节，群众可在时间线上看到")
_HERE = "您申办的{service_name}（{case_no}）"

EVENTS: dict[EventName, EventMeaning] = {
    EventName.SUBMITTED: EventMeaning(
        "收件",
        Message(
            sms="您申办的{service_name}已收件，办件号{case_no}，{promise}。查进度请回复“查询”。",
            phrase="已收件",
            note="{promise_note}",
            spoken="您申办的{service_name}已收件，{promise}。",
        ),
        counts=Figure.RECEIVED,
        begins="approval",
        document="收件凭证",
    ),
    EventName.ASSIGNED: EventMeaning("转办", _OUR_WORK),
    EventName.ACCEPTED: EventMeaning(
        "受理",
        Message(
            sms=_HERE + "已受理，{promise}。",
            phrase="已受理",
            note="{promise_note}",
            spoken="您申办的{service_name}已受理，{promise}。",
        ),
        document="受理通知书",
    ),
    EventName.NOT_ACCEPTED: EventMeaning(
        "不予受理",
        Message(
            sms=_HERE + "{verdict}：{reason}。如有异议可依法申请复议或起诉。详情{link}",
            phrase="不予受理",
            note="{verdict}，请查看原因",
            spoken="您申办的{service_name}{verdict}，原因是：{reason}。如有异议可依法申请复议或起诉。",
            required=True,  # 《行政许可法》第32条
        ),
        counts=Figure.DECIDED,
        begins="rating",
        document="不予受理决定书",
    ),
    EventName.CORRECTION_REQUESTED: EventMeaning(
        "告知补正",
        Message(
            sms=_HERE + "需补正：{missing}。请于{due}前补齐：{link}",
            phrase="待补正",
            note="请于{due_day}前补正",
            spoken="您申办的{service_name}需要补正：{missing}。请于{due_day}前补齐。",
            required=True,  # 《行政许可法》第32条
        ),
        document="补正告知书",
    ),
    EventName.SUPPLEMENTED: EventMeaning(
        "已补正",
        Message(  # whoever handed in was answered; the one who hears this may be another, and the promise may have moved
            sms=_HERE + "补交的材料已收到，{still}。",
            phrase="已收材料",
            note="已收到，{still_note}",
            spoken="您申办的{service_name}补交的材料已收到，{still}。",
        ),
    ),
    EventName.REVIEWED: EventMeaning("审查意见", _OUR_WORK),
    EventName.SUSPENDED: EventMeaning(
        "特别程序",
        Message(
            sms=_HERE + "依法进行{procedure}，至{due}，所需时间不计入办理期限：{reason}。详情{link}",
            phrase="特别程序",
            note="{procedure}至{due_day}，不计时",
            spoken="您申办的{service_name}依法进行{procedure}，至{due_day}，所需时间不计入办理期限。",
            required=True,  # 《行政许可法》第45条: 将所需时间书面告知
        ),
        document="特别程序告知书",
    ),
    EventName.RESUMED: EventMeaning(
        "特别程序结束",
        Message(
            sms=_HERE + "特别程序已结束，继续办理，{promise}。",
            phrase="继续办理",
            note="{promise_note}",
            spoken="您申办的{service_name}特别程序已结束，继续办理，{promise}。",
        ),
    ),
    EventName.EXTENDED: EventMeaning(
        "延长期限",
        Message(
            sms=_HERE + "办理期限经批准延长，{promise}，理由：{reason}。详情{link}",
            phrase="延长期限",
            note="{promise_note}",
            spoken="您申办的{service_name}办理期限经批准延长，{promise}，理由是：{reason}。",
            required=True,  # 《行政许可法》第42条: 将延长期限的理由告知申请人
        ),
        document="延长办理期限告知书",
    ),
    EventName.GRANTED: EventMeaning(
        "准予",
        Message(
            sms=_HERE + "已准予，结果：{result}。后续请留意通知。",
            phrase="准予",
            note="已准予，请留意后续通知",
            spoken="您申办的{service_name}已准予，后续请留意通知。",
            required=True,  # 《行政许可法》第44条: the decision is served on the applicant
        ),
        counts=Figure.DECIDED,
        begins="payment",
        document="准予决定书",
    ),
    EventName.DENIED: EventMeaning(
        "不予许可",
        Message(
            sms=_HERE + "不予许可：{reason}。如有异议可依法申请复议或起诉。详情{link}",
            phrase="不予许可",
            note="不予许可，请查看原因",
            spoken="您申办的{service_name}不予许可，原因是：{reason}。如有异议可依法申请复议或起诉。",
            required=True,  # 《行政许可法》第38条
        ),
        counts=Figure.DECIDED,
        begins="rating",
        document="不予决定书",
    ),
    EventName.WITHDRAWN: EventMeaning(
        "撤回",
        Message(
            sms=_HERE + "已撤回，不再办理。如有疑问请拨打12345。",
            phrase="已撤回",
            note="已撤回，不再办理",
            spoken="您申办的{service_name}已撤回，不再办理。如有疑问，请拨打12345。",
        ),
    ),
    EventName.RETURNED: EventMeaning(
        "逾期退件",
        Message(
            sms=_HERE + "逾期未补正，已退件。需要时可重新申办。",
            phrase="已退件",
            note="逾期未补正，已退件",
            spoken="您申办的{service_name}逾期未补正，已退件，需要时可以重新申办。",
            required=True,  # the application is over; whoever does not hear of it waits for nothing
        ),
    ),
    EventName.PAYMENT_REQUESTED: EventMeaning(
        "通知缴费",
        Message(
            sms=_HERE + "应缴费{amount}元，请在小程序或网页缴纳：{link}",
            phrase="待缴费",
            note="应缴费{amount}元",
            spoken="您申办的{service_name}应缴费{amount}元，请在小程序或网页缴纳。",
            required=True,  # money is asked, and the day to pay by runs
        ),
        document="缴费通知书",
    ),
    EventName.PAID: EventMeaning(
        "已缴费",
        Message(
            sms=_HERE + "已缴费{amount}元，继续办理。",
            phrase="已缴费",
            note="已缴费{amount}元",
            spoken="您申办的{service_name}已缴费{amount}元。",
        ),
        begins="delivery",
    ),
    EventName.PAYMENT_LAPSED: EventMeaning(
        "逾期未缴费",
        Message(
            sms=_HERE + "逾期未缴费，办件终止。需要时可重新申办。",
            phrase="已终止",
            note="逾期未缴费，办件终止",
            spoken="您申办的{service_name}逾期未缴费，办件终止，需要时可以重新申办。",
            required=True,  # the day to pay passed and the application is over
        ),
    ),
    EventName.REFUND_DUE: EventMeaning(
        "应退款",
        Message(
            sms=_HERE + "收到不应再缴的{amount}元，将按原支付方式退回。",
            phrase="待退款",
            note="{amount}元将按原支付方式退回",
            spoken="您申办的{service_name}收到不应再缴的{amount}元，将按原支付方式退回。",
        ),
    ),
    EventName.REFUNDED: EventMeaning(
        "已退款",
        Message(
            sms=_HERE + "的{amount}元已按原支付方式退回，请查收。",
            phrase="已退款",
            note="{amount}元已退回，请查收",
            spoken="您申办的{service_name}的{amount}元已按原支付方式退回。",
        ),
    ),
    EventName.PRODUCING: EventMeaning("制证", _OUR_WORK),
    EventName.READY_FOR_PICKUP: EventMeaning(
        "待领取",
        Message(
            sms=_HERE + "结果可领取，地点：{address}，时间：{hours}，请带有效证件。",
            phrase="待领取",
            note="请带有效证件领取",
            spoken="您申办的{service_name}结果可以领取，地点：{address}，时间：{hours}，请带有效证件。",
            required=True,  # what was decided is served by being fetched (第44条), and somebody must know where
        ),
    ),
    EventName.DISPATCHED: EventMeaning(
        "已寄出",
        Message(
            sms=_HERE + "结果已由{carrier}寄出，运单号{waybill}。",
            phrase="寄送中",
            note="运单号{waybill}",
            spoken="您申办的{service_name}结果已由{carrier}寄出。",
        ),
    ),
    EventName.TRACKED: EventMeaning("寄送进度", Silent("每次转运都通知会打扰人，时间线上可以看到")),
    EventName.DELIVERED: EventMeaning(
        "送达",
        Message(
            sms=_HERE + "结果已送达{certificate}，办理完毕。请评价：{link} 或回复" + SCALE + "。",
            phrase="已送达",
            note="结果已送达，请评价本次服务",
            spoken="您申办的{service_name}结果已送达{certificate}，办理完毕。请为本次服务评价，5最好，1最差。",
        ),
        invites=True,
        document="送达回证",
    ),
    EventName.RATING_INVITED: EventMeaning(
        "邀请评价",
        Message(
            sms=_HERE + "已办结，请评价：{link} 或回复" + SCALE + "。",
            phrase="待评价",
            note="请为本次服务评价",
            spoken="您申办的{service_name}已办结，请为本次服务评价，5最好，1最差。",
        ),
        invites=True,
    ),
    EventName.RATED: EventMeaning("评价", Silent("申请人自己刚做的，当场已经答复"), counts="rated"),
    EventName.RECTIFIED: EventMeaning(
        "差评整改",
        Message(
            sms=_HERE + "您评价的问题已整改：{reason}。感谢您的监督。",
            phrase="已整改",
            note="您评价的问题已整改",
            spoken="您评价的问题已整改：{reason}。感谢您的监督。",
        ),
    ),
    EventName.CLOSED: EventMeaning("归档", Silent("评价期满自动归档，结果早已送达")),
    EventName.CERTIFICATE_REVOKED: EventMeaning(
        "注销证照",
        Message(
            sms=_HERE + "发出的{result}已注销：{reason}。如有异议可依法申请复议或起诉。详情{link}",
            phrase="证照已注销",
            note="证照已注销，请查看原因",
            spoken="您申办的{service_name}发出的{result}已注销，原因是：{reason}。如有异议可依法申请复议或起诉。",
            required=True,  # what he shows is worth nothing from now on (《行政许可法》第70条)
        ),
    ),
    EventName.CERTIFICATE_REISSUED: EventMeaning(
        "换发证照",
        Message(
            sms=_HERE + "的{result}已换发{certificate}，旧证不再有效，请出示新证：{link}",
            phrase="证照已换发",
            note="旧证不再有效，请出示新证",
            spoken="您申办的{service_name}的{result}已换发{certificate}，旧证不再有效，请在小程序或网页出示新证。",
            required=True,  # who shows the old one is refused
        ),
    ),
    EventName.RULES_CHANGED: EventMeaning("规则更新", Silent("承诺的日期不变；有要申请人做的事，到时另有通知")),
}

NAMES: dict[EventName, str] = {event: row.name for event, row in EVENTS.items()}

DOCUMENTS: dict[EventName, str] = {event: row.document for event, row in EVENTS.items() if row.document}


def message(event: EventName) -> Message | None:
    """Return what the applicant is told of an event; None where nobody is."""
    tells = EVENTS[event].tells
    return tells if isinstance(tells, Message) else None
