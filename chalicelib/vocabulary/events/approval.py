"""What an office and an applicant do until a case is decided."""

from __future__ import annotations

from chalicelib.vocabulary.events.meanings import APPEAL, HERE, OUR_WORK, EventMeaning, Message, Silent, Standard
from chalicelib.vocabulary.events.names import EventName
from chalicelib.vocabulary.figures import Figure

ROWS: dict[EventName, EventMeaning] = {
    EventName.SUBMITTED: EventMeaning(
        "收件",
        Message(
            sms="您申办的{service_name}已收件，办件号{case_no}，{promise}。查进度请回复“进度”。",
            phrase="已收件",
            note="{promise_note}",
            spoken="您申办的{service_name}已收件，{promise}。",
        ),
        counts=Figure.RECEIVED,
        begins="approval",
        document="收件凭证",
    ),
    EventName.ASSIGNED: EventMeaning("转办", OUR_WORK),
    EventName.ACCEPTED: EventMeaning(
        "受理",
        Message(
            sms=HERE + "{accepted}，{promise}。",
            phrase="已受理",
            note="{promise_note}",
            spoken="您申办的{service_name}{accepted}，{promise}。",
        ),
        document="受理通知书",
        standard=Standard(process="4"),
    ),
    EventName.NOT_ACCEPTED: EventMeaning(
        "不予受理",
        Message(
            sms=HERE + "{verdict}：{reason}。{turn}" + APPEAL + "详情{link}",
            phrase="不予受理",
            note="{verdict}，请查看原因",
            spoken="您申办的{service_name}{verdict}，原因是：{reason}{unmet}。{turn}{appeal}",
            required=True,  # 《行政许可法》第32条
        ),
        counts=Figure.DECIDED,
        begins="rating",
        document="不予受理决定书",
        standard=Standard("3", "6", by="ground", each={"not_required": Standard("2", "6")}),
        stands=("verdict", "reason", "unmet", "organ", "appeal"),
    ),
    EventName.CORRECTION_REQUESTED: EventMeaning(
        "告知补正",
        Message(
            sms=HERE + "需补正：{missing}。请于{due}前补齐：{link} 或送到{address}{reply}。",
            phrase="待补正",
            note="请于{due_day}前补正",
            spoken="您申办的{service_name}需要补正：{missing}。请于{due_day}前补齐，可以送到{address}。",
            required=True,  # 《行政许可法》第32条
        ),
        document="补正告知书",
        standard=Standard("5", special="1"),
    ),
    EventName.SUPPLEMENTED: EventMeaning(
        "已补正",
        Message(  # whoever handed in was answered; the one who hears this may be another, and the promise may have moved
            sms=HERE + "补交的材料已收到，{still}。",
            phrase="已收材料",
            note="已收到，{still_note}",
            spoken="您申办的{service_name}补交的材料已收到，{still}。",
        ),
    ),
    EventName.UNANSWERED: EventMeaning(
        "逾期未补正",
        Message(
            sms=HERE + "逾期未补正{missing}，将按已有材料审查，决定前仍可补交材料：{link}",
            phrase="逾期未补正",
            note="决定前仍可补交材料",
            spoken="您申办的{service_name}逾期未补正{missing}，将按已有材料审查。作出决定以前，您仍然可以补交材料。",
            required=True,  # whoever does not hear of it waits for a yes that will not come
        ),
    ),
    EventName.REVIEWED: EventMeaning(
        "审查意见", OUR_WORK, standard=Standard("1", by="outcome", each={"opined": Standard("0")})
    ),
    EventName.SENT_BACK: EventMeaning("退回重审", OUR_WORK, standard=Standard("7")),
    EventName.COUNTERSIGN_ASKED: EventMeaning("送会签", OUR_WORK),
    EventName.RECALLED: EventMeaning("收回", OUR_WORK),
    EventName.EXAMINED: EventMeaning("核查", OUR_WORK),
    EventName.SUSPENDED: EventMeaning(
        "特别程序",
        Message(
            sms=HERE + "依法进行{procedure}{hearing}，至{due}不计入办理期限：{reason}。详情{link}",
            phrase="特别程序",
            note="{procedure}至{due_day}，不计时",
            spoken="您申办的{service_name}依法进行{procedure}{hearing}，至{due_day}，所需时间不计入办理期限。",
            required=True,  # 《行政许可法》第45条: 将所需时间书面告知
        ),
        document="特别程序告知书",
        standard=Standard(
            "6",
            special="4",
            by="kind",
            each={"hearing": Standard("6", special="2"), "publicity": Standard("6", special="3")},
        ),
    ),
    EventName.RESUMED: EventMeaning(
        "特别程序结束",
        Message(
            sms=HERE + "{resumed}，继续办理，{promise}。详情{link}",
            phrase="继续办理",
            note="{resumed_note}",
            spoken="您申办的{service_name}{resumed}，继续办理，{promise}。",
            required=True,  # 《行政许可法》第45、48条: who was told in writing when he waits, and where to come, is told that it ended
        ),
        document="特别程序结束告知书",
    ),
    EventName.EXTENDED: EventMeaning(
        "延长期限",
        Message(
            sms=HERE + "办理期限经批准延长，{promise}，理由：{reason}。详情{link}",
            phrase="延长期限",
            note="{promise_note}",
            spoken="您申办的{service_name}办理期限经批准延长，{promise}，理由是：{reason}。",
            required=True,  # 《行政许可法》第42条: 将延长期限的理由告知申请人
        ),
        document="延长办理期限告知书",
        standard=Standard("6"),
    ),
    EventName.GRANTED: EventMeaning(
        "准予",
        Message(  # where the fee is asked or the result given at once, they say it (`notices.merged`)
            sms=HERE + "{granted}，{then}。",
            phrase="准予",
            note="已准予，{then}",
            spoken="您申办的{service_name}{granted}，{then}。",
            required=True,  # 《行政许可法》第44条: the decision is served on the applicant
        ),
        counts=Figure.DECIDED,
        begins="payment",
        document="准予决定书",
        standard=Standard("1"),
        ours=frozenset({"opinion"}),
    ),
    EventName.DENIED: EventMeaning(
        "不予许可",
        Message(
            sms=HERE + "{verdict}：{reason}。" + APPEAL + "详情{link}",
            phrase="不予许可",
            note="{verdict}，请查看原因",
            spoken="您申办的{service_name}{verdict}，原因是：{reason}{unmet}。{appeal}",
            required=True,  # 《行政许可法》第38条
        ),
        counts=Figure.DECIDED,
        begins="rating",
        document="不予决定书",
        standard=Standard("0", "1"),
        stands=("verdict", "reason", "unmet", "appeal"),
    ),
    EventName.TRANSFERRED: EventMeaning(
        "转报",
        Message(
            sms=HERE + "已转报{organ}审查决定，进展请向该机关查询。详情{link}",
            phrase="已转报",
            note="已转报，进展请看详情",
            spoken="您申办的{service_name}已转报{organ}审查决定，进展请向该机关查询。",
            required=True,  # 《行政许可法》第43条: another organ decides, and whoever waits must know which
        ),
        counts=Figure.DECIDED,
        begins="rating",
        document="转报告知书",
        standard=Standard(done="4"),
        ours=frozenset({"opinion"}),
        stands=("organ",),
    ),
    EventName.WITHDRAWN: EventMeaning(
        "撤回",
        Message(
            sms=HERE + "已撤回，不再办理。如有疑问请拨打12345。",
            phrase="已撤回",
            note="已撤回，不再办理",
            spoken="您申办的{service_name}已撤回，不再办理。如有疑问，请拨打12345。",
        ),
        standard=Standard(done="5"),
    ),
    EventName.RETURNED: EventMeaning(
        "逾期退件",
        Message(
            sms=HERE + "逾期未补正，已退件。需要时可重新申办。",
            phrase="已退件",
            note="逾期未补正，已退件",
            spoken="您申办的{service_name}逾期未补正，已退件，需要时可以重新申办。",
            required=True,  # the application is over; whoever does not hear of it waits for nothing
        ),
        standard=Standard(done="5"),
        stands=(),
    ),
    EventName.RULES_CHANGED: EventMeaning("规则更新", Silent("承诺的日期不变；有要申请人做的事，到时另有通知")),
}
