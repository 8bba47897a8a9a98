"""(d) Web, corporate, 补正, parallel departments, electronic result, bad rating with reason."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

from tests.journey.city import PNG, City

PHONE = City.phone()
MISSING = [{"code": "floor-plan", "text": "经营场所平面图"}]


def test_open_a_restaurant(city: City) -> None:
    me = city.sms_session(PHONE)
    receipt = city.apply(me, "restaurant-opening", PHONE)
    number = receipt["case_no"]
    assert not receipt["clock"]["accepted"], "nothing is promised before acceptance"
    assert {"code": "floor-plan", "name": receipt["missing_materials"][0]["name"]} == receipt["missing_materials"][0]

    city.decide("zwzx", "clerk", number, "correct", missing=MISSING)
    case = city.status(me, number, "correction")
    assert case["missing"] and "supplement" in case["can"]
    place = city.place(me)
    handed = {"materials": [{"code": "floor-plan", "material_id": place["material_id"]}]}
    refused = city.call("POST", f"/v1/cases/{number}/supplement", me, 400, json=handed)
    assert [(each["path"], each["code"]) for each in refused["fields"]] == [("materials.0.material_id", "not_uploaded")]
    assert city.upload(place).status_code == 204
    city.call("POST", f"/v1/cases/{number}/supplement", me, json=handed)

    city.decide("zwzx", "clerk", number)
    police, task = city.task("xfj", "approver", number)
    city.task("scjgj", "approver", number)  # both have it at once
    whole = city.call("GET", f"/v1/staff/cases/{number}", police)
    assert (
        whole["clock"]["accepted"] and whole["clock"]["taken"] == [] and whole["promised_by"] >= receipt["promised_by"]
    )
    assert any(each["event"] == "accepted" and "承诺" in each["text"] for each in whole["timeline"])
    assert task["days"] > 0 and task["due"] <= whole["promised_by"] and task["lamp"] == "normal"
    assert {branch["department"] for branch in whole["branches"]} >= {"scjgj", "xfj"}
    assert whole["form"]["legal_person_id"].count("*") > 5
    assert (
        city.upload(place, b"%PDF-").status_code == 204
    )  # whatever comes there later, the case has what it was handed
    link = city.call("GET", f"/v1/materials/{place['material_id']}", police, params={"case_no": number})
    opened = city.http.get(link["url"])
    assert opened.content == PNG and opened.headers["content-type"] == link["type"] == "image/png"
    asked = parse_qs(urlsplit(link["url"]).query)  # the engine sends a version without the headers that were asked for
    assert (
        link["name"] == "经营场所平面图和设备布局.png"
        and quote(link["name"]) in asked["response-content-disposition"][0]
    )

    city.decide("xfj", "approver", number)
    city.decide("scjgj", "approver", number)
    city.decide("scjgj", "approver", number)
    city.status(me, number, "delivered")
    assert task["stage"] == "parallel"

    refused = city.call("POST", f"/v1/cases/{number}/rating", me, 400, json={"level": 1})
    assert refused["fields"][0]["path"] == "reasons"
    city.call("POST", f"/v1/cases/{number}/rating", me, 201, json={"level": 1, "reasons": ["113"], "text": "跑了三趟"})
    city.call("POST", f"/v1/cases/{number}/rating", me, 201, json={"level": 3, "text": "后来有人联系我解决了"})
    city.call("POST", f"/v1/cases/{number}/rating", me, 409, json={"level": 5})
    assert city.case(me, number)["rating"]["levels"] == [1, 3]


def test_another_citizens_case_is_not_there(city: City) -> None:
    number = city.apply(city.sms_session(PHONE), "elder-card", PHONE)["case_no"]
    stranger = city.sms_session(City.phone())
    city.call("GET", f"/v1/cases/{number}", stranger, 404)
    city.call("POST", f"/v1/cases/{number}/withdrawal", stranger, 404, json={})
    city.call("GET", f"/v1/status/{number}", expect=404, params={"verify": "9999"})
    assert city.call("GET", f"/v1/status/{number}", params={"verify": "0010"})["status"]
