"""The driving API and the page: texts that go up, and what it refuses in Chinese."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import Response

from chalicelib.kernel.errors import PartyFault
from chalicelib.kernel.formats import mainland
from parties.registry import PARTIES
from tests.contract.sandbox.letters import OPENID, PHONE
from tests.contract.sandbox.stack import GATEWAYS, Stack


@pytest.mark.parametrize("provider", GATEWAYS)
def test_a_text_goes_up_until_it_is_taken(stack: Stack, provider: str) -> None:
    path = f"/sms/{provider}/inbound"
    form = PARTIES[provider].inbound
    assert form is not None
    taken, refused = form.answer.accept(), form.answer.refuse(PartyFault("忙"))
    stack.product.answers[path] = lambda count: Response((refused if count < 3 else taken).body)
    sent = stack.post(f"/sms/{PHONE}?provider={provider}", {"text": "查询"}).json()
    assert (sent["text"], sent["from"]) == ("查询", PHONE)
    stack.until(lambda: len(stack.product.seen) == 3, 12)
    bodies = stack.product.bodies(path)
    assert bodies[0] == bodies[1] == bodies[2]
    first = bodies[0][0] if isinstance(bodies[0], list) else bodies[0]
    assert (mainland(first[form.phone]), first[form.text]) == (PHONE, "查询")
    assert "key=" in stack.product.seen[0][1]["query"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/sms/12345", {"text": "x"}, 400),
        (f"/sms/{PHONE}", {}, 400),
        (f"/sms/{PHONE}", [], 400),
        (f"/sms/{PHONE}?provider=none", {"text": "x"}, 400),
        ("/wechat/login", {"openid": "a b"}, 400),
        ("/wechat/login", {}, 400),
        (f"/wechat/{OPENID}", {"text": 5}, 400),
        (f"/wechat/{OPENID}?mode=x", {"text": "x"}, 400),
        (f"/wechat/{OPENID}/refuse", {"all": "yes"}, 400),
        ("/calls", {"caller": "me"}, 400),
        ("/calls/none", {"keys": "1"}, 404),
        ("/calls/none", {"keys": "one"}, 400),
        ("/ems/none", {"action": "10"}, 404),
        ("/ems/none", {"action": "99"}, 400),
        ("/faults", {"party": "nobody", "mode": "down", "seconds": 1}, 400),
        ("/faults", {"party": "sms", "mode": "mad", "seconds": 1}, 400),
        ("/faults", {"party": "sms", "mode": "down", "seconds": -1}, 400),
        ("/faults", {"party": "sms", "mode": "down", "seconds": True}, 400),
        ("/nothing", {}, 404),
        ("/state", {}, 405),
    ],
)
def test_wrong_input_is_told_in_chinese(stack: Stack, path: str, body: Any, status: int) -> None:
    answer = stack.post(path, body)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert any("一" <= char <= "鿿" for char in answer.json()["detail"])


def test_a_body_that_is_huge_or_broken_is_refused(stack: Stack) -> None:
    assert stack.http.post("/sandbox/faults", content=b"x" * 1_000_001).status_code == 413
    assert stack.http.post("/sandbox/faults", content=b"\xff{").status_code == 400


def test_the_page_is_served(stack: Stack) -> None:
    page = stack.http.get("/sandbox/")
    assert page.status_code == 200 and "电话" in page.text
    for name in ("style.css", "app.js"):
        assert stack.http.get(f"/sandbox/page/{name}").status_code == 200
    assert stack.http.get("/sandbox/page/../app.py").status_code == 404
