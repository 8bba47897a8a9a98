"""What comes after the decision: money, the result's way to whom it is for, the rating, the certificate's life."""

from __future__ import annotations

from chalicelib.vocabulary.events.meanings import APPEAL, HERE, OUR_WORK, EventMeaning, Message, Silent, Standard
from chalicelib.vocabulary.events.names import EventName
from chalicelib.vocabulary.ratings import SCALE

ROWS: dict[EventName, EventMeaning] = {
    EventName.PAYMENT_REQUESTED: EventMeaning(
        "通知缴费",
        Message(
            sms=HERE + "已准予，应缴费{amount}元，请{pay_by}前在小程序或网页缴纳{counter}：{link}",
            phrase="待缴费",
            note="请在{pay_by}前缴费{amount}元",
            spoken="您申办的{service_name}已准予，应缴费{amount}元，请在{pay_by}前在小程序或网页缴纳{counter}，逾期办件终止。不会操作请拨打12345。",
            required=True,  # money is asked, and the day to pay by runs
        ),
        document="缴费通知书",
        stands=("amount_fen", "until"),
    ),
    EventName.PAID: EventMeaning(
        "已缴费",
        Silent("缴费时已当场告知"),
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
        stands=(),
    ),
    EventName.REFUND_DUE: EventMeaning(
        "应退款",
        Message(
            sms=HERE + "有{amount}元要退给您（{reason}），退款后会再通知您。",
            phrase="待退款",
            note="{amount}元要退给您",
            spoken="您申办的{service_name}有{amount}元要退给您，原因是：{reason}。",
        ),
    ),
    EventName.REFUND_DELAYED: EventMeaning(
        "退款受阻",
        Message(
            sms=HERE + "的{amount}元没能按原支付方式退回，工作人员正在办理，退款后会再通知您。",
            phrase="退款办理中",
            note="{amount}元由工作人员办理退款",
            spoken="您申办的{service_name}的{amount}元没能按原支付方式退回，工作人员正在办理。",
        ),
    ),
    EventName.REFUNDED: EventMeaning(
        "已退款",
        Message(
            sms=HERE + "的{amount}元{returned}，请查收。",
            phrase="已退款",
            note="{amount}元已退回，请查收",
            spoken="您申办的{service_name}的{amount}元{returned}，请查收。",
        ),
    ),
    EventName.PRODUCING: EventMeaning("制证", OUR_WORK),
    EventName.MADE: EventMeaning("制证完成", Silent("交寄了或者可以领取了，会另外告诉申请人")),
    EventName.REROUTED: EventMeaning("变更送达", Silent("申请人自己刚做的，当场已经答复")),
    EventName.READY_FOR_PICKUP: EventMeaning(
        "待领取",
        Message(
            sms=HERE + "结果可领取，取件码{pickup_code}，地点：{address}，时间：{hours}，请带有效证件。",
            phrase="待领取",
            note="取件码{pickup_code}，请带证件",
            spoken="您申办的{service_name}结果可以领取，取件码是{pickup_code}，地点：{address}，时间：{hours}，请带有效证件。",
            required=True,  # what was decided is served by being fetched (第44条), and somebody must know where
        ),
        stands=("address", "hours"),
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
    EventName.UNDELIVERED: EventMeaning(
        "快件退回",
        Message(
            sms=HERE + "的快件未能投递，已退回。请在{due_day}前选择再次寄送或到窗口领取：{link}，逾期改为窗口领取。",
            phrase="快件退回",
            note="请在{due_day}前选择怎样领取",
            spoken="您申办的{service_name}的快件未能投递，已退回。请在{due_day}前，在小程序或网页选择再次寄送或到窗口领取，逾期改为窗口领取。",
            required=True,  # what was decided is not served, and the day to choose runs (第44条)
        ),
    ),
    EventName.REISSUED: EventMeaning(
        "重新制发",
        Message(
            sms=HERE + "的快件没有送到，正在重新制作{result}，做好后另行通知。不收费用。",
            phrase="重新制发",
            note="快件没有送到，正在重新制作",
            spoken="您申办的{service_name}的快件没有送到，正在重新制作，做好后另行通知，不收费用。",
            required=True,  # what was told to be on its way is not
        ),
    ),
    EventName.DELIVERED: EventMeaning(
        "送达",
        Message(
            sms=HERE + "{granted_now}结果已送达{certificate}，办理完毕。请评价：{link} 或回复" + SCALE + "。",
            phrase="已送达",
            note="结果已送达，请评价本次服务",
            spoken="您申办的{service_name}{granted_now}结果已送达{certificate}，办理完毕。请为本次服务评价，5最好，1最差。",
        ),
        invites=True,
        document="送达回证",
        standard=Standard(done="0"),
    ),
    EventName.RATING_INVITED: EventMeaning(
        "邀请评价",
        Message(
            sms=HERE + "{over}，请评价：{link} 或回复" + SCALE + "。",
            phrase="待评价",
            note="请为本次服务评价",
            spoken="您申办的{service_name}{over}，请为本次服务评价，5最好，1最差。",
        ),
        invites=True,
    ),
    EventName.RATED: EventMeaning("评价", Silent("申请人自己刚做的，当场已经答复"), counts="rated"),
    EventName.RATING_COUNTED: EventMeaning("评价计入", Silent("评价时已经说过要先核对"), counts="rated"),
    EventName.RATING_FOLLOWED: EventMeaning("差评办理", Silent("电话里已经说过，或是办理环节，答复时一并告知")),
    EventName.RECTIFIED: EventMeaning(
        "差评答复",
        Message(
            sms=HERE + "您评价的问题{answered}：{reason}。解决了吗？请再评价：{link} 或回复" + SCALE + "。",
            phrase="已答复",
            note="您评价的问题{answered}，请再评价",
            spoken="您评价的问题{answered}：{reason}。请再次评价，5最好，1最差。",
        ),
        counts="rectified",
        asks_again=True,
    ),
    EventName.RATING_REVISITED: EventMeaning(
        "差评回访", Silent("评价人自己刚答复的，或电话里刚说的"), counts="revisited"
    ),
    EventName.RATING_INVALIDATED: EventMeaning(
        "评价不计入",
        Message(
            sms=HERE + "的评价经{checked_by}核查不计入统计：{reason}。您的评价仍然保留，有异议请拨打12345。",
            phrase="评价不计入",
            note="您的评价不计入统计，请查看原因",
            spoken="您申办的{service_name}的评价经{checked_by}核查不计入统计，原因是：{reason}。有异议请拨打12345。",
            required=True,  # whose word is set aside hears why, and where to object
        ),
        counts="invalidated",
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
            spoken="您申办的{service_name}发出的{result}已注销，不再有效，原因是：{reason}。{appeal}",
            required=True,  # what he shows is worth nothing from now on (《行政许可法》第70条)
        ),
        document="注销通知书",
        stands=("result", "reason", "appeal"),
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
        stands=("result",),
    ),
}
