"""Files that go with an application: straight from the client to the bucket, never through a function."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from chalicelib.kernel import clock, ids
from chalicelib.kernel.bucket import LIFE, Bucket
from chalicelib.kernel.errors import Fault, InvalidInput, NotFound
from chalicelib.vocabulary.codes import FILE_TYPES

AT_ONCE = 8  # files of a submission read side by side: at most 80 MB in memory
MARKS: dict[str, tuple[bytes, bytes]] = {  # how the bytes of a type begin, and what is somewhere in them
    "image/jpeg": (b"\xff\xd8\xff", b""),  # ITU-T T.81 B.1.1.3: SOI, and the next marker
    "image/png": (b"\x89PNG\r\n\x1a\n", b""),  # ISO/IEC 15948 5.2
    "application/pdf": (b"%PDF-", b""),  # ISO 32000-1 7.5.2
    "application/ofd": (b"PK\x03\x04", b"OFD.xml"),  # GB/T 33190-2016 7.1: a ZIP with this entry
}
_ID = re.compile(r"[0-9a-f]{32}")


class Materials:
    """Places in the materials bucket, and what was put there.

    A file lies under a prefix hashed from who uploaded it, and the material id is the name below it: nobody can hand in, or
    look at, a file by guessing an id.
    """

    def __init__(self, bucket: Bucket, index_key: bytes) -> None:
        self._bucket, self._key = bucket, index_key

    def upload(self, sender: str, file: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Return {"material_id", "upload": {"method", "url", "fields"}, "expires_at"}; the client posts the file there."""
        material_id = uuid.uuid4().hex
        beside = {"sha256": file["sha256"]} if "sha256" in file else {}
        form = self._bucket.form(self._place(sender, material_id), file["type"], file["size"], beside)
        return {"material_id": material_id, "upload": {"method": "POST", **form}, "expires_at": _end(now)}

    def pinned(self, sender: str, given: Sequence[Mapping[str, str]], names: Mapping[str, str]) -> list[dict[str, str]]:
        """Return the files of a submission as they lie there now, with what holds them fast: "by", "type", "version", "sha256".

        Each file is read once. Raises InvalidInput for one that was not uploaded or is not what it says, Unavailable.
        """
        files = list({each["material_id"] for each in given})
        with ThreadPoolExecutor(AT_ONCE) as pool:
            seen = dict(zip(files, pool.map(lambda each: self._look(sender, each), files), strict=True))
        faults = [
            Fault(
                f"materials.{place}.material_id", code, f"“{names.get(each['code'], each['code'])}”{words}，请重新上传"
            )
            for place, each in enumerate(given)
            for code, words in seen[each["material_id"]][0]
        ]
        if faults:
            raise InvalidInput("；".join(fault.message for fault in faults[:5]), faults)
        return [{**each, "by": sender, **seen[each["material_id"]][1]} for each in given]

    def download(self, sender: str, material_id: str, now: datetime) -> dict[str, Any]:
        """Return {"url", "expires_at"} of a file for who uploaded it, to be kept. Raises NotFound for what is not a material id."""
        if not _ID.fullmatch(material_id):
            raise NotFound("没有找到这份材料")
        place = self._place(sender, material_id)
        return {"url": self._bucket.address(place, ResponseContentDisposition="attachment"), "expires_at": _end(now)}

    def opened(self, pin: Mapping[str, str], now: datetime) -> dict[str, Any]:
        """Return {"url", "name", "type", "expires_at"} of a file of a case: the version handed in, as what it was found to be."""
        if "version" not in pin:  # handed in before versions were kept
            return self.download(pin["by"], pin["material_id"], now)
        name = f"{pin['name']}.{pin['type'].rpartition('/')[2]}"
        url = self._bucket.address(
            self._place(pin["by"], pin["material_id"]),
            pin["version"],
            ResponseContentType=pin["type"],
            ResponseContentDisposition=f"inline; filename*=UTF-8''{quote(name, safe='')}",
        )
        return {"url": url, "name": name, "type": pin["type"], "expires_at": _end(now)}

    def content(self, pin: Mapping[str, str]) -> bytes | None:
        """Return the bytes of a file of a case, of the version handed in; None where it is gone. Raises Unavailable."""
        found = self._bucket.read(self._place(pin["by"], pin["material_id"]), pin.get("version"))
        return found.content if found else None

    def _look(self, sender: str, material_id: str) -> tuple[list[tuple[str, str]], dict[str, str]]:
        """Read one file; return what is wrong with it (code, words) and what is kept of it."""
        found = self._bucket.read(self._place(sender, material_id))
        if found is None:
            return [("not_uploaded", "没有上传成功")], {}
        digest, (start, within) = hashlib.sha256(found.content).hexdigest(), MARKS[found.type]
        wrong = []
        if found.beside.get("sha256", digest) != digest:
            wrong.append(("damaged", "在上传途中损坏"))
        elif not (found.content.startswith(start) and within in found.content):
            wrong.append(("type", f"不是真正的{FILE_TYPES[found.type]}"))
        return wrong, {"type": found.type, "version": found.version, "sha256": digest}

    def _place(self, sender: str, material_id: str) -> str:
        return f"{ids.keyed(self._key, 'materials', sender)[:32]}/{material_id}"


def _end(now: datetime) -> str:
    return clock.iso(now + timedelta(seconds=LIFE))
