"""Every payment party on the wire: true signatures both ways, and every way it can say yes, no, later, or nothing. Its own codes stand in
its folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import PartyFault, PartyRefused
from chalicelib.payments.party import OrderRequest, OrderState, RefundOrder
from chalicelib.vocabulary.codes import PAY_SCENES
from chalicelib.vocabulary.problems import PROBLEMS
from parties.registry import PARTIES
from tests.contract.farend import FarEnd, closed_port, far_end
from tests.contract.parties.payee import BILL, Gone, Payee, Told, payees
from tests.unit.samples import NOW

PAYEES = payees()
NUMBER = Told().number
ORDER = OrderRequest(NUMBER, 8000, "蓉易办-占道经营许可 +&=", NOW + timedelta(hours=2))
BACK = RefundOrder(Gone().number, Told().transaction, Gone().fen, Told().fen, "撤回申请")
Wire = tuple[Payee, Any, FarEnd]


@pytest.fixture(params=PAYEES)
def wire(request: pytest.FixtureRequest) -> Iterator[Wire]:
    """Each party's client before its far end."""
    payee = PAYEES[request.param]
    with far_end(payee.plays["taken"], "/parties/far") as end:
        yield payee, payee.client(request.param, end.url), end


def test_an_order_gives_a_code_to_scan(wire: Wire) -> None:
    _, client, end = wire
    placed = client.place(ORDER)
    assert placed.code_url and not placed.ticket and len(end.asked) == 1
    assert all(asked.path.startswith("/parties/far") for asked in end.asked)


@pytest.mark.parametrize("name", [name for name, payee in PAYEES.items() if "in_app" in payee.plays])
def test_inside_its_app_an_order_gives_a_ticket(name: str) -> None:
    payee = PAYEES[name]
    with far_end(payee.plays["in_app"]) as end:
        client = payee.client(name, end.url)
        placed = client.place(OrderRequest(**{**vars(ORDER), "user": "oOpenid", "scene": "jsapi"}))
        assert client.app and placed.ticket and not placed.code_url
        assert client.for_client(placed.ticket, NOW)["params"]


def test_who_has_an_app_plays_it(wire: Wire) -> None:
    payee, client, _ = wire
    assert bool(client.app) == ("in_app" in payee.plays) == ("jsapi" in client.scenes)
    assert "native" in client.scenes and set(client.scenes) <= set(PAY_SCENES)


@pytest.mark.parametrize(("play", "state"), [("open", OrderState(open=True)), ("ended", OrderState())])
def test_how_an_order_stands(wire: Wire, play: str, state: OrderState) -> None:
    payee, client, end = wire
    end.play = payee.plays[play]
    assert client.query(NUMBER) == state


def test_one_that_is_paid_says_what_was_paid(wire: Wire) -> None:
    payee, client, end = wire
    end.play = payee.plays["paid"]
    state, told = client.query(NUMBER), Told()
    money = state.money
    assert money is not None and not state.open and money.party == client.name
    assert (money.out_trade_no, money.transaction_id) == (told.number, told.transaction)
    assert (money.amount_fen, money.at) == (told.fen, told.at)


def test_one_it_does_not_know_is_not_paid(wire: Wire) -> None:
    payee, client, end = wire
    end.play = payee.plays["unknown"]
    assert client.query(NUMBER).money is None


@pytest.mark.parametrize("play", ["closed", "unknown"])
def test_what_is_closed_or_unknown_is_closed(wire: Wire, play: str) -> None:
    payee, client, end = wire
    end.play = payee.plays[play]
    client.close(NUMBER)
    assert len(end.asked) == 1


def test_what_is_paid_cannot_be_closed(wire: Wire) -> None:
    payee, client, end = wire
    end.play = payee.plays["close_paid"]
    with pytest.raises(PartyRefused) as told:
        client.close(NUMBER)
    assert told.value.code == "order_paid"


def test_a_refusal_has_a_code_of_ours(wire: Wire) -> None:
    payee, client, end = wire
    end.play = payee.plays["refused"]
    with pytest.raises(PartyRefused) as told:
        client.place(ORDER)
    assert told.value.code in PROBLEMS


@pytest.mark.parametrize("state", ["processing", "success", "closed", "abnormal"])
def test_a_part_goes_back_and_how_it_stands(wire: Wire, state: str) -> None:
    payee, client, end = wire
    end.play = payee.plays["back" if state == "processing" else f"back_{state}"]
    told, gone = client.refund(BACK), Gone()
    assert (told.out_refund_no, told.state, told.amount_fen, told.at) == (gone.number, state, gone.fen, gone.at)
    assert client.refunded(BACK.out_refund_no) == told and told.code in PARTIES and len(end.asked) == 2


def test_a_refund_there_is_not(wire: Wire) -> None:
    payee, client, end = wire
    end.play = payee.plays["no_back"]
    with pytest.raises(PartyRefused) as told:
        client.refunded(BACK.out_refund_no)
    assert told.value.code == "unknown_refund"


def test_the_bill_of_a_day_line_by_line(wire: Wire) -> None:
    payee, client, end = wire
    end.play = payee.plays["bill"]
    assert tuple(client.bill(NOW.date())) == BILL


def test_a_bill_whose_digest_is_another_is_none(wire: Wire) -> None:
    payee, client, end = wire
    end.play = payee.plays["bill_changed"]
    with pytest.raises(PartyFault):
        client.bill(NOW.date())


def test_a_day_without_trade_has_an_empty_bill(wire: Wire) -> None:
    payee, client, end = wire
    end.play = payee.plays["no_bill"]
    assert list(client.bill(NOW.date())) == []


def _calls(client: Any) -> list[Any]:
    return [
        lambda: client.place(ORDER),
        lambda: client.query(NUMBER),
        lambda: client.close(NUMBER),
        lambda: client.refund(BACK),
        lambda: client.refunded(BACK.out_refund_no),
        lambda: client.bill(NOW.date()),
    ]


@pytest.mark.parametrize("mode", [429, 500, 502, 503, 302, "drop", "garbage", "list"])
def test_answers_that_are_none(wire: Wire, mode: Any) -> None:
    _, client, end = wire
    end.mode = mode
    for call in _calls(client):
        with pytest.raises(PartyFault):
            call()


@pytest.mark.parametrize("play", ["busy", "forged"])
def test_busy_or_signed_by_a_stranger_is_no_answer(wire: Wire, play: str) -> None:
    payee, client, end = wire
    end.play = payee.plays[play]
    with pytest.raises(PartyFault):
        client.query(NUMBER)


@pytest.mark.parametrize("name", PAYEES)
def test_nobody_there(name: str) -> None:
    for call in _calls(PAYEES[name].client(name, closed_port())):
        with pytest.raises(PartyFault):
            call()
