"""Files: one signed form each, looked at when they are handed in, and held fast from then on."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib.intake.materials import MARKS, Materials
from chalicelib.kernel.errors import InvalidInput, NotFound, Unavailable
from chalicelib.vocabulary.codes import FILE_TYPES
from tests.unit.s3 import JPG, OFD, PAGE, PDF, PNG, S3
from tests.unit.samples import NOW

ME, NAMES = "tel:13800001234", {"photo": "现场照片"}


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> S3:
    return S3(monkeypatch)


@pytest.fixture
def materials(s3: S3) -> Materials:
    return s3.materials()


def place(materials: Materials, type_: str = "image/png", size: int = len(PNG), **more: str) -> dict[str, Any]:
    return materials.upload(ME, {"name": "照片.png", "type": type_, "size": size, **more}, NOW)


def posted(s3: S3, made: dict[str, Any], content: bytes = PNG, **changed: str) -> int:
    upload = made["upload"]
    return s3.post(upload["url"], upload["fields"] | changed, content)


def uploaded(s3: S3, content: bytes = PNG, type_: str = "image/png", **more: str) -> str:
    made = place(s3.materials(), type_, len(content), **more)
    assert posted(s3, made, content) == 204
    return str(made["material_id"])


def given(*names: str) -> list[dict[str, str]]:
    return [{"code": "photo", "material_id": name} for name in names]


def refused(materials: Materials, *names: str) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidInput) as no:
        materials.pinned(ME, given(*names), NAMES)
    return [(fault.path, fault.code, fault.message) for fault in no.value.fields]


def test_a_form_writes_one_file(s3: S3, materials: Materials) -> None:
    made = place(materials)
    assert made["upload"]["method"] == "POST" and made["expires_at"] == "2026-07-01T09:45:00.000+08:00"
    assert posted(s3, made) == 204
    assert list(s3.kept) == [made["upload"]["fields"]["key"]] and made["material_id"] in made["upload"]["fields"]["key"]


@pytest.mark.parametrize(
    ("content", "changed"),
    [
        (b"x" * 3_000_000, {}),  # announced as less
        (b"", {}),
        (PNG, {"Content-Type": "text/html"}),
        (PNG, {"key": "elsewhere"}),
        (PNG, {"x-amz-meta-surprise": "1"}),
        (PNG, {"x-amz-signature": "0" * 64}),
    ],
)
def test_a_form_writes_nothing_else(s3: S3, materials: Materials, content: bytes, changed: dict[str, str]) -> None:
    assert posted(s3, place(materials), content, **changed) in (400, 403)
    assert not s3.kept


def test_what_is_handed_in_is_held_fast(s3: S3, materials: Materials) -> None:
    name = uploaded(s3)
    (pin,) = materials.pinned(ME, given(name), NAMES)
    digest = hashlib.sha256(PNG).hexdigest()
    assert pin == {
        "code": "photo",
        "material_id": name,
        "by": ME,
        "type": "image/png",
        "version": "v1",
        "sha256": digest,
    }


def test_each_file_is_read_once(s3: S3, materials: Materials) -> None:
    one, other = uploaded(s3), uploaded(s3, JPG, "image/jpeg")
    pins = materials.pinned(ME, given(one, other, one), NAMES)
    assert [pin["material_id"] for pin in pins] == [one, other, one] and len(s3.reads) == 2


@pytest.mark.parametrize(
    ("type_", "content"),
    [("image/png", PNG), ("image/jpeg", JPG), ("application/pdf", PDF), ("application/ofd", OFD)],
)
def test_each_type_is_known_by_its_bytes(s3: S3, materials: Materials, type_: str, content: bytes) -> None:
    assert set(MARKS) == set(FILE_TYPES)
    assert materials.pinned(ME, given(uploaded(s3, content, type_)), NAMES)[0]["type"] == type_
    others = [other for other in FILE_TYPES if other != type_]
    found = refused(materials, *(uploaded(s3, content, other) for other in others), uploaded(s3, PAGE, type_))
    assert [code for _, code, _ in found] == ["type"] * 4


def test_an_ofd_as_it_is_packed(s3: S3, materials: Materials) -> None:
    for name, right in (("OFD.xml", True), ("word/document.xml", False)):
        sink = BytesIO()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("Doc_0/Document.xml", "<x/>" * 100)
            packed.writestr(name, "<x/>" * 100)
        handed = uploaded(s3, sink.getvalue(), "application/ofd")
        assert materials.pinned(ME, given(handed), NAMES) if right else refused(materials, handed)


def test_what_is_not_there_is_named(s3: S3, materials: Materials) -> None:
    there, page, never = uploaded(s3), uploaded(s3, PAGE), place(materials)["material_id"]
    assert refused(materials, there, never, page) == [
        ("materials.1.material_id", "not_uploaded", "“现场照片”没有上传成功，请重新上传"),
        ("materials.2.material_id", "type", "“现场照片”不是真正的PNG图片，请重新上传"),
    ]


def test_anothers_file_is_not_there(s3: S3, materials: Materials) -> None:
    with pytest.raises(InvalidInput):
        materials.pinned("tel:13900000000", given(uploaded(s3)), NAMES)


def test_a_digest_that_was_told_is_held_to(s3: S3, materials: Materials) -> None:
    right, wrong = hashlib.sha256(PNG).hexdigest(), "0" * 64
    assert materials.pinned(ME, given(uploaded(s3, sha256=right)), NAMES)[0]["sha256"] == right
    assert [code for _, code, _ in refused(materials, uploaded(s3, sha256=wrong))] == ["damaged"]


@pytest.mark.parametrize(
    "down",
    [
        ClientError({"Error": {"Code": "SlowDown"}}, "GetObject"),
        ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject"),
        ReadTimeoutError(endpoint_url="https://s3"),
    ],
)
def test_a_bucket_that_does_not_answer(s3: S3, materials: Materials, down: Exception) -> None:
    name, s3.down = uploaded(s3), down
    with pytest.raises(Unavailable, match="再提交一次") as no:
        materials.pinned(ME, given(name), NAMES)
    assert (no.value.status, no.value.retryable) == (503, True)


def test_a_clerk_opens_the_version_that_was_handed_in(s3: S3, materials: Materials) -> None:
    made = place(materials, size=100)
    assert posted(s3, made, PNG) == 204
    (pin,) = materials.pinned(ME, given(made["material_id"]), NAMES)
    assert posted(s3, made, PAGE) == 204  # the form is good for another quarter of an hour
    opened = materials.opened(pin | {"name": "现场照片"}, NOW)
    content, headers = s3.get(opened["url"])
    assert content == PNG and (opened["name"], opened["type"]) == ("现场照片.png", "image/png")
    assert headers["response-content-type"] == "image/png"
    kind, _, name = headers["response-content-disposition"].partition("; filename*=UTF-8''")
    assert kind == "inline" and unquote(name) == "现场照片.png" and name.isascii()


def test_a_file_of_before_versions_were_kept_still_opens(s3: S3, materials: Materials) -> None:
    pin = {"code": "photo", "material_id": uploaded(s3), "by": ME}
    assert s3.get(materials.opened(pin, NOW)["url"])[0] == PNG


def test_who_uploaded_a_file_may_keep_it(s3: S3, materials: Materials) -> None:
    content, headers = s3.get(materials.download(ME, uploaded(s3), NOW)["url"])
    assert content == PNG and headers == {"response-content-disposition": "attachment"}
    with pytest.raises(NotFound):
        materials.download(ME, "../1", NOW)
