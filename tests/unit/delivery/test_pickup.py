"""Who fetches a result signs for it: the story says in what part, the paper keeps the name."""

from __future__ import annotations

import pytest

from chalicelib.delivery.model import HANDOVER, PICKUP
from chalicelib.documents.drafts import drafted
from chalicelib.kernel.errors import InvalidInput, PartyRefused
from chalicelib.vocabulary.codes import Taker
from chalicelib.vocabulary.statuses import Status
from tests.unit.delivery.counter import Counter


@pytest.mark.parametrize(
    ("taker", "name", "said", "signed"),
    [
        ("self", "", "本人已在窗口签收领取", "本人"),
        ("agent", "", "代办人已在窗口签收领取", "代办人（王小五）"),
        ("other", "李小四", "其他受托人已在窗口签收领取", "其他受托人（李小四）"),
        (None, "", "已在窗口领取", ""),
    ],
)
def test_article_44_the_story_says_who_signed_at_the_window_and_a_name_is_sealed(
    taker: Taker | None, name: str, said: str, signed: str
) -> None:
    counter = Counter("courier")
    private = counter.cases.opened(counter.case_no).private or {}
    agent = {"name": "王小五", "phone": "13800005678"}
    counter.cases.amend(counter.cases.sealed(counter.case, private | {"agent": agent}).plus(agent="0123456789abcdef"))
    counter.post.fault = PartyRefused("超范围", code="courier_refused")
    counter.start()
    counter.decide(PICKUP, taker, name)
    event = counter.file.events[-1]
    assert event.text == said
    told = repr((event, counter.case.with_(sealed=b""), counter.file.rows))
    assert "李小四" not in told and "王小五" not in told
    draft = drafted(counter.cases.opened(counter.case_no), event, counter.service)
    lines = dict(text.split("：", 1) for _, text in draft.body)
    assert (lines["送达方式"], lines["送达情况"], lines.get("签收人", "")) == ("窗口领取", f"{said}。", signed)
    assert not any("＿" in text for _, text in draft.body), "what is kept has no line to sign"


def test_an_agent_signs_only_where_there_is_one_and_nobody_signs_for_what_is_no_hand_over() -> None:
    counter = Counter("pickup")
    counter.start()
    with pytest.raises(InvalidInput) as wrong:
        counter.decide(PICKUP, "agent")
    assert wrong.value.fields[0].path == "taker" and counter.at(Status.READY_FOR_PICKUP)
    courier = Counter("courier")
    courier.start()
    with pytest.raises(InvalidInput) as wrong:
        courier.decide(HANDOVER, "self")
    assert wrong.value.fields[0].path == "taker"
