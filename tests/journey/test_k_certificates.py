"""A card is given, shown, checked by a stranger, revoked, given anew; guessing at numbers ends."""

from __future__ import annotations

import uuid

from chalicelib.certificates.model import drawn, grouped
from chalicelib.certificates.service import GUESSES
from tests.journey.city import City
from tests.journey.hostile.kit import send
from tests.journey.test_k_second import supervisors

FORM = {"id_number": "510104193608150010", "household": "local", "name": "王桂芳"}


def given(city: City) -> tuple[str, str]:
    """File for an elder's card and have it granted; return the citizen's token and the case."""
    me = city.wechat()
    case_no = str(city.apply(me, "elder-card", City.phone(), form=FORM)["case_no"])
    city.decide("mzj", "approver", case_no)
    city.status(me, case_no, "delivered")
    return me, case_no


def test_a_card_is_valid_until_it_is_revoked_and_the_new_one_is(city: City) -> None:
    me, case_no = given(city)
    case = city.case(me, case_no)
    card = case["certificate"]
    number = card["number"]
    told = next(entry for entry in case["timeline"] if entry["event"] == "delivered")
    assert grouped(number) in told["text"] and told["data"]["certificate_no"] == number
    assert card["verify_url"].endswith(f"/verify?n={number}")

    shown = city.http.get(f"/v1/certificates/{number}")
    assert shown.headers["cache-control"] == "no-store" and "王桂芳" not in shown.text
    assert shown.json() == {
        name: value for name, value in card.items() if name not in ("department", "verify_url", "renewal")
    }
    assert shown.json()["state"] == "valid" and shown.json()["holder"] == "王*芳"

    stranger, (boss, colleague) = city.clerk("gaj", "supervisor"), supervisors(city, "mzj")
    path, reason = f"/v1/staff/certificates/{number}", {"reason": "持证人申请注销"}
    for token in (stranger, city.clerk("mzj", "approver"), me):
        assert send(city, "POST", f"{path}/revocation", token, json=reason).status_code == 403
    assert send(city, "POST", f"{path}/revocation", json=reason).status_code == 401
    (paper,) = city.call("POST", f"{path}/revocation/preview", boss, json=reason)["documents"]
    assert paper["title"] == "注销通知书" and city.call("GET", f"/v1/certificates/{number}")["state"] == "valid"
    assert city.call("POST", f"{path}/revocation", boss, json=reason)["state"] == "revoked"
    city.call("POST", f"{path}/revocation", boss, 409, json=reason)
    assert city.call("GET", f"/v1/certificates/{number}")["state"] == "revoked"
    told = city.case(me, case_no)["timeline"][-1]
    assert "已注销：持证人申请注销。如不服" in told["text"] and told["by"] == "成都市民政局"
    assert told["data"]["appeal"]["reviewed_by"] == "成都市人民政府"

    city.call("POST", f"{path}/reissue", boss, 403, json={"reason": "误注销，予以换发"})
    fresh = city.call("POST", f"{path}/reissue", colleague, json={"reason": "误注销，予以换发"})
    assert fresh["number"] != number and fresh["state"] == "valid"
    city.call("POST", f"{path}/reissue", boss, 409, json={"reason": "再换一次"})
    states = [city.call("GET", f"/v1/certificates/{each}")["state"] for each in (number, fresh["number"])]
    assert states == ["revoked", "valid"]
    case = city.case(me, case_no)
    assert case["certificate"] == fresh and case["status"] == "delivered"
    assert city.events(me, case_no)[-2:] == ["certificate_revoked", "certificate_reissued"]

    def told_of() -> set[str]:
        entries = city.case(me, case_no)["timeline"][-2:]
        return {entry.get("notice", {}).get("status", "") for entry in entries}

    city.until(lambda: told_of() <= {"sent", "delivered"}, "the holder is told of both")


def test_who_has_no_page_is_told_the_number(city: City) -> None:
    phone = City.phone()
    case_no = city.apply(city.clerk("zwzx", "clerk"), "elder-card", phone, form=FORM)["case_no"]
    city.decide("mzj", "approver", case_no)
    (told,) = city.heard(phone, "结果已送达")
    number = told.split("证照编号")[1][:19].replace(" ", "")
    assert city.call("GET", f"/v1/certificates/{number}")["state"] == "valid"


def test_a_result_that_is_paid_out_is_no_certificate(city: City) -> None:
    me = city.wechat()
    case_no = city.apply(me, "elder-allowance", City.phone())["case_no"]
    city.decide("zwzx", "clerk", case_no)
    city.decide("mzj", "approver", case_no)
    case = city.status(me, case_no, "delivered")
    assert case["certificate"] is None
    assert case["timeline"][-1]["text"] == "高龄津贴发放已办好，可在“我的办件”中查看"


def test_guessing_ends(city: City) -> None:
    _, case_no = given(city)
    number = city.call("GET", f"/v1/staff/cases/{case_no}", city.clerk("mzj", "supervisor"))["certificate"]["number"]
    guesses = [drawn(lambda below, at=at: below - 1 - at) for at in range(GUESSES[0][0] + 1)]  # type: ignore[misc]
    me, other = ({"X-Forwarded-For": f"2001:db8::{uuid.uuid4().hex[:4]}"} for _ in range(2))

    def ask(asked: str, headers: dict[str, str] = me) -> tuple[int, str]:
        answer = send(city, "GET", f"/v1/certificates/{asked}", headers=headers)
        return answer.status_code, answer.json().get("detail", "")

    unknown = ask(guesses[0])
    assert unknown[0] == 404 and ask(number[:-1] + str((int(number[-1]) + 1) % 10)) == ask("x") == unknown
    assert [ask(each)[0] for each in guesses[1:]] == [404] * (len(guesses) - 2) + [429]
    assert ask(number)[0] == 429 and ask(number, other)[0] == 200
