"""Rating (docs/domain.md §2 好差评) by one digit, 5 best … 1 worst; 1 and 2 are asked for a reason (国办发〔2019〕51号).

    invitation sent ──► expected ──► digit ──► 3…5: rated
                                        └────► 1, 2: reason ──► may he be called? ──► rated

Who was invited may answer with the bare digit for as long as the invitation lives, days after the last word of a conversation;
so invitations are remembered beside the conversation, not in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib.dialogue import answers, texts, words
from chalicelib.dialogue.model import Answer, State
from chalicelib.dialogue.ports import Desk, Invitations, Scene
from chalicelib.dialogue.status import StatusTalk
from chalicelib.intake.model import Ask
from chalicelib.kernel.errors import AppError
from chalicelib.ratings.model import reasons_of

CHOICES, CHOICES_KEYPAD = 8, 4  # reasons offered
LONGEST = 200  # characters of a reason in words


class Rating:
    """Ask for a level, where it is bad for a reason and whether he may be called, and hand it to the desk."""

    def __init__(
        self,
        desk: Desk,
        status: StatusTalk,
        invitations: Invitations,
        ticket: Callable[[str], str],
    ) -> None:
        self._desk, self._status, self._invitations = desk, status, invitations
        self._ticket = ticket

    def start(self, scene: Scene, case_no: str = "", level: int = 0, verified: bool = False) -> Answer:
        """Rate the case named, else the one last invited for, else the newest of the sender's that may be rated.

        `verified`: the caller proved to know the applicant's identity number, which stands for the ticket of the link.
        """
        number = case_no or self._invitations.latest(scene.utterance.sender, scene.now)
        found = {case.case_no: case.service_name for case in self._status.rateable(scene)} if not number else {}
        number = number or next(iter(found), "")
        if not number:
            return answers.done(scene, texts.NOT_RATEABLE_CALL if scene.keypad else texts.NOT_RATEABLE)
        if level:
            return self._levelled(scene, number, level)
        named = texts.ASK_LEVEL.format(name=found.get(number, ""), tail=number[-4:])
        text = named if number in found else texts.ASK_LEVEL_BARE.format(tail=number[-4:])
        extra = {"*": texts.BACK, "0": texts.PERSON} if scene.keypad else {"0": texts.PERSON}
        ask = Ask("choice", 1, texts.LEVELS | extra)
        return Answer(
            State.LEVEL, texts.line(text, texts.LEVELS, scene.keypad), ask, {"case_no": number, "verified": verified}
        )

    def bare_digit(self, scene: Scene, after: str = "") -> Answer | None:
        """Take a digit nobody asked for just now as the answer to an invitation, if there is one."""
        level = words.level(scene.heard.word)
        number = self._invitations.latest(scene.utterance.sender, scene.now, after) if level else ""
        return self._levelled(scene, number, level) if number else None

    def levelled(self, scene: Scene) -> Answer:
        """Take the level."""
        level = words.level(scene.heard.word)
        if not level:
            return answers.repeat(scene, texts.WRONG_KEY if scene.keypad else texts.UNKNOWN)
        return self._levelled(scene, str(scene.data["case_no"]), level)

    def reasoned(self, scene: Scene) -> Answer:
        """Take the reason: numbers of the list, or words."""
        codes, heard = list(scene.data["codes"]), scene.heard
        picked = words.numbers(heard.said)
        if picked and all(0 < number <= len(codes) for number in picked):
            chosen = [codes[number - 1] for number in dict.fromkeys(picked)]
            return self._ask_named(scene, chosen, "")
        if scene.keypad or picked or len(heard.said) < 2:
            return answers.repeat(scene, texts.WRONG_KEY if scene.keypad else texts.UNKNOWN)
        return self._ask_named(scene, [], heard.said[:LONGEST])

    def _ask_named(self, scene: Scene, codes: list[str], text: str) -> Answer:
        """Ask whether he may be called: who says nothing of it stays anonymous (匿名评价)."""
        extra = {"*": texts.BACK, "0": texts.PERSON} if scene.keypad else {"0": texts.PERSON}
        asked = texts.line(texts.ASK_NAMED, texts.NAMED, scene.keypad)
        data = {
            **self._which(scene, str(scene.data["case_no"])),
            "level": scene.data["level"],
            "codes": codes,
            "text": text,
        }
        return Answer(State.NAMED, asked, Ask("choice", 1, texts.NAMED | extra), data)

    def named(self, scene: Scene) -> Answer:
        """Take whether he may be called."""
        word, data = scene.heard.word, scene.data
        if word not in words.YES | words.NO:
            return answers.repeat(scene, texts.WRONG_KEY if scene.keypad else texts.UNKNOWN)
        known = {"anonymous": word in words.NO}
        return self._rated(
            scene, str(data["case_no"]), int(data["level"]), list(data["codes"]), str(data["text"]), **known
        )

    def _levelled(self, scene: Scene, number: str, level: int) -> Answer:
        if level > 2:
            return self._rated(scene, number, level, [], "")
        reasons = reasons_of(level)
        offered = dict(list(reasons.items())[: CHOICES_KEYPAD if scene.keypad else CHOICES])
        numbered = {str(n): label for n, label in enumerate(offered.values(), 1)}
        text = texts.menu(texts.ASK_REASON, numbered, scene.keypad) + ("" if scene.keypad else texts.REASON_CHAT)
        ask = Ask("choice", 1, numbered | {"*": texts.BACK, "0": texts.PERSON}) if scene.keypad else Ask("text")
        return Answer(State.REASON, text, ask, {"level": level, "codes": list(offered), **self._which(scene, number)})

    @staticmethod
    def _which(scene: Scene, number: str) -> dict[str, Any]:
        return {"case_no": number, "verified": bool(scene.data.get("verified"))}

    def _rated(self, scene: Scene, number: str, level: int, codes: list[str], text: str, **known: bool) -> Answer:
        body = {"case_no": number, "level": level, "reasons": codes, "text": text, **known}
        if scene.data.get("verified"):
            body["ticket"] = self._ticket(number)
        try:
            reply = self._desk.receive(scene.intake("rating", body), scene.now)
        except AppError as error:
            if error.retryable:
                raise
            self._invitations.settle(scene.utterance.sender, number, scene.now)
            return answers.done(scene, texts.full(error.detail))
        self._invitations.settle(scene.utterance.sender, number, scene.now)
        if scene.keypad:
            return Answer(State.IDLE, reply.text + texts.GOODBYE, ended=True)
        return Answer(State.IDLE, reply.text)
