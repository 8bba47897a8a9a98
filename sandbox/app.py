"""The sandbox: the far ends of our parties on the wire, and the citizens' telephones. Never part of a production template.

`create_app` gives a Starlette application to be mounted at `/sandbox` of the front door. Below `/parties` stand the far ends as our
product calls them; the rest is the driving API (docs/architecture.md §7 Contract with the outside) and the page with the telephones.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from chalicelib.kernel.errors import AppError, NotFound
from sandbox.box import Box
from sandbox.calls import Calls
from sandbox.driving import Driving
from sandbox.faults import Faults
from sandbox.gateway import Gateway
from sandbox.parcels import Parcels
from sandbox.parties.wechat.chat import Chat
from sandbox.registry import APPS, BREAKABLE, COURIERS, PAY, SMS
from sandbox.state import Memory
from sandbox.till import Till
from sandbox.wire import problem

_PAGE = Path(__file__).parent / "page"


def create_app(
    endpoints: dict[str, Any],
    parties: dict[str, Any],
    state_file: Path | None = None,
    clock: Callable[[], float] = time.time,
) -> Starlette:
    """Build the sandbox.

    `endpoints` is the content of `.local/endpoints.json`; it may be filled in after this call. `parties` is the parties secret with
    the private halves merged in (see `sandbox.registry.make_parties`). `state_file`, if given, is read now and written by
    `await app.state.close()`, which the front door calls on its way out (a mounted application gets no lifespan of its own).
    `clock` tells the time here, in seconds since 1970.
    """
    box = Box(endpoints, parties, Faults(BREAKABLE), Memory.load(state_file) if state_file else Memory(), clock)
    gateway = Gateway(box)
    till, parcels = Till(box), Parcels(box)
    apps = [each(box) for each in APPS]
    carriers = [each(box, gateway) for each in SMS]
    payees = [each(box) for each in PAY]
    couriers = [each(box, parcels) for each in COURIERS]
    gateway.carriers |= {each.name: each for each in carriers}
    till.ends |= {each.name: each for each in payees}
    parcels.ends |= {each.name: each for each in couriers}
    codes = {each.name: each.codes for each in apps}
    driving = Driving(box, gateway, codes, Chat(box), till, parcels, Calls(box))
    routes: list[BaseRoute] = [
        *(route for each in (*apps, *payees, *carriers, *couriers) for route in each.routes()),
        *driving.routes(),
        Route("/", _page, methods=["GET"]),
        Mount("/page", StaticFiles(directory=_PAGE)),
    ]
    handlers: Any = {AppError: _refused, HTTPException: _unknown}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.state.box = box

    async def close() -> None:
        await box.callbacks.close()
        if state_file:
            box.state.save(state_file)

    app.state.close = close
    return app


async def _page(request: Request) -> Response:
    """Serve the page at the folder's own address, so that its relative links hold."""
    if not request.url.path.endswith("/"):
        return RedirectResponse(request.url.path + "/")
    return Response((_PAGE / "index.html").read_bytes(), media_type="text/html; charset=utf-8")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    return problem(error)


async def _unknown(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    known = NotFound("没有这个地址") if status == 404 else AppError("这里没有这种操作")
    known.status = status
    return problem(known)
