"""EMS on the wire: a small far end that opens the SM4 envelope and answers as the platform does."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from chalicelib.delivery.model import Address, Parcel
from chalicelib.kernel.errors import PartyFault, PartyRefused
from parties.ems.orders import Ems

KEY = base64.b64encode(bytes(range(16))).decode()
PARCEL = Parcel("510123456789S1", Address("张三丰", "13800001234", "四川省成都市青羊区人民中路1号"), "营业执照")


class FarEnd(HTTPServer):
    """EMS for one test."""

    answer: tuple[int, str]
    form: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    server: FarEnd

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.form = {name: values[0] for name, values in parse_qs(body).items()}
        status, text = self.server.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def far() -> Iterator[FarEnd]:
    server = FarEnd(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ems(far: FarEnd, url: str = "") -> Ems:
    sender = {"name": "政务大厅", "phone": "02812345000", "address": "四川省成都市高新区锦城大道366号"}
    url = url or f"http://127.0.0.1:{far.server_port}/open"
    return Ems({"base_url": url, "customer_code": "1100", "authorization": "auth", "key": KEY, "sender": sender})


def opened(sealed: str) -> Any:
    box = Cipher(algorithms.SM4(base64.b64decode(KEY)), modes.ECB()).decryptor()
    pad = PKCS7(128).unpadder()
    padded = box.update(base64.b64decode(sealed.removeprefix("|$4|"))) + box.finalize()
    text = (pad.update(padded) + pad.finalize()).decode()
    assert text.endswith(KEY)
    return json.loads(text.removesuffix(KEY))


def said(code: str, **body: Any) -> tuple[int, str]:
    return 200, json.dumps(
        {"retCode": code, "retMsg": "不在服务范围" if code != "00000" else "", "retBody": json.dumps(body)}
    )


def test_an_order_is_sealed_and_the_waybill_read(far: FarEnd) -> None:
    far.answer = said("00000", waybillNo="1175642270178", logisticsOrderNo="510123456789S1")
    assert ems(far).order(PARCEL) == "1175642270178"
    assert (far.form["apiCode"], far.form["senderNo"], far.form["authorization"]) == ("020003", "1100", "auth")
    (order,) = opened(far.form["logitcsInterface"])
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
        ("成都市武侯区一环路南一段24号", ("", "成都市", "武侯区")),
        ("四川省阿坝藏族羌族自治州汶川县威州镇", ("四川省", "阿坝藏族羌族自治州", "汶川县")),
        ("北京市海淀区颐和园路5号", ("北京市", "", "海淀区")),
        ("新疆维吾尔自治区乌鲁木齐市天山区1号", ("新疆维吾尔自治区", "乌鲁木齐市", "天山区")),
        ("某某大楼", ("", "", "")),
    ],
)
def test_province_city_and_county_are_read_from_an_address(
    far: FarEnd, address: str, place: tuple[str, str, str]
) -> None:
    far.answer = said("00000", waybillNo="LK434266003CN")
    ems(far).order(Parcel("1S1", Address("张", "13800001234", address), "证"))
    (order,) = opened(far.form["logitcsInterface"])
    assert tuple(order["receiver"][name] for name in ("prov", "city", "county")) == place


def test_no_is_no(far: FarEnd) -> None:
    far.answer = said("B00010")
    with pytest.raises(PartyRefused, match="不在服务范围"):
        ems(far).order(PARCEL)


@pytest.mark.parametrize(
    "answer",
    [
        (500, "{}"),
        (200, ""),
        (200, "<html>"),
        (200, "[]"),
        (200, '{"retCode": "00000", "retBody": "not json"}'),
        (200, '{"retCode": "00000", "retBody": "[1]"}'),
        said("00000", waybillNo="short"),
        said("00000"),
    ],
)
def test_what_cannot_be_read_is_a_fault_and_tried_again(far: FarEnd, answer: tuple[int, str]) -> None:
    far.answer = answer
    with pytest.raises(PartyFault):
        ems(far).order(PARCEL)


def test_nobody_there(far: FarEnd) -> None:
    with pytest.raises(PartyFault):
        ems(far, "http://127.0.0.1:9/").order(PARCEL)
