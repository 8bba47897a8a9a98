"""An office that asks an applicant for something (补正), over the cases of a conversation."""

from __future__ import annotations

from chalicelib.approvals.decisions import Decisions
from chalicelib.approvals.numbers import Unnumbered
from chalicelib.approvals.stages import Stages
from chalicelib.tasks.model import Decision, TaskKey
from tests.unit.dialogue.fakes import World
from tests.unit.office import tasks
from tests.unit.samples import clerk


def correct(world: World, case_no: str, *missing: tuple[str, str]) -> None:
    """Let the accepting window ask for these: (code, text), in words where there is no code."""
    Stages(world.cases, world.catalogue).open_task(case_no, "accept", "zwzx", "t", world.now)
    follow = Decisions(world.cases, world.catalogue, Unnumbered()).follow
    asked = [{"code": code, "text": text} if code else {"text": text} for code, text in missing]
    task_id = TaskKey(case_no, "accept", "zwzx").task_id
    tasks(world.cases, {"acceptance": follow}).decide(clerk(), task_id, Decision("correct", "请补正", asked), world.now)
