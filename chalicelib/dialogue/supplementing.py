"""Answering what an office asked of an application (补正): the fields of its form, by the very questions it was filed with.

    补正 ──► whose case waits? ──► each field asked for ──► is it right? ──► desk: the same supplement as from the web

Who may is who may change the form (`cases.rights`): the desk names the fields to nobody else. What is no field, a file or what was
asked in words, is not taken here: how it stands says where it goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.catalogue.model import Services
from chalicelib.dialogue import answers, form, texts
from chalicelib.dialogue.filing import Filing
from chalicelib.dialogue.model import Answer
from chalicelib.dialogue.ports import Scene
from chalicelib.dialogue.status import StatusTalk


class Supplementing:
    """Ask for what an office asked for."""

    def __init__(self, status: StatusTalk, filing: Filing, catalogue: Services) -> None:
        self._status, self._filing, self._catalogue = status, filing, catalogue

    def start(self, scene: Scene, number: str = "") -> Answer:
        """Begin with the case named, else with the one of the sender's that waits; of several, ask which."""
        if number:
            return self._status.of(scene, number, then=self._begin)
        waiting = self._status.waiting(scene)
        if not waiting:
            return answers.done(scene, texts.NOTHING_ASKED)
        if len(waiting) == 1:
            return self._status.of(scene, next(iter(waiting)), then=self._begin)
        return answers.done(scene, self._status.listed(waiting) + texts.WHICH_SUPPLEMENT)

    def _begin(self, scene: Scene, body: Mapping[str, Any]) -> Answer | None:
        """Ask the first field; None where none can be answered here."""
        service = self._catalogue.get(body["service"], body["version"])
        fields = form.answerable(service, body, scene.keypad)
        if not fields:
            return None
        about = {name: body[name] for name in ("case_no", "service", "version")} | {"fields": fields}
        lead = texts.SUPPLEMENT if scene.keypad else texts.SUPPLEMENT_CHAT
        return self._filing.ask(scene, service, about, lead)
