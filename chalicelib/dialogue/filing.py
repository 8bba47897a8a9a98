"""Filing an application, or answering what an office asked of one (补正), by being asked question by question (one form, every channel).

    which service? ──► each field of the form, x-order ──► a phone to reach, how to get the result ──► is it right? ──► desk

Answers lie in `data["answers"]` by path (`form.id_number`, `contact.phone`, `delivery.method`); None is "left out". What has no
answer yet is asked next, so going back and mending one answer are the same thing: take the answer away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chalicelib.catalogue.model import Service, Summary
from chalicelib.dialogue import answers, fields, form, texts, words
from chalicelib.dialogue.fields import Asked
from chalicelib.dialogue.model import Answer, State
from chalicelib.dialogue.ports import Desk, ListedServices, Scene
from chalicelib.intake.model import Ask
from chalicelib.kernel.errors import InvalidInput
from chalicelib.vocabulary import channels

PAGE = 8  # services on one page of a chat; the ninth key shows more
PAGE_KEYPAD = 3  # on the telephone, where four choices are the most one can keep in mind
BUSY = frozenset({"status", "rate", "apply", "menu", "supplement"})


class Filing:
    """Ask for everything an application needs, then hand it to the desk."""

    def __init__(self, desk: Desk, catalogue: ListedServices) -> None:
        self._desk, self._catalogue = desk, catalogue

    # — which service —

    def menu(self, scene: Scene, page: int = 0, found: Sequence[Summary] = ()) -> Answer:
        """Show the services this channel can take, or those `found`."""
        services = found or self._catalogue.list(scene.utterance.channel)
        if not services:
            return answers.home(scene, texts.NO_SERVICE)
        size = PAGE_KEYPAD if scene.keypad else PAGE
        size = size + 1 if len(services) <= size + 1 else size
        start = page * size if page * size < len(services) else 0
        choices = {str(n): each.short_name for n, each in enumerate(services[start : start + size], 1)}
        more = {} if len(services) <= size else {str(size + 1): texts.MORE}
        extra = {"0": texts.PERSON} | ({"*": texts.BACK} if scene.keypad else {})
        text = texts.menu(
            texts.WHICH_SERVICE if scene.keypad else texts.WHICH_SERVICE_CHAT, choices | more, scene.keypad
        )
        codes = [each.code for each in services[start : start + size]]
        data = {"codes": codes, "page": start // size, "more": next(iter(more), "")}
        return Answer(State.SERVICE, text, Ask("choice", 1, choices | more | extra), data)

    def chosen(self, scene: Scene) -> Answer:
        """Take the number of a service."""
        word, codes = scene.heard.word, scene.data["codes"]
        if word and word == scene.data["more"]:
            return self.menu(scene, scene.data["page"] + 1)
        if word.isascii() and word.isdigit() and 0 < int(word) <= len(codes):
            return self.begin(scene, codes[int(word) - 1])
        return replace(self.menu(scene, scene.data["page"]), missed=True).led_by(
            texts.WRONG_KEY if scene.keypad else texts.UNKNOWN
        )

    def named(self, scene: Scene) -> Answer | None:
        """Begin the service that was named, if one was: `高龄津贴`, `我要办高龄津贴`."""
        wish = words.wish(scene.heard.word)
        if scene.keypad or not 2 <= len(wish) <= 40:
            return None
        every = self._catalogue.list()
        exact = [each for each in every if wish in (each.name.upper(), each.short_name.upper())]
        near = [each for each in every if wish in each.name.upper() or each.short_name.upper() in wish]
        found = exact or near
        here = [each for each in found if scene.utterance.channel in each.channels]
        if len(here) == 1:
            return self.begin(scene, here[0].code)
        if here:
            return self.menu(scene, found=here[:PAGE])
        return self._elsewhere(scene, found[0]) if found else None

    def begin(self, scene: Scene, code: str) -> Answer:
        """Ask the first question of a service."""
        service = self._catalogue.get(code)
        if scene.utterance.channel not in service.channels or not form.fits(service, scene.keypad):
            return self._elsewhere(scene, service)
        return self.ask(scene, service, {"service": code}, texts.BEGIN if scene.keypad else texts.BEGIN_CHAT)

    def _elsewhere(self, scene: Scene, service: Service | Summary) -> Answer:
        ways = "、".join(channels.name(each) for each in service.channels)
        return answers.home(scene, texts.NOT_HERE.format(name=service.name, ways=ways))

    # — question by question —

    def takes_zero(self, scene: Scene) -> bool:
        """Tell whether 0 may answer the present question, so that it does not mean 人工."""
        _, question = self._present(scene)
        return question is not None and question.numeric

    def ask(self, scene: Scene, service: Service, about: dict[str, Any], lead: str) -> Answer:
        """Ask the first question of what `about` says is to be filled in."""
        data = {"id": scene.utterance.message_id, "answers": {}, **about}
        lead = lead.format(name=service.name, count=len(form.questions(service, scene, data)))
        return self._next(scene, service, data).led_by(lead)

    def answered(self, scene: Scene) -> Answer:
        """Take the answer to one question and ask the next."""
        service, question = self._present(scene)
        if question is None:
            return self._next(scene, service, dict(scene.data))
        heard, keypad = scene.heard, scene.keypad
        if heard.command == "back" or (keypad and heard.word == "*"):
            return self._back(scene, service)
        if heard.command == "help":
            return self._asked(scene, question, scene.data).led_by(fields.explained(question))
        if heard.command == "skip" and not question.required:
            return self._next(scene, service, form.plus(scene.data, question.path, None))
        if heard.word in ("跳过", "#"):
            return self._missed(scene, question, texts.REQUIRED)
        if heard.command in BUSY and not heard.said[:1].isdigit():
            return self._asked(scene, question, scene.data).led_by(texts.BUSY_FORM.format(name=service.name))
        try:
            value = fields.read(question, heard)
        except InvalidInput as error:
            return self._missed(scene, question, texts.full(error.detail))
        return self._next(scene, service, form.plus(scene.data, question.path, value))

    def confirmed(self, scene: Scene) -> Answer:
        """File on 1, begin again on 2; a form published anew since the sum was read may ask something more first."""
        (service, question), heard = self._present(scene), scene.heard
        asked = self._next(scene, service, dict(scene.data))
        if question is not None or heard.command == "help":
            return asked
        if heard.command == "back" or (scene.keypad and heard.word == "*"):
            return self._back(scene, service)
        if heard.word in words.YES:
            return self._file(scene, service)
        if heard.word in words.NO:
            fresh = {**scene.data, "id": scene.utterance.message_id, "answers": {}}
            return self._next(scene, service, fresh).led_by(texts.RESTART)
        return replace(asked, missed=True).led_by(texts.WRONG_KEY if scene.keypad else texts.UNKNOWN)

    def _present(self, scene: Scene) -> tuple[Service, Asked | None]:
        service = self._catalogue.get(scene.data["service"], scene.data.get("version", ""))
        return service, next(iter(form.unanswered(service, scene, scene.data)), None)

    def _next(self, scene: Scene, service: Service, data: dict[str, Any]) -> Answer:
        if left := form.unanswered(service, scene, data):
            return self._asked(scene, left[0], data)
        lines = [
            f"{each.title}：{fields.shown(each, data['answers'][each.path], scene.keypad)}"
            for each in form.questions(service, scene, data)
            if data["answers"][each.path] is not None
        ]
        lead = texts.CHECK + ("，".join(lines) + "。" if scene.keypad else "\n" + "\n".join(lines))
        extra = {"0": texts.PERSON} | ({"*": texts.BACK} if scene.keypad else {})
        text = texts.menu(lead, texts.CONFIRM, scene.keypad)
        return Answer(State.CONFIRM, text, Ask("choice", 1, texts.CONFIRM | extra), data)

    def _asked(self, scene: Scene, question: Asked, data: Any) -> Answer:
        text = fields.sentence(question, scene.keypad)
        return Answer(State.FIELD, text, fields.ask(question, scene.keypad), data)

    def _missed(self, scene: Scene, question: Asked, why: str) -> Answer:
        return replace(self._asked(scene, question, scene.data), missed=True).led_by(why)

    def _back(self, scene: Scene, service: Service) -> Answer:
        """Take the last answer away; before the first question of an application is the choice of the service."""
        asked, data = form.questions(service, scene, scene.data), scene.data
        given = [each.path for each in asked if each.path in data["answers"]]
        if not given:
            return answers.home(scene) if "case_no" in data else self.menu(scene)
        return self._next(scene, service, form.without(data, given[-1]))

    # — hand in —

    def _file(self, scene: Scene, service: Service) -> Answer:
        kind, body = form.submission(service, scene, scene.data)
        try:
            receipt = self._desk.receive(scene.intake(kind, body, scene.data["id"]), scene.now)
        except InvalidInput as error:
            return self._mend(scene, service, error)
        said = texts.full(receipt.text) + form.brought(service, receipt.body.get("missing", ()))
        return replace(answers.done(scene, said, hint=texts.TRACK_HINT), filed=str(receipt.body.get("case_no", "")))

    def _mend(self, scene: Scene, service: Service, error: InvalidInput) -> Answer:
        """Ask again for what the desk refused. Raises the error where no question is about it, or no other answer helps."""
        known = {each.path for each in form.questions(service, scene, scene.data)}
        wrong = [fault for fault in error.fields if fault.path in known and fault.code != "not_asked"]
        if not wrong:
            raise error
        why = texts.full(texts.CHANGED.format(reason="；".join(fault.message for fault in wrong)))
        return self._next(scene, service, form.without(scene.data, *(fault.path for fault in wrong))).led_by(why)
