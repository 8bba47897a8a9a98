"""A far end on 127.0.0.1: an HTTP server in a thread that records what it is asked and plays what it is told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire; header names in lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


Answer = tuple[int, bytes] | tuple[int, bytes, dict[str, str]]
"""Status, body, and headers where there are more than the usual."""
Play = Callable[[Asked], Answer]


@dataclass
class FarEnd:
    """What was asked so far. `mode`: ok (as `play` says), drop (cut the line), slow (seconds late), or an HTTP status to give."""

    play: Play
    url: str = ""
    mode: str | int = "ok"
    late: float = 0.0
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer | None:
        self.asked.append(asked)
        if self.mode == "drop":
            return None
        if isinstance(self.mode, int):
            return self.mode, b"<html>Bad Gateway</html>"
        if self.mode == "garbage":
            return 200, b"\xff\xfe not json"
        if self.mode == "list":
            return 200, b"[1, 2]"
        status = self.play(asked)
        time.sleep(self.late)
        return status


@contextmanager
def far_end(play: Play, folder: str = "") -> Iterator[FarEnd]:
    """Serve `play` for the length of a `with`; `folder` is a path the far end stands under, as in the sandbox."""
    end = FarEnd(play)

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = end.answer(Asked(self.command, path, query, headers, body))
            if answer is None:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            try:
                self.send_response(answer[0])
                self.send_header("Content-Length", str(len(answer[1])))
                more = answer[2] if len(answer) == 3 else {}
                for name, value in ({"content-type": "application/json"} | more).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer[1])
            except OSError:
                return  # the caller did not wait

        do_GET = do_POST = _any

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    end.url = f"http://127.0.0.1:{server.server_address[1]}{folder}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield end
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> str:
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"
