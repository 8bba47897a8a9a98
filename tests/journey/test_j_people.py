"""Many people, one case: a kiosk's next visitor, the window's colleague, the agent, who holds the telephone, who signed out."""

from __future__ import annotations

import uuid

from tests.journey.city import City
from tests.journey.hostile.kit import send

ID = "510104193608150010"
PICTURE = b"\x89PNG\r\n\x1a\n1234"


def visit(city: City) -> str:
    """Begin a visit to the kiosk; return the token."""
    device = {name: city.endpoints["kiosks"][0][name] for name in ("device", "key")}
    return str(city.call("POST", "/v1/sessions/kiosk", json=device)["token"])


def test_the_next_at_a_kiosk_sees_nothing_of_the_last(city: City) -> None:
    city.call("POST", "/v1/sessions/kiosk", expect=401, json={"device": "kiosk-1", "key": "guessed-guessed"})
    first, phone, key = visit(city), City.phone(), uuid.uuid4().hex
    number = city.apply(first, "elder-card", phone, key)["case_no"]
    assert [each["case_no"] for each in city.call("GET", "/v1/cases", first)["cases"]] == [number]
    city.call("DELETE", "/v1/sessions/current", first, 204)
    assert send(city, "GET", f"/v1/cases/{number}", first).json()["code"] == "session_ended"
    assert (
        send(city, "POST", "/v1/applications", first, content=b"{}", headers={"Idempotency-Key": key}).status_code
        == 401
    )

    second = visit(city)
    assert city.call("GET", "/v1/cases", second)["cases"] == []
    city.call("GET", f"/v1/cases/{number}", second, 404)
    city.call("POST", f"/v1/cases/{number}/withdrawal", second, 404, json={})
    assert city.apply(second, "elder-card", phone, key)["case_no"] != number

    me = city.sms_session(phone)
    case = city.case(me, number)
    assert ID not in str(case) and "withdraw" in case["can"], "its telephone may give it up, for nobody else can"
    city.call("POST", f"/v1/cases/{number}/withdrawal", me, json={})
    assert city.case(me, number)["timeline"][-1]["text"] == "联系人撤回了申请"


def test_a_window_files_and_its_colleague_hands_in(city: City) -> None:
    one, two = (each for each in city.endpoints["staff"] if each["department"] == "zwzx" and each["roles"] == ["clerk"])
    clerk, colleague, phone, agents = city.sign_in(one), city.sign_in(two), City.phone(), City.phone()
    agent = {"name": "李四", "id_number": "51010719850615002X", "phone": agents}
    number = city.apply(clerk, "restaurant-opening", phone, agent=agent)["case_no"]
    for method, path in (
        ("GET", "/v1/cases"),
        ("GET", f"/v1/cases/{number}"),
        ("POST", f"/v1/cases/{number}/withdrawal"),
    ):
        assert send(city, method, path, clerk, content=b"{}" if method == "POST" else None).status_code == 403

    city.decide("zwzx", "clerk", number, "correct", missing=[{"code": "floor-plan", "text": "经营场所平面图"}])
    material = city.hand_in(colleague, PICTURE)
    handed = {"materials": [{"code": "floor-plan", "material_id": material}]}
    city.call("POST", f"/v1/cases/{number}/supplement", city.clerk("gaj", "clerk"), 403, json=handed)
    city.call("POST", f"/v1/cases/{number}/supplement", colleague, json=handed)

    his = city.sms_session(agents)
    case = city.case(his, number)
    assert "*" not in case["form"]["legal_person_id"] and "withdraw" not in case["can"]
    assert [
        (each["event"], each["by"]) for each in case["timeline"] if each["event"] in ("submitted", "supplemented")
    ] == [
        ("submitted", "窗口"),
        ("supplemented", "窗口"),
    ]
    link = city.call("GET", f"/v1/materials/{material}", his, params={"case_no": number})
    assert city.http.get(link["url"]).content == PICTURE
    city.call("GET", f"/v1/materials/{material}", city.sms_session(phone), 403, params={"case_no": number})


def test_two_departments_ask_for_two_items_each_and_three_people_bring_them_in_three_steps(city: City) -> None:
    me, (phone, by_phone), window = city.wechat(), city.neighbour(), "zwzx"
    number = city.apply(me, "restaurant-opening", phone)["case_no"]
    city.decide(window, "clerk", number)
    lists = {
        "scjgj": [{"code": "floor-plan", "text": "经营场所平面图"}, {"text": "从业人员健康证明"}],
        "xfj": [{"code": "area", "text": "经营面积：与平面图不一致"}, {"text": "消防验收意见书"}],
    }
    for department, missing in lists.items():
        city.decide(department, "approver", number, "correct", missing=missing)
    case = city.case(me, number)
    assert [(each["code"], each["group"], each["department"]) for each in case["missing"]] == [
        ("floor-plan", "material", "scjgj"),
        ("words-1", "words", "scjgj"),
        ("area", "field", "xfj"),
        ("words-2", "words", "xfj"),
    ]

    def hand_in(token: str, *codes: str, **form: object) -> list[str]:
        """Hand in files and fields; return what is still missing."""
        files = [{"code": code, "material_id": city.hand_in(token)} for code in codes]
        body = ({"materials": files} if files else {}) | ({"form": form} if form else {})
        answer = city.call("POST", f"/v1/cases/{number}/supplement", token, json=body)
        return [each["code"] for each in answer["missing"]]

    assert hand_in(by_phone, "floor-plan", "words-1") == ["area", "words-2"]
    told = city.case(me, number)["timeline"][-1]["text"]
    assert "已补交部分材料（材料：" in told and "补正：经营面积：与平面图不一致、消防验收意见书" in told, told
    assert hand_in(city.clerk(window, "clerk"), "words-2") == ["area"]
    assert city.case(me, number)["status"] == "correction"
    refused = city.call(
        "POST", f"/v1/cases/{number}/supplement", me, 400, json={"form": {"area": 98, "legal_person": "王五"}}
    )
    assert [each["path"] for each in refused["fields"]] == ["form.legal_person"]
    assert hand_in(me, area=98) == []

    case = city.status(me, number, "in_review")
    assert case["timeline"][-1]["text"].startswith("申请人已补正材料，继续办理（更改：") and case["form"]["area"] == 98
    for department in ("scjgj", "xfj"):
        _, task = city.task(department, "approver", number)
        assert task["task_id"].endswith(".2") and "correct" not in [each["outcome"] for each in task["choices"]]
        city.decide(department, "approver", number)
    city.decide("scjgj", "approver", number)
    city.status(me, number, "delivered")
    assert {"从业人员健康证明", "消防验收意见书"} <= {each["name"] for each in case["materials"]}


def test_a_question_in_public_is_answered_alike_for_none_and_for_wrong(city: City) -> None:
    number = city.apply(city.wechat(), "elder-card", City.phone())["case_no"]
    assert city.call("POST", "/v1/status", json={"case_no": number, "verify": "0010"})["status"]
    wrong = send(city, "POST", "/v1/status", json={"case_no": number, "verify": "9999"})
    none = send(city, "POST", "/v1/status", json={"case_no": "660092712114", "verify": "9999"})
    assert (wrong.status_code, wrong.text) == (none.status_code, none.text) == (404, wrong.text)
