"""The catalogue of services (事项库): what can be applied for, how, and whether a form is filled in right."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Protocol

from chalicelib.catalogue import fees, feetexts, narrowing
from chalicelib.catalogue.model import Service, Summary
from chalicelib.kernel import schema
from chalicelib.kernel.errors import Fault, InvalidInput, NotFound
from chalicelib.kernel.ids import canonical
from chalicelib.vocabulary.codes import PROJECT_TYPES, TASK_TYPES

FRESH = 60.0  # seconds a container trusts what it read: a new version is everywhere within a minute (同源发布)
CODE = re.compile(r"[a-z][a-z0-9-]{2,39}")
_GUIDE = [
    "version",
    "task_code",
    "statutory_days",
    "statutory_basis",
    "visits_reason",
    "legal_basis",
    "conditions",
    "process",
    "questions",
    "note",
    "applicant",
    "situations",
    "stages",
    "result",
    "pickup",
    "form",
]


Summaries = list[Summary]


class Store(Protocol):
    """What is kept of the catalogue."""

    def current(self, code: str) -> tuple[dict[str, Any] | None, int]: ...
    def version(self, code: str, version: str) -> dict[str, Any] | None: ...
    def listed(self) -> list[dict[str, Any]]: ...
    def publish(self, code: str, value: dict[str, Any], summary: dict[str, Any], number: int) -> None: ...


class Catalogue:
    """Read services (kept for a minute), check forms against them, publish new versions."""

    def __init__(self, store: Store, tick: Callable[[], float] = time.monotonic) -> None:
        self._store, self._tick = store, tick
        self._services: dict[str, tuple[float, Service]] = {}
        self._list: tuple[float, Summaries] | None = None
        self._versions: dict[tuple[str, str], Service] = {}
        self._checks: dict[tuple[str, str], Callable[..., Any]] = {}
        self._fees: dict[tuple[str, str], Callable[..., Any]] = {}

    def get(self, code: str, version: str = "") -> Service:
        """Return one version of a service, the current one unless named: a case keeps the rules it was filed under.

        Raises NotFound (which is not remembered: it may be published any moment).
        """
        if version:
            return self._pinned(code, version)
        kept = self._services.get(code)
        if kept and self._tick() - kept[0] < FRESH:
            return kept[1]
        value, number = self._store.current(code) if CODE.fullmatch(code) else (None, 0)
        if value is None:
            raise NotFound("没有这个事项")
        service = replace(Service.from_dict(value), version=_version(number))
        self._services[code] = (self._tick(), service)
        self._versions[code, service.version] = service
        return service

    def _pinned(self, code: str, version: str) -> Service:
        if (code, version) not in self._versions:
            value = self._store.version(code, version) if CODE.fullmatch(code) else None
            if value is None:
                raise NotFound("没有这个事项版本")
            self._versions[code, version] = replace(Service.from_dict(value), version=version)
        return self._versions[code, version]

    def list(self, channel: str | None = None) -> Summaries:
        """List current services by code, those of one channel if named."""
        if self._list is None or self._tick() - self._list[0] >= FRESH:
            self._list = (self._tick(), [_summary(each) for each in self._store.listed()])
        return [each for each in self._list[1] if channel is None or channel in each.channels]

    def search(self, query: Mapping[str, str | None]) -> Summaries:
        """List services by `audience`, `topic`, `tag`, `channel` and the words `q`; what is None does not matter.

        Raises InvalidInput naming the parameter that is too long or not one of its values.
        """
        narrowing.check(query)
        return [each for each in self.list() if narrowing.matches(each, query)]

    def check_form(self, service: Service, form: Any) -> dict[str, Any]:
        """Return a filled-in form as it is kept. Raises InvalidInput naming every faulty field as `form.<field>`."""
        place = service.code, service.version
        if place not in self._checks:
            self._checks[place] = schema.compiled(service.form)
        checked: dict[str, Any] = self._checks[place](form, "form")
        fees.assess(service, checked)  # what cannot be counted cannot be filed
        return checked

    def fee(self, code: str, form: Any, version: str = "") -> dict[str, Any]:
        """Count the fee by a form as it stands; what the fee does not ask for may be missing or wrong, and each exemption counts as
        proved. Raises NotFound, and InvalidInput naming every faulty field as `form.<field>`."""
        service = self.get(code, version)
        place = service.code, service.version
        if place not in self._fees:
            self._fees[place] = schema.compiled(fees.part(service))
        return fees.assess(service, self._fees[place](form, "form")).told()

    def guide(self, code: str, answers: Mapping[str, str] | None = None, version: str = "") -> dict[str, Any]:
        """Write the guide and the form of one version of a service (`get`); answers to situation questions shorten the materials.

        Raises NotFound, and InvalidInput for a question or an answer the service does not have.
        """
        service, answers = self.get(code, version), dict(answers or {})
        _known(service, answers)
        whole = service.to_dict()
        materials = [
            {k: v for k, v in asdict(each).items() if k != "conditional"} for each in service.materials_for(answers)
        ]
        shown = present(service.summarised()) | {name: whole[name] for name in _GUIDE}
        names = {each.code: each.name for each in service.departments.values()}
        named = {each.code: each.name for each in service.materials}
        return shown | {
            "materials": materials,
            "fee": feetexts.told(service.fee, service.form, named) if service.fee else None,
            "answers": answers,
            "department_phone": service.phone,
            "department_names": names,
        }

    def publish(self, service: Service | Mapping[str, Any]) -> str:
        """Make a checked service the current version and return that version; the same content again changes nothing.

        Raises Conflict if somebody published another version meanwhile.
        """
        new = replace(service if isinstance(service, Service) else Service.from_dict(service), version="")
        value, number = self._store.current(new.code)
        if value is not None and canonical(value) == canonical(new.to_dict()):
            return _version(number)
        self._store.publish(new.code, new.to_dict(), asdict(new.summarised()), number + 1)
        self._services.pop(new.code, None)
        self._list = None
        return _version(number + 1)


def present(summary: Summary) -> dict[str, Any]:
    """Write a summary as the API shows it, codes with their names."""
    shown = asdict(summary)
    shown["department_name"] = shown.pop("lead")
    shown["task_type_name"] = TASK_TYPES.get(summary.task_type, summary.task_type)
    shown["project_type_name"] = PROJECT_TYPES[summary.project_type]
    return shown


def _version(number: int) -> str:
    return f"v{number:06d}"


def _summary(value: Mapping[str, Any]) -> Summary:
    lists = ("topics", "tags", "channels", "delivery")
    return Summary(**{**value, **{name: tuple(value[name]) for name in lists}})


def _known(service: Service, answers: Mapping[str, str]) -> None:
    options = {each.id: {option.value for option in each.options} for each in service.situations}
    wrong = [
        Fault(f"answers.{name}", "unknown", f"没有“{name}:{value}”这个情形")
        for name, value in answers.items()
        if value not in options.get(name, ())
    ]
    if wrong:
        raise InvalidInput("；".join(fault.message for fault in wrong), wrong)
