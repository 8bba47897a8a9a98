"""How a case stands (进度): one's own at once, another's with the last four of the applicant's identity number.

The desk counts wrong tries and locks (three, then half an hour); here is only the talking. No name and no number of a person is
ever said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.cases.asking import asked
from chalicelib.cases.model import Case
from chalicelib.cases.rights import Asker
from chalicelib.catalogue.model import Services
from chalicelib.dialogue import answers, form, texts
from chalicelib.dialogue.model import Answer, State
from chalicelib.dialogue.ports import Cases, Desk, Scene
from chalicelib.intake.model import Ask, Reply
from chalicelib.kernel import formats
from chalicelib.kernel.errors import Forbidden, InvalidInput, NotFound
from chalicelib.vocabulary.statuses import NAMES, Status

Then = Callable[[Scene, Mapping[str, Any]], "Answer | None"]
"""What else is done with a case, by the desk's answer how it stands; None where only that is told."""
SHOWN = 3  # cases in one answer: an SMS of three segments, and as much as one listens to


class StatusTalk:
    """Tell how cases stand."""

    def __init__(self, desk: Desk, cases: Cases, catalogue: Services) -> None:
        self._desk, self._cases, self._catalogue = desk, cases, catalogue

    def start(self, scene: Scene) -> Answer:
        """Tell about all of the sender's cases; ask for a number where there are none."""
        found = self.mine(scene)
        if not found:
            return self.ask_number(scene, texts.NONE_YOURS)
        if len(found) == 1:
            return self.of(scene, next(iter(found)))
        return answers.done(scene, self.listed(found), hint=texts.MORE_CASES)

    @staticmethod
    def listed(found: Mapping[str, tuple[str, str]]) -> str:
        """List cases by service, the end of their number, and status."""
        lines = [
            texts.LINE.format(name=name, tail=number[-4:], status=status) for number, (name, status) in found.items()
        ]
        return texts.LINES.format(count=len(lines), lines="；".join(lines[:SHOWN]))

    def mine(self, scene: Scene) -> dict[str, tuple[str, str]]:
        """Return number → (service, status) of the sender's cases, newest first.

        The case filed a moment ago is asked for by its number: the index that lists cases may still lag behind (read your own write).
        """
        listed = (
            []
            if scene.utterance.sender.startswith("call:")
            else self._cases.mine(Asker.talking(scene.utterance.sender), limit=SHOWN * 3)
        )
        found = {case.case_no: (case.service_name, case.status_name) for case in listed}
        last = scene.memory.last_case
        if not last or last in found:
            return found
        present = self._desk.receive(scene.intake("query", {"case_no": last}), scene.now).body
        return {last: (str(present["service_name"]), str(present["status_name"]))} | found

    def waiting(self, scene: Scene) -> dict[str, tuple[str, str]]:
        """Return those of `mine` where an office waits for the applicant (补正)."""
        wanted = NAMES[Status.CORRECTION]
        return {number: told for number, told in self.mine(scene).items() if told[1] == wanted}

    def rateable(self, scene: Scene) -> list[Case]:
        """Return the sender's cases whose rating is asked for, newest first: none that was given."""
        if scene.utterance.sender.startswith("call:"):
            return []
        return [
            case for case in self._cases.mine(Asker.talking(scene.utterance.sender), limit=20) if asked(case, scene.now)
        ]

    def ask_number(self, scene: Scene, lead: str = "", missed: bool = False) -> Answer:
        """Ask which case."""
        text = lead + (texts.WHICH_CASE_CALL if scene.keypad else texts.WHICH_CASE)
        ask = Ask("digits", 12, {"*": texts.BACK, "0": texts.PERSON}) if scene.keypad else Ask("text")
        return Answer(State.NUMBER, text, ask, missed=missed)

    def numbered(self, scene: Scene) -> Answer:
        """Take a case number."""
        digits = formats.bare(scene.heard.word)
        if not digits.isascii() or not digits.isdigit():
            return self.ask_number(scene, texts.WRONG_KEY if scene.keypad else texts.UNKNOWN, missed=True)
        return self.of(scene, digits)

    def of(self, scene: Scene, number: str, then: Then = lambda scene, told: None) -> Answer:
        """Tell about one case, unless `then` has more to do with who may know; or ask for the last four first."""
        try:
            reply = self._desk.receive(scene.intake("query", {"case_no": number}), scene.now)
        except Forbidden:
            return self._ask_four(scene, number)
        except InvalidInput as error:
            return self.ask_number(scene, texts.full(error.detail), missed=True)
        return then(scene, reply.body) or self._told(scene, reply)

    def verified(self, scene: Scene) -> Answer:
        """Take the last four."""
        number, four = str(scene.data["case_no"]), formats.bare(scene.heard.word).replace("*", "X")
        if len(four) != 4 or not four.isascii() or not four.isalnum():
            return answers.repeat(scene, texts.BAD_FOUR)
        asked = scene.intake("query", {"case_no": number, "verify": four})
        if asked.sender.startswith(
            "call:"
        ):  # callers who withhold their number share their tries, or each call would have three
            asked = replace(asked, sender="call:withheld")
        try:
            reply = self._desk.receive(asked, scene.now)
        except NotFound as error:
            return self._ask_four(scene, number, texts.full(error.detail))
        return self._told(scene, reply, verified=True)

    def _ask_four(self, scene: Scene, number: str, lead: str = "") -> Answer:
        text = lead + (texts.LAST_FOUR_CALL if scene.keypad else texts.LAST_FOUR)
        ask = Ask("digits", 4, {"*": texts.BACK, "0": texts.PERSON}) if scene.keypad else Ask("text")
        return Answer(State.VERIFY, text, ask, {"case_no": number}, missed=bool(lead))

    def _told(self, scene: Scene, reply: Reply, verified: bool = False) -> Answer:
        body: dict[str, Any] = reply.body
        may_rate = reply.asks
        hint = texts.RATE_HINT if may_rate and not verified else ""
        number = str(body["case_no"])
        if body.get("fields"):
            service = self._catalogue.get(body["service"], body["version"])
            if fields := form.answerable(service, body, scene.keypad):
                titles = "、".join(str(service.field(name)["title"]) for name in fields)
                return answers.done(
                    scene, reply.text, hint=texts.SUPPLEMENT_HINT.format(titles=titles), supplement=number
                )
        return answers.done(scene, reply.text, number if may_rate else "", hint, verified)
