"""Start and stop the embedded AWS-compatible engine, its state in a folder of ours."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from infra.packing import ROOT
from tools import othertime

REGION = "cn-north-1"
PATIENCE = 60.0  # seconds to start


class EngineFailed(Exception):
    """The engine did not start; the text says where to look."""


def free_port() -> int:
    """Find a free port on 127.0.0.1."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Tell whether a port on 127.0.0.1 can be taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@dataclass
class Engine:
    """A running engine."""

    port: int
    process: subprocess.Popen[bytes]
    scratch: Path  # where the functions' workers unpack the code

    @property
    def url(self) -> str:
        """The address of every AWS API."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, service: str) -> Any:
        """Return a boto3 client of one of the engine's services."""
        return client(self.url, service)

    def stop(self, patience: float = 60.0) -> None:
        """Stop cleanly, so that the state is written."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.scratch, ignore_errors=True)


def client(url: str, service: str) -> Any:
    """Return a boto3 client that speaks to the engine at `url`."""
    import boto3
    from botocore.config import Config

    return boto3.session.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION).client(  # noqa: S106
        service, endpoint_url=url, config=Config(retries={"max_attempts": 2}, s3={"addressing_style": "path"})
    )


def start(
    state: Path,
    port: int,
    wait_scale: float = 1.0,
    strict: bool = False,
    save_every: float = 0,
    ahead: Path | None = None,
) -> Engine:
    """Start the engine with its state below `state`; its log is `state/engine.log`. Raises EngineFailed.

    `strict`: signatures and IAM rights are checked, so that each function may do what its role says and no more. `save_every`: seconds
    from one writing of its state to the next; 0: on a clean stop only. `ahead`: by how much its functions are (`tools/othertime.py`).
    """
    (state / "data").mkdir(parents=True, exist_ok=True)
    shutil.rmtree(state / "tmp", ignore_errors=True)  # what a killed engine left
    (state / "tmp").mkdir()
    log = state / "engine.log"
    python = ROOT / ".local" / "engine" / "bin" / "python"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [str(python), "-B", "-m", "tools.engine_main"],  # no bytecode among our tools
            cwd=state,
            env=_environment(state, port, wait_scale)
            | {"PYTHONPATH": str(ROOT), "AUTH": str(strict).lower(), "SAVE_EVERY": str(save_every)}
            | ({othertime.VARIABLE: str(ahead)} if ahead else {}),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us alone; we stop the engine last
        )
    engine = Engine(port, process, state / "tmp")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise EngineFailed(f"本地引擎退出，见 {log} (the engine ended with {process.returncode}; see its log)")
        try:
            httpx.get(f"{engine.url}/_ministack/health", timeout=2, trust_env=False)
            return engine
        except httpx.HTTPError:
            time.sleep(0.1)
    engine.stop(1)
    raise EngineFailed(f"本地引擎未能启动，见 {log} (the engine did not answer in {PATIENCE:.0f} s; see its log)")


def _environment(state: Path, port: int, wait_scale: float) -> dict[str, str]:
    """Nothing of the user's AWS settings reaches the engine, and the engine listens on this machine only."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON", "PERSIST", "S3_"))
    }
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', os.defpath)}",
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state / "data"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state / "data" / "s3"),
        "SFN_WAIT_SCALE": str(wait_scale),
        "TMPDIR": str(state / "tmp"),
        "PYTHONUNBUFFERED": "1",
        "LOG_LEVEL": "INFO",
    }
