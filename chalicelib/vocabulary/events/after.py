"""What comes after the decision: money, the result's way to whom it is for, the rating, the certificate's life."""

from __future__ import annotations

from chalicelib.vocabulary.codes import SCALE
from chalicelib.vocabulary.events.meanings import APPEAL, HERE, OUR_WORK, EventMeaning, Message, Silent, Standard
from chalicelib.vocabulary.events.names import EventName

ROWS: dict[EventName, EventMeaning] = {
    EventName.PAYMENT_REQUESTED: EventMeaning(
        "通知缴费",
        Message(
            sms=HERE + "应缴费{amount}元，请{pay_by}前在小程序或网页缴纳{counter}，逾期终止：{link}",
            phrase="待缴费",
            note="请在{pay_by}前缴费{amount}元",
            spoken="您申办的{service_name}应缴费{amount}元，请在{pay_by}前在小程序或网页缴纳{counter}，逾期办件终止。",
            required=True,  # money is asked, and the day to pay by runs
        ),
        document="缴费通知书",
    ),
    EventName.PAID: EventMeaning(
        "已缴费",
        Message(
            sms=HERE + "已缴费{amount}元，继续办理。",
            phrase="已缴费",
            note="已缴费{amount}元",
            spoken="您申办的{service_name}已缴费{amount}元。",
        ),
        begins="delivery",
        document="缴费凭据",
    ),
    EventName.PAYMENT_LAPSED: EventMeaning(
        "逾期未缴费",
        Message(
            sms=HERE + "逾期未缴费，办件终止。需要时可重新申办。",
            phrase="已终止",
            note="逾期未缴费，办件终止",
            spoken="您申办的{service_name}逾期未缴费，办件终止，需要时可以重新申办。",
            required=True,  # the day to pay passed and the application is over
        ),
        standard=Standard(done="5"),
    ),
    EventName.REFUND_DUE: EventMeaning(
        "应退款",
        Message(
            sms=HERE + "收到不应再缴的{amount}元，将按原支付方式退回。",
            phrase="待退款",
            note="{amount}元将按原支付方式退回",
            spoken="您申办的{service_name}收到不应再缴的{amount}元，将按原支付方式退回。",
        ),
    ),
    EventName.REFUNDED: EventMeaning(
        "已退款",
        Message(
            sms=HERE + "的{amount}元已按原支付方式退回，请查收。",
            phrase="已退款",
            note="{amount}元已退回，请查收",
            spoken="您申办的{service_name}的{amount}元已按原支付方式退回。",
        ),
    ),
    EventName.PRODUCING: EventMeaning("制证", OUR_WORK),
    EventName.READY_FOR_PICKUP: EventMeaning(
        "待领取",
        Message(
            sms=HERE + "结果可领取，地点：{address}，时间：{hours}，请带有效证件。",
            phrase="待领取",
            note="请带有效证件领取",
            spoken="您申办的{service_name}结果可以领取，地点：{address}，时间：{hours}，请带有效证件。",
            required=True,  # what was decided is served by being fetched (第44条), and somebody must know where
        ),
    ),
    EventName.DISPATCHED: EventMeaning(
        "已寄出",
        Message(
            sms=HERE + "结果已由{carrier}寄出，运单号{waybill}。",
            phrase="寄送中",
            note="运单号{waybill}",
            spoken="您申办的{service_name}结果已由{carrier}寄出。",
        ),
    ),
    EventName.TRACKED: EventMeaning("寄送进度", Silent("每次转运都通知会打扰人，时间线上可以看到")),
    EventName.DELIVERED: EventMeaning(
        "送达",
        Message(
            sms=HERE + "结果已送达{certificate}，办理完毕。请评价：{link} 或回复" + SCALE + "。",
            phrase="已送达",
            note="结果已送达，请评价本次服务",
            spoken="您申办的{service_name}结果已送达{certificate}，办理完毕。请为本次服务评价，5最好，1最差。",
        ),
        invites=True,
        document="送达回证",
        standard=Standard(done="0"),
    ),
    EventName.RATING_INVITED: EventMeaning(
        "邀请评价",
        Message(
            sms=HERE + "已办结，请评价：{link} 或回复" + SCALE + "。",
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
            sms=HERE + "您评价的问题已整改：{reason}。感谢您的监督。",
            phrase="已整改",
            note="您评价的问题已整改",
            spoken="您评价的问题已整改：{reason}。感谢您的监督。",
        ),
    ),
    EventName.CLOSED: EventMeaning("归档", Silent("评价期满自动归档，结果早已送达")),
    EventName.CERTIFICATE_EXPIRING: EventMeaning(
        "证照将到期",
        Message(
            sms=HERE + "发出的{result}将于{expires}到期，需要延续的，请最迟在{due_day}提出：{link}",
            phrase="证照将到期",
            note="请最迟在{due_day}提出延续",
            spoken="您申办的{service_name}发出的{result}将于{expires}到期，需要延续的，请最迟在{due_day}提出。",
            required=True,  # the day to ask runs (《行政许可法》第50条第1款), and nothing but this tells of it
        ),
    ),
    EventName.CERTIFICATE_REVOKED: EventMeaning(
        "注销证照",
        Message(
            sms=HERE + "发出的{result}已注销：{reason}。" + APPEAL + "详情{link}",
            phrase="证照已注销",
            note="证照已注销，请查看原因",
            spoken="您申办的{service_name}发出的{result}已注销，原因是：{reason}。" + APPEAL,
            required=True,  # what he shows is worth nothing from now on (《行政许可法》第70条)
        ),
        document="注销通知书",
    ),
    EventName.CERTIFICATE_REISSUED: EventMeaning(
        "换发证照",
        Message(
            sms=HERE + "的{result}已换发{certificate}，旧证不再有效，请出示新证：{link}",
            phrase="证照已换发",
            note="旧证不再有效，请出示新证",
            spoken="您申办的{service_name}的{result}已换发{certificate}，旧证不再有效，请在小程序或网页出示新证。",
            required=True,  # who shows the old one is refused
        ),
    ),
}
