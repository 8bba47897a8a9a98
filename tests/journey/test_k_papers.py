"""A paper is read before it is sent, and sent as it was read; who fetches a result signs for it; who is told no is told where to turn."""

from __future__ import annotations

from typing import Any

import httpx

from tests.journey.city import City
from tests.journey.test_k_documents import papers, said

LATER = "签发时编号"


def faults(answer: Any) -> list[str]:
    return [each["path"] for each in answer["fields"]]


def looked_at(city: City, department: str, role: str, number: str, expect: int = 200, **body: Any) -> Any:
    """Look at the paper of a decision on a case's task."""
    token, task = city.task(department, role, number)
    path = f"/v1/tasks/{task['task_id']}/decision/preview"
    return city.call("POST", path, token, expect, json={"outcome": "approve", **body})


def kept(city: City, token: str, number: str, kind: str) -> str:
    """What the kept paper of a kind says."""
    (paper,) = [each for each in papers(city, token, number, {kind}) if each["kind"] == kind]
    return said(httpx.get(paper["url"]).content)


def test_a_paper_is_read_before_it_is_sent_and_who_fetches_a_result_signs_for_it(city: City) -> None:
    me, (phone, _) = city.wechat(), city.neighbour()
    number = city.apply(me, "residence-permit", phone, delivery={"method": "pickup"})["case_no"]
    (shown,) = looked_at(city, "zwzx", "clerk", number)["documents"]
    assert (shown["kind"], shown["title"], shown["document_no"]) == ("accepted", "受理通知书", LATER)
    assert faults(looked_at(city, "zwzx", "clerk", number, 400, outcome="reject")) == ["opinion"]
    assert city.case(me, number)["status"] == "submitted" and "accepted" not in city.events(me, number)

    city.decide("zwzx", "clerk", number)
    sent, official = kept(city, me, number, "accepted"), city.case(me, number)["official_no"]
    assert all(each["text"].replace(LATER, official) in sent for each in shown["paragraphs"])
    assert all(line in sent for line in shown["signed"])

    assert looked_at(city, "gaj", "approver", number, opinion="同意")["documents"] == []  # an opinion is no paper
    city.decide("gaj", "approver", number)
    (shown,) = looked_at(city, "gaj", "approver", number, outcome="reject", opinion="居住未满半年")["documents"]
    told = "".join(each["text"] for each in shown["paragraphs"])
    assert "理由：居住未满半年。" in told and told.count("成都市人民政府申请行政复议") == 1
    city.decide("gaj", "approver", number)

    city.make(number)
    city.status(me, number, "ready_for_pickup")
    (shown,) = looked_at(city, "zwzx", "clerk", number, taker="other", taker_name="李小四")["documents"]
    lines = [each["text"] for each in shown["paragraphs"]]
    assert shown["title"] == "送达回证" and "签收人：其他受托人（李小四）" in lines
    assert any(line.startswith("签收人（签名）：＿") for line in lines)
    token, task = city.task("zwzx", "clerk", number)
    path = f"/v1/tasks/{task['task_id']}/decision"
    for body, wrong in (({"taker": "dog"}, "taker"), ({"taker": "agent"}, "taker"), ({"taker": "other"}, "taker_name")):
        assert faults(city.call("POST", path, token, 400, json={"outcome": "approve", **body})) == [wrong]
    city.call("POST", path, token, json={"outcome": "approve", "opinion": "已交付", "taker": "self"})
    assert city.status(me, number, "delivered")["timeline"][-1]["text"] == "本人已在窗口签收领取"
    sent = kept(city, me, number, "delivered")
    assert "送达方式：窗口领取" in sent and "签收人：本人" in sent and "＿" not in sent and "李小四" not in sent


def test_who_is_told_no_is_told_where_to_turn_and_until_when(city: City) -> None:
    phone, me = city.neighbour()
    number = city.apply(me, "elder-allowance", phone)["case_no"]
    city.decide("zwzx", "clerk", number, "reject", opinion="户籍不在成都市。")
    entry = city.status(me, number, "not_accepted")["timeline"][-1]
    way = entry["data"]["appeal"]
    assert (way["reviewed_by"], way["court"]) == ("成都市人民政府", "有管辖权的人民法院")
    assert way["received"] < way["reconsider_by"] < way["sue_by"]
    assert entry["text"].count("行政复议") == entry["text"].count("行政诉讼") == 1 and "。。" not in entry["text"]
    sent = kept(city, me, number, "not_accepted")
    year, month, day = way["sue_by"].split("-")
    assert sent.count("向成都市人民政府申请行政复议") == 1 and "。。" not in sent
    assert (
        "成都市民政局" in sent and "受理窗口：成都市政务服务中心综合窗口" in sent
    )  # whose act it is, and who took it in
    assert "行政许可法" not in sent and "老年人权益保障" not in sent  # neither law says how a 给付 is accepted
    assert f"提起行政诉讼的最后一日是{year}年{int(month)}月{int(day)}日" in sent
    assert len(city.heard(phone, f"{number}）不予受理：户籍不在成都市")) == 1
