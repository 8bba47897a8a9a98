"""What carriage costs, and whose treasury pays: that of the level whose office sends (同级财政统一支付, 成办发〔2019〕36号 第13项).

Each parcel posted is one row `postage#<region>#<month>#<lane>` / its order number, written in the transaction that tells of it: it is
there once or not at all, and a month is summed from what is there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.cases.desks import LANES
from chalicelib.cases.model import Case, Row
from chalicelib.cases.service import Cases
from chalicelib.catalogue.model import Service
from chalicelib.delivery.model import order_number
from chalicelib.kernel import clock
from chalicelib.vocabulary import regions

KIND = "postage"
PAGE = 100


def sheet(region: str, month: str, lane: int) -> str:
    """Write where a part of a treasury's month lies."""
    return f"{KIND}#{region}#{month}#{lane}"


def booked(case: Case, service: Service, shipment: Row, cost_fen: int | None, at: datetime) -> Row:
    """Return what is booked for a parcel that is posted: who pays, for what, how much where the tariff says it."""
    month, lane = f"{at.astimezone(clock.SHANGHAI):%Y-%m}", int(case.case_no[-2:]) % LANES
    data = {
        "case_no": case.case_no,
        "service_name": case.service_name,
        "department_name": service.department_name(service.department),
        "payer_level": regions.level(case.region),
        "payer_org": regions.treasury(case.region),
        "carrier": shipment.data["carrier"],
        "waybill": shipment.data["waybill"],
        "posted_at": clock.iso(at),
        "cost_fen": cost_fen,
    }
    return Row(sheet(case.region, month, lane), order_number(shipment), KIND, "booked", data=data)


class Postage:
    """The monthly sheets of the treasuries."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def month(self, region: str, month: str, after: str | None = None) -> dict[str, Any]:
        """Show a page of a treasury's month; the first one with its sums. `after` is the `next` of the page before."""
        lane, _, key = (after or "0.").partition(".")
        found: list[dict[str, Any]] = []
        goes_on = None
        for each in range(int(lane), LANES):
            rows = self._cases.paged(sheet(region, month, each), key, PAGE - len(found))
            found += [{"order_no": row.key, **row.data} for row in rows]
            if len(found) == PAGE:
                goes_on = f"{each}.{rows[-1].key}"
                break
            key = ""
        payer = {"payer_level": regions.level(region), "payer_org": regions.treasury(region)}
        shown = {"month": month, "region": region, **payer, "parcels": found}
        return shown | ({} if after else self._sums(region, month)) | ({"next": goes_on} if goes_on else {})

    def _sums(self, region: str, month: str) -> dict[str, int]:
        costs = [
            row.data["cost_fen"] for lane in range(LANES) for row in self._cases.rows(sheet(region, month, lane), "")
        ]
        known = [cost for cost in costs if cost is not None]
        return {"count": len(costs), "sum_fen": sum(known), "unpriced": len(costs) - len(known)}
