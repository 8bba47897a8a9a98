"""Every set of codes by the name a schema calls it: where a JSON Schema says `x-words: Status`, its `enum` is filled in from here;
where an object says `x-each: {Figure: {type: integer}}`, it has a property of that shape for each code, all required."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.kernel import formats
from chalicelib.vocabulary import accounts, channels, codes, events, figures, roles, statuses

SETS: dict[str, Mapping[Any, str]] = {
    "Status": statuses.NAMES,
    "Channel": channels.NAMES,
    "EventName": events.NAMES,
    "DocumentKind": events.DOCUMENT_KINDS,
    "Role": roles.NAMES,
    "Figure": figures.NAMES,
    "SessionKind": channels.SESSION_KINDS,
    "App": channels.APPS,
    "TaskType": {code: name for code, name in codes.TASK_TYPES.items() if code in codes.ON_APPLICATION},
    "AnyTaskType": codes.TASK_TYPES,
    "ProjectType": codes.PROJECT_TYPES,
    "Audience": codes.AUDIENCES,
    "StageKind": codes.STAGE_KINDS,
    "DeliveryMethod": codes.DELIVERY_METHODS,
    "Taker": codes.TAKERS,
    "ShipmentState": codes.SHIPMENT_STATES,
    "PayerLevel": codes.PAYER_LEVELS,
    "MaterialNeed": codes.MATERIAL_NEEDS,
    "MaterialSource": codes.MATERIAL_SOURCES,
    "MaterialForm": codes.MATERIAL_FORMS,
    "FileType": codes.FILE_TYPES,
    "ResultType": codes.RESULT_TYPES,
    "List": codes.LISTS,
    "Outcome": codes.OUTCOMES,
    "Ground": codes.GROUNDS,
    "Procedure": codes.PROCEDURES,
    "OfficeAct": codes.OFFICE_ACTS,
    "TaskState": codes.TASK_STATES,
    "Act": codes.ACTS,
    "NoticeWay": codes.NOTICE_WAYS,
    "NoticeFate": codes.NOTICE_FATES,
    "BillState": codes.BILL_STATES,
    "RefundState": accounts.REFUND_STATES,
    "GapKind": accounts.GAP_KINDS,
    "DayState": accounts.DAY_STATES,
    "Settlement": accounts.SETTLEMENTS,
    "PayScene": codes.PAY_SCENES,
    "PayWay": codes.PAY_WAYS,
    "CounterWay": codes.COUNTER_WAYS,
    "CertificateState": codes.CERTIFICATE_STATES,
    "RenewalState": codes.RENEWAL_STATES,
    "ClockReason": codes.CLOCK_REASONS,
    "Lamp": codes.LAMPS,
    "Format": formats.NAMES,
}


def filled(
    schema: Any, sets: Mapping[str, Mapping[Any, str]], label: Callable[[str, str], str] = lambda code, name: name
) -> Any:
    """Return a schema with every `x-words` filled in: `enum` of the codes, `x-labels` of their names, and with
    every `x-each`: a property for each code, titled by its name. Raises KeyError for no such set."""
    if isinstance(schema, list):
        return [filled(each, sets, label) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: filled(each, sets, label) for name, each in schema.items()}
    if isinstance(name := found.pop("x-words", None), str):
        words = {str(code): label(str(code), text) for code, text in sets[name].items()}
        nothing = [None] if "null" in found.get("type", ()) else []
        found |= {"enum": [*words, *nothing], "x-labels": words}
    for name, shape in found.pop("x-each", {}).items():
        found["properties"] |= {str(code): {**shape, "title": text} for code, text in sets[name].items()}
        found["required"] = [*found["required"], *map(str, sets[name])]
    return found
