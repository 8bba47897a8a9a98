"""What has to be asked for an application, and how the answers become one: the service's form, a phone to reach, the delivery."""

from __future__ import annotations

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


def questions(service: Service, scene: Scene) -> list[Asked]:
    """List what has to be asked, in order."""
    required = set(service.form.get("required", ()))
    asked = [Asked(f"form.{each}", service.field(each), each in required) for each in service.askable(scene.keypad)]
    ours = [] if phone(scene) else ["contact.phone"]
    if method(service) == "courier":
        ours += ([] if service.applicant.name else ["delivery.name"]) + ["delivery.address"]
    return asked + [Asked(path, OURS[path]) for path in ours]


def method(service: Service) -> str:
    """The way of delivery where a conversation asks for none: the first that needs no address."""
    return next((each for each in service.delivery if each != "courier"), service.delivery[0])


def phone(scene: Scene) -> str:
    """The mobile number the person talks from, or empty."""
    number = who(scene.utterance.sender, "sms")
    return number if formats.mobile(number) else ""


def body(service: Service, scene: Scene, answers: Any) -> dict[str, Any]:
    """Write the application as every channel writes it; an answer to what is not asked any more is left out."""
    asked = (each.path for each in questions(service, scene))
    given = {path: answers[path] for path in asked if answers.get(path) is not None}
    filled = {path.removeprefix("form."): value for path, value in given.items() if path.startswith("form.")}
    reach = given.get("contact.phone") or phone(scene)
    way = method(service)
    delivery = {"method": way}
    if way == "courier":
        name = given.get("delivery.name") or filled.get(service.applicant.name or "", "")
        delivery |= {"name": name, "phone": reach, "address": given["delivery.address"]}
    return {"service": service.code, "form": filled, "contact": {"phone": reach}, "delivery": delivery}
