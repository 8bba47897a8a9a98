"""How the embedded engine's state is written: by a copy of the process (a fork, as Redis does it).

It holds all of one moment, between two requests, and the engine serves on meanwhile. By itself the engine would read its state as that
changes, leave out a service that changed meanwhile, and answer slowly as long as it takes. Killed, it comes back as it was at the last
writing, some seconds before.
"""

from __future__ import annotations

import asyncio
import copy
import fcntl
import json
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from ministack import app
from ministack.core import persistence

LOG = logging.getLogger("persistence")
STATE = Path(persistence.STATE_DIR)
WRITING = 60  # seconds that writing the state may take
LONGEST = 10.0  # seconds from one writing to the next, however long it takes


@contextmanager
def _alone_with_the_state() -> Iterator[None]:
    """Let one process at a time write or read the state: a copy goes on writing after its engine is killed."""
    with (STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def begin_to_write() -> int:
    """Write the state as it is now, by a copy of this process. Return its number. To be called between two requests: on the loop."""
    if number := os.fork():
        return number
    try:
        signal.alarm(WRITING)  # a lock that another thread held at the fork is never opened here
        for each in os.listdir("/dev/fd"):  # noqa: PTH208
            if int(each) > 2:  # no port and no connection stays open for this copy's sake
                with suppress(OSError):
                    os.close(int(each))
        logging.disable(logging.INFO)  # a line a service
        setattr(copy, "deepcopy", lambda value, *_: value)  # noqa: B010 - nobody changes it here
        setattr(json, "dump", lambda value, sink, **how: sink.write(json.dumps(value, **how)))  # noqa: B010 - faster
        with _alone_with_the_state():
            states = app._build_persistence_save_dict()
            persistence.save_all({name: partial(_kept, name, state) for name, state in states.items()})
        os._exit(0)
    finally:
        os._exit(1)


def _kept(name: str, get_state: Callable[[], Any]) -> Any:
    """Return the state of a service; None, which leaves its file alone, for one (of some seventy) that holds nothing and never did."""
    state = get_state()
    held = state and any(getattr(part, "_data", part) for part in state.values())
    return state if held or (STATE / f"{name}.json").exists() else None


def wait_until_written(copied: int) -> None:
    """Wait for a copy to end; say so in the log if it could not write."""
    if ended := os.waitpid(copied, 0)[1]:
        LOG.error("the state was not written: %s", ended)


def pause(every: float, took: float) -> float:
    """Return the seconds from the end of a writing that took so long to the next."""
    return max(every, min(2 * took, LONGEST))


def save_while_running(every: float) -> None:
    """Write the state again and again, once what was kept has been read: before, it would be written over with nothing."""
    load = app._load_persisted_state

    async def begun() -> int:
        return begin_to_write()

    def saving() -> None:
        while True:
            began = time.monotonic()
            try:
                wait_until_written(asyncio.run_coroutine_threadsafe(begun(), app._MAIN_LOOP).result())
            except OSError as fault:
                LOG.error("the state was not written: %s", fault)
            time.sleep(pause(every, time.monotonic() - began))

    def wrapped() -> None:
        with _alone_with_the_state():
            load()
        threading.Thread(target=saving, daemon=True).start()

    app._load_persisted_state = wrapped
