"""The desk: one conditional write, the same answer again, and a clear no."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError

from chalicelib.intake.model import Intake, Reply
from chalicelib.intake.service import Desk
from chalicelib.kernel import ids
from chalicelib.kernel.errors import AppError, Conflict, Forbidden, InvalidInput, NotFound, TooMany, Unavailable
from chalicelib.vocabulary.statuses import Status
from tests.unit.memory import MemoryStore, cases
from tests.unit.office import desk as office
from tests.unit.s3 import PAGE, PNG, S3
from tests.unit.samples import ID, NOW, Services, application


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def desk(store: MemoryStore) -> Desk:
    return office(cases(store), Services())


def test_a_receipt_says_what_was_promised(desk: Desk, store: MemoryStore) -> None:
    reply = desk.receive(application(), NOW)
    assert reply.created and ids.is_case_number(reply.body["case_no"])
    assert reply.body["promised_by"] == "2026-07-08" and reply.body["status"] == "submitted"
    assert reply.body["missing_materials"] == [{"code": "photo", "name": "现场照片"}]
    assert list(store.heads) == [reply.body["case_no"]] and not store.kept


def test_the_same_message_is_the_same_case(desk: Desk, store: MemoryStore) -> None:
    first, *again = (desk.receive(application(), NOW + timedelta(minutes=n)) for n in range(3))
    assert [each.body for each in again] == [first.body] * 2 and not any(each.created for each in again)
    assert len(store.heads) == 1


def test_a_receipt_is_the_same_again_though_the_case_went_on(desk: Desk, store: MemoryStore) -> None:
    first = desk.receive(application(), NOW)
    assert first.body["clock"]["accepted"] is False and "预计7月8日前办结" in first.text
    head = store.heads[first.body["case_no"]]
    later = head.clock.accept(NOW.date() + timedelta(days=5)).extend(3)
    store.heads[head.case_no] = head.with_(clock=later)
    again = desk.receive(application(), NOW + timedelta(days=6))
    assert (again.body, again.text) == (first.body, first.text)


def test_the_same_key_with_other_content_is_refused(desk: Desk, store: MemoryStore) -> None:
    desk.receive(application(), NOW)
    with pytest.raises(Conflict) as refused:
        desk.receive(application(place="天府广场"), NOW)
    assert refused.value.code == "idempotency_conflict" and len(store.heads) == 1


def test_a_true_collision_takes_the_next_number(desk: Desk, store: MemoryStore) -> None:
    taken = desk.receive(application(), NOW).body["case_no"]
    store.heads[taken] = store.heads[taken].with_(receipt_key="somebody else's")
    second = desk.receive(application(), NOW)
    assert second.created and second.body["case_no"] != taken
    assert desk.receive(application(), NOW).body == second.body


def test_two_channels_make_the_same_record(desk: Desk, store: MemoryStore) -> None:
    numbers = [
        desk.receive(application("m", channel, "tel:13800001234"), NOW).body["case_no"] for channel in ("web", "sms")
    ]
    one, other = (cases(store).opened(number) for number in numbers)
    keys = {"case_no", "channel", "receipt_key", "verify", "sealed", "desk"}
    assert {k for k, v in vars(one).items() if v != getattr(other, k)} <= keys
    assert one.private == other.private


def test_nothing_personal_is_kept_in_clear(desk: Desk, store: MemoryStore) -> None:
    desk.receive(application(), NOW)
    (head,) = store.heads.values()
    shown = repr(head.with_(private=None))
    assert ID not in shown and "13800001234" not in shown and "张三丰" not in shown
    assert head.applicant_masked == "张*丰"


@pytest.mark.parametrize(
    ("spoil", "path"),
    [
        ({"service": "nothing"}, "service"),
        ({"form": {"name": "张三", "id_number": "510104199001010018"}}, "form.id_number"),
        ({"form": {"name": "张三"}}, "form.id_number"),
        ({"form": {"name": "张三", "id_number": ID, "x": 1}}, "form.x"),
        ({"delivery": {"method": "pickup"}}, "delivery.method"),
        ({"delivery": {"method": "courier"}}, "delivery.name"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    desk: Desk, store: MemoryStore, spoil: dict[str, Any], path: str
) -> None:
    intake = application()
    with pytest.raises(InvalidInput) as refused:
        desk.receive(replace(intake, body={**intake.body, **spoil}), NOW)
    assert refused.value.fields[0].path == path and not store.heads


def test_a_channel_the_service_is_not_fit_for(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="自助终端"):
        desk.receive(application(channel="kiosk"), NOW)


def _query(case_no: str, sender: str, **more: Any) -> Intake:
    return Intake("query", "web", sender, "", {"case_no": case_no, **more}, NOW)


def test_status_by_phone_on_record_or_last_four(desk: Desk) -> None:
    number = desk.receive(application(), NOW).body["case_no"]
    assert desk.receive(_query(number, "tel:13800001234"), NOW).body["status"] == "submitted"
    assert desk.receive(_query(number, "ip:1", verify="0019"), NOW).body["status_name"] == "已收件"
    with pytest.raises(Forbidden) as refused:
        desk.receive(_query(number, "tel:13900000000"), NOW)
    assert refused.value.code == "verify_needed"
    with pytest.raises(InvalidInput):
        desk.receive(_query("123456789012", "ip:1", verify="0019"), NOW)


def _nobodys(taken: str) -> str:
    """A case number that nobody has."""
    return next(number for number in (ids.case_number("0" * 32, n) for n in range(9)) if number != taken)


def _asked(desk: Desk, number: str, times: int, **more: Any) -> list[tuple[type, str, str]]:
    """Ask again and again; return how one was refused."""
    found = []
    for _ in range(times):
        with pytest.raises(AppError) as refused:
            desk.receive(_query(number, "ip:1", **more), NOW)
        found.append((type(refused.value), refused.value.code, refused.value.detail))
    return found


def test_no_such_case_and_wrong_digits_are_one_answer(desk: Desk) -> None:
    number = desk.receive(application(), NOW).body["case_no"]
    wrong, none = (_asked(desk, each, 5, verify="9999") for each in (number, _nobodys(number)))
    assert wrong == none and [each[1] for each in wrong] == ["verify_failed"] * 3 + ["locked"] * 2
    assert _asked(desk, number, 1) == _asked(desk, _nobodys(number), 1)
    assert _asked(desk, number, 1)[0][1] == "verify_needed"


def test_many_callers_are_heard_alike_of_a_case_and_of_none(desk: Desk) -> None:
    nobodys = _nobodys(desk.receive(application(), NOW).body["case_no"])
    for caller in range(20):
        with pytest.raises(NotFound):
            desk.receive(_query(nobodys, f"ip:{caller}", verify="9999"), NOW)
    with pytest.raises(TooMany):
        desk.receive(_query(nobodys, "ip:20", verify="9999"), NOW)
    with pytest.raises(NotFound):
        desk.receive(_query(nobodys, "ip:20", verify="9999"), NOW + timedelta(minutes=31))


def test_three_wrong_tries_lock_the_caller_not_the_citizen(desk: Desk) -> None:
    number = desk.receive(application(), NOW).body["case_no"]
    for _ in range(3):
        with pytest.raises(NotFound):
            desk.receive(_query(number, "ip:1", verify="9999"), NOW)
    with pytest.raises(TooMany):
        desk.receive(_query(number, "ip:1", verify="0019"), NOW)
    assert desk.receive(_query(number, "ip:2", verify="0019"), NOW).body["status"] == "submitted"
    assert (
        desk.receive(_query(number, "ip:1", verify="0019"), NOW + timedelta(minutes=31)).body["status"] == "submitted"
    )


def test_tries_at_once_all_count(store: MemoryStore, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.receive(application(), NOW).body["case_no"]
    stale, head = store.head(number), store.head
    for _ in range(3):  # each reads the case as it was before the first try was counted
        reads = iter([stale])
        monkeypatch.setattr(store, "head", lambda case_no, reads=reads: next(reads, None) or head(case_no))
        with pytest.raises(NotFound):
            desk.receive(_query(number, "ip:1", verify="9999"), NOW)
    monkeypatch.setattr(store, "head", head)
    with pytest.raises(TooMany):
        desk.receive(_query(number, "ip:1", verify="0019"), NOW)


def test_many_callers_do_not_get_around_the_lock(desk: Desk) -> None:
    number = desk.receive(application(), NOW).body["case_no"]
    for caller in range(20):
        with pytest.raises(NotFound):
            desk.receive(_query(number, f"ip:{caller}", verify="9999"), NOW)
    with pytest.raises(TooMany):  # not even the right answer: else a wrong one would tell
        desk.receive(_query(number, "ip:20", verify="0019"), NOW)
    assert desk.receive(_query(number, "ip:0", verify="0019"), NOW).body["status"] == "submitted"
    assert desk.receive(_query(number, "tel:13800001234"), NOW).body["status"] == "submitted"


@pytest.mark.parametrize("case_no", ["", "0", "9" * 3000, "waybill#1", "١" * 12])
def test_a_number_that_is_none_is_not_looked_for(desk: Desk, case_no: str) -> None:
    with pytest.raises(NotFound):
        _act(desk, "withdrawal", case_no)


def test_materials_nobody_asked_for_are_refused(desk: Desk, store: MemoryStore) -> None:
    intake = application()
    given = [{"code": "photo", "material_id": "0" * 32}, {"code": "poem", "material_id": "1" * 32}]
    with pytest.raises(InvalidInput) as refused:
        desk.receive(replace(intake, body={**intake.body, "materials": given}), NOW)
    assert [fault.path for fault in refused.value.fields] == ["materials.1.code"] and not store.heads


def _with_photo(s3: S3) -> tuple[Intake, dict[str, Any]]:
    """An application with a photo, and the form by which that is uploaded."""
    intake = application()
    made = s3.materials().upload(intake.sender, {"type": "image/png", "size": 100}, NOW)
    given = [{"code": "photo", "material_id": made["material_id"]}]
    return replace(intake, body={**intake.body, "materials": given}), made["upload"]


def test_the_same_application_is_the_same_whatever_became_of_its_files(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3 = S3(monkeypatch)
    desk, (intake, upload) = office(cases(store), Services(), files=s3.materials), _with_photo(s3)
    s3.post(upload["url"], upload["fields"], PNG)
    first = desk.receive(intake, NOW)
    assert first.created and first.body["missing_materials"] == []
    s3.post(upload["url"], upload["fields"], PAGE)
    again = desk.receive(intake, NOW)
    s3.down = ConnectTimeoutError(endpoint_url="https://s3")
    assert [again.body, desk.receive(intake, NOW).body] == [first.body] * 2 and not again.created
    (pin,) = (cases(store).opened(first.body["case_no"]).private or {})["materials"]
    assert pin["version"] == "v1" and len(s3.reads) == 1
    with pytest.raises(Conflict):
        desk.receive(replace(intake, body={**intake.body, "materials": []}), NOW)


def test_a_file_that_is_not_there_is_refused_and_a_bucket_that_is_down_loses_nothing(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3 = S3(monkeypatch)
    desk, (intake, upload) = office(cases(store), Services(), files=s3.materials), _with_photo(s3)
    with pytest.raises(InvalidInput) as refused:
        desk.receive(intake, NOW)
    assert [fault.path for fault in refused.value.fields] == ["materials.0.material_id"] and not store.heads
    s3.post(upload["url"], upload["fields"], PNG)
    s3.down = ConnectTimeoutError(endpoint_url="https://s3")
    with pytest.raises(Unavailable):
        desk.receive(intake, NOW)
    assert not store.heads
    s3.down = None
    assert desk.receive(intake, NOW).created


def _act(desk: Desk, kind: Any, case_no: str, sender: str = "tel:13800001234", **more: Any) -> Reply:
    return desk.receive(Intake(kind, "web", sender, "", {"case_no": case_no, **more}, NOW), NOW)


def test_withdrawing_is_for_the_applicant_before_a_decision(desk: Desk, store: MemoryStore) -> None:
    number = desk.receive(application(), NOW).body["case_no"]
    with pytest.raises(NotFound):
        _act(desk, "withdrawal", number, "tel:13900000000")
    assert _act(desk, "withdrawal", number).body["status"] == "withdrawn"
    assert _act(desk, "withdrawal", number).body["status"] == "withdrawn"
    assert len([key for _, key in store.kept if key.startswith("event#")]) == 1


def test_withdrawing_after_a_decision_is_refused(desk: Desk, store: MemoryStore) -> None:
    number = desk.receive(application(), NOW).body["case_no"]
    store.heads[number] = store.heads[number].with_(status=Status.GRANTED)
    with pytest.raises(Conflict):
        _act(desk, "withdrawal", number)


def test_supplementing_when_nothing_is_asked_is_refused(desk: Desk) -> None:
    number = desk.receive(application(), NOW).body["case_no"]
    with pytest.raises(AppError) as refused:
        _act(desk, "supplement", number, form={"place": "太古里"})
    assert refused.value.code == "illegal_state"
