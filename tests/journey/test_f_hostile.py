"""Whatever strangers send through the front door is refused in the channel's own way, and nothing is written.

A refusal of the API is a 4xx problem document in Chinese that names the field; no 5xx, no trace, no personal data in any log.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple
from urllib.parse import quote

import boto3
import httpx
import pytest

from tests.journey.city import City

PHONE, STRANGER = "13800060001", "13800060002"
NAME = "欧阳不可见"
JSON = "application/json"
AT_ONCE = 6


class Try(NamedTuple):
    """One request that must be refused."""

    path: str
    token: str = ""
    name: str = ""
    more: dict[str, Any] = {"content": b"{}"}  # noqa: RUF012
    method: str = "POST"


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
def me(city: City) -> str:
    return city.wechat()


@pytest.fixture(scope="module")
def number(city: City, me: str) -> str:
    """A case of mine that waits at 市民政局."""
    receipt = city.apply(me, "elder-card", PHONE, form={"name": NAME})
    city.task("mzj", "approver", receipt["case_no"])
    return str(receipt["case_no"])


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
        *((path, "") for path in ("/channels/wechat", "/channels/pay/wechat/notify", "/channels/delivery/ems/track")),
    ]


def _send(city: City, method: str, path: str, token: str = "", **more: Any) -> httpx.Response:
    headers = {"Content-Type": JSON} | more.pop("headers", {}) | ({"Authorization": f"Bearer {token}"} if token else {})
    return city.http.request(method, path, headers=headers, **more)


def _wrong(answer: httpx.Response) -> str:
    """Tell what is wrong with a refusal; empty if nothing is."""
    wrong = [] if 400 <= answer.status_code < 500 else [f"status {answer.status_code}"]
    if answer.elapsed.total_seconds() > 10:
        wrong.append(f"{answer.elapsed.total_seconds():.0f} s")
    if "Traceback" in answer.text or '.py"' in answer.text:
        wrong.append("a trace")
    if answer.request.url.path.startswith("/v1/") and not wrong and answer.request.method != "HEAD":
        if "application/problem+json" not in answer.headers["content-type"] or answer.json()["status"] != answer.status_code:
            wrong.append("no problem document")
        elif not re.search("[\u4e00-\u9fff]", answer.json()["detail"]):
            wrong.append("no Chinese")
    return ", ".join(wrong) and f"{', '.join(wrong)}: {answer.text[:200]}"


def _all_refused(city: City, tries: Iterable[Try]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [(each, pool.submit(_send, city, each.method, each.path, each.token, **each.more)) for each in tries]
    found = [(each, _wrong(answer.result())) for each, answer in answers]
    wrong = [f"{each.method} {each.path[:70]} {each.name}: {why}" for each, why in found if why]
    assert answers and not wrong, "\n".join(wrong)


def test_no_body_gets_past_a_route(city: City, routes: list[tuple[str, str]], me: str, number: str) -> None:
    before = (len(city.call("GET", "/v1/cases", me)["cases"]), city.events(me, number))
    optional = (f"/v1/cases/{number}/withdrawal", f"/v1/cases/{number}/payment")
    bodies = [*BODIES.items(), ("1.1 MB", b'{"a":"' + b"x" * HUGE["1.1 MB"] + b'"}')]
    tries = [(path, token, name, body) for path, token in routes for name, body in bodies]
    tries = [each for each in tries if not (each[2] == "empty" and each[0] in optional)]
    tries += [(path, token, "5 MB", b"x" * HUGE["5 MB"]) for path, token in routes[3:4] + routes[-3:]]
    key = {"Idempotency-Key": "k"}
    _all_refused(city, [Try(path, token, name, {"content": body, "headers": key}) for path, token, name, body in tries])
    assert (len(city.call("GET", "/v1/cases", me)["cases"]), city.events(me, number)) == before


def test_no_type_and_no_method_gets_past_a_route(city: City, routes: list[tuple[str, str]]) -> None:
    types = ("text/plain", "application/xml", "application/json; charset=gbk", "garbage", "multipart/form-data; boundary=x")
    body = b'{"surprise":1}'
    tries = [
        Try(path, token, kind, {"content": body, "headers": {"Content-Type": kind}})
        for path, token in routes[3:8:2] + routes[-3:]
        for kind in types
    ]
    paths, methods = ("/v1/applications", "/v1/health", "/v1/tasks", "/v1/nothing"), ("PUT", "DELETE", "PATCH", "HEAD", "TRACE")
    _all_refused(city, tries + [Try(path, method=method, more={}) for path in paths for method in methods])


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
    answer = _send(city, "POST", "/v1/applications", me, content=json.dumps(body), headers={"Idempotency-Key": uuid.uuid4().hex})
    assert not _wrong(answer)
    assert field in [each["path"] for each in answer.json()["fields"]], answer.text
    assert "510104193608150010" not in answer.text


def test_no_id_cursor_or_date_gets_past_a_route(city: City, me: str, number: str) -> None:
    clerk, boss = city.clerk("mzj", "approver"), city.clerk("mzj", "supervisor")
    names = ("0", "9" * 12, "9" * 2100, "%00", "%2e%2e", "%0a" + number, "%ff", quote("１２３４５６７８９０１２"), "人" * 700)
    reads, acts = [], []
    for name in names:
        reads += [(f"/v1/cases/{name}", me), (f"/v1/status/{name}?verify=0010", ""), (f"/v1/staff/cases/{name}", clerk)]
        reads += [(f"/v1/staff/cases?case_no={name}", clerk), (f"/v1/materials/{name}", me)]
        acts += [(f"/v1/cases/{name}/withdrawal", me), (f"/v1/cases/{name}/payment", me), (f"/v1/tasks/{name}.issue.mzj.1/claim", clerk)]
    acts += [(f"/v1/tasks/{number}.issue.mzj.{quote(turn)}/claim", clerk) for turn in ("²", "0", "-1", "9" * 99)]
    for cursor in ("garbage", "%00", "x" * 1100):
        reads += [(f"/v1/cases?next={cursor}", me), (f"/v1/tasks?next={cursor}", clerk)]
    for dates in ("from=9999-99-99", "to=2026-02-30", "to=0001-01-01", "from=2026-02-01&to=2026-01-01"):
        reads.append((f"/v1/staff/board?{dates}", boss))
    reads += [(f"/v1/status/{number}?verify={verify}", "") for verify in ("", "12345", "%00" * 4)]
    _all_refused(city, [*(Try(*each) for each in acts), *(Try(*each, method="GET", more={}) for each in reads)])


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
    _all_refused(city, [Try("/v1/cases", token, name, {}, "GET") for name, token in tokens.items()])
    assert {_send(city, "GET", "/v1/cases", token).status_code for token in tokens.values()} == {401}


def test_nobody_touches_anothers(city: City, me: str, number: str) -> None:
    stranger, police = city.sms_session(STRANGER), city.clerk("gaj", "approver")
    acts = {"supplement": {"form": {"name": "李四"}}, "withdrawal": {}, "payment": {}, "rating": {"level": 5}}
    for act, body in acts.items():
        assert _send(city, "POST", f"/v1/cases/{number}/{act}", stranger, json=body).status_code == 404, act
        assert _send(city, "POST", f"/v1/cases/{number}/{act}", police, json=body).status_code in (403, 404), act
    task, said = f"/v1/tasks/{number}.issue.mzj.1", {"outcome": "reject", "opinion": "不是我的"}
    for token in (me, stranger, police, city.clerk("mzj", "clerk")):
        assert _send(city, "POST", f"{task}/claim", token).status_code == 403
        assert _send(city, "POST", f"{task}/decision", token, json=said).status_code == 403
    for token in (me, police, city.clerk("gaj", "clerk"), city.clerk("gaj", "supervisor")):
        assert _send(city, "POST", f"/v1/staff/cases/{number}/reveal", token, json={"purpose": "想看看"}).status_code == 403
    for path in ("/v1/tasks", f"/v1/staff/cases?phone={PHONE}", f"/v1/staff/cases/{number}", "/v1/staff/board"):
        assert _send(city, "GET", path, me).status_code == 403, path
    ticket = {"level": 5, "ticket": "guessed"}
    assert _send(city, "POST", f"/v1/cases/{number}/rating", json=ticket).status_code == 403
    assert city.events(me, number) == ["submitted", "assigned"]


def _wechat(city: City, age: int = 0, token: str = "") -> dict[str, str]:
    stamp = str(int(time.time()) - age)
    parts = sorted([token or city.endpoints["wechat"]["token"], stamp, "nonce"])
    return {"timestamp": stamp, "nonce": "nonce", "signature": hashlib.sha1("".join(parts).encode()).hexdigest()}


def test_wechat_is_not_believed_without_proof(city: City) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(9))
    hostile = {
        "bomb": f"<!DOCTYPE x [{bomb}]><xml><Content>&a8;</Content></xml>",
        "entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Content>&e;</Content></xml>',
        "document type": f'<!DOCTYPE x SYSTEM "{city.endpoints["api"]}/v1/health"><xml/>',
        "deep": "<xml>" + "<a>" * 5000 + "</a>" * 5000 + "</xml>",
        "json": "{}",
    }
    stamps = {"stale": _wechat(city, 700), "early": _wechat(city, -700), "forged": _wechat(city, token="x")}
    stamps["no time"] = {"signature": hashlib.sha1(city.endpoints["wechat"]["token"].encode()).hexdigest()}
    tries = [Try("/channels/wechat", "", name, {"params": _wechat(city), "content": body}) for name, body in hostile.items()]
    tries += [Try("/channels/wechat", "", name, {"params": query, "content": "<xml/>"}) for name, query in stamps.items()]
    _all_refused(city, tries)


def test_parties_and_platforms_are_not_believed(city: City) -> None:
    ivr, sms = city.endpoints["ivr"]["vxml"], city.endpoints["sms"]
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 8 * 3600))
    said = {"phone_number": STRANGER, "content": "帮助", "send_time": now, "sequence_id": "1"}
    receipt = {"biz_id": "nobody", "report_time": now, "success": True, "out_id": ""}
    spoilt: list[dict[str, Any]] = [{"send_time": "2020-01-01 00:00:00"}, {"send_time": "2026-02-30 00:00:00"}]
    spoilt += [{"phone_number": "١٣٨٠٠٠٦٠٠٠١"}, {"content": "长" * 1001}, {"sequence_id": True}]
    wrong: list[dict[str, Any]] = [{}, {"biz_id": "\ud800"}, {"report_time": "x"}, {"biz_id": 5}]
    keyed = ("caller=1", "call=c&seq=99999", "call=c&keys=" + "1" * 10_000, "call=%FF", "call='", "call=c&seq=%D9%A3")
    keyless = (ivr, sms["inbound"]["tencent"], sms["receipt"]["tencent"], "/channels/delivery/ems/track")
    unsigned = {"Wechatpay-Timestamp": str(int(time.time())), "Wechatpay-Nonce": "n", "Wechatpay-Serial": "PUB_KEY_ID_1"}
    probe = unsigned | {"Wechatpay-Signature": "WECHATPAY/SIGNTEST/" + "A" * 300}
    tries = [Try(ivr, "", keys[:20], {"content": keys}) for keys in keyed]
    tries += [Try(sms["inbound"]["aliyun"], "", str(each)[:30], {"content": json.dumps([said | each])}) for each in spoilt]
    tries += [Try(sms["receipt"]["aliyun"], "", str(each), {"content": json.dumps([receipt | each])}) for each in wrong]
    tries += [Try(path.partition("?")[0] + "?key=wrong") for path in keyless]
    tries += [Try("/channels/pay/wechat/notify", more={"content": b"{}", "headers": headers}) for headers in (unsigned, probe)]
    tries += [Try(f"/channels/{path}") for path in ("pay/nobody/notify", "sms/nobody/inbound", "delivery/nobody/track")]
    _all_refused(city, tries)


def _at_once(count: int, act: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def test_many_at_once_are_one(city: City, me: str) -> None:
    form = {"id_number": "510104193608150010", "household": "local"}

    def apply(key: str, phone: str) -> httpx.Response:
        body = {"service": "elder-card", "form": form, "contact": {"phone": phone}}
        return _send(city, "POST", "/v1/applications", me, json=body, headers={"Idempotency-Key": key})

    same, other = uuid.uuid4().hex, uuid.uuid4().hex
    answers = _at_once(30, lambda _: apply(same, PHONE))
    assert Counter(each.status_code for each in answers) == {201: 1, 200: 29}
    assert len({each.text for each in answers}) == 1
    codes = Counter(each.status_code for each in _at_once(12, lambda n: apply(other, (PHONE, STRANGER)[n % 2])))
    assert (codes[201], codes[200], codes[409]) == (1, 5, 6)


def test_wrong_tries_at_once_all_count(city: City, number: str) -> None:
    def guess(verify: str) -> int:
        return _send(city, "GET", f"/v1/status/{number}?verify={verify}").status_code

    with ThreadPoolExecutor(16) as pool:
        codes = Counter(pool.map(lambda n: guess(f"{1000 + n}"), range(16)))
    assert codes[404] <= 3 and codes[404] + codes[429] == 16
    assert guess("0010") == 429


def test_supplementing_and_withdrawing_at_once(city: City, me: str) -> None:
    number = city.apply(me, "elder-card", PHONE)["case_no"]
    city.decide("mzj", "approver", number, "correct", missing=[{"text": "照片"}])
    acts: list[tuple[str, Any]] = [("supplement", {"form": {"household": "other"}}), ("withdrawal", {})]
    answers = _at_once(6, lambda n: _send(city, "POST", f"/v1/cases/{number}/{acts[n % 2][0]}", me, json=acts[n % 2][1]))
    assert {each.status_code for each in answers} <= {200, 409}
    city.call("POST", f"/v1/cases/{number}/withdrawal", me, json={})
    names = Counter(city.events(me, number))
    assert names["withdrawn"] == 1 and names["supplemented"] <= 1


def test_no_log_holds_a_person_or_a_trace(city: City) -> None:
    aws = city.endpoints["aws"]
    logs = boto3.client(
        "logs", endpoint_url=aws["endpoint_url"], region_name=aws["region"], aws_access_key_id="test", aws_secret_access_key="test"
    )
    personal = re.compile(f"{PHONE}|{STRANGER}|510104193608150010|{NAME}")
    seen = 0
    for group in logs.describe_log_groups()["logGroups"]:
        for stream in logs.describe_log_streams(logGroupName=group["logGroupName"])["logStreams"]:
            where = {"logGroupName": group["logGroupName"], "logStreamName": stream["logStreamName"]}
            for event in logs.get_log_events(**where, limit=10_000, startFromHead=True)["events"]:
                seen += 1
                assert not personal.search(event["message"]), event["message"][:300]
                assert "Traceback" not in event["message"] or "APIHandler" not in group["logGroupName"], event["message"][:300]
    assert seen
