"""Passwords of clerks."""

from __future__ import annotations

import pytest

from chalicelib.identity import passwords


def test_passwords_cost_the_same_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    costs: list[tuple[int, int, int]] = []
    derive = passwords._derive

    def counted(word: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
        costs.append(cost)
        return derive(word, salt, cost)

    monkeypatch.setattr(passwords, "_derive", counted)
    kept = passwords.sealed("Chengdu-2026")
    assert passwords.right("Chengdu-2026", kept)
    assert not passwords.right("chengdu-2026", kept)
    assert not passwords.right("Chengdu-2026", None)
    assert costs == [passwords.COST] * 4
    assert kept != passwords.sealed("Chengdu-2026")  # salted
