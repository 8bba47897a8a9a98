"""Where a result goes is the applicant's to say, until it is posted, and again when it came back (变更送达)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.cases import rights
from chalicelib.cases.model import CaseFile, Event, Row
from chalicelib.cases.page import public
from chalicelib.cases.rights import Act, Asker
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service, Services
from chalicelib.delivery import model, texts
from chalicelib.delivery.model import KEY, UNPOSTED, State
from chalicelib.delivery.parcels import Parcels
from chalicelib.kernel.errors import Conflict, Fault, InvalidInput
from chalicelib.kernel.retry import retried
from chalicelib.vocabulary.codes import DELIVERY_METHODS
from chalicelib.vocabulary.events import EventName


class Choices:
    """Change the way a result is delivered: another address, the window, a proxy who fetches it."""

    def __init__(self, cases: Cases, catalogue: Services, parcels: Parcels) -> None:
        self._cases, self._catalogue, self._parcels = cases, catalogue, parcels

    def change(self, case_no: str, asker: Asker, wanted: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Change it; names and addresses are sealed. Raises Conflict saying why it cannot be, InvalidInput, NotFound, Forbidden."""
        retried(lambda: self._change(case_no, asker, wanted, now))
        return public(self._cases.head(case_no))

    def _change(self, case_no: str, asker: Asker, wanted: dict[str, Any], now: datetime) -> None:
        file = self._cases.whole(case_no)
        standing = self._cases.allow(file.case, asker, Act.DELIVER, file.under("task#"))
        row, service = file.row(KEY), self._catalogue.get(file.case.service, file.case.version)
        if why := model.fixed(file.case, row):
            raise Conflict(why, code="posted" if row and row.status in model.ON_ITS_WAY else "illegal_state")
        if row and row.status == State.READY and wanted["method"] != "pickup":
            raise Conflict("结果已经在窗口等您领取，不能再改为邮寄；可以登记受托人代领", code="illegal_state")
        _offered(service, row, wanted)
        private = self._cases.open(file.case).private or {}
        case = self._cases.sealed(file.case, {**private, "delivery": wanted}).plus(delivery=wanted["method"])
        by, actor = rights.called(case, standing), asker.sender if asker.staff else ""
        event = Event(EventName.REROUTED, _said(by, wanted), now, by, {"method": wanted["method"]}, actor)
        self._written(replace(file, case=case), row, wanted["method"], event, now)

    def _written(self, file: CaseFile, row: Row | None, method: str, event: Event, now: datetime) -> None:
        if row is None:
            self._cases.record(file.case, event)
        elif row.status == State.MAKING:
            self._cases.record(file.case, event, rows=[row.with_(data={"method": method})])
        elif row.status == State.RETURNED:
            self._cases.record(file.case, event, rows=[row.with_(data={"wish": method}), *_told(file, method)])
        elif row.status in UNPOSTED and method == "courier":
            self._parcels.queue(file, row, [], event, now)
        elif row.status in UNPOSTED:
            self._parcels.ready(file, row, [], now, f"{event.text}。")
        else:
            self._cases.record(file.case, event)


def _told(file: CaseFile, method: str) -> list[Row]:
    """Write the applicant's wish on the window's task."""
    open_tasks = texts.still_open(file.rows, model.RETURNED)
    return [row.with_(data={"wish": method}) for row in open_tasks]


def _offered(service: Service, row: Row | None, wanted: dict[str, Any]) -> None:
    """Raise InvalidInput for a way the service has not; what came back may always be fetched."""
    came_back = row is not None and row.status == State.RETURNED
    if wanted["method"] not in service.delivery and not (came_back and wanted["method"] == "pickup"):
        message = "这个事项不支持这种领取方式"
        raise InvalidInput(message, [Fault("method", "enum", message)])


def _said(by: str, wanted: dict[str, Any]) -> str:
    if wanted.get("proxy"):
        return f"{by}登记了到窗口代领的受托人"
    return f"{by}把送达改为{DELIVERY_METHODS[wanted['method']]}" + (
        "，收件信息已更新" if wanted["method"] == "courier" else ""
    )
