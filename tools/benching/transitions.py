"""How many states an execution enters, derived from the workflow's definition and the items of its Maps.

Each state entered is a transition on the bill. The engine's history tells of no state inside a Map, so it cannot be counted there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def entered(machine: Mapping[str, Any], items: Sequence[int] = ()) -> int:
    """Count the states entered on the way to the end where nothing fails.

    `items` says of each time the Map is entered how many items it has. At a Choice the road goes round again (its first choice)
    while there are items left, else on to its default.
    """
    states, name, left, count = machine["States"], machine["StartAt"], list(items), 0
    while name:
        state = states[name]
        count += 1
        if state["Type"] == "Map":
            count += left.pop(0) * entered(state["ItemProcessor"])
        roads = [each["Next"] for each in state.get("Choices", ())][: len(left)]
        name = (roads or [state.get("Default") or state.get("Next", "")])[0]
    return count


def items(plan: Mapping[str, Any]) -> list[int]:
    """Items of each round of the Map of an execution: the departments of each stage of its input."""
    return [len(stage["departments"]) for stage in plan.get("stages", ())]
