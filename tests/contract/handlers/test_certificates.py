"""Certificates on the wire: the real routes over a table in memory, held to the document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
from chalice.test import Client

from app import app
from chalicelib.certificates.service import GUESSES
from chalicelib.documents.previews import Previews
from chalicelib.kernel import clock, config
from handlers import certificates as routes
from handlers import http
from tests.unit.cases.test_rehearsal import rehearsal
from tests.unit.certificates.fakes import BOSS, Office
from tests.unit.certificates.renewing import OPENS, Renewing, on
from tests.unit.certificates.test_service import free
from tests.unit.samples import NOW


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office that gave a certificate; its supervisor sits at the desk."""
    made = Office()
    monkeypatch.setattr(routes, "certificates", lambda: made.certificates)
    monkeypatch.setattr(http, "identity", lambda: SimpleNamespace(session=lambda token, now, filing: BOSS))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return made


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(app) as made:
        yield made


def ask(client: Client, number: str) -> Any:
    return client.http.get(f"/v1/certificates/{number}")


def act(client: Client, number: str, what: str, body: dict[str, Any]) -> Any:
    headers = {"Authorization": "Bearer t", "Content-Type": "application/json"}
    return client.http.request("POST", f"/v1/staff/certificates/{number}/{what}", headers, json.dumps(body).encode())


def fits(name: str, answer: Any) -> dict[str, Any]:
    """Read an answer, held to a schema of the document."""
    data: dict[str, Any] = json.loads(answer.body)
    whole = {"$ref": f"#/components/schemas/{name}", "components": http.openapi()["components"]}
    jsonschema.Draft202012Validator(whole).validate(data)
    return data


def test_anybody_is_told_what_the_document_says_and_it_is_kept_nowhere(client: Client, office: Office) -> None:
    answer = ask(client, office.number)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    told = fits("Certificate", answer)
    assert set(told) == set(http.openapi()["components"]["schemas"]["Certificate"]["required"])


def test_all_that_is_none_is_told_in_the_same_words(client: Client, office: Office) -> None:
    answers = [ask(client, number) for number in (free(1)[0], "1234567890123450", "1", "x" * 16, office.number + "0")]
    assert {(each.status_code, each.body) for each in answers} == {(404, answers[0].body)}
    assert fits("Problem", answers[0])["code"] == "not_found"


def test_too_many_guesses_say_when_to_come_back(client: Client, office: Office) -> None:
    for number in free(GUESSES[0][0]):
        assert ask(client, number).status_code == 404
    answer = ask(client, office.number)
    assert (answer.status_code, fits("Problem", answer)["code"], "Retry-After" in answer.headers) == (
        429,
        "too_many",
        True,
    )


def test_one_that_can_be_renewed_says_so_as_the_document_does(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Renewing()
    monkeypatch.setattr(routes, "certificates", lambda: made.certificates)
    monkeypatch.setattr(http, "identity", lambda: SimpleNamespace(session=lambda token, now, filing: BOSS))
    monkeypatch.setattr(clock, "now", lambda: on(OPENS))
    receipt = made.ask(OPENS)
    schemas = http.openapi()["components"]
    for name, told in (
        ("Receipt", receipt.body),
        ("RenewalOf", made.certificates.renewing(made.head(receipt.body["case_no"]), on(OPENS))),
    ):
        whole = {"$ref": f"#/components/schemas/{name}", "components": schemas}
        jsonschema.Draft202012Validator(whole).validate(told)
    shown = fits("CaseCertificate", act(client, made.number, "reissue", {"reason": "编号泄露"}))
    assert shown["renewal"]["state"] == "asked"


def test_article_70_the_paper_of_revoking_is_looked_at_and_nothing_is_revoked_or_noted_as_such(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Previews(lambda: rehearsal(office.store), office.services, office.audits)
    monkeypatch.setattr(routes, "previewed", over.of)
    monkeypatch.setattr(config, "key", lambda name: b"index")
    monkeypatch.setattr(config, "public_url", lambda: "https://yb.example.gov.cn")
    monkeypatch.setattr("chalicelib.catalogue.parts.catalogue", lambda: office.services)
    monkeypatch.setattr("chalicelib.kernel.parts.expiring", lambda: office.expiring)
    before = office.file
    answer = act(client, office.number, "revocation/preview", {"reason": "持证人申请注销"})
    (paper,) = fits("DocumentPreviews", answer)["documents"]
    assert (paper["kind"], paper["title"]) == ("certificate_revoked", "注销通知书")
    assert office.file == before and [note[2] for note in office.audits.notes] == ["预览文书"]


@pytest.mark.parametrize("what", ["revocation", "reissue"])
def test_an_act_asks_for_a_reason_and_shows_what_came_of_it(client: Client, office: Office, what: str) -> None:
    number = office.number
    refused = act(client, number, what, {"reason": "  "})
    assert refused.status_code == 400 and fits("Problem", refused)["fields"][0]["path"] == "reason"
    shown = fits("CaseCertificate", act(client, number, what, {"reason": "持证人申请"}))
    assert shown["state"] == {"revocation": "revoked", "reissue": "valid"}[what]
    assert fits("Certificate", ask(client, number))["state"] == "revoked"
    again = act(client, number, what, {"reason": "持证人申请"})
    assert (again.status_code, fits("Problem", again)["code"]) == (409, "illegal_state")
