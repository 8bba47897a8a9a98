"""Files that go with an application: straight from the client to the bucket, never through a function."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel import clock, ids
from chalicelib.kernel.errors import NotFound

LIFE = 900  # seconds a presigned address is good for


class Materials:
    """Presigned places in the materials bucket.

    A file lies under a prefix hashed from who uploaded it, and the material id is the name below it: nobody can hand in, or
    look at, a file by guessing an id.
    """

    def __init__(self, s3: Any, bucket: str, index_key: bytes) -> None:
        self._s3, self._bucket, self._key = s3, bucket, index_key

    def upload(self, sender: str, file: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Return {"material_id", "upload": {"method", "url", "headers"}, "expires_at"}; the client PUTs the file there."""
        material_id = uuid.uuid4().hex
        params = {"Bucket": self._bucket, "Key": self._place(sender, material_id), "ContentType": file["type"]}
        url = self._s3.generate_presigned_url("put_object", Params=params, ExpiresIn=LIFE)
        return {
            "material_id": material_id,
            "upload": {"method": "PUT", "url": url, "headers": {"Content-Type": file["type"]}},
            "expires_at": clock.iso(now + timedelta(seconds=LIFE)),
        }

    def download(self, sender: str, material_id: str, now: datetime) -> dict[str, Any]:
        """Return {"url", "expires_at"} of a file its uploader handed in. Raises NotFound for what is not a material id."""
        if not (len(material_id) == 32 and all(each in "0123456789abcdef" for each in material_id)):
            raise NotFound("没有找到这份材料")
        params = {"Bucket": self._bucket, "Key": self._place(sender, material_id)}
        url = self._s3.generate_presigned_url("get_object", Params=params, ExpiresIn=LIFE)
        return {"url": url, "expires_at": clock.iso(now + timedelta(seconds=LIFE))}

    def _place(self, sender: str, material_id: str) -> str:
        return f"{ids.keyed(self._key, 'materials', sender)[:32]}/{material_id}"
