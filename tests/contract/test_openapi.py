"""The API document (docs/api/*.yaml, merged) is valid, says what the app has, and its request schemas can be used as they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import jsonschema
import pytest
from openapi_spec_validator import validate

from chalicelib.catalogue import loader
from chalicelib.catalogue.service import Catalogue, present
from chalicelib.kernel import formats, ids, schema
from chalicelib.kernel.errors import InvalidInput
from infra.contract import document
from infra.packing import ROOT

DOCUMENT: dict[str, Any] = document()
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
REQUESTS = sorted(name for name in SCHEMAS if name.endswith("Request"))
METHODS = {"get", "post", "put", "delete", "patch"}


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        for method in METHODS & set(item):
            yield path, method, item[method]


def _properties(part: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in part.get("properties", {}).items():
        yield f"{place}.{name}", field
        yield from _properties(field, f"{place}.{name}")
        yield from _properties(field.get("items", {}), f"{place}.{name}[]")


def test_the_document_is_valid() -> None:
    validate(DOCUMENT)


def test_every_operation_is_described_and_says_no_in_one_way() -> None:
    seen = set()
    for path, method, operation in _operations():
        assert path.startswith("/v1/"), path
        assert operation["summary"].isascii(), (path, method)
        assert not operation["description"].isascii(), (path, method)
        assert operation["operationId"] not in seen
        seen.add(operation["operationId"])
        for status, response in operation["responses"].items():
            if status.startswith(("4", "5")):
                response = DOCUMENT["components"]["responses"][response["$ref"].rsplit("/", 1)[-1]]
                assert list(response["content"]) == ["application/problem+json"]
        if "requestBody" in operation:
            assert {"400", "415"} <= set(operation["responses"]), (path, method)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_schema_stands_alone(name: str) -> None:
    part = SCHEMAS[name]
    jsonschema.Draft7Validator.check_schema(part)
    assert "$ref" not in str(part)
    assert part["additionalProperties"] is False
    schema.compiled(part)
    for place, field in _properties(part, name):
        assert not field.get("title", "a").isascii(), f"{place}: 没有中文标题"
        if field.get("type") == "string":
            assert "maxLength" in field, place
        if field.get("type") == "object" and not place.endswith(".form"):
            assert field["additionalProperties"] is False, place
        if field.get("type") == "array":
            assert "maxItems" in field, place
        assert field.get("format", "date") in formats.FORMATS, place


PERSON = {"phone": "13800001234"}
HOME = {"method": "courier", "name": "李四", "phone": "13900000001", "address": "成都市武侯区科华路9号"}
RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("AppSessionRequest", {"code": "c"}),
    ("SmsCodeRequest", PERSON),
    ("SmsCodeRequest", {"phone": "138 0000 1234"}),
    ("SmsSessionRequest", {**PERSON, "code": "012345"}),
    ("StaffSessionRequest", {"username": "u", "password": "p"}),
    ("KioskSessionRequest", {"device": "kiosk-1", "key": "k"}),
    ("ApplicationRequest", {"service": "elder-card", "form": {}, "contact": PERSON}),
    (
        "ApplicationRequest",
        {
            "service": "elder-card",
            "form": {"any": 1},
            "contact": {**PERSON, "name": "王"},
            "delivery": {"method": "courier", "name": "王", "address": "成都市锦江区", **PERSON},
            "agent": {"name": "李", "id_number": "51010719850615002X", **PERSON},
            "materials": [{"code": "photo", "material_id": "0" * 32}],
            "prefill_consent": True,
        },
    ),
    ("ApplicationRequest", {"service": "x", "form": {}, "contact": PERSON, "renews": "1234567890123459"}),
    ("SupplementRequest", {"form": {"name": "王"}}),
    ("StatusRequest", {"case_no": "660092712114", "verify": "002X"}),
    ("WithdrawalRequest", {}),
    ("PaymentRequest", {}),
    ("PaymentRequest", {"scene": "h5"}),
    ("FeeRequest", {"form": {"area": 1, "anything": None}}),
    ("DeliveryRequest", HOME),
    ("DeliveryRequest", {"method": "pickup", "proxy": {"name": "李小四", "id_last4": "123X"}}),
    ("RatingRequest", {"level": 5}),
    ("RatingRequest", {"level": 1, "reasons": ["108", "115"], "text": "慢", "ticket": "t"}),
    ("MaterialRequest", {"name": "照片.jpg", "type": "image/jpeg", "size": 10_485_760, "sha256": "0" * 64}),
    ("DecisionRequest", {"outcome": "approve"}),
    ("DecisionRequest", {"outcome": "approve", "opinion": ""}),
    ("DecisionRequest", {"outcome": "reject", "opinion": "不符合条件"}),
    ("DecisionRequest", {"outcome": "reject", "opinion": "不符合条件", "unmet": ["年满十八周岁", "不影响通行"]}),
    (
        "DecisionRequest",
        {"outcome": "correct", "opinion": "请补齐", "missing": [{"text": "照片"}, {"code": "photo", "text": "照片"}]},
    ),
    ("DecisionRequest", {"outcome": "reject", "opinion": "请到交通局", "ground": "not_competent", "organ": "市交通局"}),
    ("SuspensionRequest", {"kind": "review", "reason": "需要专家评审", "until": "2026-12-31"}),
    (
        "SuspensionRequest",
        {
            "kind": "hearing",
            "reason": "申请人要求听证",
            "until": "2026-12-31",
            "held_on": "2026-12-30",
            "asked_on": "2026-12-10",
            "place": "9时，听证室",
        },
    ),
    ("ResumptionRequest", {"result": "听证结束"}),
    ("DecisionRequest", {"outcome": "countersign", "opinion": "请看影响", "to": ["gaj", "xfj"]}),
    ("ExtensionRequest", {"days": 15, "reason": "案情复杂"}),
    ("RecallRequest", {"reason": "对方没有答复"}),
    ("ExaminationRequest", {"held_on": "2026-12-01", "colleague": "cgw-approver-2", "finding": "与申请材料一致"}),
    ("TransferRequest", {"organ": "省住房和城乡建设厅", "opinion": "符合条件，建议准予"}),
    ("VoidingRequest", {"reason": "窗口录入错误"}),
    ("RefundRequest", {"amount_fen": 3000, "reason": "多收"}),
    ("RevisingRequest", {"form": {"name": "张三丰"}, "reason": "窗口录入错误"}),
    ("HandoverRequest", {"to": "lina"}),
    ("RevealRequest", {"purpose": "核对身份"}),
]
WRONG: list[tuple[str, Any, str]] = [
    ("PaymentRequest", {"scene": "app"}, "scene"),
    ("FeeRequest", {}, "form"),
    ("FeeRequest", {"form": []}, "form"),
    ("DecisionRequest", {"outcome": "approve", "pay_way": "online", "receipt_no": "0012345"}, "pay_way"),
    ("DecisionRequest", {"outcome": "approve", "pay_way": "cash", "receipt_no": "一"}, "receipt_no"),
    ("AppSessionRequest", {"code": 1}, "code"),
    ("SmsCodeRequest", {"phone": "12345678901"}, "phone"),
    ("SmsSessionRequest", {**PERSON, "code": "12345a"}, "code"),
    ("SmsSessionRequest", {**PERSON, "code": "123456\n"}, "code"),
    ("StaffSessionRequest", {"username": "u"}, "password"),
    ("KioskSessionRequest", {"device": "a:b", "key": "k"}, "device"),
    ("ApplicationRequest", {"service": "x", "form": [], "contact": PERSON}, "form"),
    ("ApplicationRequest", {"service": "x", "form": {}, "contact": PERSON, "admin": True}, "admin"),
    (
        "ApplicationRequest",
        {"service": "x", "form": {}, "contact": PERSON, "delivery": {"method": "courier"}},
        "delivery.address",
    ),
    (
        "ApplicationRequest",
        {"service": "x", "form": {}, "contact": PERSON, "delivery": {"method": "drone"}},
        "delivery.method",
    ),
    (
        "ApplicationRequest",
        {"service": "x", "form": {}, "contact": PERSON, "materials": [{"code": "a"}]},
        "materials.0.material_id",
    ),
    ("ApplicationRequest", {"service": "x", "form": {}, "contact": PERSON, "renews": "1234 5678"}, "renews"),
    ("SupplementRequest", {}, "body"),
    ("StatusRequest", {"case_no": "660092712114", "verify": "0020\n"}, "verify"),
    ("RatingRequest", {"level": 6}, "level"),
    ("RatingRequest", {"level": True}, "level"),
    ("RatingRequest", {"level": 5, "reasons": ["999"]}, "reasons.0"),
    ("MaterialRequest", {"name": "a", "type": "text/html", "size": 1}, "type"),
    ("MaterialRequest", {"name": "a", "type": "image/png", "size": 10_485_761}, "size"),
    ("DeliveryRequest", {**HOME, "address": "路"}, "address"),
    ("DeliveryRequest", {"method": "courier", "name": "李四", "phone": "13900000001"}, "address"),
    ("DeliveryRequest", {**HOME, "phone": "1"}, "phone"),
    ("DeliveryRequest", {"method": "electronic"}, "method"),
    ("DeliveryRequest", {"method": "pickup", "proxy": {"name": "李小四"}}, "proxy.id_last4"),
    ("DecisionRequest", {"outcome": "approve", "code": "12345"}, "code"),
    ("DecisionRequest", {"outcome": "approve", "taker_id": "12"}, "taker_id"),
    ("DecisionRequest", {"outcome": "resend", "address": {"name": "李四"}}, "address.phone"),
    ("DecisionRequest", {"outcome": "maybe"}, "outcome"),
    ("DecisionRequest", {"outcome": "reject"}, "opinion"),
    ("DecisionRequest", {"outcome": "reject", "opinion": "不符合", "unmet": "年满十八周岁"}, "unmet"),
    ("DecisionRequest", {"outcome": "reject", "opinion": "不符合", "unmet": []}, "unmet"),
    ("DecisionRequest", {"outcome": "reject", "opinion": "不符合", "unmet": ["年满十八周岁"] * 2}, "unmet"),
    (
        "DecisionRequest",
        {"outcome": "reject", "opinion": "不符合", "unmet": [str(each) for each in range(21)]},
        "unmet",
    ),
    ("DecisionRequest", {"outcome": "reject", "opinion": "不符合", "unmet": ["年满十八周岁", " "]}, "unmet.1"),
    ("DecisionRequest", {"outcome": "reject", "opinion": "不符合", "unmet": [1]}, "unmet.0"),
    ("DecisionRequest", {"outcome": "correct", "opinion": "x"}, "missing"),
    ("DecisionRequest", {"outcome": "correct", "missing": []}, "missing"),
    ("DecisionRequest", {"outcome": "reject", "opinion": "请到交通局", "ground": "not_competent"}, "organ"),
    ("DecisionRequest", {"outcome": "reject", "opinion": "请到交通局", "ground": "weather"}, "ground"),
    ("SuspensionRequest", {"kind": "party", "reason": "听证", "until": "2026-12-31"}, "kind"),
    ("SuspensionRequest", {"kind": "hearing", "reason": "听证", "until": "明天"}, "until"),
    ("SuspensionRequest", {"kind": "hearing", "reason": "听证", "until": "2026-12-31", "held_on": "明天"}, "held_on"),
    ("ResumptionRequest", {}, "result"),
    ("ExtensionRequest", {"days": 16, "reason": "案情复杂"}, "days"),
    ("ExtensionRequest", {"days": 5}, "reason"),
    ("RecallRequest", {"reason": ""}, "reason"),
    ("ExaminationRequest", {"held_on": "昨天", "colleague": "cgw-2", "finding": "与申请材料一致"}, "held_on"),
    ("ExaminationRequest", {"held_on": "2026-12-01", "colleague": "", "finding": "与申请材料一致"}, "colleague"),
    ("ExaminationRequest", {"held_on": "2026-12-01", "finding": "与申请材料一致"}, "colleague"),
    ("DecisionRequest", {"outcome": "return", "opinion": "请重新核查"}, "to"),
    ("DecisionRequest", {"outcome": "return", "opinion": "请重新核查", "to": []}, "to"),
    ("DecisionRequest", {"outcome": "countersign", "to": ["gaj"]}, "opinion"),
    ("DecisionRequest", {"outcome": "countersign", "opinion": "请看影响", "to": "gaj"}, "to"),
    ("TransferRequest", {"opinion": "符合条件"}, "organ"),
    ("TransferRequest", {"organ": "省厅"}, "opinion"),
    ("VoidingRequest", {}, "reason"),
    ("VoidingRequest", {"reason": " "}, "reason"),
    ("RevisingRequest", {"form": {}, "reason": "窗口录入错误"}, "form"),
    ("RevisingRequest", {"form": {"name": "张三丰"}}, "reason"),
    ("RevisingRequest", {"form": "张三丰", "reason": "窗口录入错误"}, "form"),
    ("HandoverRequest", {}, "to"),
    ("HandoverRequest", {"to": " "}, "to"),
    ("HandoverRequest", {"to": "lina", "outcome": "approve"}, "outcome"),
    ("RevealRequest", {"purpose": ""}, "purpose"),
    ("CertificateActRequest", {}, "reason"),
    ("CertificateActRequest", {"reason": "无"}, "reason"),
    ("CertificateActRequest", {"reason": "登记有误", "number": "1234567890123459"}, "number"),
]


RIGHT += [(name, SCHEMAS[name]["example"]) for name in REQUESTS if "example" in SCHEMAS[name]]


def test_every_request_has_an_example() -> None:
    assert {name for name, _ in RIGHT} == set(REQUESTS)


@pytest.mark.parametrize(("name", "data"), RIGHT)
def test_a_right_request_passes(name: str, data: dict[str, Any]) -> None:
    schema.compiled(SCHEMAS[name])(data)


@pytest.mark.parametrize(("name", "data", "path"), WRONG)
def test_a_wrong_request_is_refused_by_field(name: str, data: Any, path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        schema.compiled(SCHEMAS[name])(data)
    assert path in {fault.path for fault in refused.value.fields}


def _answer(name: str, data: Any) -> None:
    """Check an answer of ours against the document (JSON Schema 2020-12, with its references)."""
    whole = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(data)


def test_services_are_answered_as_described() -> None:
    class Published:
        rows: ClassVar[dict[str, dict[str, Any]]] = {}

        def current(self, code: str) -> tuple[dict[str, Any] | None, int]:
            return (self.rows[code], 1) if code in self.rows else (None, 0)

        def version(self, code: str, version: str) -> dict[str, Any] | None:
            return self.rows.get(code)

        def listed(self) -> list[dict[str, Any]]:
            return []

        def publish(self, code: str, value: dict[str, Any], summary: dict[str, Any], number: int) -> None:
            self.rows[code] = json.loads(ids.canonical(value))

    catalogue = Catalogue(Published())
    for service in loader.load(ROOT / "services"):
        catalogue.publish(service)
        _answer("Service", json.loads(ids.canonical(catalogue.guide(service.code))))
        _answer("ServiceSummary", json.loads(ids.canonical(present(service.summarised()))))


def test_the_app_has_every_operation_and_no_other() -> None:
    from app import app

    described = {(path, method.upper()) for path, method, _ in _operations()}
    described |= {(path, "HEAD") for path, method in described if method == "GET"} | {
        (path, "OPTIONS") for path, _ in described
    }
    built = {(path, method) for path, entries in app.routes.items() for method in entries if path.startswith("/v1/")}
    assert built == described


def test_case_numbers_in_examples_prove_themselves() -> None:
    assert ids.is_case_number(DOCUMENT["components"]["parameters"]["CaseNo"]["example"])
