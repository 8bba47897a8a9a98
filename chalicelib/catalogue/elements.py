"""What a service is made of: departments, materials, situations, stages, result.

Codes are those of `vocabulary.codes`. Days are working days, money is fen.
"""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.vocabulary.codes import (
    CERTIFIED,
    Audience,
    MaterialForm,
    MaterialNeed,
    MaterialSource,
    ProjectType,
    ResultType,
    StageKind,
)


@dataclass(frozen=True)
class Department:
    """An organ that takes part (`services/departments.yaml`).

    `mark` stands before the numbers of its documents (发文机关代字); `reviewed_by` is where its decisions are reconsidered
    (《行政复议法》第24条: the government of the same level; 第27条: for what is led vertically, such as tax, the organ above); `court` is
    where it is sued; '': as the law has it. `window`: it takes applications for the departments in charge (综合窗口), whose power it is:
    it accepts or does not in their name. `supervised_by` is the department whose supervisors look into how this one works (效能监察):
    never itself.
    """

    code: str
    name: str
    region: str
    phone: str
    address: str
    mark: str = ""
    reviewed_by: str = ""
    court: str = ""
    window: bool = False
    supervised_by: str = ""


@dataclass(frozen=True)
class Applicant:
    """Which fields of the form hold who applies. `name` is None where the form need not ask it (read from the population register)."""

    type: Audience
    id: str
    name: str | None = None


@dataclass(frozen=True)
class Material:
    """One document asked for (申请材料). `need`: required 必要, optional 非必要, later 容缺后补. `conditional`: only in some situation."""

    code: str
    name: str
    need: MaterialNeed
    source: MaterialSource
    form: MaterialForm
    format: str
    copies: int = 1
    note: str = ""
    conditional: bool = False


@dataclass(frozen=True)
class Option:
    """One answer to a situation's question, and the materials it calls for."""

    value: str
    label: str
    materials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Situation:
    """A question that shortens the list of materials (办理情形). `id` is the form field that holds the answer."""

    id: str
    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Stage:
    """One step of the approval (环节). Several departments work on it side by side (并联审批)."""

    id: str
    name: str
    kind: StageKind
    departments: tuple[str, ...]
    limit_days: int


@dataclass(frozen=True)
class Result:
    """What comes out (办理结果). Valid so many years or days, 0 and 0: without an end; `renewable`: it can be
    renewed (延续) before that."""

    name: str
    type: ResultType
    electronic: bool
    valid_years: int = 0
    valid_days: int = 0
    renewable: bool = False

    @property
    def certified(self) -> bool:
        """Tell whether it is given as a certificate with a number of its own: a thing to show, in electronic form."""
        return self.electronic and self.type in CERTIFIED


@dataclass(frozen=True)
class Venue:
    """Where and when somebody of an office is met: to hand over a result, to take a fee."""

    address: str
    hours: str


@dataclass(frozen=True)
class Question:
    """A common question (常见问题)."""

    ask: str
    answer: str


@dataclass(frozen=True)
class Summary:
    """What a list shows of a service; `lead` is the name of the department in charge, `fee_fen` None where the fee depends on the form,
    and `fee_text` what it says of the fee."""

    code: str
    name: str
    short_name: str
    summary: str
    task_type: str
    project_type: ProjectType
    audience: Audience
    department: str
    lead: str
    region: str
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    promised_days: int
    visits: int
    fee_fen: int | None
    channels: tuple[str, ...]
    delivery: tuple[str, ...]
    fee_text: str = "不收费"
