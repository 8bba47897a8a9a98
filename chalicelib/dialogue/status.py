"""How a case stands (进度): one's own at once, another's with the last four of the applicant's identity number.

The desk counts wrong tries and locks (three, then half an hour); here is only the talking. No name and no number of a person is
ever said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chalicelib.cases.model import Case
from chalicelib.cases.rights import Asker
from chalicelib.dialogue import answers, texts
from chalicelib.dialogue.model import Answer, State
from chalicelib.dialogue.ports import Cases, Desk, Scene
from chalicelib.intake.model import Ask, Reply
from chalicelib.kernel import formats
from chalicelib.kernel.errors import Forbidden, InvalidInput, NotFound
from chalicelib.vocabulary.statuses import RATEABLE, Status

SHOWN = 3  # cases in one answer: an SMS of three segments, and as much as one listens to


class StatusTalk:
    """Tell how cases stand."""

    def __init__(self, desk: Desk, cases: Cases) -> None:
        self._desk, self._cases = desk, cases

    def start(self, scene: Scene) -> Answer:
        """Tell about all of the sender's cases; ask for a number where there are none."""
        found = self.mine(scene)
        if not found:
            return self.ask_number(scene, texts.NONE_YOURS)
        if len(found) == 1:
            return self.of(scene, next(iter(found)))
        lines = [
            texts.LINE.format(name=name, tail=number[-4:], status=status) for number, (name, status) in found.items()
        ]
        text = texts.LINES.format(count=len(lines), lines="；".join(lines[:SHOWN]))
        return answers.done(scene, text, hint=texts.MORE_CASES)

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

    def rateable(self, scene: Scene) -> list[Case]:
        """Return the sender's cases that may be rated, newest first."""
        if scene.utterance.sender.startswith("call:"):
            return []
        return [
            case
            for case in self._cases.mine(Asker.talking(scene.utterance.sender), limit=20)
            if case.status in RATEABLE
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

    def of(self, scene: Scene, number: str) -> Answer:
        """Tell about one case, or ask for the last four first."""
        try:
            reply = self._desk.receive(scene.intake("query", {"case_no": number}), scene.now)
        except Forbidden:
            return self._ask_four(scene, number)
        except InvalidInput as error:
            return self.ask_number(scene, texts.full(error.detail), missed=True)
        return self._told(scene, reply)

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
        may_rate = Status(body["status"]) in RATEABLE
        hint = texts.RATE_HINT if may_rate and not verified else ""
        return answers.done(scene, reply.text, str(body["case_no"]) if may_rate else "", hint, verified)
