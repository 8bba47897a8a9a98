"""What is said of each event on its row (`EVENTS`): what it is called, whom it is told to, what follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from chalicelib.vocabulary.figures import Figure

Counted = Figure | Literal["nothing", "rated", "invalidated", "rectified", "revisited"]
"""Which figure of supervision goes up; what is said of a rating counts by what it says (`supervision.model`)."""
Work = Literal["approval", "payment", "delivery", "rating"]
"""What a case is carried through, each by a workflow of its own (`infra/workflows/<work>.asl.yaml`)."""


@dataclass(frozen=True)
class Message:
    """What the applicant is told: by SMS, on a WeChat card (`phrase` how the case stands, `note` what to do), on the telephone.

    `spoken`: said to who asks how the case stands (`EventMeaning.stands`); no carrier (`notices.carriers`) calls. `required`: told
    though he opted out (退订), by law or as time runs.
    """

    sms: str
    phrase: str
    note: str
    spoken: str
    required: bool = False


@dataclass(frozen=True)
class Silent:
    """Nobody is told of it, and why."""

    why: str


@dataclass(frozen=True)
class Standard:
    """The codes an event has by the 办件 standard (docs/domain.md §1.5): `PROC.noderesult`, `DONE.doneresult`, `SPECIALNODE.noderesult`.

    Where they differ by a fact of the event, `by` names the fact and `each` has those of its values that are not the rule.
    """

    process: str = ""
    done: str = ""
    special: str = ""
    by: str = ""
    each: Mapping[str, Standard] = field(default_factory=dict)

    def of(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Return the codes of an event with these facts, by kind; none where the standard has none."""
        found = self.each.get(str(data.get(self.by)), self)
        codes = {"process": found.process, "done": found.done, "special": found.special}
        return {kind: code for kind, code in codes.items() if code}


NONE = Standard()
OUR_WORK = Silent("办事过程中的内部环节，群众可在时间线上看到")
HERE = "您申办的{service_name}（{case_no}）"
APPEAL = "如有异议可依法申请复议或起诉。"


@dataclass(frozen=True)
class EventMeaning:
    """One row: the name on a timeline, whom it is told to, what it counts as, which work it begins (payment: where a fee is due),
    whether it asks for a rating, or once more for one (`asks_again`), the document (文书) the law wants of it
    (`documents/templates/<event>.toml` has its words), its codes, and which of its facts are the offices' own (`ours`): of their own
    work, all.

    `stands`: it says in its words how the case stands from then on, which the status alone does not, and the head keeps these of its
    facts for who asks (`cases.standing`); None: the status says it."""

    name: str
    tells: Message | Silent
    counts: Counted = "nothing"
    begins: Work | None = None
    invites: bool = False
    asks_again: bool = False
    document: str = ""
    standard: Standard = NONE
    ours: frozenset[str] = frozenset()
    stands: tuple[str, ...] | None = None

    def told(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts of it that anybody on the case may read."""
        return {} if self.tells is OUR_WORK else {name: fact for name, fact in data.items() if name not in self.ours}

    @property
    def evaluable(self) -> bool:
        """Whether with it the service was given, and can be rated (主动评价率): a result, or a no."""
        return self.begins == "rating" or (self.invites and self.standard.done != "")

    @property
    def by_department(self) -> bool:
        """Whether it is counted for the department in charge too."""
        return self.evaluable or self.counts in ("rated", "invalidated", "rectified", "revisited")

    @property
    def followed(self) -> bool:
        """Whether the outbox has anything to do for it."""
        return self.begins is not None or self.document != "" or isinstance(self.tells, Message)
