"""Services and people for tests: small, but real values of the real classes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.catalogue.model import Service
from chalicelib.identity.model import Session
from chalicelib.intake.model import Intake
from chalicelib.kernel import schema
from chalicelib.kernel.clock import SHANGHAI
from chalicelib.kernel.errors import NotFound

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=SHANGHAI)
ID = "510104199001010019"
DEPARTMENTS = {
    code: {"code": code, "name": name, "region": "510100", "phone": "028-12345", "address": f"成都市{window}窗口"}
    | ({} if code == "xnjc" else {"supervised_by": "xnjc"})
    for code, name, window in (
        ("cgw", "市城管委", "城管"),
        ("gaj", "市公安局", "公安"),
        ("xnjc", "市效能监察处", "监察"),
        ("zwzx", "市政务服务中心", "综合"),
    )
}


def service(code: str = "street-stall", stages: list[dict[str, Any]] | None = None, **changes: Any) -> Service:
    """A service with acceptance, two departments in parallel, and a decision."""
    form = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "id_number"],
        "x-order": ["name", "id_number", "place"],
        "properties": {
            "name": {"type": "string", "title": "姓名", "minLength": 1, "maxLength": 30, "x-ask": "您的姓名？"},
            "id_number": {"type": "string", "title": "身份证号码", "format": "id-number", "x-ask": "身份证号码？"},
            "place": {"type": "string", "title": "地点", "maxLength": 60, "x-ask": "地点？"},
        },
    }
    data: dict[str, Any] = {
        "code": code,
        "version": "v000001",
        "name": "占道经营许可",
        "short_name": "占道经营",
        "summary": "临时占用道路摆摊",
        "task_type": "01",
        "project_type": "promised",
        "audience": "person",
        "region": "510100",
        "department": "cgw",
        "legal_basis": ["《城市道路管理条例》第31条"],
        "conditions": ["年满十八周岁"],
        "process": ["申请", "受理", "审查", "决定"],
        "topics": ["创业"],
        "statutory_days": 20,
        "promised_days": 5,
        "visits": 0,
        "form": form,
        "applicant": {"type": "person", "name": "name", "id": "id_number"},
        "materials": [
            {
                "code": "photo",
                "name": "现场照片",
                "need": "required",
                "source": "self",
                "form": "electronic",
                "format": "图片",
            }
        ],
        "stages": stages
        or [
            {"id": "accept", "name": "受理", "kind": "acceptance", "departments": ["zwzx"], "limit_days": 1},
            {"id": "review", "name": "审查", "kind": "review", "departments": ["cgw", "gaj"], "limit_days": 3},
            {"id": "decide", "name": "决定", "kind": "decision", "departments": ["cgw"], "limit_days": 1},
        ],
        "fee": None,
        "result": {"name": "占道经营许可证", "type": "certificate", "electronic": True},
        "delivery": ["electronic", "courier"],
        "channels": ["miniprogram", "web", "window", "sms", "wechat", "ivr"],
        "departments": DEPARTMENTS,
    }
    return Service.from_dict(data | changes)


class Services:
    """A catalogue of samples; what is published anew leaves the other versions as they are."""

    def __init__(self, *services: Service) -> None:
        self._versions: dict[tuple[str, str], Service] = {}
        self.publish(*services or (service(),))

    def publish(self, *services: Service) -> None:
        self._services = {each.code: each for each in services}
        self._versions |= {(each.code, each.version): each for each in services}

    def get(self, code: str, version: str = "") -> Service:
        found = self._versions.get((code, version)) if version else self._services.get(code)
        if found is None:
            raise NotFound("没有这个事项")
        return found

    def check_form(self, service: Service, form: dict[str, Any]) -> dict[str, Any]:
        checked: dict[str, Any] = schema.compiled(service.form)(form, "form")
        return checked


def application(message_id: str = "m1", channel: str = "web", sender: str = "tel:13800001234", **form: Any) -> Intake:
    """A right application, to be spoilt by the test."""
    body = {
        "service": "street-stall",
        "form": {"name": "张三丰", "id_number": ID, "place": "春熙路", **form},
        "contact": {"phone": "13800001234"},
    }
    return Intake("application", channel, sender, message_id, body, NOW)


def clerk(name: str = "李娜", department: str = "zwzx", role: str = "clerk") -> Session:
    """A clerk of a department."""
    return Session(f"staff:{name}", "staff", name, (role,), department, "510100")


EVENT = {"case_no": "510123456789", "stage": "s1", "department": "cgw", "token": "t1"}
"""What a workflow hands to a step."""
Call = tuple[str, str, tuple[Any, ...]]
"""A factory, the use case of what it makes, and what that is given."""
