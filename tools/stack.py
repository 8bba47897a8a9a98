"""The whole system on this machine: engine, deployment, keys, seed, sandbox and front door, behind one `boot` and one `stop`.

state/            .local for `make run`, a folder of its own for the tests
    engine/       what the engine keeps
    keys.json     what the parties "gave" us (mode 600), accounts.json the clerks' passwords and the kiosks' keys
    deployed.json what is deployed, so that a start without changes deploys nothing
    endpoints.json  the contract with the outside (docs/architecture.md §7 Contract with the outside); there only while the system is ready
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from infra.build import Built, build
from infra.deploy import deploy
from infra.packing import ROOT
from sandbox.app import create_app
from tools import frontdoor, handover
from tools.engine import REGION, Engine, free_port, is_free, start
from tools.handover import STACK, NotStarted
from tools.othertime import reader

ARTIFACTS = f"{STACK}-artifacts"
Say = Callable[[str], None]


@dataclass
class Stack:
    """A running system. `environment` is that of the functions, for tools that use the product's own use cases."""

    base: str
    endpoints: dict[str, Any]
    outputs: dict[str, str]
    environment: dict[str, str]
    engine: Engine
    door: _Door
    state: Path

    def stop(self) -> None:
        """Stop cleanly; the data stays."""
        (self.state / "endpoints.json").unlink(missing_ok=True)
        self.door.stop()
        self.engine.stop()

    def client(self, service: str) -> Any:
        """Return a boto3 client of the engine."""
        return self.engine.client(service)


def boot(
    state: Path,
    port: int,
    wait_scale: float = 1.0,
    say: Say = lambda text: None,
    strict: bool = False,
    save_every: float = 0,
    ahead: Path | None = None,
) -> Stack:
    """Bring everything up and return when it answers; `strict`, `save_every` and `ahead` are the engine's (`engine.start`).

    Raises NotStarted, BuildFailed, DeployFailed, EngineFailed.
    """
    state.mkdir(parents=True, exist_ok=True)
    (state / "endpoints.json").unlink(missing_ok=True)
    claim(port)
    base = f"http://127.0.0.1:{port}"
    say("构建 building the package")
    built = build(ROOT / ".local" / "build")
    _alone()
    say("启动本地引擎 starting the embedded engine")
    with ExitStack() as undo:
        engine = start(state, _engine_port(state, port), wait_scale, strict, save_every, ahead)
        undo.callback(engine.stop)
        say("部署 deploying by CloudFormation")
        outputs = _deployed(state, engine, base, built, expiring=ahead is None)
        parties, far = handover.keys(state, base)
        handover.hand_over(engine, outputs, parties)
        environment = handover.environment(engine, outputs, base)
        endpoints: dict[str, Any] = {}
        sandbox = create_app(endpoints, parties | far, state / "sandbox.json", reader(ahead) if ahead else time.time)
        api = f"{engine.url}/_aws/execute-api/{outputs['RestAPIId']}/api"
        door = _Door(frontdoor.create_app(api, sandbox), port)
        undo.callback(door.stop)
        say("装入事项和账号 loading services and accounts")
        accounts = handover.seed(state, environment, outputs)
        endpoints.update(handover.endpoints(base, engine, outputs, parties, accounts))
        say("等待应答 waiting for the first answer")
        ready(base)
        _tick(engine, outputs["ClockFunction"])
        handover.write(state / "endpoints.json", endpoints)
        undo.pop_all()
    return Stack(base, endpoints, outputs, environment, engine, door, state)


def _alone() -> None:
    """Let nothing of the user's AWS settings or proxies come between us and the engine."""
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            del os.environ[name]


def claim(port: int) -> None:
    """Raise NotStarted where somebody serves on the port already."""
    if not is_free(port):
        raise NotStarted(f"端口 {port} 已被占用，可换一个：PORT={port + 1} make run (port {port} is in use)")


class _Door:
    """The front door in a thread of its own."""

    def __init__(self, app: Any, port: int) -> None:
        config = uvicorn.Config(
            app, "127.0.0.1", port, log_level="warning", access_log=False, timeout_graceful_shutdown=3
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="front-door", daemon=True)
        self._thread.start()
        until = time.monotonic() + 10
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                raise NotStarted(f"无法在端口 {port} 上提供服务 (could not serve on port {port})")
            time.sleep(0.02)

    def stop(self) -> None:
        """Finish what is under way, then close."""
        self._server.should_exit = True
        self._thread.join(10)


def _engine_port(state: Path, port: int) -> int:
    """Keep the engine's port from start to start: queues are known by their address."""
    file = state / "engine-port"
    known = int(file.read_text()) if file.exists() else 0
    if known and known != port and is_free(known):
        return known
    fresh = free_port()
    file.write_text(str(fresh))
    return fresh


def _deployed(state: Path, engine: Engine, base: str, built: Built, expiring: bool) -> dict[str, str]:
    """Deploy unless the very same is deployed. Return the stack's outputs. `expiring`: rows go when their last moment has come."""
    parameters = {"PublicUrl": base}
    wanted = {"version": built.version, "engine": engine.url, "parameters": parameters}
    known = handover.read(state / "deployed.json") or {}
    if {name: known.get(name) for name in wanted} == wanted:
        return dict(known["outputs"])
    files = engine.client("s3")
    if ARTIFACTS not in [bucket["Name"] for bucket in files.list_buckets()["Buckets"]]:
        files.create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": REGION})
    outputs = deploy(engine.client, STACK, ARTIFACTS, built, parameters)
    _complete(engine, outputs, built, expiring)
    handover.write(state / "deployed.json", {**wanted, "outputs": outputs})
    return outputs


def _complete(engine: Engine, outputs: dict[str, str], built: Built, expiring: bool) -> None:
    """Do by API what the engine's CloudFormation leaves out: TTL, and what the gateway answers by itself."""
    resources = json.loads(built.template.read_text("utf-8"))["Resources"]
    for name, resource in resources.items():
        ends = resource.get("Properties", {}).get("TimeToLiveSpecification")
        if ends and expiring:
            engine.client("dynamodb").update_time_to_live(TableName=outputs[name], TimeToLiveSpecification=ends)
    gateway = engine.client("apigateway")
    properties = resources["RestAPI"]["Properties"]
    for name, answer in properties["GatewayResponses"].items():
        headers = answer.get("ResponseParameters", {}).get("Headers", {})
        gateway.put_gateway_response(
            restApiId=outputs["RestAPIId"],
            responseType=name,
            **({"statusCode": str(answer["StatusCode"])} if "StatusCode" in answer else {}),
            responseParameters={f"gatewayresponse.header.{header}": value for header, value in headers.items()},
            responseTemplates=answer["ResponseTemplates"],
        )
    gateway.create_deployment(restApiId=outputs["RestAPIId"], stageName=properties["StageName"])


def _tick(engine: Engine, function: str) -> None:
    """Let the clock strike now: executions that died with the last stop are started again at once, not in a minute."""
    engine.client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=b"{}")


def ready(base: str, patience: float = 60.0) -> None:
    """Wait until the API answers. Raises NotStarted."""
    until, last = time.monotonic() + patience, ""
    while time.monotonic() < until:
        try:
            answer = httpx.get(f"{base}/v1/health", timeout=30, trust_env=False)
            if answer.status_code == 200:
                return
            last = f"{answer.status_code} {answer.text[:300]}"
        except httpx.HTTPError as fault:
            last = type(fault).__name__
        time.sleep(0.3)
    raise NotStarted(f"接口没有应答 (the API does not answer): {last}")
