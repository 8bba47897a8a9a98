"""What a service (政务服务事项) is: one file under `services/` is one `Service`, and every channel reads the same one (同源发布)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from chalicelib.catalogue import feetexts
from chalicelib.catalogue.elements import (
    Applicant,
    Department,
    Material,
    Option,
    Question,
    Result,
    Situation,
    Stage,
    Summary,
    Venue,
)
from chalicelib.catalogue.tariff import Fee
from chalicelib.kernel.formats import FORMATS
from chalicelib.vocabulary.channels import ONLINE, opened
from chalicelib.vocabulary.codes import Audience, ProjectType

__all__ = [
    "Applicant",
    "Audience",
    "Department",
    "Material",
    "Option",
    "ProjectType",
    "Question",
    "Result",
    "Service",
    "Situation",
    "Stage",
    "Summary",
    "Venue",
]

KEYPAD_CHOICES = 9
_DIGIT_CLASSES = ("[0-9]", r"\d", "[1-9]")


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service with its guide, form, stages, fee, result and delivery.

    `form` is a JSON Schema (draft-07) of one flat object: every property has `title`, `x-ask` (the question as spoken or sent by
    SMS), `examples`, and `x-labels` where it has `enum`; `x-order` is the order of asking. `statutory_days` 0 = the law sets none;
    `statutory_basis` names the law or regulation that sets another limit than the 《行政许可法》.
    `delivery[0]` is what is chosen where nobody asks. `countersigners` are departments without a stage of their own that may be asked
    to countersign (会签). `opinions` are offered to clerks (常用意见) by `<stage>.<outcome>` or by the code of an act of an office
    (`codes.OFFICE_ACTS`). `version` is given by the catalogue when it is published.
    """

    code: str
    name: str
    short_name: str
    summary: str
    task_type: str
    project_type: ProjectType
    audience: Audience
    region: str
    department: str
    legal_basis: tuple[str, ...]
    conditions: tuple[str, ...]
    process: tuple[str, ...]
    topics: tuple[str, ...]
    statutory_days: int
    promised_days: int
    visits: int
    form: dict[str, Any]
    applicant: Applicant
    materials: tuple[Material, ...]
    stages: tuple[Stage, ...]
    fee: Fee | None
    result: Result
    delivery: tuple[str, ...]
    channels: tuple[str, ...]
    departments: dict[str, Department]
    visits_reason: str = ""
    situations: tuple[Situation, ...] = ()
    questions: tuple[Question, ...] = ()
    pickup: Venue | None = None
    statutory_basis: str = ""
    note: str = ""
    task_code: str = ""
    countersigners: tuple[str, ...] = ()
    opinions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    version: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """Derive the four lists of 国办发〔2018〕45号 from the facts: nobody writes them by hand."""
        holds = {
            "马上办": self.project_type == "instant",
            "网上办": bool(ONLINE & set(self.channels)),
            "一次办": self.visits <= 1,
            "就近办": "kiosk" in self.channels,
        }
        return tuple(tag for tag, true in holds.items() if true)

    @property
    def phone(self) -> str:
        """Return the telephone of the department in charge."""
        return self.departments[self.department].phone

    @property
    def lead(self) -> str:
        """Return the department that decides."""
        return self.stages[-1].departments[0]

    def organ(self, code: str) -> Department:
        """Return in whose name a department acts: a window in that of the department in charge. Raises KeyError."""
        acting = self.departments[code]
        return self.departments[self.department] if acting.window else acting

    def department_name(self, code: str) -> str:
        """Name a department that takes part; its code where it is unknown to this version."""
        known = self.departments.get(code)
        return known.name if known else code

    def stage(self, stage_id: str) -> Stage:
        """Return one stage. Raises KeyError."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise KeyError(stage_id)

    def field(self, name: str) -> dict[str, Any]:
        """Return the schema of one form field. Raises KeyError."""
        schema: dict[str, Any] = self.form["properties"][name]
        return schema

    def askable(self, keypad: bool) -> list[str]:
        """Name the form fields a conversation asks, in order; on a keypad only those that keys can answer."""
        names: list[str] = list(self.form["x-order"])
        return [name for name in names if keyed(self.field(name))] if keypad else names

    def materials_for(self, answers: Mapping[str, Any]) -> list[Material]:
        """Return the materials that apply: unconditional ones, and those the answers (situation → value) call for.

        A question not answered keeps the materials of all its options, so that nothing is hidden too early.
        """
        called = {
            code
            for situation in self.situations
            for option in situation.options
            if answers.get(situation.id, option.value) == option.value
            for code in option.materials
        }
        return [material for material in self.materials if not material.conditional or material.code in called]

    def asked_materials(self, form: Mapping[str, Any]) -> list[Material]:
        """Return what this applicant has to hand in, judged by the answers in the form (situations are form fields)."""
        answers = {situation.id: form.get(situation.id, "") for situation in self.situations}
        return [each for each in self.materials_for(answers) if each.need != "optional" and each.source == "self"]

    def summarised(self) -> Summary:
        """Return what a list shows."""
        return Summary(
            code=self.code,
            name=self.name,
            short_name=self.short_name,
            summary=self.summary,
            task_type=self.task_type,
            project_type=self.project_type,
            audience=self.audience,
            department=self.department,
            lead=self.department_name(self.department),
            region=self.region,
            topics=self.topics,
            tags=self.tags,
            promised_days=self.promised_days,
            visits=self.visits,
            fee_fen=feetexts.fixed(self.fee),
            fee_text=feetexts.short(self.fee, self.form),
            channels=self.channels,
            delivery=self.delivery,
        )

    def to_dict(self) -> dict[str, Any]:
        """Write as plain values; `from_dict` reads them back."""
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Service:
        """Read plain values (a checked service file with its `departments` put in, or what `to_dict` wrote)."""
        situations = tuple(_situation(each) for each in data.get("situations", ()))
        conditional = {code for each in situations for option in each.options for code in option.materials}
        fee, pickup = data.get("fee"), data.get("pickup")
        built = {
            "applicant": Applicant(**data["applicant"]),
            "situations": situations,
            "materials": tuple(
                Material(**{**each, "conditional": each["code"] in conditional}) for each in data["materials"]
            ),
            "stages": tuple(Stage(**{**each, "departments": tuple(each["departments"])}) for each in data["stages"]),
            "fee": Fee.of(fee) if fee else None,
            "result": Result(**data["result"]),
            "pickup": Venue(**pickup) if pickup else None,
            "countersigners": tuple(data.get("countersigners", ())),
            "questions": tuple(Question(**each) for each in data.get("questions", ())),
            "opinions": {place: tuple(texts) for place, texts in data.get("opinions", {}).items()},
            "channels": opened(data["channels"]),
            "departments": {code: Department(**each) for code, each in data["departments"].items()},
        }
        lists = ("legal_basis", "conditions", "process", "topics", "delivery")
        return Service(**{**data, **{name: tuple(data[name]) for name in lists}, **built})


class Services(Protocol):
    """Where capabilities find a service; `catalogue.service.Catalogue` is it."""

    def get(self, code: str, version: str = "") -> Service:
        """Return one version, the current one unless named. Raises NotFound."""


def keyed(schema: Mapping[str, Any]) -> bool:
    """Tell whether a form field can be answered with keys 0–9 and * (X of an ID number is keyed as *)."""
    if "enum" in schema:
        return len(schema["enum"]) <= KEYPAD_CHOICES
    if schema.get("type") in ("integer", "boolean") or _keys(schema.get("format")):
        return True
    rest = str(schema.get("pattern", "x"))
    for digits in _DIGIT_CLASSES:
        rest = rest.replace(digits, "")
    return all(sign in "^$0123456789{},?" for sign in rest)


def _keys(name: str | None) -> int:
    return FORMATS[name].keys if name in FORMATS else 0


def _situation(data: Mapping[str, Any]) -> Situation:
    options = tuple(Option(each["value"], each["label"], tuple(each.get("materials", ()))) for each in data["options"])
    return Situation(data["id"], data["question"], options)
