"""Workflows on the system: they listen to the cases table, and the clock finds what they lost."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.capability import Capability
from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.workflows.service import Workflows


@cache
def workflows() -> Workflows:
    """Make the starter and waker of the lifecycle's executions."""
    from chalicelib.cases.parts import cases
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.workflows.service import Workflows

    return Workflows(cases(), catalogue(), config.client("stepfunctions"), config.workflow("lifecycle"))


CAPABILITY = Capability(
    listeners=(lambda change: workflows().listen(change),),
    rounds={"started": lambda now: workflows().sweep(now), "resumed": lambda now: workflows().resume(now)},
)
