"""Another time for one whole system, for tests that walk through holidays: a file says by how many seconds it is ahead of this machine's.

`boot(…, ahead=file)` gives the file to the far ends and to the engine, which lets the functions it runs read it at each `clock.now()`:
what is deployed is not changed, and nothing in it knows. What reads the machine's own time stays in the present: signatures for AWS, the
engine with its streams and queues, a party's own library (WeChat Pay's signs by it, so nobody pays in such a system). A row's last moment
is in the system's time, so the engine, which would take it away by its own, is told of none (`tools/stack.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

VARIABLE = "CLOCK_AHEAD"  # of the engine's environment: the file
_LOADED = "        mod = importlib.import_module(module_name)\n"
_MOVED = """        from datetime import timedelta as _apart
        from chalicelib.kernel import clock as _clock
        _clock.now = lambda now=_clock.now: now() + _apart(seconds=int(open({place!r}).read()))
"""


def move(file: Path, moment: datetime) -> None:
    """Let it be this moment from now on."""
    half = file.with_suffix(".part")
    half.write_text(str(round(moment.timestamp() - time.time())), "utf-8")
    half.replace(file)


def reader(file: Path) -> Callable[[], float]:
    """Return what tells the time there, in seconds since 1970."""
    return lambda: time.time() + int(file.read_text("utf-8"))


def move_functions(file: Path) -> None:
    """Let the functions of this engine, in whose process this runs, live by the file. Raises ValueError for an engine we do not know."""
    from ministack.core import lambda_runtime

    script = lambda_runtime._PYTHON_WORKER_SCRIPT
    if script.count(_LOADED) != 1:
        raise ValueError("the engine begins its functions in another way")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(_LOADED, _MOVED.format(place=str(file)) + _LOADED)
