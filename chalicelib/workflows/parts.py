"""Workflows on the system: they listen to the cases table, and the clock finds what failed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, get_args

from chalicelib.capability import Capability
from chalicelib.kernel import config
from chalicelib.kernel.parts import expiring, queue
from chalicelib.vocabulary.events import Work
from chalicelib.workflows.model import owes

if TYPE_CHECKING:
    from chalicelib.workflows.failures import Failures
    from chalicelib.workflows.service import Workflows


@cache
def _arns() -> dict[Work, str]:
    return {work: config.workflow(work) for work in get_args(Work)}


@cache
def workflows() -> Workflows:
    """Make the starter and waker of the workflows' executions."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.workflows.service import Workflows

    return Workflows(cases(), catalogue(), config.client("stepfunctions"), _arns())


@cache
def failures() -> Failures:
    """Make what goes over the executions that failed."""
    from chalicelib.workflows.failures import Failures

    return Failures(config.client("stepfunctions"), _arns(), expiring(), queue("restarts"))


CAPABILITY = Capability(
    listeners={"workflows": lambda change: workflows().listen(change)},
    owes={"workflows": owes},
    rounds={"resumed": lambda now: failures().round(now)},
)
