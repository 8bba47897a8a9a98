"""Who fetches a result signs for it: the story says in what part, the paper keeps the name; his code and his document are looked at."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.delivery.counter import TRIES
from chalicelib.delivery.model import HANDOVER, PICKUP
from chalicelib.documents.drafts import drafted
from chalicelib.kernel.errors import InvalidInput, PartyRefused
from chalicelib.vocabulary.codes import Taker
from chalicelib.vocabulary.statuses import Status
from tests.unit.delivery.counter import Counter

PROXY = {"name": "李小四", "id_last4": "123X"}


def wrong(counter: Counter, **more: Any) -> str:
    """Hand over what must not be handed over; return the field that is named."""
    with pytest.raises(InvalidInput) as error:
        counter.decide(PICKUP, **more)
    assert counter.at(Status.READY_FOR_PICKUP)
    return error.value.fields[0].path


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
    counter.made()
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
    counter.made()
    assert wrong(counter, taker="agent") == "taker"
    courier = Counter("courier")
    courier.made()
    for more in ({"taker": "self"}, {"code": "123456"}, {"id_seen": True}, {"taker_id": "1234"}):
        with pytest.raises(InvalidInput) as error:
            courier.decide(HANDOVER, **more)
        assert error.value.fields[0].path == next(iter(more))
    assert wrong(counter, waybill="C1") == "waybill"


def test_the_code_and_the_document_are_looked_at_and_the_story_says_so() -> None:
    counter = Counter("pickup")
    counter.made()
    assert wrong(counter, id_seen=False, code=counter.cases.pickup_code(counter.case_no)) == "id_seen"
    counter.decide(PICKUP, "self", code=counter.cases.pickup_code(counter.case_no), id_seen=True)
    assert counter.file.events[-1].text == "本人已在窗口签收领取（已核对取件码和身份证件）"


def test_a_wrong_code_is_counted_and_after_some_none_is_right_any_more() -> None:
    counter = Counter("pickup")
    counter.made()
    right = counter.cases.pickup_code(counter.case_no)
    other = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(TRIES):
        assert wrong(counter, taker="self", code=other) == "code"
    with pytest.raises(InvalidInput, match=f"错了{TRIES}次"):
        counter.decide(PICKUP, "self", code=right)
    counter.decide(PICKUP, "self", id_seen=True)
    assert counter.at(Status.DELIVERED), "who shows his document needs no code"


def test_a_code_is_of_one_case_is_six_digits_and_stands_in_no_row() -> None:
    counter, second = Counter("pickup"), Counter("pickup")
    counter.made()
    code = counter.cases.pickup_code(counter.case_no)
    assert code.isdigit() and len(code) == 6 and code == second.cases.pickup_code(counter.case_no)
    assert code != counter.cases.pickup_code("510123456789")
    assert code not in repr((counter.file.rows, counter.file.events))


def test_whom_the_applicant_registered_fetches_it_and_nobody_else_in_his_stead() -> None:
    counter = Counter("pickup")
    counter.made()
    counter.change(method="pickup", proxy=PROXY)
    assert counter.file.events[-1].text == "申请人登记了到窗口代领的受托人"
    assert "李小四" not in repr((counter.file.events, counter.file.rows, counter.case.with_(sealed=b"")))
    assert wrong(counter, taker="other", name="王五", taker_id="123X") == "taker_name"
    assert wrong(counter, taker="other", name="李小四") == "taker_id"
    counter.decide(PICKUP, "other", "李小四", taker_id="123x", id_seen=True)
    draft = drafted(counter.cases.opened(counter.case_no), counter.file.events[-1], counter.service)
    assert "签收人：其他受托人（李小四，证件尾号123X）" in [text for _, text in draft.body]
