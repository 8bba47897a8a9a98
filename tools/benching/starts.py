"""Cold starts: what importing and the first request cost in a fresh interpreter, from the package as it is shipped."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.benching.bench import PHONE, Bench, event

BOOTED = "base64, concurrent.futures, decimal, http.client, importlib, json, logging.config, os, sys, time, traceback, warnings"
"""What Lambda's own runtime has imported before it looks at a function."""
BASE = "chalice, pynamodb.models, botocore.session"
IMPORT = """
import {booted}
sys.path.insert(0, {folder!r})
began = time.process_time()
import {what}
print(time.process_time() - began)
"""
FIRST = """
import {booted}
sys.path.insert(0, {folder!r})
os.environ["AWS_LAMBDA_FUNCTION_NAME"] = "bench"
import app
asked = json.load(sys.stdin)
began = time.process_time()
answer = app.app(asked, type("Context", (), {{"aws_request_id": "bench"}})())
taken = time.process_time() - began
assert answer["statusCode"] in (200, 201), answer
print(taken)
"""


class Starts:
    """A package unpacked; `environment` is that of the functions."""

    def __init__(self, package: Path, environment: Mapping[str, str], times: int) -> None:
        self._folder = tempfile.TemporaryDirectory()
        with zipfile.ZipFile(package) as archive:
            archive.extractall(self._folder.name)
        self._environment, self._times = {**os.environ, **environment}, times

    def imports(self) -> tuple[float, float]:
        """Median CPU of importing (the API function, what it cannot do without), by turns."""
        ours: list[float] = []
        base: list[float] = []
        for _ in range(self._times + 1):
            ours.append(self._run(IMPORT, "app"))
            base.append(self._run(IMPORT, BASE))
        return statistics.median(ours[1:]), statistics.median(base[1:])

    def first(self, asked: dict[str, Any]) -> float:
        """Median CPU of the first request of a container, after its imports."""
        return statistics.median(self._run(FIRST, told=json.dumps(asked)) for _ in range(max(3, self._times // 3)))

    def _run(self, code: str, what: str = "", told: str = "") -> float:
        text = code.format(booted=BOOTED, folder=self._folder.name, what=what)
        done = subprocess.run(
            [sys.executable, "-I", "-c", text], input=told, env=self._environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(done.stderr.strip()[-2000:])
        return float(done.stdout.splitlines()[-1])


def sms(bench: Bench) -> dict[str, Any]:
    """Write the request by which a gateway hands on what a citizen sent (Aliyun's SmsUp)."""
    key = bench.stack.endpoints["sms"]["inbound"]["aliyun"].rpartition("key=")[2]
    row = {
        "phone_number": PHONE,
        "content": "你好",
        "send_time": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 8 * 3600)),
        "dest_code": "1",
        "sequence_id": time.time_ns(),
    }
    path = "/channels/sms/aliyun/inbound"
    resource = "/channels/sms/{provider}/inbound"
    return event("POST", path, resource, body=[row], query={"key": key}, parameters={"provider": "aliyun"})
