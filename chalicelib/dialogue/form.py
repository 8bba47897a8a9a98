"""What has to be asked, and how the answers become a submission.

For an application: the service's form, a phone to reach, the delivery. For a supplement (补正): the fields of the form an office asked for,
of the case `data` names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.catalogue.model import Service
from chalicelib.dialogue import texts
from chalicelib.dialogue.fields import Asked
from chalicelib.dialogue.ports import Scene
from chalicelib.kernel import formats
from chalicelib.vocabulary.channels import who

OURS: dict[str, dict[str, Any]] = {
    "contact.phone": texts.CONTACT,
    "delivery.name": texts.RECIPIENT,
    "delivery.address": texts.ADDRESS,
}


def fits(service: Service, keypad: bool) -> bool:
    """Tell whether everything the service must know can be asked here."""
    required = set(service.form.get("required", ()))
    return required <= set(service.askable(keypad)) and (not keypad or list(service.delivery) != ["courier"])


def questions(service: Service, scene: Scene, data: Mapping[str, Any]) -> list[Asked]:
    """List what has to be asked, in order; of a supplement all must be answered."""
    if "case_no" in data:
        return [Asked(f"form.{each}", service.field(each)) for each in data["fields"]]
    required = set(service.form.get("required", ()))
    asked = [Asked(f"form.{each}", service.field(each), each in required) for each in service.askable(scene.keypad)]
    ours = [] if phone(scene) else ["contact.phone"]
    if method(service) == "courier":
        ours += ([] if service.applicant.name else ["delivery.name"]) + ["delivery.address"]
    return asked + [Asked(path, OURS[path]) for path in ours]


def unanswered(service: Service, scene: Scene, data: Mapping[str, Any]) -> list[Asked]:
    """List what has still to be asked."""
    return [each for each in questions(service, scene, data) if each.path not in data["answers"]]


def plus(data: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return `data` with one more answer."""
    return {**data, "answers": {**data["answers"], path: value}}


def without(data: Mapping[str, Any], *paths: str) -> dict[str, Any]:
    """Return `data` with answers taken away."""
    return {**data, "answers": {path: value for path, value in data["answers"].items() if path not in paths}}


def answerable(service: Service, told: Mapping[str, Any], keypad: bool) -> list[str]:
    """Return which of the fields an office asked for can be answered here; `told` is the desk's answer how the case stands."""
    return [name for name in service.askable(keypad) if name in told.get("fields", ())]


def brought(service: Service, missing: Sequence[Mapping[str, Any]]) -> str:
    """Say where what is still missing goes; nothing where nothing is."""
    offices = (service.departments.get(each["department"]) for each in missing)
    place = "、".join(dict.fromkeys(office.address for office in offices if office))
    return texts.REST.format(place=place) if place else ""


def method(service: Service) -> str:
    """The way of delivery where a conversation asks for none: the first that needs no address."""
    return next((each for each in service.delivery if each != "courier"), service.delivery[0])


def phone(scene: Scene) -> str:
    """The mobile number the person talks from, or empty."""
    number = who(scene.utterance.sender, "sms")
    return number if formats.mobile(number) else ""


def submission(service: Service, scene: Scene, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Write the kind and the body of what is handed in as every channel writes them; an answer to what is not asked any more is left
    out."""
    answers, asked = data["answers"], (each.path for each in questions(service, scene, data))
    given = {path: answers[path] for path in asked if answers.get(path) is not None}
    filled = {path.removeprefix("form."): value for path, value in given.items() if path.startswith("form.")}
    if "case_no" in data:
        return "supplement", {"case_no": data["case_no"], "form": filled}
    reach = given.get("contact.phone") or phone(scene)
    way = method(service)
    delivery = {"method": way}
    if way == "courier":
        name = given.get("delivery.name") or filled.get(service.applicant.name or "", "")
        delivery |= {"name": name, "phone": reach, "address": given["delivery.address"]}
    body = {"service": service.code, "form": filled, "contact": {"phone": reach}, "delivery": delivery}
    return "application", body
