"""Whatever strangers send to the API is refused kindly, and nothing is written."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any
from urllib.parse import quote

import pytest

from parties.registry import CALLBACKS
from tests.journey.city import City
from tests.journey.hostile.kit import PHONE, STRANGER, Try, all_refused, fault, send

BODIES: dict[str, bytes] = {
    "empty": b"",
    "array": b"[]",
    "null": b"null",
    "truncated": b'{"code":',
    "deep": b"[" * 100_000,
    "deep but whole": b'{"level":' * 900 + b"1" + b"}" * 900,
    "not a number": b'{"level":NaN}',
    "too large a number": b'{"level":1e999}',
    "named twice": b'{"code":"a","code":"b"}',
    "gbk": '{"code":"中文"}'.encode("gbk"),
    "utf-16": '{"code":"中文"}'.encode("utf-16"),
    "half a pair": rb'{"code":"\ud800","phone":"\ud800","reason":"\ud800","purpose":"\ud800","username":"\ud800","text":"\ud800"}',
    "half a pair as a name": rb'{"\ud800":1}',
    "control characters": rb'{"code":"a\u0000b","reason":"\u001b","phone":"\u0000","purpose":"\u0000\u0000","text":"\u0000"}',
    "xml bomb": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml><FromUserName>&b;</FromUserName></xml>',
    "unknown field": b'{"surprise":1}',
}
HUGE = {"1.1 MB": 1_100_000, "5 MB": 5_000_000}


@pytest.fixture(scope="module")
def routes(city: City, me: str, number: str) -> list[tuple[str, str]]:
    """Every public POST, with a token that may use it."""
    clerk, sms = city.clerk("mzj", "approver"), city.endpoints["sms"]
    case = f"/v1/cases/{number}"
    return [
        *((f"/v1/sessions/{name}", "") for name in ("wechat", "sms-code", "sms")),
        *((path, me) for path in ("/v1/applications", "/v1/materials")),
        *((f"{case}/{act}", me) for act in ("supplement", "withdrawal", "payment", "rating")),
        ("/v1/staff/sessions", ""),
        *((path, clerk) for path in (f"/v1/tasks/{number}.x.y.1/decision", f"/v1/staff/cases/{number}/reveal")),
        *((path, "") for path in [*sms["inbound"].values(), *sms["receipt"].values(), city.endpoints["ivr"]["vxml"]]),
        ("/channels/wechat", ""),
        *((f"/channels/{path}", "") for path in CALLBACKS if not path.startswith("sms/")),
    ]


def test_no_body_gets_past_a_route(city: City, routes: list[tuple[str, str]], me: str, number: str) -> None:
    before = (len(city.call("GET", "/v1/cases", me)["cases"]), city.events(me, number))
    optional = (f"/v1/cases/{number}/withdrawal", f"/v1/cases/{number}/payment")
    bodies = [*BODIES.items(), ("1.1 MB", b'{"a":"' + b"x" * HUGE["1.1 MB"] + b'"}')]
    tries = [(path, token, name, body) for path, token in routes for name, body in bodies]
    tries = [each for each in tries if not (each[2] == "empty" and each[0] in optional)]
    tries += [(path, token, "5 MB", b"x" * HUGE["5 MB"]) for path, token in routes[3:4] + routes[-3:]]
    key = {"Idempotency-Key": "k"}
    all_refused(city, [Try(path, token, name, {"content": body, "headers": key}) for path, token, name, body in tries])
    assert (len(city.call("GET", "/v1/cases", me)["cases"]), city.events(me, number)) == before


def test_no_type_and_no_method_gets_past_a_route(city: City, routes: list[tuple[str, str]]) -> None:
    types = (
        "text/plain",
        "application/xml",
        "application/json; charset=gbk",
        "garbage",
        "multipart/form-data; boundary=x",
    )
    body = b'{"surprise":1}'
    tries = [
        Try(path, token, kind, {"content": body, "headers": {"Content-Type": kind}})
        for path, token in routes[3:8:2] + routes[-3:]
        for kind in types
    ]
    paths, methods = (
        ("/v1/applications", "/v1/health", "/v1/tasks", "/v1/nothing"),
        ("PUT", "DELETE", "PATCH", "TRACE"),
    )
    all_refused(city, tries + [Try(path, method=method, more={}) for path in paths for method in methods])


def test_every_path_says_its_methods(city: City) -> None:
    for path in city.http.get("/v1/openapi.json").json()["paths"]:
        told = city.http.options(path)
        assert (told.status_code, told.content) == (204, b""), path
        wrong = send(city, "PUT", path)
        assert wrong.status_code == 405 and not fault(wrong)
        assert wrong.headers["allow"] == told.headers["allow"] and "OPTIONS" in told.headers["allow"]
    head, got = city.http.head("/v1/health"), city.http.get("/v1/health")
    assert (head.status_code, head.content, head.headers["content-type"]) == (200, b"", got.headers["content-type"])
    assert city.http.head("/v1/applications").status_code == 405


def test_an_address_has_an_end(city: City) -> None:
    for path in ("/v1/services?q=", "/v1/", "/"):
        answer = city.http.get(path + "9" * 60_000)
        assert answer.status_code == 414 and not fault(answer)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service": "no-such-service"}, "service"),
        ({"service": "../elder-card"}, "service"),
        ({"service": 5}, "service"),
        ({"form": []}, "form"),
        ({"form": {"surprise": 1}}, "form.surprise"),
        ({"form": {"id_number": "510104193608150011"}}, "form.id_number"),  # check digit
        ({"form": {"id_number": "510104193602300017"}}, "form.id_number"),  # 30 February
        ({"form": {"id_number": "510104360815001"}}, "form.id_number"),  # fifteen digits of before 1999
        ({"form": {"id_number": "51010419360815001٠"}}, "form.id_number"),  # an Arabic-Indic zero
        ({"form": {"id_number": True}}, "form.id_number"),
        ({"form": {"id_number": 510104193608150010}}, "form.id_number"),
        ({"form": {"name": "  \t"}}, "form.name"),
        ({"form": {"name": "王\x00芳"}}, "form.name"),
        ({"form": {"name": "王\ud83d"}}, "form.name"),
        ({"form": {"name": "x" * 5000}}, "form.name"),
        ({"form": {"household": ["local"]}}, "form.household"),
        ({"contact": {"phone": "١٣٨٠٠٠٦٠٠٠١"}}, "contact.phone"),
        ({"contact": {"phone": PHONE, "name": " "}}, "contact.name"),
        ({"contact": {"phone": PHONE, "surprise": 1}}, "contact.surprise"),
        ({"delivery": {"method": "pigeon"}}, "delivery.method"),
        ({"delivery": {"method": "courier", "name": " ", "phone": PHONE, "address": "     "}}, "delivery.name"),
        ({"materials": [{"code": "no-such-material", "material_id": "0" * 32}]}, "materials.0.code"),
        ({"materials": [{"code": "photo", "material_id": "../1"}]}, "materials.0.material_id"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_the_field_at_fault_is_named(city: City, me: str, change: dict[str, Any], field: str) -> None:
    body: dict[str, Any] = {"service": "elder-card", "form": {"id_number": "510104193608150010", "household": "local"}}
    body |= {"contact": {"phone": PHONE}} | change
    if isinstance(body["form"], dict):
        body["form"] = {"id_number": "510104193608150010", "household": "local"} | body["form"]
    answer = send(
        city, "POST", "/v1/applications", me, content=json.dumps(body), headers={"Idempotency-Key": uuid.uuid4().hex}
    )
    assert not fault(answer)
    assert field in [each["path"] for each in answer.json()["fields"]], answer.text
    assert "510104193608150010" not in answer.text


def test_no_id_cursor_or_date_gets_past_a_route(city: City, me: str, number: str) -> None:
    clerk, boss = city.clerk("mzj", "approver"), city.clerk("mzj", "supervisor")
    names = (
        "0",
        "9" * 12,
        "9" * 2100,
        "%00",
        "%2e%2e",
        "%0a" + number,
        "%ff",
        quote("１２３４５６７８９０１２"),
        "人" * 700,
    )
    reads, acts = [], []
    for name in names:
        reads += [(f"/v1/cases/{name}", me), (f"/v1/status/{name}?verify=0010", ""), (f"/v1/staff/cases/{name}", clerk)]
        reads += [(f"/v1/staff/cases?case_no={name}", clerk), (f"/v1/materials/{name}", me)]
        acts += [
            (f"/v1/cases/{name}/withdrawal", me),
            (f"/v1/cases/{name}/payment", me),
            (f"/v1/tasks/{name}.issue.mzj.1/claim", clerk),
        ]
    acts += [(f"/v1/tasks/{number}.issue.mzj.{quote(turn)}/claim", clerk) for turn in ("²", "0", "-1", "9" * 99)]
    for cursor in ("garbage", "%00", "x" * 1100):
        reads += [(f"/v1/cases?next={cursor}", me), (f"/v1/tasks?next={cursor}", clerk)]
    for odd in ("surprise=1", "next=a&next=b", "next=%ED%A0%80", "%00=1", "%ff=%ff", "q=1&q=2"):
        reads += [(f"/v1/cases?{odd}", me), (f"/v1/services?{odd}", ""), (f"/v1/health?{odd}", "")]
    for dates in ("from=9999-99-99", "to=2026-02-30", "to=0001-01-01", "from=2026-02-01&to=2026-01-01"):
        reads.append((f"/v1/staff/board?{dates}", boss))
    reads += [(f"/v1/status/{number}?verify={verify}", "") for verify in ("", "12345", "%00" * 4)]
    all_refused(city, [*(Try(*each) for each in acts), *(Try(*each, method="GET", more={}) for each in reads)])


def test_no_forged_token_gets_in(city: City, me: str) -> None:
    head, claims, signature = me.split(".")

    def part(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    office = part(base64.urlsafe_b64decode(claims + "==").replace(b"citizen", b"office"))
    tokens = {
        "none": ".".join((part(b'{"alg":"none"}'), claims, "")),
        "other algorithm": ".".join((part(b'{"alg":"HS512"}'), claims, signature)),
        "promoted": f"{head}.{office}.{signature}",
        "deep": f"{part(b'[' * 1500)}.{claims}.{signature}",
        "cut": me[:-2],
        "long": "a" * 6000,
        "dots": "...",
    }
    all_refused(city, [Try("/v1/cases", token, name, {}, "GET") for name, token in tokens.items()])
    assert {send(city, "GET", "/v1/cases", token).status_code for token in tokens.values()} == {401}


def test_nobody_touches_anothers(city: City, me: str, number: str) -> None:
    stranger, police = city.sms_session(STRANGER), city.clerk("gaj", "approver")
    acts = {"supplement": {"form": {"name": "李四"}}, "withdrawal": {}, "payment": {}, "rating": {"level": 5}}
    for act, body in acts.items():
        assert send(city, "POST", f"/v1/cases/{number}/{act}", stranger, json=body).status_code == 404, act
        assert send(city, "POST", f"/v1/cases/{number}/{act}", police, json=body).status_code in (403, 404), act
    task, said = f"/v1/tasks/{number}.issue.mzj.1", {"outcome": "reject", "opinion": "不是我的"}
    for token in (me, stranger, police, city.clerk("mzj", "clerk")):
        assert send(city, "POST", f"{task}/claim", token).status_code == 403
        assert send(city, "POST", f"{task}/decision", token, json=said).status_code == 403
    for token in (me, police, city.clerk("gaj", "clerk"), city.clerk("gaj", "supervisor")):
        assert (
            send(city, "POST", f"/v1/staff/cases/{number}/reveal", token, json={"purpose": "想看看"}).status_code == 403
        )
    for path in ("/v1/tasks", f"/v1/staff/cases?phone={PHONE}", f"/v1/staff/cases/{number}", "/v1/staff/board"):
        assert send(city, "GET", path, me).status_code == 403, path
    ticket = {"level": 5, "ticket": "guessed"}
    assert send(city, "POST", f"/v1/cases/{number}/rating", json=ticket).status_code == 403
    assert city.events(me, number) == ["submitted", "assigned"]
