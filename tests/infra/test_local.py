"""The local system's own parts: the front door, what is kept between starts, and the one clear line when it cannot start."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from chalicelib.identity.model import SHORTEST_KEY
from chalicelib.vocabulary.roles import HANDLING, Role
from handlers.http import SECURE
from infra.packing import ROOT
from tools import frontdoor, handover
from tools.engine import _environment, free_port, is_free
from tools.seed import ACCOUNTS, kiosks, staff
from tools.stack import _Door


async def echo(request: Request) -> Response:
    seen = {"path": request.url.path, "query": request.url.query, "body": (await request.body()).decode("latin-1")}
    seen["headers"] = dict(request.headers)  # type: ignore[assignment]
    response = JSONResponse(seen, 418)
    response.headers["x-answer"] = "yes"
    return response


@pytest.fixture(scope="module")
def door() -> Iterator[TestClient]:
    port = free_port()
    behind = _Door(Starlette(routes=[Route("/api/{path:path}", echo, methods=frontdoor._METHODS)]), port)
    closed = []
    routes = [Route("/", lambda request: Response("sandbox"), methods=[method]) for method in ("GET", "POST")]
    sandbox = Starlette(routes=routes)

    async def close() -> None:
        closed.append(True)

    sandbox.state.close = close
    with TestClient(frontdoor.create_app(f"http://127.0.0.1:{port}/api", sandbox)) as client:
        yield client
    behind.stop()
    assert closed


def test_the_api_is_asked_as_the_client_asked(door: TestClient) -> None:
    answer = door.post(
        "/v1/a%2Fb/c?x=1&y=%E4%B8%AD", content=b"\xff\x00", headers={"X-Own": "1", "Connection": "close"}
    )
    seen = answer.json()
    assert answer.status_code == 418
    assert answer.headers["x-answer"] == "yes"
    assert (seen["path"], seen["query"], seen["body"]) == ("/api/v1/a/b/c", "x=1&y=%E4%B8%AD", "\xff\x00")
    assert seen["headers"]["x-own"] == "1"
    assert seen["headers"]["x-forwarded-host"] == "testserver"
    assert answer.headers.get_list("content-length") == [str(len(answer.content))]


def test_too_large_is_refused(door: TestClient) -> None:
    answer = door.post("/channels/wechat", content=b"x" * (frontdoor.LARGEST + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("place", ["/v1/services?q=", "/v1/", "/channels/", "/console/", "/sandbox/", "/"])
def test_too_long_an_address_is_refused(door: TestClient, place: str) -> None:
    answer = door.get(place + "9" * 60_000)
    assert (answer.status_code, answer.headers["content-type"]) == (414, "application/problem+json")
    assert answer.json()["detail"]


def test_no_name_of_a_page_is_too_odd(door: TestClient) -> None:
    for name in ("x" * 300, "x/" * 3000, "%00", "a%00.js", "%ff", "..%2f" * 50):
        for place in ("/", "/console/", "/docs/"):
            assert door.get(place + name).status_code in (200, 404), place + name[:20]


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/", "GET HEAD"), ("/console/", "GET HEAD"), ("/docs", "GET HEAD"), ("/sandbox/", "GET HEAD POST")],
)
def test_what_is_served_here_says_its_methods(door: TestClient, path: str, methods: str) -> None:
    told, refused, head = (door.request(method, path) for method in ("OPTIONS", "DELETE", "HEAD"))
    assert (told.status_code, told.content) == (204, b"")
    assert (refused.status_code, refused.headers["content-type"]) == (405, "application/problem+json")
    assert (
        set(told.headers["allow"].split(", "))
        == set(refused.headers["allow"].split(", "))
        == {*methods.split(), "OPTIONS"}
    )
    assert (head.status_code, head.content) == (200, b"")


def test_the_api_says_its_methods_itself(door: TestClient) -> None:
    assert door.options("/v1/x").headers["x-answer"] == "yes"
    assert door.head("/v1/x").status_code == 418


def test_every_page_carries_the_headers_that_cloudfront_sends(door: TestClient) -> None:
    for path in ("/", "/nowhere.js", "/console/", "/docs", "/sandbox/", "/" + "9" * 60_000):
        carried = door.get(path, follow_redirects=False).headers
        assert "frame-ancestors 'none'" in carried["content-security-policy"]
        assert re.search(r"frame-src http://127\.0\.0\.1:\d+;", carried["content-security-policy"])
        assert "${" not in carried["content-security-policy"]
        assert (carried["x-content-type-options"], carried["strict-transport-security"]) == (
            "nosniff",
            "max-age=31536000",
        )


def test_every_answer_of_the_api_carries_its_own(door: TestClient) -> None:
    for answer in (
        door.get("/v1/x"),
        door.get("/v1/" + "9" * 60_000),
        door.post("/channels/wechat", content=b"x" * 11_000_000),
    ):
        assert {name: answer.headers[name] for name in SECURE} == SECURE


def test_no_api_is_said_kindly() -> None:
    sandbox = Starlette()

    async def close() -> None: ...

    sandbox.state.close = close
    with TestClient(frontdoor.create_app(f"http://127.0.0.1:{free_port()}", sandbox)) as client:
        answer = client.get("/v1/health")
    assert answer.status_code == 502
    assert answer.json()["detail"]


def test_pages(door: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dist = tmp_path / "citizen"
    monkeypatch.setattr(frontdoor, "PAGES", {"citizen": dist, "console": tmp_path / "console"})
    assert "蓉易办" in door.get("/").text
    assert door.get("/nowhere.js").status_code == 404
    dist.mkdir()
    (dist / "index.html").write_text("<p>built")
    (dist / "a.js").write_text("1")
    (tmp_path / "secret").write_text("no")
    assert door.get("/").text == "<p>built"
    assert door.get("/cases/123").text == "<p>built"
    assert door.get("/a.js").text == "1"
    assert door.get("/%2e%2e/secret").text != "no"
    assert door.get("/missing.js").status_code == 404
    assert door.get("/sandbox/").text == "sandbox"


@pytest.mark.parametrize("place", ["/console", "/docs", "/verify"])
def test_a_page_without_its_slash_is_the_page_with_what_was_asked(door: TestClient, place: str) -> None:
    answer = door.get(f"{place}?n=1%2B2", follow_redirects=False)
    assert answer.headers["location"] == f"{place}/?n=1%2B2"


def test_keys_stay_and_grow(tmp_path: Path) -> None:
    first, far = handover.keys(tmp_path, "http://127.0.0.1:8000")
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0
    kept = handover.read(tmp_path / "keys.json")
    del kept["keys"][0]["ems"]
    handover.write(tmp_path / "keys.json", kept)
    second, again = handover.keys(tmp_path, "http://127.0.0.1:9000")
    assert second["wechat_pay"]["private_key"] == first["wechat_pay"]["private_key"]
    assert again == far
    assert second["wechat_pay"]["notify_url"].startswith("http://127.0.0.1:9000/")
    assert second["ems"]["key"] != first["ems"]["key"]


def test_staff_of_every_department_in_every_role() -> None:
    departments = {("gaj", "510100"): "公安局", ("mzj", "510100"): "民政局", ("mzj", "510104"): "锦江民政局"}
    departments[ACCOUNTS] = "政务服务中心"  # the accountants of the city sit there
    paid = {("gaj", "510100")}
    accounts = staff(departments, [], paid)
    held = {(each["department"], each["region"], role) for each in accounts for role in each["roles"]}
    assert held >= {(*place, role) for place in departments for role in HANDLING - {Role.CASHIER}}
    assert {place[:2] for place in held if place[2] == Role.CASHIER} == paid, "a cashier sits where a fee is paid"
    assert {role for _, _, role in held} == set(Role), "nobody can sign in as"
    assert len({each["username"] for each in accounts}) == len(accounts) == len({each["password"] for each in accounts})
    assert staff(departments, accounts, paid) == accounts
    (machine,) = machines = kiosks(departments, [])
    assert machine["region"] == "510100" and len(machine["key"]) >= SHORTEST_KEY
    assert kiosks(departments, machines) == machines


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.run"],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_wrong_port_is_one_line() -> None:
    done = run(PORT="web")
    assert done.returncode == 1
    assert done.stderr.startswith("✗ PORT")
    assert len(done.stderr.splitlines()) == 1


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free(port)
        done = run(PORT=str(port), RONGYIBAN_STATE=str(tmp_path))
    assert done.returncode == 1
    assert f"端口 {port} 已被占用" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "endpoints.json").exists()


def test_clean_takes_the_data_and_leaves_the_engine() -> None:
    """`make clean` keeps `.local/engine`, an environment that takes minutes to install: nothing of the system's own may lie in it."""
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\nclean:")[1]
    kept = re.findall(r"! -name (\S+)", recipe)
    told = _environment(ROOT / ".local", 1, 1.0)
    places = [
        Path(value).relative_to(ROOT / ".local") for value in told.values() if value.startswith(str(ROOT / ".local"))
    ]
    assert kept == ["engine"] and len(places) >= 3
    assert all(place.parts[0] not in kept for place in places if place != Path())
