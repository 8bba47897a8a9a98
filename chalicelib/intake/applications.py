"""Applications: check, derive the number, one conditional write, one receipt — and the same receipt again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

from chalicelib.cases import rights
from chalicelib.cases.clock import Clock
from chalicelib.cases.model import Case
from chalicelib.cases.service import Cases
from chalicelib.catalogue import fees
from chalicelib.catalogue.fees import Assessment
from chalicelib.catalogue.model import Service, Services
from chalicelib.certificates.model import grouped
from chalicelib.certificates.renewals import renewal_of
from chalicelib.intake.model import Intake, Reply
from chalicelib.kernel import clock, ids, mask
from chalicelib.kernel.clock import iso
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput, NotFound, TooMany
from chalicelib.kernel.money import yuan
from chalicelib.vocabulary import channels
from chalicelib.vocabulary.periods import RENEWAL_ASKED
from chalicelib.vocabulary.statuses import Status

COLLISIONS = 5  # derived numbers tried before giving up; at 10⁸ cases one in a thousand needs the second


class CheckedServices(Services, Protocol):
    """Services whose filled-in forms can be checked."""

    def check_form(self, service: Service, form: dict[str, Any]) -> dict[str, Any]: ...


class Files(Protocol):
    """Where the files of a submission lie (`intake.materials`)."""

    def pinned(
        self, sender: str, given: Sequence[Mapping[str, str]], names: Mapping[str, str]
    ) -> list[dict[str, str]]: ...


class Renewing(Protocol):
    """Says whether a certificate can be renewed (`certificates.renewals`)."""

    def asked(self, number: str, service: Service, applicant: str, method: str, now: datetime) -> dict[str, str]: ...


class Applications:
    """Accept applications. `files` makes what is asked only where files are handed in, `renewals` where one asks for a renewal."""

    def __init__(
        self,
        cases: Cases,
        catalogue: CheckedServices,
        case_key: bytes,
        files: Callable[[], Files],
        renewals: Callable[[], Renewing],
    ) -> None:
        self._cases, self._catalogue, self._key = cases, catalogue, case_key
        self._files, self._renewals = files, renewals

    def accept(self, intake: Intake) -> Reply:
        """Accept one application (收件), or answer the same message as before. Raises InvalidInput, Conflict, TooMany, Unavailable.

        Compared is what came, not what the service made of it, for that may be published anew in between: what is refused today is
        looked for, and answered where it was accepted.
        """
        receipt_key = ids.keyed(self._key, intake.channel, intake.sender, intake.message_id)
        content = ids.keyed(self._key, ids.canonical(intake.body))
        try:
            return self._accept(intake, receipt_key, content)
        except InvalidInput:
            known = self._known(receipt_key)
            if known is None or known.content_hash != content:
                raise
            return self._receipt(known, intake, created=False)

    def _accept(self, intake: Intake, receipt_key: str, content: str) -> Reply:
        service = self._service(intake)
        intake = replace(intake, body=intake.body | {"form": self._catalogue.check_form(service, intake.body["form"])})
        private = cache(lambda: _private(intake, service, self._files))
        for case_no in _numbers(receipt_key):
            # with files it is looked first: what came before is answered as before, whatever lies in the bucket now
            kept = self._cases.found(case_no) if intake.body.get("materials") else None
            if kept is None:
                mine = self._head(intake, service, case_no, receipt_key, content, private())
                kept = self._cases.create(mine)
                if kept is mine:
                    return self._receipt(kept, intake, created=True)
            if kept.receipt_key == receipt_key:
                if kept.content_hash != content:
                    raise Conflict("同一个编号已经提交过不同的内容，请换一个编号重新提交", code="idempotency_conflict")
                return self._receipt(kept, intake, created=False)
        raise TooMany("请稍后再提交一次")

    def _known(self, receipt_key: str) -> Case | None:
        """Return what was accepted under this key, or None."""
        found = map(self._cases.found, _numbers(receipt_key))
        return next((case for case in found if case is None or case.receipt_key == receipt_key), None)

    def _service(self, intake: Intake) -> Service:
        code = intake.body["service"]
        try:
            service = self._catalogue.get(code)
        except NotFound:
            raise InvalidInput("没有这个事项", [Fault("service", "unknown", "没有这个事项")]) from None
        if intake.channel not in service.channels:
            ways = "、".join(channels.name(each) for each in service.channels)
            message = f"{service.name}不能通过{channels.name(intake.channel)}办理，请用：{ways}"
            raise InvalidInput(message, [Fault("service", "channel", message)])
        return service

    def _head(
        self,
        intake: Intake,
        service: Service,
        case_no: str,
        receipt_key: str,
        content: str,
        private: dict[str, Any],
    ) -> Case:
        lacking = lacking_materials(service, private)
        case = Case(
            case_no=case_no,
            status=Status.SUBMITTED,
            rev=1,
            service=service.code,
            version=service.version,
            service_name=service.name,
            channel=intake.channel,
            region=service.region,
            received_at=intake.at,
            clock=_clock(service, intake.at.date()),
            owner=self._cases.owner(intake.sender),
            phone_hash=self._cases.phone(private["contact"]["phone"]),
            applicant_hash="",
            applicant_masked="",
            verify="",
            receipt_key=receipt_key,
            content_hash=content,
            sealed=b"",
            facts={"delivery": private["delivery"]["method"]}
            | ({"lacking": lacking} if lacking else {})
            | rights.marks(intake.asker, private["contact"]["phone"], private["agent"], self._cases),
        )
        case = identified(self._cases, case.owing(intake.at), service, private, self._key)
        if number := intake.body.get("renews"):
            method = private["delivery"]["method"]
            case = case.plus(**self._renewals().asked(number, service, case.applicant_hash, method, intake.at))
        return self._cases.sealed(case, private)

    def _receipt(self, case: Case, intake: Intake, created: bool) -> Reply:
        """Say what was received, and as it was then: the same again gets the same, wherever the case is by now."""
        service = self._catalogue.get(case.service, case.version)
        begun = _clock(service, case.received_at.date())
        fee = fees.assess(service, intake.body["form"], {each["code"] for each in intake.body.get("materials", ())})
        lacking = case.facts.get("lacking", [])
        text = f"已收到您的“{case.service_name}”申请，办件号{case.case_no}，{begun.said()}。"
        if renewal := renewal_of(case):
            text += _renews(renewal)
        text += _owed(fee)
        if lacking:
            text += f"还需补交：{'、'.join(each['name'] for each in lacking)}。"
        body = {
            "case_no": case.case_no,
            "status": str(Status.SUBMITTED),
            "service": case.service,
            "service_name": case.service_name,
            "received_at": iso(case.received_at),
            "promised_by": begun.due.day.isoformat(),
            "clock": begun.shown(),
            "missing_materials": lacking,
            **({"renewal": renewal} if renewal else {}),
            **({"fee": fee.told()} if fee.lines else {}),
        }
        return Reply(text, body, created=created)


def _owed(fee: Assessment) -> str:
    """Say what it will cost as it is filed; nothing where nothing is asked of anybody."""
    if not fee.lines:
        return ""
    less = "、".join(each.reason for each in fee.reductions)
    owed = f"按申请表所填，准予后应缴费{yuan(fee.total_fen)}元" if fee.total_fen else "按申请表所填，准予后不用缴费"
    return owed + (f"（{less}）。" if less else "。")


def _renews(renewal: dict[str, Any]) -> str:
    """Say what is to be renewed, and what it means that it was asked for late."""
    day = clock.long_day(date.fromisoformat(renewal["runs_to"]))
    late = (
        "" if renewal["timely"] else f"提出时距到期已不足{RENEWAL_ASKED.days}日：到期前没有作出决定的，证照到期失效。"
    )
    return f"这是延续{grouped(renewal['number'])}号证照的申请，原有效期至{day}。{late}"


def _numbers(receipt_key: str) -> Iterator[str]:
    return (ids.case_number(receipt_key, attempt) for attempt in range(COLLISIONS))


def _clock(service: Service, day: date) -> Clock:
    """Start the clock on receipt. Where no stage accepts, receiving is accepting: 《行政许可法》第32条 (自收到申请材料之日起即为受理)."""
    clock = Clock(service.promised_days, service.statutory_days, day)
    return clock if any(stage.kind == "acceptance" for stage in service.stages) else clock.accept(day)


def _private(intake: Intake, service: Service, files: Callable[[], Files]) -> dict[str, Any]:
    """Write the part of a case that is sealed. Raises InvalidInput for what the service does not offer or ask for, Unavailable."""
    body, form = intake.body, intake.body["form"]
    delivery = _delivery(body, service)
    check_materials(service, body.get("materials", []))
    return {
        "form": form,
        "contact": body["contact"],
        "applicant": applicant(service, form, body["contact"]),
        "delivery": delivery,
        "agent": body.get("agent"),
        "materials": handed_in(intake, service, files),
        "sender": intake.sender,
    }


def applicant(service: Service, form: dict[str, Any], contact: dict[str, Any]) -> dict[str, str]:
    """Read from a form who applies: {"type", "name", "id"}."""
    name = form.get(service.applicant.name or "") or contact.get("name", "")
    return {"type": service.applicant.type, "name": str(name), "id": str(form.get(service.applicant.id, ""))}


def identified(cases: Cases, case: Case, service: Service, private: dict[str, Any], key: bytes) -> Case:
    """Return a head that is found, shown and verified by who applies, as `private` says it now."""
    name, number = private["applicant"]["name"], private["applicant"]["id"]
    return case.with_(
        applicant_hash=cases.applicant(number),
        applicant_masked=mask.name(name) if service.applicant.type == "person" else name,
        verify=ids.keyed(key, "verify", case.case_no, number[-4:].upper()),
    )


def _delivery(body: dict[str, Any], service: Service) -> dict[str, Any]:
    """Return how the result goes out. Raises InvalidInput for a way the service has not, or half an address."""
    delivery: dict[str, Any] = body.get("delivery") or {"method": _unasked(service)}
    if delivery["method"] not in service.delivery:
        message = "这个事项不支持这种领取方式"
        raise InvalidInput(message, [Fault("delivery.method", "enum", message)])
    _complete(delivery)
    return delivery


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


def check_materials(service: Service, given: list[dict[str, str]], named: Collection[str] = ()) -> None:
    """Raise InvalidInput for a material the service does not ask for, and no clerk named."""
    known = {each.code for each in service.materials} | set(named)
    wrong = [
        Fault(f"materials.{place}.code", "unknown", f"这个事项不需要材料“{each['code']}”")
        for place, each in enumerate(given)
        if each["code"] not in known
    ]
    if wrong:
        raise InvalidInput("；".join(fault.message for fault in wrong[:5]), wrong)


def handed_in(intake: Intake, service: Service, files: Callable[[], Files]) -> list[dict[str, str]]:
    """List the files of a submission, each held fast as it lies there now; where there are none, nothing is asked.

    Raises InvalidInput for one that is not there or not what it says, Unavailable.
    """
    given, names = intake.body.get("materials", []), {each.code: each.name for each in service.materials}
    return files().pinned(intake.sender, given, names) if given else []


def lacking_materials(service: Service, private: dict[str, Any]) -> list[dict[str, str]]:
    """Name the materials the applicant must bring and has not; they never stop a submission (《行政许可法》第32条)."""
    given = {each["code"] for each in private["materials"]}
    wanted = service.asked_materials(private["form"])
    return [{"code": each.code, "name": each.name} for each in wanted if each.code not in given]
