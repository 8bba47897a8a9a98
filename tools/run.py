"""`make run`: the whole system on this machine until Ctrl-C; its data stays in `.local/` for the next start."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from infra.deploy import DeployFailed
from infra.packing import ROOT, BuildFailed
from tools import web
from tools.engine import EngineFailed
from tools.handover import NotStarted
from tools.stack import Stack, boot, claim

SAVE_EVERY = 5.0  # seconds from one writing of the engine's state to the next; more where writing takes longer
STATE = Path(os.environ.get("RONGYIBAN_STATE") or ROOT / ".local")


def main() -> int:
    """Run until told to stop. Return 1, after one clear line, where it cannot start."""
    port = os.environ.get("PORT") or "8000"
    if not (port.isdigit() and 1024 <= int(port) <= 65535):
        return _no(f"PORT 应为 1024 到 65535 的数字，不是“{port}” (PORT must be a number from 1024 to 65535)")
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return _no("这个目录里已经有一个系统在运行 (make run is already running in this directory)")
        return _serve(int(port))


def _serve(port: int) -> int:
    stopped, began = threading.Event(), time.monotonic()
    _on_signals(_interrupt)
    try:
        claim(port)
        _build_pages()
        stack = boot(STATE, port, say=_Progress().say, save_every=SAVE_EVERY)
    except KeyboardInterrupt:
        return _no("已停止 (stopped before it was ready)", 130)
    except BuildFailed as fault:
        return _no(f"构建失败 build failed: {fault}")
    except DeployFailed as fault:
        return _no(f"部署失败 deployment failed: {fault}")
    except (NotStarted, EngineFailed) as fault:
        return _no(str(fault))
    except Exception as fault:
        (STATE / "error.log").write_text(traceback.format_exc(), "utf-8")
        return _no(f"没能启动，详情见 {STATE / 'error.log'} (not started; see that file): {type(fault).__name__}")
    _on_signals(lambda *_: stopped.set())
    print(_welcome(stack, time.monotonic() - began), flush=True)
    while not stopped.wait(1.0) and stack.engine.process.poll() is None:
        pass
    _on_signals(signal.SIG_IGN)
    broken = not stopped.is_set()
    print("\n· 正在停止，数据会保留 stopping, the data stays …", flush=True)
    stack.stop()
    if broken:
        return _no(f"本地引擎意外退出，见 {STATE / 'engine.log'} (the engine ended unexpectedly; see its log)")
    print("· 已停止 stopped", flush=True)
    return 0


def _build_pages() -> None:
    """Build the pages of citizens and clerks where they changed; without them the rest still serves."""
    try:
        web.build()
    except BuildFailed as fault:
        print(
            f"! 网页没有构建成，其余照常 (the pages were not built, the rest goes on): {fault}",
            file=sys.stderr,
            flush=True,
        )


class _Progress:
    """One line per step."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """Show a step as it begins."""
        print(f"· {time.monotonic() - self._began:5.1f} s  {text}", flush=True)


def _on_signals(act: Any) -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, act)


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _no(text: str, code: int = 1) -> int:
    print(f"✗ {text}", file=sys.stderr, flush=True)
    return code


def _welcome(stack: Stack, seconds: float) -> str:
    points, people = stack.endpoints, stack.endpoints["staff"]
    lines = [
        "",
        f"蓉易办已经就绪（{seconds:.0f} 秒） 蓉易办 is ready",
        "",
        f"  打开沙盒，用短信、微信、电话办一件事    {points['sandbox']}/",
    ]
    lines += [f"  市民网页                                {points['web']}"] if points["web"] else []
    lines += [f"  工作人员工作台                          {points['console']}"] if points["console"] else []
    lines += [
        f"  能办的事项（接口）                      {points['api']}/v1/services",
        "",
        "  试一试 try this:",
        "    1. 在沙盒里用手机 13800001234 给 12345 发短信“办事”，按提示一步步回答。",
        "    2. 工作人员登录后审批 (clerks sign in and decide):",
        *(f"         {each['username']:<18} {each['password']}   {'、'.join(each['roles'])}" for each in people[:3]),
        f"       全部账号 all accounts: {stack.state / 'accounts.json'}",
        "    3. 查询进度：再发短信“进度”，或在沙盒里拨打 12345。",
        "",
        f"  接口地址等 addresses for programs: {stack.state / 'endpoints.json'}",
        "  按 Ctrl-C 停止，数据会保留；从头再来：make clean",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
