"""Cases, put together: the aggregate, and its pages made of what every capability shows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.capability import Capability
from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.cases.page import Pages
    from chalicelib.cases.rehearsal import Rehearsal
    from chalicelib.cases.service import Cases
    from chalicelib.cases.stream import Outbox


@cache
def cases() -> Cases:
    """Make the use cases over the cases table."""
    from chalicelib.cases.service import Cases
    from chalicelib.cases.store import Store
    from chalicelib.kernel.parts import sealer

    return Cases(Store(config.table("cases"), config.region()), sealer(), config.key("index"))


def rehearsal() -> tuple[Cases, Rehearsal]:
    """Make cases that are read and never written, and what keeps what they would have told."""
    from chalicelib.cases.rehearsal import Rehearsal
    from chalicelib.cases.service import Cases
    from chalicelib.cases.store import Store
    from chalicelib.kernel.parts import sealer

    told = Rehearsal(Store(config.table("cases"), config.region()))
    return Cases(told, sealer(), config.key("index")), told


@cache
def outbox() -> Outbox:
    """Make what carries out what was put off or lost, whoever was to listen."""
    from chalicelib import wiring
    from chalicelib.cases.stream import Outbox

    return Outbox(cases(), wiring.everyone(), wiring.owes())


@cache
def pages() -> Pages:
    """Make the pages, with the parts the capabilities hang on them."""
    from chalicelib import wiring
    from chalicelib.cases.page import Pages
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.kernel.parts import audit

    return Pages(
        cases(),
        catalogue(),
        audit(),
        parts=wiring.offered(lambda each: each.page),
        own_parts=wiring.offered(lambda each: each.own_page),
        staff_parts=wiring.offered(lambda each: each.staff_page),
        sealed=wiring.offered(lambda each: each.in_clear),
        beside=wiring.offered(lambda each: each.beside),
        can=wiring.offered(lambda each: each.can),
        acts=wiring.offered(lambda each: each.acts),
        veils=wiring.offered(lambda each: each.veils),
    )


CAPABILITY = Capability(rounds={"carried_out": lambda now: outbox().sweep(now)})
