"""A no says why (《行政许可法》第38条第2款): its reason, and which conditions of the service were not met, in its words."""

from __future__ import annotations

from chalicelib.catalogue.model import Service
from chalicelib.kernel.errors import Fault, InvalidInput
from chalicelib.tasks.model import Decision


def named(service: Service, decision: Decision, *, on_ground: bool) -> tuple[str, dict[str, list[str]]]:
    """Return what is said of the conditions a refusal names, and what its event tells of them: nothing where it names none.

    `on_ground`: it is made on one of the grounds (不予受理), of which only the first has conditions. `service` is the case's version.
    Raises InvalidInput naming `unmet`, or each that is none of the service's as `unmet.<place>`.
    """
    if not decision.unmet:
        return "", {}
    if on_ground and decision.ground != "not_met":
        message = "只有不符合受理条件的，才写明不符合的条件"
        raise InvalidInput(message, [Fault("unmet", "unknown", message)])
    message = f"“{service.name}”没有这一条受理条件"
    strange = [place for place, text in enumerate(decision.unmet) if text not in service.conditions]
    if strange:
        raise InvalidInput(message, [Fault(f"unmet.{place}", "unknown", message) for place in strange])
    listed = "；".join(text.rstrip("。.；;") for text in decision.unmet)
    return f"（不符合的条件：{listed}）", {"unmet": list(decision.unmet)}
