"""Outside parties: settings are checked and what is missing is named; somebody plays every role that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kernel import config
from chalicelib.kernel.errors import NotFound
from chalicelib.vocabulary.channels import APPS
from chalicelib.vocabulary.codes import NOTICE_WAYS
from parties import registry
from parties.registry import PARTIES, SettingsFault
from sandbox.registry import make_parties
from tests.unit.memory import MemoryExpiring

ROOT = Path(__file__).resolve().parents[3]
PLAYED = [(role, name) for name, party in PARTIES.items() for role in party.roles]
ABLE = ", ".join(name for role, name in PLAYED if role == "sms")
GIVEN, _ = make_parties("http://127.0.0.1:8000")


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What outside parties gave us, to be spoilt by the test."""
    given = deepcopy(GIVEN)
    monkeypatch.setattr(config, "parties", lambda: given)
    monkeypatch.setattr("chalicelib.kernel.parts.expiring", MemoryExpiring)
    caches = (registry.settings, registry.playing, registry.callback)
    for each in caches:
        each.cache_clear()
    yield given
    for each in caches:
        each.cache_clear()


@pytest.mark.parametrize("name", PARTIES)
def test_what_the_far_end_gives_is_complete(secret: dict[str, Any], name: str) -> None:
    assert registry.settings(name) == secret[name]


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name, party in PARTIES.items() for field in party.schema["required"]]
)
def test_each_field_that_is_missing_is_named(secret: dict[str, Any], name: str, field: str) -> None:
    del secret[name][field]
    with pytest.raises(SettingsFault, match=re.escape(f"{name}.{field}")):
        registry.settings(name)


@pytest.mark.parametrize(
    ("name", "field", "value"), [("aliyun", "sign_name", ""), ("ems", "key", 5), ("wechat", "mode", "loud")]
)
def test_a_field_that_is_wrong_is_named(secret: dict[str, Any], name: str, field: str, value: Any) -> None:
    secret[name][field] = value
    with pytest.raises(SettingsFault, match=re.escape(f"{name}.{field}")) as refused:
        registry.settings(name)
    assert not any(str(kept) in str(refused.value) for kept in secret[name].values() if len(str(kept)) > 9)


def test_a_party_that_gave_nothing_is_named_with_all_it_owes(secret: dict[str, Any]) -> None:
    del secret["aliyun"]
    with pytest.raises(SettingsFault) as refused:
        registry.settings("aliyun")
    assert all(f"aliyun.{field}" in str(refused.value) for field in PARTIES["aliyun"].schema["required"])


@pytest.mark.parametrize(("role", "name"), PLAYED)
def test_the_only_one_that_gave_us_something_is_chosen_unasked(secret: dict[str, Any], role: str, name: str) -> None:
    """A further party in the code asks nothing of a city that has no contract with it."""
    del secret["use"]
    for _, other in {pair for pair in PLAYED if pair[0] == role} - {(role, name)}:
        del secret[other]
    assert registry.in_use(role) == name and registry.chosen(role) is registry.playing(role, name)


@pytest.mark.parametrize(("role", "name"), PLAYED)
def test_of_several_the_one_named_is_chosen(secret: dict[str, Any], role: str, name: str) -> None:
    secret["use"] = {role: name}
    assert registry.in_use(role) == name and registry.chosen(role) is registry.playing(role, name)


def test_one_that_is_not_in_use_is_still_found_by_name(secret: dict[str, Any]) -> None:
    secret["use"] = {"sms": "aliyun"}
    assert registry.playing("sms", "tencent").name == "tencent"
    for name in ("ems", "nobody"):
        with pytest.raises(SettingsFault, match=f"sms: {name} cannot play it"):
            registry.playing("sms", name)


@pytest.mark.parametrize("use", [{}, {"sms": "ems"}, {"sms": "nobody"}, None])
def test_of_several_one_must_be_named(secret: dict[str, Any], use: Any) -> None:
    secret.pop("use")
    if use is not None:
        secret["use"] = use
    with pytest.raises(SettingsFault, match=rf"use\.sms: one of {ABLE}$"):
        registry.chosen("sms")


def test_who_is_not_in_use_need_not_be_complete(secret: dict[str, Any]) -> None:
    secret["use"] = {"sms": "aliyun"}
    del secret["tencent"]
    assert registry.chosen("sms").name == "aliyun"


def test_every_app_is_proved_by_the_party_of_its_name(secret: dict[str, Any]) -> None:
    assert set(APPS) == {name for name, party in PARTIES.items() if "login" in party.roles}
    for app in APPS:
        assert hasattr(registry.playing("login", app), "login")


def test_cards_reach_the_users_of_an_app_and_are_a_way_of_notices(secret: dict[str, Any]) -> None:
    for cards in (registry.playing("cards", name) for role, name in PLAYED if role == "cards"):
        assert cards.name in PARTIES and cards.app in APPS and cards.app in NOTICE_WAYS


def test_who_takes_payment_takes_it_in_an_app_of_ours_or_in_none(secret: dict[str, Any]) -> None:
    for name in (name for role, name in PLAYED if role == "pay"):
        payee = registry.playing("pay", name)
        assert payee.name == PARTIES[name].schema["title"] and payee.app in {*APPS, None}


def test_no_capability_names_a_party() -> None:
    for path in sorted((ROOT / "chalicelib").rglob("*.py")):
        if path.parent.name != "vocabulary":
            assert not {*re.findall(r'"(\w+)"', path.read_text("utf-8"))} & {*PARTIES}, path


def test_every_role_a_capability_asks_for_is_played_and_no_other() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "chalicelib").rglob("*.py")]
    asked = {role for text in sources for role in re.findall(r'\b(?:chosen|in_use|playing)\("(\w+)"', text)}
    assert asked == {role for party in PARTIES.values() for role in party.roles}


def test_every_callback_is_read_by_its_party_and_no_path_is_taken_twice(secret: dict[str, Any]) -> None:
    paths = [path for party in PARTIES.values() for path in party.callbacks]
    assert len(paths) == len(set(paths)) == len(registry.CALLBACKS)
    for path in paths:
        assert hasattr(registry.callback(path), "verify")
    with pytest.raises(NotFound):
        registry.callback("sms/nobody/receipts")


def test_every_folder_of_a_party_is_in_the_registry() -> None:
    folders = {path.parent.name for path in (ROOT / "parties").glob("*/__init__.py")}
    assert folders == set(PARTIES)
