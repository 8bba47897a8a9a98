"""The template and the API document are put together of parts: what does not fit is refused with its name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from infra import contract, workflows
from infra.packing import BuildFailed
from infra.template import assemble, parts


def part(folder: Path, **files: str) -> dict[str, Any]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return parts(folder)


def chalice(*functions: str) -> dict[str, Any]:
    made: dict[str, Any] = {name: {"Type": "AWS::Serverless::Function", "Properties": {}} for name in functions}
    made["RestAPI"] = {"Type": "AWS::Serverless::Api", "Properties": {"DefinitionBody": {"paths": {}}}}
    return {"Resources": made, "Outputs": {"RestAPIId": {"Value": "x"}}, "Globals": {}}


@pytest.fixture(autouse=True)
def no_workflows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workflows, "FOLDER", tmp_path)


def test_a_table_is_one_entry(tmp_path: Path) -> None:
    table = "Tables: {Halls: {Key: [hall, at], Grants: [{To: [APIHandler], May: [GetItem]}]}}"
    text = f"{table}\nFunctions: {{APIHandler: {{Memory: 1, Timeout: 1}}}}"
    whole = assemble(chalice("APIHandler"), part(tmp_path, halls=text))
    assert whole["Resources"]["HallsTable"]["DeletionPolicy"] == "Retain"
    assert whole["Globals"]["Function"]["Environment"]["Variables"]["HALLS_TABLE"] == {"Ref": "HallsTable"}
    assert whole["Outputs"]["HallsTable"] == {"Value": {"Ref": "HallsTable"}}
    assert "dynamodb:GetItem" in json.dumps(whole["Resources"]["APIHandlerRole"])


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"one": "Tables: {Halls: {Key: [a]}}", "two": "Tables: {Halls: {Key: [b]}}"}, "Halls"),
        ({"one": "Tabels: {}"}, "Tabels"),
        ({"one": "Tables:\n  Halls: {Key: [a]}\n  Halls: {Key: [b]}"}, "Halls"),
        ({"one": "Outputs: [unclosed"}, "one.yaml"),
    ],
)
def test_parts_that_do_not_fit(tmp_path: Path, files: dict[str, str], named: str) -> None:
    with pytest.raises(BuildFailed, match=named):
        part(tmp_path, **files)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Functions: {Nobody: {Memory: 1, Timeout: 1}}", "Nobody"),
        ("Grants: [{To: [Nobody], May: ['s3:GetObject'], Of: x}]", "Nobody"),
        ("Grants: [{To: every, But: [Nobody], May: ['s3:GetObject'], Of: x}]", "Nobody"),
        ("Grants: [{To: [APIHandler], May: ['s3:*'], Of: x}]", r"s3:\*"),
        ("Tables: {Halls: {Key: [a]}}\nResources: {HallsTable: {Type: 'AWS::S3::Bucket'}}", "HallsTable"),
    ],
)
def test_what_the_whole_refuses(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(BuildFailed, match=named):
        assemble(chalice("APIHandler"), part(tmp_path, one=text))


def test_a_grant_to_every_function_is_to_each_that_does_not_stand_apart(tmp_path: Path) -> None:
    text = (
        "Functions: {Halls: {Memory: 1, Timeout: 1}, Counting: {Memory: 1, Timeout: 1, Apart: yes}}\n"
        "Grants:\n"
        "  - {To: every, May: ['s3:GetObject'], Of: all}\n"
        "  - {To: every, But: [Halls], May: ['s3:PutObject'], Of: some}\n"
        "  - {To: [Counting], May: ['s3:ListBucket'], Of: one}"
    )
    whole = assemble(chalice("APIHandler", "Halls", "Counting"), part(tmp_path, one=text))
    may = {
        name: set(re.findall(r"s3:\w+", json.dumps(whole["Resources"][f"{name}Role"])))
        for name in ("APIHandler", "Halls", "Counting")
    }
    assert may == {
        "APIHandler": {"s3:GetObject", "s3:PutObject"},
        "Halls": {"s3:GetObject"},
        "Counting": {"s3:ListBucket"},
    }


@pytest.mark.parametrize(
    ("text", "named"), [("StartAt: ${NobodyArn}", "NobodyArn"), ("StartAt: ${period.NEVER}", "NEVER")]
)
def test_a_workflow_that_names_what_is_not_there(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "odd.asl.yaml").write_text(text, "utf-8")
    with pytest.raises(BuildFailed, match=named):
        workflows.machines(["Steps"])


def test_a_path_given_twice(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text("openapi: 3.1.0\npaths: {/v1/x: {}}", "utf-8")
    (tmp_path / "halls.yaml").write_text("paths: {/v1/x: {}}", "utf-8")
    with pytest.raises(BuildFailed, match="/v1/x"):
        contract.document(tmp_path)


def test_words_come_from_the_vocabulary() -> None:
    document = contract.document()
    assert "x-words" not in json.dumps(document)
    assert document["components"]["schemas"]["Status"]["enum"][0] == "submitted"
    assert "export const STATUS_NAMES: Record<Status, string>" in contract.words()
