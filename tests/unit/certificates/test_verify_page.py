"""The public page: small, and in step with what the API tells and what the gateway serves."""

from __future__ import annotations

import gzip
import re

from chalicelib.vocabulary.codes import CERTIFICATE_STATES
from infra.packing import ROOT

PAGE = ROOT / "web" / "verify"
HTML, SCRIPT = (PAGE.joinpath(name).read_text("utf-8") for name in ("index.html", "verify.js"))
BUDGET = 6 * 1024  # bytes, gzip: a second on a poor line


def test_it_says_each_state_in_the_city_s_word_and_what_nobody_has() -> None:
    said = dict(re.findall(r"^ {4}(\w+): \['([^']+)'", SCRIPT, re.M))
    words = {str(state): word for state, word in CERTIFICATE_STATES.items()}
    assert said == words | {"unknown": "查无此证"}
    assert all(f"#verdict.{state}" in HTML for state in CERTIFICATE_STATES)


def test_it_is_small_and_asks_for_nothing_but_itself() -> None:
    assert sum(len(gzip.compress(text.encode())) for text in (HTML, SCRIPT)) < BUDGET
    asked = re.findall(r'(?:src|href|action)="([^"]+)"', HTML)
    assert {each for each in asked if not each.startswith("data:")} == {"/", "/verify", "/verify/verify.js"}
    assert "<script>" not in HTML and not re.search(r"\son\w+=", HTML), "its policy takes no script in the page"
    assert not re.search(r"=>|\b(let|const|async|class)\b", SCRIPT.replace("className", "")), "any telephone reads it"


def test_every_part_the_script_asks_for_is_there() -> None:
    wanted = set(re.findall(r"part\('(\w+)'\)", SCRIPT))
    assert wanted == set(re.findall(r'\sid="(\w+)"', HTML))


def test_a_gateway_in_production_serves_it_at_its_address() -> None:
    assert "docs|verify)" in (ROOT / "infra" / "resources" / "pages.yaml").read_text("utf-8")
