"""How the rows of a case lie in the cases table, and the way there and back."""

from __future__ import annotations

from typing import Any

from pynamodb.attributes import BinaryAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection
from pynamodb.models import Model

from chalicelib.cases.clock import Clock
from chalicelib.cases.model import EVENT, HEAD, Case, Event, Row, event_key
from chalicelib.kernel import clock, ids, tables
from chalicelib.vocabulary.events import EVENTS
from chalicelib.vocabulary.statuses import Status

FOLLOWED = "followed"  # the status of an event that is told, or begins something


class ByOwner(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Cases of one sender, by time of receipt."""

    class Meta:
        index_name = "by_owner"
        projection = KeysOnlyProjection()

    owner = UnicodeAttribute(hash_key=True)
    received_at = UnicodeAttribute(range_key=True)


class ByPhone(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Cases with one contact phone, by time of receipt."""

    class Meta:
        index_name = "by_phone"
        projection = KeysOnlyProjection()

    phone_hash = UnicodeAttribute(hash_key=True)
    received_at = UnicodeAttribute(range_key=True)


class ByApplicant(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """Cases of one applicant's identity number or credit code, by time of receipt."""

    class Meta:
        index_name = "by_applicant"
        projection = KeysOnlyProjection()

    applicant_hash = UnicodeAttribute(hash_key=True)
    received_at = UnicodeAttribute(range_key=True)


class Worklist(GlobalSecondaryIndex["Item"]):  # type: ignore[no-untyped-call]
    """What lies on a desk, by due date. Desks of people: `<department>@<region>`; of rounds: `@owed#7`, `@paying#7`."""

    class Meta:
        index_name = "worklist"
        projection = IncludeProjection(["kind", "status", "data", "rev"])

    desk = UnicodeAttribute(hash_key=True)
    due = UnicodeAttribute(range_key=True)


class Item(Model):
    """Every row of every case. `infra/resources/cases.yaml` makes the table; attributes absent from a row cost nothing."""

    class Meta(tables.Limits):
        pass

    case_no = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute()
    status = UnicodeAttribute(null=True)
    rev = NumberAttribute()
    desk = UnicodeAttribute(null=True)
    due = UnicodeAttribute(null=True)
    token = UnicodeAttribute(null=True)
    outcome = UnicodeAttribute(null=True)
    data = JSONAttribute(null=True)
    sealed = BinaryAttribute(null=True, legacy_encoding=False)
    # of heads only
    service = UnicodeAttribute(null=True)
    version = UnicodeAttribute(null=True)
    service_name = UnicodeAttribute(null=True)
    channel = UnicodeAttribute(null=True)
    region = UnicodeAttribute(null=True)
    received_at = UnicodeAttribute(null=True)
    clock = UnicodeAttribute(null=True)
    owner = UnicodeAttribute(null=True)
    phone_hash = UnicodeAttribute(null=True)
    applicant_hash = UnicodeAttribute(null=True)
    applicant_masked = UnicodeAttribute(null=True)
    verify = UnicodeAttribute(null=True)
    receipt_key = UnicodeAttribute(null=True)
    content_hash = UnicodeAttribute(null=True)
    by_owner = ByOwner()
    by_phone = ByPhone()
    by_applicant = ByApplicant()
    worklist = Worklist()


FREE = Item.case_no.does_not_exist()
INDEXES: dict[str, Any] = {"owner": Item.by_owner, "phone_hash": Item.by_phone, "applicant_hash": Item.by_applicant}


def head_attributes(case: Case) -> dict[str, dict[str, Any]]:
    """Write a head as DynamoDB takes it. Accepting an application comes by here, and PynamoDB's attributes cost a tenth of it."""
    texts = {
        "case_no": case.case_no,
        "sk": HEAD,
        "kind": HEAD,
        "status": str(case.status),
        "desk": case.desk,
        "due": case.due,
        "data": ids.canonical(case.facts),
        "service": case.service,
        "version": case.version,
        "service_name": case.service_name,
        "channel": case.channel,
        "region": case.region,
        "received_at": clock.iso(case.received_at),
        "clock": case.clock.text(),
        "owner": case.owner,
        "phone_hash": case.phone_hash,
        "applicant_hash": case.applicant_hash,
        "applicant_masked": case.applicant_masked,
        "verify": case.verify,
        "receipt_key": case.receipt_key,
        "content_hash": case.content_hash,
    }
    attributes: dict[str, dict[str, Any]] = {name: {"S": text} for name, text in texts.items() if text}
    return attributes | {"rev": {"N": str(case.rev)}, "sealed": {"B": case.sealed}}


def event_item(case: Case, event: Event) -> Item:
    """Write an event under its number; one that nothing follows does not wake the outbox (`infra/resources/cases.yaml`)."""
    status = FOLLOWED if EVENTS[event.name].followed else None
    return Item(case.case_no, event_key(case.rev), kind=EVENT, status=status, rev=1, data=event.written())


def row_item(row: Row) -> Item:
    """Write a row at its next rev."""
    return Item(
        row.case_no,
        row.key,
        kind=row.kind,
        status=row.status,
        rev=row.rev + 1,
        desk=row.desk,
        due=row.due,
        token=row.token,
        outcome=row.outcome,
        data=row.data,
    )


def case_of(item: Item) -> Case:
    """Read a head."""
    return Case(
        case_no=item.case_no,
        status=Status(item.status),
        rev=int(item.rev or 0),
        service=item.service,
        version=item.version or "",
        service_name=item.service_name,
        channel=item.channel,
        region=item.region,
        received_at=clock.parse(item.received_at),
        clock=Clock.read(item.clock),
        owner=item.owner or "",
        phone_hash=item.phone_hash or "",
        applicant_hash=item.applicant_hash or "",
        applicant_masked=item.applicant_masked or "",
        verify=item.verify or "",
        receipt_key=item.receipt_key or "",
        content_hash=item.content_hash or "",
        sealed=item.sealed or b"",
        desk=item.desk,
        due=item.due,
        facts=item.data or {},
    )


def row_of(item: Item) -> Row:
    """Read any other row."""
    return Row(
        case_no=item.case_no,
        key=item.sk,
        kind=item.kind,
        status=item.status or "",
        rev=int(item.rev),
        desk=item.desk,
        due=item.due,
        token=item.token,
        outcome=item.outcome,
        data=item.data or {},
    )
