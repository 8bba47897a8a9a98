"""顺丰's pushes: XML beside JSON, its opCodes, and words of its own."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from chalicelib.delivery.model import KEY, TrackKind
from tests.contract.parties.courier import Road
from tests.contract.parties.sf.far import CARRIAGE


def xml(*routes: dict[str, str], root: str = "Request") -> bytes:
    rows = (" ".join(f"{name}={quoteattr(value)}" for name, value in route.items()) for route in routes)
    body = "".join(f"<WaybillRoute {row}/>" for row in rows)
    return f'<{root} service="RoutePushService" lang="zh-CN"><Body>{body}</Body></{root}>'.encode()


def test_a_push_in_xml_is_read_and_answered_in_xml() -> None:
    way = Road(CARRIAGE)
    answer = way.post(xml(CARRIAGE.told("moving"), CARRIAGE.told("delivered", 30)))
    assert (answer.status, answer.body) == (200, '<Response service="RoutePushService"><Head>OK</Head></Response>')
    assert answer.content_type.startswith("text/xml") and way.events[-2:] == ["tracked", "delivered"]
    stranger = way.post(xml(CARRIAGE.told("moving", 40, CARRIAGE.stranger)))
    assert "<Head>ERR</Head>" in stranger.body and CARRIAGE.stranger in stranger.body


@pytest.mark.parametrize(
    "body",
    [
        b"<Request",
        b"<x/>",
        xml(root="Response"),
        xml(),
        b'<!DOCTYPE r [<!ENTITY a "b">]><Request service="RoutePushService"><Body/></Request>',
    ],
)
def test_what_is_no_push_is_refused_in_xml(body: bytes) -> None:
    way = Road(CARRIAGE)
    before = way.file
    answer = way.post(body)
    assert answer.status == 400 and "<Head>ERR</Head>" in answer.body and way.file == before


@pytest.mark.parametrize(
    ("code", "remark", "kind", "state"),
    [
        ("50", "", "moving", "moving"),
        ("44", "", "moving", "moving"),
        ("70", "", "failed", "failed"),
        ("8000", "", "delivered", "delivered"),
        ("99", "", "returned", "returned"),
        ("631", "", "returned", "returned"),
        ("33", "快件丢失", "lost", "making"),
        ("123", "客服已登记", "noted", "ordered"),
        ("9999", "", "noted", "ordered"),
    ],
)
def test_each_opcode_means_what_it_says_and_one_we_do_not_know_moves_nothing(
    code: str, remark: str, kind: TrackKind, state: str
) -> None:
    way = Road(CARRIAGE)
    assert way.push(CARRIAGE.told("moving", opCode=code, remark=remark))
    assert way.row(KEY).status == state, kind
    assert ("dispatched" in way.events) is (kind != "noted")
