"""A conversation over the real desk, cases and ratings, with tables in memory."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from chalicelib.cases.model import Event
from chalicelib.catalogue.model import Service, Summary
from chalicelib.dialogue.model import Utterance
from chalicelib.dialogue.service import Dialogue
from chalicelib.intake.model import Reply
from chalicelib.kernel import schema
from chalicelib.kernel.errors import NotFound
from chalicelib.ratings import rectifications
from chalicelib.ratings.invitations import Invitations
from chalicelib.ratings.model import WORK, ticket
from chalicelib.ratings.rectifying import Rectifying
from chalicelib.ratings.revisits import Revisits
from chalicelib.ratings.stepping import Stepping
from chalicelib.tasks.model import Decision, TaskKey
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import Status
from tests.unit.memory import MemoryExpiring, MemoryStore, cases
from tests.unit.office import desk, ratings, tasks
from tests.unit.samples import ID, NOW, clerk, service

PHONE = "13800001234"


def person(title: str = "身份证号码") -> dict[str, Any]:
    """An identity number as a form asks it."""
    return {"type": "string", "title": title, "format": "id-number", "x-ask": "请提供您的身份证号码", "examples": [ID]}


def old_age() -> Service:
    """高龄津贴: everything can be keyed; the card number may be left out."""
    properties = {
        "id_number": person(),
        "kind": {
            "type": "string",
            "title": "申请类别",
            "enum": ["a80", "a90", "a100"],
            "x-labels": {"a80": "80至89岁", "a90": "90至99岁", "a100": "100岁以上"},
            "x-ask": "请选择年龄段",
        },
        "alone": {"type": "boolean", "title": "是否独居", "x-ask": "您是否独居"},
        "card": {"type": "string", "title": "银行卡号", "pattern": "^[0-9]{16,19}$", "x-ask": "请提供银行卡号"},
    }
    form = {
        "type": "object",
        "additionalProperties": False,
        "required": ["id_number", "kind", "alone"],
        "x-order": ["id_number", "kind", "alone", "card"],
        "properties": properties,
    }
    return service(
        "old-age",
        name="高龄津贴发放",
        short_name="高龄津贴",
        form=form,
        applicant={"type": "person", "id": "id_number"},
        materials=[],
        delivery=["electronic"],
        channels=["miniprogram", "web", "window", "kiosk", "wechat", "sms", "ivr"],
    )


def stall() -> Service:
    """A service with a day and words in its form, not for the telephone, delivered by courier only."""
    properties = {
        "name": {"type": "string", "title": "姓名", "minLength": 2, "maxLength": 30, "x-ask": "请提供您的姓名"},
        "id_number": person(),
        "day": {"type": "string", "title": "开始日期", "format": "date", "x-ask": "从哪天开始", "x-help": "最早明天。"},
        "seats": {"type": "integer", "title": "座位数", "minimum": 0, "maximum": 50, "x-ask": "有几个座位"},
    }
    form = {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "x-order": list(properties),
        "properties": properties,
    }
    return service("stall", form=form, delivery=["courier"], channels=["web", "wechat", "sms"])


class Catalogue:
    """The catalogue of two services, and one that is only on the web."""

    def __init__(self, *services: Service) -> None:
        web = service("web-only", name="建设工程规划许可", short_name="规划许可", channels=["web"])
        self.services = {each.code: each for each in services or (old_age(), stall(), web)}

    def list(self, channel: str | None = None) -> list[Summary]:
        return [each.summarised() for each in self.services.values() if channel is None or channel in each.channels]

    def get(self, code: str, version: str = "") -> Service:
        if code not in self.services:
            raise NotFound("没有这个事项")
        return self.services[code]

    def check_form(self, service: Service, form: dict[str, Any]) -> dict[str, Any]:
        checked: dict[str, Any] = schema.compiled(service.form)(form, "form")
        return checked


class Box:
    """A box that is not locked, but knows its place."""

    def seal(self, value: Any, place: str) -> bytes:
        return base64.b64encode(json.dumps([place, value]).encode())

    def open(self, sealed: bytes, place: str) -> Any:
        kept_at, value = json.loads(base64.b64decode(sealed))
        assert kept_at == place
        return value


class OptOuts:
    """Who wants no SMS."""

    def __init__(self) -> None:
        self.phones: set[str] = set()

    def opt_out(self, phone: str, now: datetime) -> None:
        self.phones.add(phone)

    def opt_in(self, phone: str) -> None:
        self.phones.discard(phone)


@dataclass
class World:
    """Everything a conversation needs, and ways to look behind it."""

    store: MemoryStore = field(default_factory=MemoryStore)
    expiring: MemoryExpiring = field(default_factory=MemoryExpiring)
    optouts: OptOuts = field(default_factory=OptOuts)
    now: datetime = NOW
    numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.cases, self.catalogue = cases(self.store), Catalogue()
        self.ratings = ratings(self.cases, self.catalogue, Box(), b"verify")
        self.desk = desk(self.cases, self.catalogue, self.ratings)
        self.invitations = Invitations(self.expiring, b"index")
        self.dialogue = Dialogue(
            self.desk,
            self.cases,
            self.catalogue,
            self.expiring,
            Box(),
            b"index",
            self.invitations,
            lambda case_no: ticket(b"verify", case_no),
            lambda: self.optouts,
        )

    def say(
        self, text: str, channel: str = "sms", sender: str = "", message_id: str = "", conversation: str = ""
    ) -> Reply:
        """Say one thing in a chat or by SMS, or key it in a call (`conversation` is the call)."""
        sender = sender or ("wx:oABC" if channel == "wechat" else f"tel:{PHONE}")
        message_id = message_id or f"m{next(self.numbers)}"
        self.now += timedelta(seconds=1)
        said = Utterance(channel, sender, conversation or sender, message_id, text, self.now, keypad=channel == "ivr")
        return self.dialogue.answer(said, self.now)

    def talk(self, *said: str, **where: str) -> Reply:
        """Say one thing after the other; return the last answer."""
        replies = [self.say(text, **where) for text in said]
        return replies[-1]

    def file(self, **where: str) -> str:
        """File 高龄津贴 by SMS; return the case number."""
        self.talk("高龄津贴", ID, "1", "2", "无", "1", **where)
        return list(self.store.heads)[-1]

    def form(self, case_no: str) -> dict[str, Any]:
        """The form as it is on record."""
        return dict((self.cases.opened(case_no).private or {})["form"])

    def close(self, case_no: str, status: Status = Status.DELIVERED, invited: bool = True) -> None:
        """Bring a case to its end and ask for a rating, as the workflow does."""
        self.store.heads[case_no] = self.store.heads[case_no].with_(status=status)
        if invited:
            self.cases.record(self.cases.head(case_no), Event(EventName.RATING_INVITED, "请评价", self.now))

    def answer_bad(self, case_no: str) -> None:
        """Have the supervisors verify a bad rating and put it right, as far as the question if it is solved."""
        stepping = Stepping(self.cases, self.catalogue)
        rectifying = Rectifying(stepping, Revisits(stepping))
        desk = tasks(self.cases, dict.fromkeys(WORK, rectifying.follow))
        while not rectifications.waiting(self.cases.whole(case_no)):
            (row,) = [each for each in self.cases.rows(case_no, "task#") if each.outcome is None]
            boss = clerk("督办", row.data["department"], "supervisor")
            desk.decide(boss, TaskKey.of(row).task_id, Decision("approve", "已经办好"), self.now)

    def rating(self, case_no: str, key: str = "rating#1") -> dict[str, Any] | None:
        """What was rated."""
        row = self.cases.row(case_no, key)
        return row.data if row else None
