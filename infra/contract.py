"""The API's contract, and all that is generated from the vocabulary and from the parties' schemas.

    docs/api/*.yaml ─┐
    vocabulary ──────┴──► chalicelib/openapi.json (what requests are checked against, what /v1/openapi.json shows)
                     └──► web/shared/vocabulary.ts (the clients' words; a `Record` of a new code breaks their build until it is met)
    PARTIES, TALK ───────► docs/parties.md, below its mark: written by `python -m infra.contract` only, since it is tracked

A part of docs/api holds `paths`, `components`, and its capability's part of a case's page (`case_page`,
`own_case_page` of citizens, `staff_case_page`, and what is `in_clear` once the reading is on record).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

from chalicelib import wiring
from chalicelib.kernel import clock, workdays
from chalicelib.kernel.formats import FORMATS
from chalicelib.vocabulary import periods, problems, ratings, statuses
from chalicelib.vocabulary.sets import SETS, filled
from channels.registry import TALK
from infra.packing import ROOT, BuildFailed
from infra.yamls import load
from parties.registry import CALLBACKS, PARTIES

PARTS = ROOT / "docs" / "api"
OPENAPI = ROOT / "chalicelib" / "openapi.json"
WORDS = ROOT / "web" / "shared" / "vocabulary.ts"
SETTINGS = ROOT / "docs" / "parties.md"
MARK = "<!-- Below here: generated from the parties' schemas by `python -m infra.contract`; not to be edited. -->"
PAGES = {
    "case_page": ("Case", "StaffCase"),
    "own_case_page": ("Case",),
    "staff_case_page": ("StaffCase",),
    "in_clear": ("Revealed",),
}
SHOWN = (
    *(
        "Status",
        "Channel",
        "App",
        "EventName",
        "Role",
        "Figure",
        "TaskKind",
        "TaskState",
        "Outcome",
        "Ground",
        "Procedure",
        "OfficeAct",
        "DeliveryMethod",
        "Taker",
        "ShipmentState",
        "PayerLevel",
        "Audience",
        "MaterialNeed",
        "MaterialForm",
        "FileType",
    ),
    *(
        "ResultType",
        "NoticeWay",
        "NoticeFate",
        "BillState",
        "PayScene",
        "PayWay",
        "CounterWay",
        "CertificateState",
        "Act",
        "ClockReason",
        "Lamp",
    ),
    *("RefundState", "GapKind", "DayState", "Settlement"),
    *("ProblemCode", "Format"),
)
"""The sets whose words the clients show."""


def sets() -> dict[str, Mapping[Any, str]]:
    """Return every set of codes: the vocabulary's, the kinds of tasks, the problem codes."""
    kinds = {kind.code: kind.name for kind in wiring.kinds().values()}
    return {**SETS, "TaskKind": kinds, "ProblemCode": problems.PROBLEMS}


def document(folder: Path | None = None) -> dict[str, Any]:
    """Merge the parts of the API document. Raises BuildFailed for a path or component given twice."""
    found: dict[str, Any] = {"paths": {}, "components": {}}
    pages: list[tuple[str, dict[str, Any]]] = []
    for path in sorted((folder or PARTS).glob("*.yaml"), key=lambda each: (each.stem != "shared", each.stem)):
        part = load(path)
        pages += [(schema, part[name]) for name, schemas in PAGES.items() if name in part for schema in schemas]
        _add(found["paths"], part.pop("paths", {}), path.name)
        for kind, components in part.pop("components", {}).items():
            _add(found["components"].setdefault(kind, {}), components, path.name)
        _add(found, {name: each for name, each in part.items() if name not in PAGES}, path.name)
    for schema, fields in pages:
        page = found["components"]["schemas"][schema]["allOf"][-1]
        _add(page["properties"], fields, schema)
        page["required"] = [*page["required"], *fields]  # a part of a page is always there
    whole: dict[str, Any] = filled(found, sets())
    return whole


def _add(to: dict[str, Any], more: dict[str, Any], where: str) -> None:
    if twice := set(to) & set(more):
        raise BuildFailed(f"docs/api/{where}: given twice: {', '.join(sorted(twice))}")
    to.update(more)


def words() -> str:
    """Write the clients' words as TypeScript: a union of the codes and a record of their names, for each set they show."""
    lines = ["/** Generated from chalicelib/vocabulary by infra/contract.py; not to be edited. */"]
    for name in SHOWN:
        named = {str(code): text for code, text in sets()[name].items()}
        lines.append(f"export type {name} = {' | '.join(json.dumps(code) for code in named)}")
        lines.append(f"export const {_constant(name)}: Record<{name}, string> = {_json(named)}")
    meanings = {str(status): meaning for status, meaning in statuses.STATUSES.items()}
    for name, of in (("Tone", statuses.Tone), ("Phase", statuses.Phase)):
        lines.append(f"export type {name} = {' | '.join(json.dumps(each) for each in get_args(of))}")
        values = {code: getattr(meaning, name.lower()) for code, meaning in meanings.items()}
        lines.append(f"export const STATUS_{name.upper()}S = {_json(values)} as const satisfies Record<Status, {name}>")
    choices = {
        kind.code: {outcome: choice.name for outcome, choice in kind.choices.items()}
        for kind in wiring.kinds().values()
    }
    lines.append(f"export const TASK_CHOICES: Record<TaskKind, Partial<Record<Outcome, string>>> = {_json(choices)}")
    faults = {name: each.words for name, each in FORMATS.items()}
    lines.append(f"export const FORMAT_FAULTS: Record<Format, string> = {_json(faults)}")
    lines.append(f"export type Level = {' | '.join(map(str, ratings.LEVELS))}")
    lines.append(f"export const LEVEL_NAMES: Record<Level, string> = {_json(ratings.LEVELS)}")
    lines.append(f"export const PERIODS = {_json(_lasting())} as const")
    years = {
        year: {name: each[name] for name in ("off", "work")}
        for year, each in json.loads(workdays.FILE.read_text("utf-8")).items()
    }
    lines.append(f"export const CALENDAR: Record<string, {{ off: string[]; work: string[] }}> = {json.dumps(years)}")
    lines.append(f"export const RATING_REASONS: Record<string, string> = {_json(ratings.REASONS)}")
    return "\n".join(lines) + "\n"


def _lasting() -> dict[str, str]:
    """Write how long each period takes: `{"ONE_TIME_CODE": "5分钟", "REFUND_WORKDAYS": "5个工作日"}`."""
    found = {name: value for name, value in vars(periods).items() if name.isupper()}
    return {
        name: clock.lasting(value)
        if isinstance(value, timedelta)
        else f"{value}个{'月' if name.endswith('_MONTHS') else '工作日'}"
        for name, value in found.items()
    }


def _constant(name: str) -> str:
    """`TaskKind` → `TASK_KIND_NAMES`."""
    spaced = "".join(f"_{each}" if each.isupper() else each for each in name).strip("_").upper()
    return f"{spaced.removesuffix('_NAME')}_NAMES"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def settings_page() -> str:
    """Write docs/parties.md: what stands above its mark, then every party's settings and the addresses they call."""
    lines = [SETTINGS.read_text("utf-8").partition(MARK)[0] + MARK]
    roles = {role: [f"`{name}`" for name, party in PARTIES.items() if role in party.roles] for role in _roles()}
    lines += ["", "## `use`", "", "| role | one of |", "|---|---|"]
    lines += [f"| `{role}` | {', '.join(names)} |" for role, names in roles.items() if len(names) > 1]
    for name, party in PARTIES.items():
        lines += ["", f"## `{name}`: {party.schema['title']}", "", "| field | what |", "|---|---|"]
        lines += _fields(party.schema)
    lines += ["", "## Addresses to register", ""]
    lines += [f"- `<public address>/channels/{path}`" for path in sorted({*TALK, *CALLBACKS})]
    return "\n".join(lines) + "\n"


def _roles() -> list[str]:
    return sorted({role for party in PARTIES.values() for role in party.roles})


def _fields(schema: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Write a row for every field that has a title, and below an object for its own; `*` is any name."""
    others = schema.get("additionalProperties")
    fields = {**schema.get("properties", {}), **({"*": others} if isinstance(others, dict) else {})}
    for name, field in fields.items():
        if title := field.get("title"):
            optional = "" if name in schema.get("required", ()) or name == "*" else "（可不填）"
            values = "、".join(f"`{value}`" for value in field.get("enum", ()))
            told = title.replace("<", "\\<").replace("|", "\\|")
            yield f"| `{above}{name}` | {told}{optional}{values} |"
        yield from _fields(field, f"{above}{name}.")


def contract() -> Path:
    """Write what is generated where it is read, if it changed."""
    _write(OPENAPI, json.dumps(document(), ensure_ascii=False, separators=(",", ":")))
    _write(WORDS, words())
    return OPENAPI


def _write(target: Path, text: str) -> None:
    if not target.exists() or target.read_text("utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


if __name__ == "__main__":
    contract()
    _write(SETTINGS, settings_page())
