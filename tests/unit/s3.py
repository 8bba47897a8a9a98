"""S3 as strict as the real one: signed by botocore itself, and at the far end every signature, condition and version is looked at."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

from botocore.exceptions import ClientError

from chalicelib.intake.materials import Materials
from chalicelib.kernel import config
from chalicelib.kernel.bucket import Bucket

NAME, REGION, SECRET = "materials", "cn-northwest-1", "secret"
PNG, JPG, PDF = b"\x89PNG\r\n\x1a\n0000", b"\xff\xd8\xff\xe0", b"%PDF-1.7\n"
OFD = b"PK\x03\x04\x14\x00" + bytes(20) + b"OFD.xml"
PAGE = b"<!doctype html><script>alert(1)</script>"


@dataclass
class S3:
    """One bucket with versions: files by key, oldest version first. `down` is what every call meets instead of an answer."""

    monkeypatch: Any
    kept: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)
    down: Exception | None = None

    def __post_init__(self) -> None:
        for name, value in {"REGION": REGION, "ACCESS_KEY_ID": "AKID", "SECRET_ACCESS_KEY": SECRET}.items():
            self.monkeypatch.setenv(f"AWS_{name}", value)
        signer = config.client.__wrapped__("s3")
        self.generate_presigned_post = signer.generate_presigned_post
        self.generate_presigned_url = signer.generate_presigned_url

    def materials(self) -> Materials:
        """The real materials over this bucket."""
        return Materials(Bucket(self, NAME), b"index")

    def post(self, url: str, fields: dict[str, str], content: bytes) -> int:
        """Take a form, the file last; return the status as S3 does."""
        assert urlsplit(url).netloc == f"{NAME}.s3.{REGION}.amazonaws.com.cn"
        policy = json.loads(base64.b64decode(fields["policy"]))
        if not hmac.compare_digest(_signature(fields), fields["x-amz-signature"]):
            return 403
        if datetime.fromisoformat(policy["expiration"]) < datetime.now(UTC):
            return 403
        exact = {
            "bucket": NAME,
            **{name: text for name, text in fields.items() if name not in ("policy", "x-amz-signature")},
        }
        ranges = [each for each in policy["conditions"] if isinstance(each, list)]
        if exact != {
            name: text for each in policy["conditions"] if isinstance(each, dict) for name, text in each.items()
        }:
            return 403  # a field the policy does not name, another value, or one that is missing
        if not all(kind == "content-length-range" and low <= len(content) <= high for kind, low, high in ranges):
            return 400
        versions = self.kept.setdefault(fields["key"], [])
        beside = {name.removeprefix("x-amz-meta-"): text for name, text in fields.items() if "-meta-" in name}
        version = {"VersionId": f"v{len(versions) + 1}", "ContentType": fields["Content-Type"], "Metadata": beside}
        versions.append(version | {"content": content})
        return 204

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:
        """Read the newest version."""
        assert Bucket == NAME
        self.reads.append(Key)
        if self.down:
            raise self.down
        if Key not in self.kept:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        found = self.kept[Key][-1]
        return {**found, "Body": BytesIO(found["content"])}

    def put_object(self, *, Bucket: str, Key: str, Body: bytes, ContentType: str) -> dict[str, str]:
        """Write a version."""
        assert Bucket == NAME
        if self.down:
            raise self.down
        versions = self.kept.setdefault(Key, [])
        version = {"VersionId": f"v{len(versions) + 1}", "ContentType": ContentType, "Metadata": {}}
        versions.append(version | {"content": Body})
        return {"VersionId": str(version["VersionId"])}

    def get(self, url: str) -> tuple[bytes, dict[str, str]]:
        """Open a signed address; return the bytes and the headers it asks for."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
        assert timedelta(0) < timedelta(seconds=int(asked["X-Amz-Expires"])) <= timedelta(minutes=15)
        versions = self.kept[urlsplit(url).path.removeprefix("/")]
        (found,) = [each for each in versions if each["VersionId"] == asked.get("versionId", versions[-1]["VersionId"])]
        return found["content"], {name: text for name, text in asked.items() if name.startswith("response-")}


def _signature(fields: dict[str, str]) -> str:
    key = f"AWS4{SECRET}".encode()
    _, *scope = fields["x-amz-credential"].split("/")
    assert scope == [fields["x-amz-date"][:8], REGION, "s3", "aws4_request"]
    for part in scope:
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    return hmac.new(key, fields["policy"].encode(), hashlib.sha256).hexdigest()
