"""Run the engine with the interpreter of `.local/engine`, with what it lacks for us put right from outside.

* It ends, cleanly, when the one who started it is gone; and as soon as the state is written, though workflows still wait.
* With `SFN_WAIT_SCALE` far below 1 (tests), retries of a task wait a tenth as long at most: they still wait.
* After a restart streams are read from their (new, empty) beginning: the engine restores positions of records it no longer has,
  and would pass over as many new ones.
* A step that fails while a workflow waits for its token fails the state, so that it is retried as on AWS; the engine would wait on.
* Under `AUTH` (the journeys: every function with the rights of its own role) an answer to a token is checked against a workflow,
  as on AWS; the engine would ask for a right to everything. Messages sent ten a call ask for the right to send one, as on AWS. And this
  machine's own loopback counts as an encrypted line.
* An answer of a function does not wait 50 ms for a first line of its log (nine tenths of a local request). A line that comes later
  is not lost: it stands in the log of the next call.
* A path whose every method goes to one place (`x-amazon-apigateway-any-method`) is read from the template.
* Its state is written whole, and with `SAVE_EVERY` (seconds; `make run`) while it runs (`tools/engine_saving.py`).
* Workers of the same code share one folder of it; the engine would unpack (and remove at the end) thousands of files for each.
* How many messages of a queue are worked on at once may come from a parameter, as text; the engine would stumble and read no queue at all.
* With `CLOCK_AHEAD` (a journey through holidays) the functions live in another time (`tools/othertime.py`).
* A stream batch that reports `batchItemFailures` counts as failed and comes again, as on AWS; the engine would pass over it.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

from ministack import app
from ministack.core import iam_actions, iam_evaluator, lambda_runtime
from ministack.services import apigateway_v1, lambda_svc, stepfunctions

from tools import othertime
from tools.engine_saving import begin_to_write, save_while_running, wait_until_written

ANY_METHOD = "x-amazon-apigateway-any-method"
SHORT = 60.0  # seconds; the engine never waits longer than this before a retry


def _retry_reported_failures() -> None:
    execute = lambda_svc._execute_function

    def wrapped(function: dict[str, Any], event: Any, *rest: Any, **named: Any) -> dict[str, Any]:
        result: dict[str, Any] = execute(function, event, *rest, **named)
        records = event.get("Records") if isinstance(event, dict) else None
        if records and records[0].get("eventSource") == "aws:dynamodb" and not result.get("error"):
            body = result.get("body")
            if isinstance(body, dict) and body.get("batchItemFailures"):
                return {**result, "error": True, "body": {"errorType": "BatchItemFailures", "errorMessage": str(body)}}
        return result

    lambda_svc._execute_function = wrapped


def _count_concurrency() -> None:
    allowed = lambda_svc._sqs_esm_concurrency

    def wrapped(mapping: dict[str, Any], *rest: Any, **named: Any) -> int:
        scaling = {name: int(value) for name, value in (mapping.get("ScalingConfig") or {}).items()}
        found: int = allowed({**mapping, "ScalingConfig": scaling}, *rest, **named)
        return found

    lambda_svc._sqs_esm_concurrency = wrapped


def _read_streams_from_their_beginning() -> None:
    restore = lambda_svc._restore_esm_positions

    def wrapped(store: Any, positions: Any) -> None:
        if store is not lambda_svc._dynamodb_stream_positions:
            restore(store, positions)

    lambda_svc._restore_esm_positions = wrapped


def _fail_waits_whose_step_failed() -> None:
    call = stepfunctions._call_lambda

    def wrapped(function: str, event: Any) -> Any:
        try:
            return call(function, event)
        except stepfunctions._ExecutionError as fault:
            waiting = stepfunctions._task_tokens.get(event.get("token")) if isinstance(event, dict) else None
            if waiting:
                waiting["error"] = {"Error": fault.error, "Cause": fault.cause}
                waiting["event"].set()
            raise

    stepfunctions._call_lambda = wrapped


def _check_tokens_against_workflows() -> None:
    resource_of = iam_actions.extract_resource_arn

    def wrapped(
        service: str, method: str, path: str, headers: Any, body: bytes, query: Any, region: str, account: str
    ) -> str:
        if service == "states" and b'"taskToken"' in body:
            # a token does not tell whose it is; all are of one stack
            return next(iter(stepfunctions._state_machines), "*")
        found: str = resource_of(service, method, path, headers, body, query, region, account)
        return found

    iam_actions.extract_resource_arn = wrapped


def _ask_for_batches_what_one_asks() -> None:
    action_of = iam_actions.extract_iam_action

    def wrapped(*asked: Any, **more: Any) -> str | None:
        action: str | None = action_of(*asked, **more)
        return "sqs:SendMessage" if action == "sqs:SendMessageBatch" else action

    iam_actions.extract_iam_action = wrapped


def _trust_the_loopback() -> None:
    resolve = iam_evaluator._resolve_condition_key
    iam_evaluator._resolve_condition_key = lambda key, ctx: (
        "true" if key.lower() == "aws:securetransport" else resolve(key, ctx)
    )


def _keep_retries_apart() -> None:
    scale = stepfunctions._SFN_WAIT_SCALE

    def sleep(seconds: float) -> None:
        time.sleep(max(seconds, 0) * (scale if seconds > SHORT else max(scale, 0.1)))

    stepfunctions._scaled_sleep = sleep


def _answer_without_waiting_for_a_log() -> None:
    drain = lambda_runtime.Worker._drain_stderr_bounded

    def wrapped(self: Any, first_line_wait: float = 0.002, idle_confirm: float = 0.002, hard_cap: float = 0.25) -> str:
        said: str = drain(self, first_line_wait, idle_confirm, hard_cap)
        return said

    lambda_runtime.Worker._drain_stderr_bounded = wrapped


def _take_every_method() -> None:
    take = apigateway_v1._import_path_item
    apigateway_v1._OPENAPI_HTTP_METHODS.add("any")

    def wrapped(api: str, path: str, methods: dict[str, Any], *rest: Any) -> None:
        take(api, path, {name.replace(ANY_METHOD, "any"): method for name, method in methods.items()}, *rest)

    apigateway_v1._import_path_item = wrapped


def _end_when_saved() -> None:
    def leave() -> None:
        time.sleep(0.3)  # for the last words of the log
        os._exit(0)

    def wrapped(states: Any) -> None:
        copied, never = begin_to_write(), threading.Event()
        lambda_runtime.Worker._spawn = lambda self: never.wait()  # no function takes time from the copy any more
        lambda_runtime.reset()
        wait_until_written(copied)
        threading.Thread(target=leave, daemon=True).start()

    app.save_all = wrapped


def _share_unpacked_code() -> None:
    unpack, one = zipfile.ZipFile.extractall, threading.Lock()

    def wrapped(self: zipfile.ZipFile, path: Any = None, *rest: Any) -> None:
        place = Path(path)
        if not place.parent.name.startswith("ministack-lambda-") or place.name != "code":
            unpack(self, path, *rest)
            return
        with one:
            shared = place.parent.parent / f"code-{hashlib.sha256(Path(str(self.filename)).read_bytes()).hexdigest()}"
            if not shared.exists():
                unpack(self, half := shared.with_suffix(".half"), *rest)
                half.rename(shared)
        Path(str(self.filename)).unlink()
        place.rmdir()
        place.symlink_to(shared)

    setattr(zipfile.ZipFile, "extractall", wrapped)  # noqa: B010


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    del os.environ["PYTHONPATH"]  # it leads to our tools, which the functions do not have
    _retry_reported_failures()
    _count_concurrency()
    _read_streams_from_their_beginning()
    _fail_waits_whose_step_failed()
    _check_tokens_against_workflows()
    _ask_for_batches_what_one_asks()
    _trust_the_loopback()
    _keep_retries_apart()
    _answer_without_waiting_for_a_log()
    _take_every_method()
    _end_when_saved()
    _share_unpacked_code()
    if file := os.environ.pop(othertime.VARIABLE, ""):
        othertime.move_functions(Path(file))
    if every := float(os.environ.get("SAVE_EVERY", 0)):
        save_while_running(every)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    app.main()
