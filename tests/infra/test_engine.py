"""The embedded engine as we run it: on this machine only, and what it keeps when it stops or is killed."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.packing import ROOT
from tools.engine import Engine, EngineFailed, free_port, start


def test_an_engine_that_cannot_start_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(EngineFailed, match=r"engine\.log"):
            start(tmp_path, taken.getsockname()[1])


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    running = start(tmp_path, free_port())
    yield running
    running.stop()


def test_the_engine_keeps_its_state_and_listens_here_only(engine: Engine, tmp_path: Path) -> None:
    engine.client("sqs").create_queue(QueueName="kept")
    with socket.socket() as outside:
        outside.settimeout(1)
        own = socket.gethostbyname(socket.gethostname())
        if not own.startswith("127."):
            assert outside.connect_ex((own, engine.port)) != 0
    engine.stop()
    assert engine.process.returncode is not None
    second = start(tmp_path, engine.port)
    try:
        found: dict[str, Any] = second.client("sqs").list_queues()
        assert [url.rsplit("/", 1)[-1] for url in found["QueueUrls"]] == ["kept"]
    finally:
        second.stop()


def test_an_engine_that_is_killed_comes_back_as_it_was_seconds_before(tmp_path: Path) -> None:
    first = start(tmp_path, free_port(), save_every=0.2)
    first.client("apigateway").create_rest_api(name="kept")
    kept = tmp_path / "data" / "apigateway_v1.json"
    until = time.monotonic() + 20
    while not (kept.exists() and "kept" in kept.read_text("utf-8")) and time.monotonic() < until:
        time.sleep(0.1)
    for _ in range(2):  # a start must not write over what it has not read yet
        first.process.kill()
        first.process.wait()
        first = start(tmp_path, first.port, save_every=0.2)
        time.sleep(1)
    try:
        assert [each["name"] for each in first.client("apigateway").get_rest_apis()["items"]] == ["kept"]
    finally:
        first.stop()


def nested(rows: int) -> dict[str, Any]:
    """An item that takes long to copy and to write for its size."""
    return {"L": [{"L": [{"S": ""}]}] * rows}


def test_what_is_written_holds_a_moment_whole_whatever_happens_meanwhile(tmp_path: Path) -> None:
    """Writing takes long by the other tables, and meanwhile rows come in pairs: both of a pair are kept, or neither."""
    engine = start(tmp_path, free_port(), save_every=0.2)
    dynamo, kept = engine.client("dynamodb"), tmp_path / "data" / "dynamodb.json"
    for name in ("large", "pairs"):
        key = {"KeySchema": [{"AttributeName": "key", "KeyType": "HASH"}]}
        types = [{"AttributeName": "key", "AttributeType": "S"}]
        dynamo.create_table(TableName=name, **key, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")
    for number in range(8):
        dynamo.put_item(TableName="large", Item={"key": {"S": str(number)}, "rows": nested(20_000)})
    until, pairs, written = time.monotonic() + 60, 0, set[int]()
    while time.monotonic() < until and len(written) < 4:
        both = [{"Put": {"TableName": "pairs", "Item": {"key": {"S": f"{pairs}{side}"}}}} for side in "ab"]
        dynamo.transact_write_items(TransactItems=both)
        pairs += 1
        if pairs > 10 and kept.exists():
            written.add(kept.stat().st_mtime_ns)
    engine.process.kill()
    engine.process.wait()
    assert len(written) == 4
    assert " ERROR " not in (tmp_path / "engine.log").read_text("utf-8")
    names = {path.stem for path in (tmp_path / "data").glob("*.json")}
    assert "dynamodb" in names and not names & {"rds", "ecs", "glue"}, "a file for each service that holds something"
    again = start(tmp_path, engine.port)
    try:
        items = again.client("dynamodb").scan(TableName="pairs")["Items"]
        keys = [item["key"]["S"] for item in items]
        assert 0 < len(keys) <= 2 * pairs and len({key[:-1] for key in keys}) * 2 == len(keys)
    finally:
        again.stop()


def test_the_state_is_written_soon_again_however_long_it_takes() -> None:
    asked = "from tools.engine_saving import pause; print([pause(5, took) for took in (0.1, 4, 60)])"
    python = ROOT / ".local" / "engine" / "bin" / "python"
    told = subprocess.run([python, "-B", "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout.splitlines()[-1]) == [5, 8, 10]


def test_functions_of_one_code_share_its_folder_and_a_stop_waits_for_none(engine: Engine, tmp_path: Path) -> None:
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as packed:
        packed.writestr("app.py", "import time\ndef act(event, context):\n    time.sleep(event)\n    return event")
    functions = engine.client("lambda")
    for name in ("one", "two"):
        given = {"Handler": "app.act", "Role": "arn:aws:iam::000000000000:role/r", "Timeout": 60}
        functions.create_function(FunctionName=name, Runtime="python3.11", Code={"ZipFile": code.getvalue()}, **given)
        assert functions.invoke(FunctionName=name, Payload=b"0")["Payload"].read() == b"0"
    unpacked = [path.resolve() for path in (tmp_path / "tmp").glob("ministack-lambda-*/code")]
    assert len(unpacked) == 2 and len(set(unpacked)) == 1
    functions.invoke(FunctionName="one", InvocationType="Event", Payload=b"60")
    time.sleep(1)
    began = time.monotonic()
    engine.stop()
    assert engine.process.returncode == 0 and time.monotonic() - began < 15
    assert (tmp_path / "data" / "lambda.json").exists() and not (tmp_path / "tmp").exists()
