"""A bucket: S3, with versions. Clients write by a signed form and read by a signed address; we read theirs, and write our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kernel import log
from chalicelib.kernel.errors import Unavailable

LIFE = 900  # seconds a form or an address is good for


@dataclass(frozen=True)
class Stored:
    """A file as it lies in the bucket: `type` as the form said, `version` of these very bytes, `beside` what was written with it."""

    content: bytes
    type: str
    version: str
    beside: dict[str, str]


class Bucket:
    """One bucket. `client` is a botocore client that signs by SigV4 (`config.client`)."""

    def __init__(self, client: Any, name: str) -> None:
        self._client, self._name = client, name

    def form(self, key: str, type_: str, largest: int, beside: dict[str, str]) -> dict[str, Any]:
        """Sign a form {"url", "fields"} that writes one file: this key, this type, 1 to `largest` bytes; S3 refuses any other."""
        fields = {"Content-Type": type_, **{f"x-amz-meta-{name}": value for name, value in beside.items()}}
        conditions = [*({name: value} for name, value in fields.items()), ["content-length-range", 1, largest]]
        signed: dict[str, Any] = self._client.generate_presigned_post(
            self._name, key, Fields=fields, Conditions=conditions, ExpiresIn=LIFE
        )
        return signed

    def address(self, key: str, version: str | None = None, **headers: str) -> str:
        """Sign the address of a file, or of one version; `headers` it is sent with: ResponseContentType, ResponseContentDisposition."""
        params = {"Bucket": self._name, "Key": key, **headers, **({"VersionId": version} if version else {})}
        signed: str = self._client.generate_presigned_url("get_object", Params=params, ExpiresIn=LIFE)
        return signed

    def write(self, key: str, content: bytes, type_: str) -> str:
        """Write a file of ours; return its version. Raises what S3 raises: nothing else is to be done then."""
        version: str = self._client.put_object(Bucket=self._name, Key=key, Body=content, ContentType=type_)["VersionId"]
        return version

    def read(self, key: str, version: str | None = None) -> Stored | None:
        """Read a file, or one version, in one call; None where none lies there. Raises Unavailable."""
        try:
            found = self._client.get_object(Bucket=self._name, Key=key, **({"VersionId": version} if version else {}))
            return Stored(found["Body"].read(), found["ContentType"], found["VersionId"], found["Metadata"])
        except (ClientError, BotoCoreError) as fault:
            if isinstance(fault, ClientError) and fault.response["Error"]["Code"] == "NoSuchKey":
                return None
            log.error("bucket not read", fault)
            raise Unavailable("暂时读不到上传的文件，请过一会儿再提交一次，已填写的内容不用改") from fault
