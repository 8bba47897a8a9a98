"""A task as the API shows it to staff: nothing personal in clear."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.cases.model import Row
from chalicelib.identity.model import Session
from chalicelib.tasks.model import Kind, TaskKey, lit

TAKEN_BACK = "收回"  # what refusing is called to who proposed it
ASKED = ("asked", "asked_by")  # what a department was asked by another, and by which
SHOWN = (
    "service",
    "service_name",
    "stage",
    "stage_name",
    "department",
    "kind",
    "applicant",
    "opened_at",
    "days",
    "provisional",
    "decision",
    "amount_fen",
    "halted",
    *ASKED,
    "proposed_name",
    "reason",
    "fields",
    "waybill",
    "wish",
)

MARKS = ("paper", "signed", "refuses", "posted", "sent", "takes")
"""What a choice may be (`tasks.model.Choice`)."""


def present(row: Row, kind: Kind, now: datetime, session: Session) -> dict[str, Any]:
    """Write a task for a work list: `choices` are the decisions there are, `mine` whether the reader holds it."""
    data = row.data
    shown = {
        "task_id": TaskKey.of(row).task_id,
        "case_no": row.case_no,
        "status": row.status,
        "due": row.due[:10] if row.due else None,
        "lamp": lit(row, now.date()) if not row.outcome else "normal",
        "choices": _choices(row, kind, session) if kind.role in session.roles else [],
    }
    shown |= {name: data[name] for name in SHOWN if name in data}
    if data.get("claimed_name"):
        shown |= {"claimed_by": data["claimed_name"], "mine": data["claimed_by"] == session.subject}
    return shown


def _choices(row: Row, kind: Kind, session: Session) -> list[dict[str, Any]]:
    """Write the decisions a task has: `to` are the departments one may go to; `paper`, `signed`, `refuses`,
    `posted`, `sent` and `takes` are there where they are so.

    What the reader proposed himself he may only take back.
    """
    if row.data.get("proposed_by") == session.subject:
        return [{"outcome": "reject", "name": TAKEN_BACK, "opinion": True}]
    offers, spent = row.data.get("offers", {}), row.data.get("spent", ())
    return [
        {"outcome": outcome, "name": choice.name, "opinion": bool(choice.why)}
        | ({"to": offers[outcome]} if choice.to else {})
        | {name: True for name in MARKS if getattr(choice, name)}
        for outcome, choice in kind.choices.items()
        if outcome not in spent and (not choice.to or offers.get(outcome))
    ]


def branch(row: Row) -> dict[str, Any]:
    """Write a task as one branch of its case (并联审批)."""
    data = row.data
    asked = {name: data[name] for name in ASKED if name in data}
    return asked | {
        "task_id": TaskKey.of(row).task_id,
        "stage": data.get("stage", ""),
        "stage_name": data.get("stage_name", ""),
        "department": data.get("department", ""),
        "department_name": data.get("department_name", ""),
        "status": row.status,
        "due": row.due[:10] if row.due else None,
        "days": data.get("days", 0),
        "provisional": data.get("provisional", False),
        "outcome": data.get("decision"),
        "opinion": data.get("opinion"),
        "decided_at": data.get("decided_at"),
    }
