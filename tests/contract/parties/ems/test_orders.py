"""EMS's orders: what is sealed into the envelope, and its answers that are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.kernel.errors import PartyFault, PartyRefused
from tests.contract.farend import Play, far_end
from tests.contract.parties.courier import PARCEL
from tests.contract.parties.ems.far import CARRIAGE, form, opened, play


def test_an_order_is_sealed() -> None:
    with far_end(CARRIAGE.takes) as end:
        CARRIAGE.client(end.url).order(PARCEL)
    sent = form(end.asked[0])
    assert (sent["apiCode"], sent["senderNo"], sent["authorization"]) == ("020003", "1100", "auth")
    (order,) = opened(end.asked[0])
    assert order["logisticsOrderNo"] == "510123456789S1"
    assert order["receiver"] == {
        "name": "张三丰",
        "mobile": "13800001234",
        "prov": "四川省",
        "city": "成都市",
        "county": "青羊区",
        "address": "四川省成都市青羊区人民中路1号",
    }


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("成都市武侯区一环路南一段24号", ("四川省", "成都市", "武侯区")),
        ("四川省成都市高新区锦城大道366号", ("四川省", "成都市", "高新区")),
        ("成都高新区天府大道北段18号", ("四川省", "成都市", "高新区")),
        ("高新区天府大道北段18号", ("四川省", "成都市", "高新区")),
        ("四川省成都市高新技术产业开发区益州大道", ("四川省", "成都市", "高新技术产业开发区")),
        ("四川省 成都市 天府新区 华阳街道", ("四川省", "成都市", "天府新区")),
        ("四川天府新区兴隆街道湖畔路", ("四川省", "成都市", "天府新区")),
        ("四川省成都市四川天府新区湖畔路", ("四川省", "成都市", "天府新区")),
        ("成都东部新区三岔街道", ("四川省", "成都市", "东部新区")),
        ("中国（四川）自由贸易试验区成都高新区天府大道1700号", ("四川省", "成都市", "高新区")),
        ("中国（四川）自由贸易试验区成都市天府新区1号", ("四川省", "成都市", "天府新区")),
        ("都江堰市幸福路1号", ("四川省", "成都市", "都江堰市")),
        ("成都市都江堰市幸福路1号", ("四川省", "成都市", "都江堰市")),
        ("郫都区犀浦街道", ("四川省", "成都市", "郫都区")),
        ("四川省成都市人民中路1号", ("四川省", "成都市", "")),
        ("成都人民中路1号", ("四川省", "成都市", "")),
        ("四川省绵阳市高新区石桥铺", ("四川省", "绵阳市", "高新区")),
        ("陕西省西安市高新区科技路", ("陕西省", "西安市", "高新区")),
        ("西安市高新区科技路", ("", "西安市", "高新区")),
        ("四川省阿坝藏族羌族自治州汶川县威州镇", ("四川省", "阿坝藏族羌族自治州", "汶川县")),
        ("北京市海淀区颐和园路5号", ("北京市", "", "海淀区")),
        ("新疆维吾尔自治区乌鲁木齐市天山区1号", ("新疆维吾尔自治区", "乌鲁木齐市", "天山区")),
        ("某某大楼", ("", "", "")),
    ],
)
def test_province_city_and_county_are_read_from_an_address(address: str, place: tuple[str, str, str]) -> None:
    with far_end(CARRIAGE.takes) as end:
        CARRIAGE.client(end.url).order(replace(PARCEL, to=replace(PARCEL.to, address=address)))
    (order,) = opened(end.asked[0])
    assert tuple(order["receiver"][name] for name in ("prov", "city", "county")) == place


def test_no_is_said_in_its_words() -> None:
    with far_end(CARRIAGE.refuses) as end, pytest.raises(PartyRefused, match="不在服务范围"):
        CARRIAGE.client(end.url).order(PARCEL)


@pytest.mark.parametrize("far", [play(body="not json"), play(body="[1]"), play(waybillNo="short"), play()])
def test_a_yes_without_a_waybill_is_a_fault_and_tried_again(far: Play) -> None:
    with far_end(far) as end, pytest.raises(PartyFault):
        CARRIAGE.client(end.url).order(PARCEL)
