"""The list of capabilities and what they hang on the system: nothing twice, nothing missing, nothing nobody calls."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.capability import Capability
from chalicelib.notices.parts import notices
from chalicelib.tasks.model import Choice, Kind
from chalicelib.vocabulary.codes import STAGE_KINDS
from chalicelib.vocabulary.roles import HANDLING, Role

ROOT = Path(__file__).resolve().parents[2]


def nothing(*_: Any) -> Any:
    raise AssertionError


KIND = Kind("stamp", "盖章", Role.CLERK, {"approve": Choice("已盖章")}, nothing)


def test_the_list_names_every_capability_there_is() -> None:
    folders = {path.parent.name for path in (ROOT / "chalicelib").glob("*/parts.py")}
    able = {name for name in folders if hasattr(import_module(f"chalicelib.{name}.parts"), "CAPABILITY")}
    assert set(wiring.NAMES) == able and len(set(wiring.NAMES)) == len(wiring.NAMES)


@pytest.mark.parametrize(
    ("what", "twice", "name"),
    [
        ("steps", Capability(steps={"fly": nothing}), "fly"),
        ("rounds", Capability(rounds={"swept": nothing}), "swept"),
        ("listeners", Capability(listeners={"gate": nothing}), "gate"),
        ("apart", Capability(apart={"search": nothing}), "search"),
        ("receivers", Capability(receives={"appeal": nothing}), "appeal"),
        ("kinds", Capability(tasks=(KIND,)), "stamp"),
    ],
)
def test_a_name_given_twice_is_refused(
    monkeypatch: pytest.MonkeyPatch, what: str, twice: Capability, name: str
) -> None:
    read = getattr(wiring, what).__wrapped__
    monkeypatch.setattr(wiring, "capabilities", lambda: (twice, Capability()))
    assert list(read()) == [name]
    monkeypatch.setattr(wiring, "capabilities", lambda: (twice, Capability(), twice))
    with pytest.raises(ValueError, match=f"given twice: {name}"):
        read()


def test_whoever_listens_is_known_by_one_name_apart_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(wiring.everyone()) == {*wiring.listeners(), *wiring.apart()}
    for read in ("listeners", "apart"):
        monkeypatch.setattr(wiring, read, lambda: {"gate": nothing})
    with pytest.raises(ValueError, match="given twice: gate"):
        wiring.everyone.__wrapped__()


def test_every_listener_says_what_it_owes_and_workflows_come_last() -> None:
    """What a workflow begins takes the case off the desk where what is owed is found."""
    assert list(wiring.owes()) == list(wiring.listeners()) == ["notices", "documents", "workflows"]


def test_the_steps_the_workflows_name_are_the_steps_there_are() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "infra" / "workflows").glob("*.asl.yaml")]
    named = {step for text in texts for step in re.findall(r"^\s*step: (\w+)", text, re.M)}
    assert named == set(wiring.steps()) and named


def test_every_kind_of_task_can_be_decided_and_is_called_something() -> None:
    kinds = wiring.kinds()
    assert set(STAGE_KINDS) <= set(kinds) and len({kind.name for kind in kinds.values()}) == len(kinds)
    for kind in kinds.values():
        assert all(choice.name for choice in kind.choices.values())
        assert "approve" in kind.choices or set(kind.choices) == {"resend", "collect", "reissue"}, (
            "what came back is chosen for"
        )
        assert kind.role in HANDLING
        assert "reject" not in kind.choices or kind.choices["reject"].why, "a no has a reason"


def test_every_submission_a_channel_makes_is_one_the_desk_receives() -> None:
    files = [
        path for folder in ("channels", "handlers", "chalicelib/dialogue") for path in (ROOT / folder).glob("*.py")
    ]
    made = re.compile(r'\b(?:Intake|intake|form\.read|_act)\("(\w+)"')
    assert {kind for path in files for kind in made.findall(path.read_text("utf-8"))} == set(wiring.receivers())


@pytest.mark.parametrize("offered", [0, 2])
def test_one_capability_takes_codes_to_phones(monkeypatch: pytest.MonkeyPatch, offered: int) -> None:
    assert [each.messenger for each in wiring.capabilities() if each.messenger] == [notices]
    assert len([each for each in wiring.capabilities() if each.stands]) == 1
    monkeypatch.setattr(wiring, "capabilities", lambda: (Capability(), *[Capability(messenger=nothing)] * offered))
    with pytest.raises(ValueError, match="unpack"):
        wiring.messenger.__wrapped__()


def test_what_is_offered_keeps_the_order_of_the_list() -> None:
    pages = [each.page for each in wiring.capabilities() if each.page]
    assert wiring.offered(lambda each: each.page) == pages and pages


def test_putting_it_together_wakes_nothing() -> None:
    """A container pays for a capability when it is first used, not when it starts."""
    code = (
        "import sys; from chalicelib import wiring as w; w.steps(), w.rounds(), w.receivers(), w.kinds(), w.everyone();"
        "print([each for each in ('pynamodb', 'botocore', 'requests', 'wechatpy', 'wechatpayv3') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
