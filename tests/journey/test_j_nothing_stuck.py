"""Nothing is stuck: a service published anew, a case that cannot be carried out, workflows that failed, dead letters."""

from __future__ import annotations

import json
import uuid
from functools import partial
from typing import Any

import pytest

from chalicelib.cases.desks import round_desk
from chalicelib.cases.model import HEAD, OWED
from chalicelib.kernel import clock
from chalicelib.kernel.errors import Conflict
from tests.journey.city import City
from tests.journey.publishing import publish
from tools.letters import replay
from tools.moving import move
from tools.ops import faults
from tools.owed import reconcile
from tools.stack import Stack
from tools.system import System, found

REVIEW = {"id": "review", "name": "审核", "kind": "review", "departments": ["mzj"], "limit_days": 1}
DECIDE = {"id": "decide", "name": "决定", "kind": "decision", "departments": ["mzj"], "limit_days": 1}
AGAIN = {**REVIEW, "id": "again", "name": "复核"}


@pytest.fixture
def system(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> System:
    """The system as `make ops` finds it."""
    monkeypatch.setenv("RONGYIBAN_STATE", str(stack.state))
    return found()


def test_a_service_published_with_a_stage_more_and_one_less_leaves_running_cases_whole(
    stack: Stack, city: City
) -> None:
    me, code, phone = city.wechat(), f"two-stages-{uuid.uuid4().hex[:6]}", City.phone()
    assert publish(stack, code, stages=[REVIEW, DECIDE]) == "v000001"
    numbers = [city.apply(me, code, phone)["case_no"] for _ in range(20)]
    assert publish(stack, code, stages=[REVIEW, AGAIN, DECIDE]) == "v000002"
    for number in numbers[:10]:
        city.decide("mzj", "approver", number)
    assert publish(stack, code, stages=[DECIDE]) == "v000003"
    for number in numbers[10:]:
        city.decide("mzj", "approver", number)
    for number in numbers:
        city.decide("mzj", "approver", number)
    for number in numbers:
        city.status(me, number, "delivered")
        assert [event for event in city.events(me, number) if event in ("reviewed", "granted")] == [
            "reviewed",
            "granted",
        ]


def test_a_case_moved_to_another_version_on_purpose_goes_on_by_its_stages(
    stack: Stack, city: City, system: System
) -> None:
    me, code, phone = city.wechat(), f"moved-{uuid.uuid4().hex[:6]}", City.phone()
    publish(stack, code, stages=[REVIEW, DECIDE])
    number = city.apply(me, code, phone)["case_no"]
    city.decide("mzj", "approver", number)
    assert city.task("mzj", "approver", number)[1]["stage"] == "decide"
    publish(stack, code, stages=[REVIEW, AGAIN, DECIDE])
    told = 'stages: ["review", "decide"] → ["review", "again", "decide"]'
    publish(stack, code, stages=[REVIEW])
    with pytest.raises(Conflict, match="再没有人作决定"):
        move(system, number, "v000003", sure=True)
    assert move(system, number, "v000002", sure=False)[0] == told
    said = move(system, number, "v000002", sure=True)
    assert said[0] == told and "begun again" in said[-1]
    assert city.case(me, number)["timeline"][-1]["event"] == "rules_changed"
    look = lambda: [each for each in _tasks(city, number) if each["stage"] == "again"]  # noqa: E731
    city.until(look, "the stage that came between")
    assert [each["stage"] for each in _tasks(city, number)] == ["again"], "the decision waits for its turn"
    for _ in range(2):
        city.decide("mzj", "approver", number)
    city.status(me, number, "delivered")


def test_a_case_that_waits_for_its_applicant_is_not_moved_and_goes_on(stack: Stack, city: City, system: System) -> None:
    me, code, phone = city.wechat(), f"waits-{uuid.uuid4().hex[:6]}", City.phone()
    publish(stack, code, stages=[REVIEW, DECIDE])
    number = city.apply(me, code, phone)["case_no"]
    publish(stack, code, stages=[REVIEW, AGAIN, DECIDE])
    city.decide("mzj", "approver", number)
    city.decide("mzj", "approver", number, "correct", missing=[{"text": "照片"}])
    with pytest.raises(Conflict, match="等申请人补正"):
        move(system, number, "v000002", sure=True)
    material = city.hand_in(me, b"\x89PNG\r\n\x1a\n1234")
    handed = {"materials": [{"code": "residence-proof", "material_id": material}]}
    city.call("POST", f"/v1/cases/{number}/supplement", me, json=handed)
    city.decide("mzj", "approver", number)
    city.status(me, number, "delivered")


def test_a_case_that_cannot_be_carried_out_holds_up_no_other_and_goes_on_after_the_mend(
    stack: Stack, city: City
) -> None:
    me, code, phone = city.wechat(), f"poisoned-{uuid.uuid4().hex[:6]}", City.phone()
    place = {"code": {"S": code}, "version": {"S": publish(stack, code)}}
    dynamo, table = stack.client("dynamodb"), stack.outputs["CatalogueTable"]
    kept = dynamo.get_item(TableName=table, Key=place)["Item"]
    dynamo.delete_item(TableName=table, Key=place)
    poisoned = city.apply(me, code, phone)["case_no"]
    others = [city.apply(me, "elder-card", phone)["case_no"] for _ in range(5)]
    for number in others:
        city.decide("mzj", "approver", number)
    assert city.events(me, poisoned) == ["submitted"]
    dynamo.put_item(TableName=table, Item=kept)
    city.decide("mzj", "approver", poisoned)
    city.status(me, poisoned, "delivered")


def test_workflows_that_failed_are_begun_again_once_each(stack: Stack, city: City) -> None:
    me, phone = city.wechat(), City.phone()
    numbers = [city.apply(me, "elder-card", phone)["case_no"] for _ in range(5)]
    for number in numbers:
        city.task("mzj", "approver", number)
    states = stack.client("stepfunctions")
    arn = next(
        each["stateMachineArn"] for each in states.list_state_machines()["stateMachines"] if "Approval" in each["name"]
    )
    runs = arn.replace(":stateMachine:", ":execution:")
    for number in numbers:
        states.stop_execution(executionArn=f"{runs}:{number}")

    def status(name: str) -> str | None:
        try:
            return str(states.describe_execution(executionArn=f"{runs}:{name}")["status"])
        except states.exceptions.ExecutionDoesNotExist:
            return None

    def running(number: str) -> bool:
        return status(f"{number}-1") == "RUNNING"

    for number in numbers:
        city.until(partial(running, number), f"{number} to be begun again")
    for number in numbers:
        city.decide("mzj", "approver", number)
        city.status(me, number, "delivered")
        assert status(f"{number}-2") is None, "once"


GIVEN = "结果已送达"  # what somebody hears of a case that is granted and given at once


def _notice(stack: Stack, number: str) -> str:
    """The key of the one notice of such a case."""
    asked = {"KeyConditionExpression": "case_no = :no AND begins_with(sk, :notice)"}
    values = {":no": {"S": number}, ":notice": {"S": "notice#"}}
    found = stack.client("dynamodb").query(
        TableName=stack.outputs["CasesTable"], **asked, ExpressionAttributeValues=values
    )["Items"]
    assert len(found) == 1, found
    return str(found[0]["sk"]["S"])


def _told(city: City, me: str, number: str, event: str) -> dict[str, str]:
    """The fate of the notice of an event."""
    entry = next(each for each in city.case(me, number)["timeline"] if each["event"] == event)
    return dict(entry.get("notice") or {"status": ""})


def test_dead_letters_go_back_to_work_and_double_nothing(stack: Stack, city: City, system: System) -> None:
    phone = City.phone()
    _, me = city.neighbour()
    number = city.apply(me, "elder-card", phone)["case_no"]
    city.decide("mzj", "approver", number)
    city.status(me, number, "delivered")
    city.heard(phone, GIVEN)
    queues = stack.client("sqs")
    queues.send_message(QueueUrl=stack.outputs["StreamDeadLetters"], MessageBody=json.dumps(_letter(stack, number)))
    notice = json.dumps({"case_no": number, "event": int(_notice(stack, number)[-6:]), "name": "delivered"})
    queues.send_message(QueueUrl=stack.outputs["NoticesDeadLetters"], MessageBody=notice)
    assert replay(system) >= 2
    city.until(
        lambda: not _waiting(stack, "OutboxQueue") and not _waiting(stack, "NoticesQueue"), "the queues to be empty"
    )
    assert len(city.heard(phone, GIVEN)) == 1 and city.events(me, number).count("delivered") == 1
    assert number not in [each["case_no"] for each in faults(system)]


def test_what_the_stream_lost_is_carried_out_by_the_clock_and_found_in_the_whole_table(
    stack: Stack, city: City, system: System
) -> None:
    """A notice's row taken away stands for an event the stream never told of."""
    phone = City.phone()
    _, me = city.neighbour()
    number = city.apply(me, "elder-card", phone)["case_no"]
    city.decide("mzj", "approver", number)
    city.status(me, number, "delivered")
    dynamo, table = stack.client("dynamodb"), stack.outputs["CasesTable"]

    def lose() -> None:
        told = lambda: _told(city, me, number, "delivered")["status"] == "delivered"  # noqa: E731
        city.until(told, "the report on the notice")
        dynamo.delete_item(TableName=table, Key=_key(number, _notice(stack, number)))

    def desk(change: str, **values: str) -> None:
        given = {f":{name}": {"S": text} for name, text in values.items()}
        more = {"ExpressionAttributeValues": given} if given else {}
        dynamo.update_item(TableName=table, Key=_key(number, HEAD), UpdateExpression=change, **more)

    sent = len(city.heard(phone, GIVEN))
    lose()
    desk("SET desk = :desk, due = :due", desk=round_desk(OWED, number), due="2026-01-01")
    asked = json.dumps({"round": "carried_out"})
    done = stack.client("lambda").invoke(FunctionName=stack.outputs["ClockFunction"], Payload=asked)
    assert json.load(done["Payload"])["carried_out"] >= 1
    assert len(city.heard(phone, GIVEN, sent + 1)) == sent + 1
    desk("REMOVE desk, due")
    lose()
    assert reconcile(system, clock.now()) >= 1
    assert len(city.heard(phone, GIVEN, sent + 2)) == sent + 2
    assert city.events(me, number).count("delivered") == 1 and city.status(me, number, "delivered")


def _key(case_no: str, key: str) -> dict[str, Any]:
    return {"case_no": {"S": case_no}, "sk": {"S": key}}


def _tasks(city: City, number: str) -> list[dict[str, Any]]:
    page = city.call("GET", "/v1/tasks", city.clerk("mzj", "approver"))
    return [each for each in page["tasks"] if each["case_no"] == number]


def _letter(stack: Stack, number: str) -> dict[str, Any]:
    """What Lambda writes of a batch it gave up: here the record of the case's head."""
    streams = stack.client("dynamodbstreams")
    arn = stack.client("dynamodb").describe_table(TableName=stack.outputs["CasesTable"])["Table"]["LatestStreamArn"]
    for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
        asked = {"StreamArn": arn, "ShardId": shard["ShardId"]}
        place = streams.get_shard_iterator(**asked, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        while place:
            told = streams.get_records(ShardIterator=place)
            for record in told["Records"]:
                keys = record["dynamodb"]["Keys"]
                if (keys["case_no"]["S"], keys["sk"]["S"]) == (number, "case"):
                    at = record["dynamodb"]["SequenceNumber"]
                    batch = {
                        "streamArn": arn,
                        "shardId": shard["ShardId"],
                        "startSequenceNumber": at,
                        "endSequenceNumber": at,
                    }
                    return {"DDBStreamBatchInfo": batch}
            place = told.get("NextShardIterator") if told["Records"] else None
    raise AssertionError(f"no record of {number}")


def _waiting(stack: Stack, queue: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    told = stack.client("sqs").get_queue_attributes(QueueUrl=stack.outputs[queue], AttributeNames=names)["Attributes"]
    return sum(int(count) for count in told.values())
