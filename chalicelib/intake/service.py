"""The desk (前台综合受理): one place where every submission of every channel arrives, and one answer for each kind.

Intake ──► application ──► one conditional write ──► receipt
       ├─► supplement, withdrawal ──► one transaction on the case
       ├─► query ──► one read
       └─► rating ──► ratings
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Protocol

from chalicelib.cases.model import STATUS_NAMES, UNDECIDED, Case, Event, Status, shard
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.intake.model import CHANNEL_NAMES, Intake, Reply
from chalicelib.kernel import clock, ids, mask
from chalicelib.kernel.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound, TooMany
from chalicelib.kernel.workdays import add_workdays

TRIES = 3  # wrong last-four digits before the caller is locked out of one case …
CALLERS = 20  # callers with a wrong try on one case, after whom no new one is heard …
RACES = 5  # times a wrong try is counted anew when somebody else changed the case
LOCKED = timedelta(minutes=30)  # … for this long (domain notes §14, pin_lock_min)
COLLISIONS = 5  # derived numbers tried before giving up; at 10⁸ cases one in a thousand needs the second


class Catalogue(Protocol):
    """What the desk asks of the catalogue."""

    def get(self, code: str) -> Service: ...
    def check_form(self, code: str, form: dict[str, Any]) -> None: ...


class Ratings(Protocol):
    """What the desk asks of the ratings."""

    def rate(
        self,
        case_no: str,
        *,
        sender: str | None,
        ticket: str | None,
        channel: str,
        level: int,
        reasons: list[str],
        text: str,
        now: datetime,
        phone: str | None,
    ) -> Reply: ...


class Desk:
    """Receive any Intake and answer with a Reply."""

    def __init__(self, cases: Cases, catalogue: Catalogue, ratings: Ratings, case_key: bytes) -> None:
        self._cases, self._catalogue, self._ratings, self._key = cases, catalogue, ratings, case_key

    def receive(self, intake: Intake, now: datetime) -> Reply:
        """Take one submission. Raises AppError with the Chinese reason and the fields at fault; then nothing was written."""
        match intake.kind:
            case "application":
                return self._apply(intake)
            case "supplement":
                return self._supplement(intake, now)
            case "withdrawal":
                return self._withdraw(intake, now)
            case "query":
                return self._query(intake, now)
            case "rating":
                return self._rate(intake, now)
            case _:
                raise InvalidInput("这类诉求请拨打12345", [Fault("kind", "unknown", "没有这类业务")])

    # — application —

    def _apply(self, intake: Intake) -> Reply:
        service = self._service(intake)
        self._catalogue.check_form(service.code, intake.body["form"])
        receipt_key = ids.keyed(self._key, intake.channel, intake.sender, intake.message_id)
        content = ids.keyed(self._key, ids.canonical(intake.body))
        for attempt in range(COLLISIONS):
            mine = self._head(intake, service, ids.case_number(receipt_key, attempt), receipt_key, content)
            kept = self._cases.create(mine)
            if kept is mine:
                return self._receipt(kept, created=True)
            if kept.receipt_key == receipt_key:
                if kept.content_hash != content:
                    raise Conflict("同一个编号已经提交过不同的内容，请换一个编号重新提交", code="idempotency_conflict")
                return self._receipt(kept, created=False)
        raise TooMany("请稍后再提交一次")

    def _service(self, intake: Intake) -> Service:
        code = intake.body["service"]
        try:
            service = self._catalogue.get(code)
        except NotFound:
            raise InvalidInput("没有这个事项", [Fault("service", "unknown", "没有这个事项")]) from None
        if intake.channel not in service.channels:
            ways = "、".join(CHANNEL_NAMES.get(each, each) for each in service.channels)
            message = f"{service.name}不能通过{CHANNEL_NAMES.get(intake.channel, intake.channel)}办理，请用：{ways}"
            raise InvalidInput(message, [Fault("service", "channel", message)])
        return service

    def _head(self, intake: Intake, service: Service, case_no: str, receipt_key: str, content: str) -> Case:
        body, form, phone = intake.body, intake.body["form"], intake.body["contact"]["phone"]
        name = str(form.get(service.applicant.name or "", "") or body["contact"].get("name", ""))
        number = str(form.get(service.applicant.id, ""))
        delivery = body.get("delivery") or {"method": _unasked(service)}
        if delivery["method"] not in service.delivery:
            raise InvalidInput(
                "这个事项不支持这种领取方式", [Fault("delivery.method", "enum", "这个事项不支持这种领取方式")]
            )
        _complete(delivery)
        _asked(service, body.get("materials", []))
        private = {
            "form": form,
            "contact": body["contact"],
            "applicant": {"type": service.applicant.type, "name": name, "id": number},
            "delivery": delivery,
            "agent": body.get("agent"),
            "materials": body.get("materials", []),
            "sender": intake.sender,
        }
        missing = _missing(service, private)
        due = add_workdays(intake.at.date(), service.promised_days)
        person = service.applicant.type == "person"
        case = Case(
            case_no=case_no,
            status=Status.SUBMITTED,
            rev=1,
            service=service.code,
            service_name=service.name,
            channel=intake.channel,
            region=service.region,
            received_at=intake.at,
            promised_by=due.day,
            owner=self._cases.owner(intake.sender),
            phone_hash=self._cases.phone(phone),
            applicant_hash=self._cases.applicant(number),
            applicant_masked=mask.name(name) if person else name,
            verify=ids.keyed(self._key, "verify", case_no, number[-4:].upper()),
            receipt_key=receipt_key,
            content_hash=content,
            sealed=b"",
            desk=f"@received#{shard(case_no)}",
            due=clock.iso(intake.at),
            facts={"delivery": delivery["method"]} | ({"missing": missing} if missing else {}),
        )
        return self._cases.sealed(case, private)

    @staticmethod
    def _receipt(case: Case, created: bool) -> Reply:
        missing = case.facts.get("missing", [])
        day = case.promised_by
        text = f"已收到您的“{case.service_name}”申请，办件号{case.case_no}，预计{day.month}月{day.day}日前办结。"
        if missing:
            text += f"还需补交：{'、'.join(each['name'] for each in missing)}。"
        body = {
            "case_no": case.case_no,
            "status": str(Status.SUBMITTED),
            "service": case.service,
            "service_name": case.service_name,
            "received_at": clock.iso(case.received_at),
            "promised_by": day.isoformat(),
            "missing_materials": missing,
        }
        return Reply(text, body, created=created)

    # — on a case that is there —

    def _mine(self, intake: Intake) -> Case:
        case = self._cases.head(intake.body["case_no"])
        if not self._cases.may_read(case, intake.sender, intake.body.get("phone")):
            raise NotFound("没有找到这个办件，请核对办件号")
        return case

    def _supplement(self, intake: Intake, now: datetime) -> Reply:
        case = self._cases.open(self._mine(intake))
        given = ids.keyed(self._key, ids.canonical(intake.body))
        if given == case.facts.get("supplement_hash"):
            return Reply("补正材料已收到", _present(case))
        if case.status is not Status.CORRECTION:
            raise Conflict("这个办件现在不需要补正", code="illegal_state")
        open_waits = [row for row in self._cases.rows(case.case_no, "wait#supplement#") if row.outcome is None]
        named = {str(each.get("code", "")) for row in open_waits for each in row.data.get("missing", [])}
        _asked(self._catalogue.get(case.service), intake.body.get("materials", []), named)
        private = dict(case.private or {})
        private["form"] = {**private["form"], **intake.body.get("form", {})}
        private["materials"] = _replaced(private["materials"], intake.body.get("materials", []))
        self._catalogue.check_form(case.service, private["form"])
        rows = [row.with_(status="done", outcome="supplemented", desk=None) for row in open_waits]
        back = Status(case.facts.get("before_correction", Status.SUBMITTED))
        missing = _missing(self._catalogue.get(case.service), private)
        case = self._cases.sealed(case.plus(supplement_hash=given, missing=missing, correction=[]), private)
        event = Event("supplemented", "申请人已补正材料，继续办理", now, "申请人")
        return Reply("补正材料已收到，我们继续办理", _present(self._cases.record(case, event, back, rows)))

    def _withdraw(self, intake: Intake, now: datetime) -> Reply:
        case = self._mine(intake)
        if case.status is Status.WITHDRAWN:
            return Reply("申请已撤回", _present(case))
        if case.status not in UNDECIDED:
            raise Conflict("这个办件已经作出决定，不能撤回", code="illegal_state")
        waiting = [
            row for row in self._cases.rows(case.case_no, "") if row.kind in ("task", "wait") and row.outcome is None
        ]
        rows = [row.with_(status="cancelled", outcome="withdrawn", desk=None) for row in waiting]
        reason = intake.body.get("reason", "")
        event = Event("withdrawn", "申请人撤回了申请" + (f"：{reason}" if reason else ""), now, "申请人")
        return Reply("申请已撤回", _present(self._cases.record(case, event, Status.WITHDRAWN, rows, desk=None)))

    def _query(self, intake: Intake, now: datetime) -> Reply:
        number = intake.body["case_no"]
        if not ids.is_case_number(number):
            raise InvalidInput("办件号是12位数字，请核对", [Fault("case_no", "format", "办件号是12位数字，请核对")])
        case = self._cases.head(number)
        verify = intake.body.get("verify")
        if verify is None:
            if not self._cases.may_read(case, intake.sender, intake.body.get("phone")):
                raise Forbidden("请输入申请人证件号码后四位", code="verify_needed")
        else:
            self._verify(case, intake.sender, verify, now)
        return Reply(_spoken(case), _present(case))

    def _verify(self, case: Case, sender: str, last_four: str, now: datetime) -> None:
        """Compare the last four characters; three wrong tries lock this caller out of this case for half an hour."""
        caller = self._cases.owner(sender)[:16]
        given = ids.keyed(self._key, "verify", case.case_no, last_four.upper())
        for _ in range(RACES):
            tries: dict[str, Any] = case.facts.get("tries", {})
            fresh = {who: kept for who, kept in tries.items() if now - clock.parse(kept[1]) <= LOCKED}
            count = fresh.get(caller, (0, ""))[0]
            if count >= TRIES:
                raise TooMany("输错次数过多，请30分钟后再试，或拨打12345转人工", code="locked")
            if count == 0 and len(fresh) >= CALLERS:
                raise TooMany("查询过于频繁，请稍后再试", code="locked")
            if given == case.verify:
                return
            fresh[caller] = [count + 1, clock.iso(now)]
            try:
                self._cases.amend(case.plus(tries=fresh))
            except Conflict:  # somebody else's change came first: count anew, so that tries at once are not free
                case = self._cases.head(case.case_no)
                continue
            raise NotFound("没有找到：请核对办件号和证件号码后四位", code="verify_failed")
        raise TooMany("查询过于频繁，请稍后再试", code="locked")

    def _rate(self, intake: Intake, now: datetime) -> Reply:
        body = intake.body
        return self._ratings.rate(
            body["case_no"],
            sender=intake.sender,
            ticket=body.get("ticket"),
            channel=intake.channel,
            level=body["level"],
            reasons=list(body.get("reasons", [])),
            text=body.get("text", ""),
            now=now,
            phone=body.get("phone"),
        )


def _unasked(service: Service) -> str:
    """Choose how the result goes out where nobody was asked: the first way that needs no address."""
    return next((method for method in service.delivery if method != "courier"), service.delivery[0])


def _complete(delivery: dict[str, Any]) -> None:
    names = {"name": "收件人", "phone": "收件人电话", "address": "收件地址"}
    if delivery["method"] == "courier":
        missing = [
            Fault(f"delivery.{key}", "required", f"{label}不能为空")
            for key, label in names.items()
            if not delivery.get(key)
        ]
        if missing:
            raise InvalidInput("；".join(fault.message for fault in missing), missing)


def _asked(service: Service, given: list[dict[str, str]], named: Collection[str] = ()) -> None:
    """Raise InvalidInput for a material the service does not ask for, and no clerk named."""
    known = {each.code for each in service.materials} | set(named)
    wrong = [
        Fault(f"materials.{place}.code", "unknown", f"这个事项不需要材料“{each['code']}”")
        for place, each in enumerate(given)
        if each["code"] not in known
    ]
    if wrong:
        raise InvalidInput("；".join(fault.message for fault in wrong[:5]), wrong)


def _missing(service: Service, private: dict[str, Any]) -> list[dict[str, str]]:
    """Name the materials the applicant must bring and has not; they never stop a submission (《行政许可法》第32条)."""
    given = {each["code"] for each in private["materials"]}
    wanted = service.asked_materials(private["form"])
    return [{"code": each.code, "name": each.name} for each in wanted if each.code not in given]


def _replaced(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    codes = {each["code"] for each in new}
    return [each for each in old if each["code"] not in codes] + new


def _present(case: Case) -> dict[str, Any]:
    """Where a case stands, with nothing personal in it."""
    return {
        "case_no": case.case_no,
        "status": str(case.status),
        "status_name": STATUS_NAMES[case.status],
        "service": case.service,
        "service_name": case.service_name,
        "received_at": clock.iso(case.received_at),
        "promised_by": case.promised_by.isoformat(),
    }


def _spoken(case: Case) -> str:
    day = case.promised_by
    text = f"“{case.service_name}”{STATUS_NAMES[case.status]}"
    if case.status in UNDECIDED:
        text += f"，预计{day.month}月{day.day}日前办结"
    if case.status is Status.CORRECTION:
        text += f"，请补正：{'、'.join(case.facts.get('correction', []))}"
    return text + "。"
