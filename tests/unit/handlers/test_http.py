"""What is said where no view answered."""

from __future__ import annotations

import json

import pytest

from chalicelib.vocabulary.problems import PROBLEMS
from handlers import http


@pytest.mark.parametrize("status", range(400, 600))
def test_every_refusal_has_a_code_of_the_list(status: int) -> None:
    said = http._plain(status)
    document = json.loads(said.body)
    assert document["code"] in PROBLEMS
    assert (said.status_code, document["status"], document["type"]) == (status, status, http.TYPES + document["code"])


@pytest.mark.parametrize(
    ("status", "code"), [(413, "too_large"), (418, "invalid_input"), (500, "internal"), (502, "internal")]
)
def test_a_status_without_words_of_its_own_speaks_as_400_or_500_does(status: int, code: str) -> None:
    assert json.loads(http._plain(status).body)["code"] == code
