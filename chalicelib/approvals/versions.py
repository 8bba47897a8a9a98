"""A case moved to another version of its service, on purpose: what changes for it, what leaves the desks, what refuses it.

A case keeps the rules it was filed under otherwise, and the clock it was given always. Where it is not decided yet, its approval begins
again by the new version's stages: steps pass over the stages that are done under the same name, and an open task of a stage whose turn it
is not any more is taken off the desk, to come again in its turn.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from chalicelib.approvals.model import PASSED, REFERRALS
from chalicelib.cases.model import TASK, WAIT, Case, CaseFile, Event, Row, proposed
from chalicelib.catalogue.fees import used
from chalicelib.catalogue.model import Service, Stage
from chalicelib.kernel.errors import Conflict
from chalicelib.tasks.model import TaskKey
from chalicelib.vocabulary.events import EventName
from chalicelib.vocabulary.statuses import UNDECIDED, Status

NO_RULES = frozenset(
    "code version name short_name summary task_type project_type audience region topics legal_basis conditions process visits"
    " visits_reason situations questions note opinions channels delivery statutory_days statutory_basis promised_days".split()
)
"""What a case does not ask of its service once it is filed: the guide; what it has of its own (name, channel, delivery, clock)."""
RULES = tuple(each.name for each in fields(Service) if each.name not in NO_RULES)


@dataclass(frozen=True)
class Move:
    """What a move changes for its case, a line each; its event; the tasks it takes off the desks."""

    changes: list[str]
    event: Event
    gone: list[Row]


def move(file: CaseFile, old: Service, new: Service, now: datetime, actor: str) -> Move:
    """Return what moves a case from one version to another. `actor`: the account that moves it. Raises Conflict: it cannot be."""
    told = changes(old, new)
    why = "对这个办件没有任何改变 (nothing would change for it)"
    if told:
        why = refused(file.case, file.rows, new.stages) or uncounted(file.case, old, new)
    if why:
        raise Conflict(f"不能改用{new.version}：{why}", code="illegal_state")
    text = f"改按新一版规则办理（{old.version} → {new.version}）"
    data = {"from": old.version, "to": new.version}
    event = Event(EventName.RULES_CHANGED, text, now, "系统运维", data, actor)
    return Move(told, event, off_turn(new.stages, file.rows) if file.case.status in UNDECIDED else [])


def changes(old: Service, new: Service) -> list[str]:
    """Say what would change for a case between two versions of its service, a line each; stages by their ids where those differ."""
    found, before, after = [], old.to_dict(), new.to_dict()
    for name in RULES:
        was, becomes = _apart(before[name], after[name])
        if was != becomes:
            found.append(f"{name}: {_short(was)} → {_short(becomes)}")
    return found


def _apart(before: Any, after: Any) -> tuple[Any, Any]:
    """Return only what differs of two values; of lists of named things, whose names differ, the names."""
    named = [_named(before), _named(after)]
    if all(named) and list(named[0]) != list(named[1]):
        return list(named[0]), list(named[1])
    before, after = named[0] or before, named[1] or after
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return before, after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    pairs = {name: _apart(before.get(name), after.get(name)) for name in names}
    return {name: pair[0] for name, pair in pairs.items()}, {name: pair[1] for name, pair in pairs.items()}


def _named(value: Any) -> dict[str, Any]:
    """Return stages, materials or items of a fee by their names; empty for anything else."""
    items = value if isinstance(value, list | tuple) else ()
    found = {str(each.get("id") or each.get("code") or ""): each for each in items if isinstance(each, dict)}
    return found if len(found) == len(items) and "" not in found else {}


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}…"


def refused(case: Case, rows: Sequence[Row], stages: Sequence[Stage]) -> str:
    """Say why a case cannot go on by these stages; empty where it can."""
    if case.status not in UNDECIDED:
        return ""
    if any(row.key.startswith(REFERRALS) and row.outcome is None for row in rows):
        return "正在等其他部门会签或者重新审查，意见齐了或者收回之后再改 (other departments are asked)"
    if case.status is Status.CORRECTION or any(row.kind == WAIT and row.outcome is None for row in rows):
        return "正在等申请人补正，补齐或逾期之后再改 (a supplement is awaited)"
    after = left(stages, rows)
    if not after or after[-1] is not stages[-1]:
        return "新版本最后的环节已经通过，改过去就再没有人作决定 (its last stage is approved: nobody would decide)"
    if case.clock.accepted and any(each.kind == "acceptance" for each in after):
        return "这件已经受理，新版本还要再受理一次 (it is accepted already)"
    if any(TaskKey.of(row).round > 1 for row in off_turn(stages, rows)):
        return "补正之后（或者会签、退回之后）的环节正在办，办完再改 (a stage goes on after its supplement or referral)"
    return ""


def uncounted(case: Case, old: Service, new: Service) -> str:
    """Say why a case not decided yet, filed by the old form, has no fee by the new rules; empty where it has, or the new one asks none."""
    if case.status not in UNDECIDED or new.fee is None:
        return ""
    needed = (name for name in used(new.fee)[0] if name in new.form["required"])
    if all(
        name in old.form["required"] and old.field(name).get("enum") == new.field(name).get("enum") for name in needed
    ):
        return ""
    return "新版本的收费要看这件申请表上没有的项 (its form does not have what the new fee is counted by)"


def left(stages: Sequence[Stage], rows: Sequence[Row]) -> list[Stage]:
    """Return the stages that some department has still to approve."""
    approved = {_place(row) for row in rows if row.kind == TASK and row.outcome in PASSED}
    return [each for each in stages if not {(each.id, name) for name in each.departments} <= approved]


def off_turn(stages: Sequence[Stage], rows: Sequence[Row]) -> list[Row]:
    """Return the open tasks whose turn it is not by these stages, of which some are left."""
    now = left(stages, rows)[0]
    turn = {(now.id, name) for name in now.departments}
    open_ = (row for row in rows if row.kind == TASK and row.outcome is None and not proposed(row))
    return [row for row in open_ if _place(row) not in turn]


def _place(row: Row) -> tuple[str, str]:
    key = TaskKey.of(row)
    return key.stage, key.department
