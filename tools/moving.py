"""`make ops DO=move CASE=… TO=v000002`: a running case moved to another version of its service (`chalicelib/approvals/versions.py`).

It says what would change for the case and does nothing; with SURE=yes it moves, and the timeline says so.
"""

from __future__ import annotations

import getpass
from datetime import datetime
from itertools import count

from chalicelib.approvals import versions
from chalicelib.cases.model import Case
from chalicelib.kernel import clock
from chalicelib.vocabulary.statuses import UNDECIDED
from chalicelib.workflows.model import RESTARTS, WITHIN, execution, executions
from tools.system import System


def move(system: System, case_no: str, to: str, sure: bool) -> list[str]:
    """Return what would change, a line each, and what was done; `sure`: move the case.

    Of a case that goes by this version already, its approval alone is begun again: a move cut short is done by the same again.
    Raises NotFound, and Conflict: it cannot be moved, or changed meanwhile.
    """
    cases, catalogue, now = system.cases(), system.catalogue(), clock.now()
    file = cases.whole(case_no)
    case, new = file.case, catalogue.get(file.case.service, to)
    if sure and case.version == new.version:
        told = []
    else:
        # the account of who did it is on the event, on no page
        made = versions.move(file, catalogue.get(case.service, case.version), new, now, f"ops:{getpass.getuser()}")
        told = made.changes
        if not sure:
            return [*told, "以上会改变；确认请加 SURE=yes (nothing was done)"]
        cases.record(case, made.event, gone=made.gone, version=new.version)
    return [*told, "已改用新版本 (moved)", *([_begun_again(system, case, now)] if case.status in UNDECIDED else [])]


def _begun_again(system: System, case: Case, now: datetime) -> str:
    """Stop the approval that runs: whatever is stopped is begun again, by the head as it is now. Say what was found.

    Executions of a case are numbered one after the other, and the engine keeps each for ninety days from its end: the first may be gone.
    """
    states = system.client("stepfunctions")
    runs = executions(system.outputs["ApprovalWorkflow"])
    possible, known = RESTARTS * ((now - case.received_at) // WITHIN + 1), False
    for restart in count():
        arn = runs + execution(case.case_no, restart)
        try:
            running = states.describe_execution(executionArn=arn)["status"] == "RUNNING"
        except states.exceptions.ExecutionDoesNotExist:
            if known or restart > possible:
                break
            continue
        if running:
            states.stop_execution(executionArn=arn, cause="moved to another version")
            return "审批即将从新版本的环节继续 (its approval is begun again)"
        known = True
    return "此刻没有审批在运行，它再开始时按新版本 (no approval was running)"
