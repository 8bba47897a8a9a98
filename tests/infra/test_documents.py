"""The function that makes documents: what it may touch."""

from __future__ import annotations

from typing import Any


def test_it_writes_documents_alone_and_reads_but_changes_nothing_that_was_handed_in(resources: dict[str, Any]) -> None:
    (policy,) = resources["DocumentsRole"]["Properties"]["Policies"]
    files = [each for each in policy["PolicyDocument"]["Statement"] if str(each["Action"]).find("s3:") > 0]
    assert [(each["Action"], each["Resource"]) for each in files] == [
        (["s3:PutObject"], {"Fn::Sub": "${MaterialsBucket.Arn}/documents/*"}),
        (["s3:GetObject", "s3:GetObjectVersion"], {"Fn::Sub": "${MaterialsBucket.Arn}/*"}),
    ]
