"""What one supervisor proposes and another confirms: a case made void, what is on record of it revised."""

from __future__ import annotations

from chalicelib.vocabulary.events.meanings import APPEAL, HERE, EventMeaning, Message, Standard
from chalicelib.vocabulary.events.names import EventName

ROWS: dict[EventName, EventMeaning] = {
    EventName.VOIDED: EventMeaning(
        "作废",
        Message(
            sms=HERE + "已作废：{reason}。" + APPEAL + "详情{link}",
            phrase="已作废",
            note="已作废，请查看原因",
            spoken="您申办的{service_name}已作废，原因是：{reason}。{appeal}",
            required=True,  # 《行政许可法》第69、70条: what was given is worth nothing from now on
        ),
        document="作废通知书",
        standard=Standard(done="2"),
        stands=("reason", "appeal"),
    ),
    EventName.REVISED: EventMeaning(
        "更正",
        Message(
            sms=HERE + "登记的{fields}已更正{reissued}。详情{link}",
            phrase="已更正",
            note="登记的内容已更正",
            spoken="您申办的{service_name}登记的{fields}已更正{reissued}。",
            required=True,  # 《个人信息保护法》第46条: whose data it is knows what was changed
        ),
        document="更正通知书",
    ),
}
