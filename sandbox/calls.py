"""The citizen's telephone: calls to 12345 that really walk our VoiceXML (see `sandbox.voice`)."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

import httpx

from chalicelib.kernel.clock import iso, now
from chalicelib.kernel.errors import InvalidInput, NotFound
from sandbox.box import Box
from sandbox.voice.call import VoiceCall

_KEPT = 200
_KEYS = re.compile(r"[0-9*#]{0,40}")
_CALLER = re.compile(r"\+?\d{3,15}")


@dataclass
class Call:
    """One call with what was keyed and said, for the page."""

    call_id: str
    caller: str
    at: str
    voice: VoiceCall
    lines: list[dict[str, str]]

    def summary(self) -> dict[str, Any]:
        """Return what the page lists."""
        return {
            "call_id": self.call_id,
            "caller": self.caller,
            "at": self.at,
            "ended": self.voice.ended,
            "transferred": self.voice.transferred,
        }


class Calls:
    """The calls of this run; the latest two hundred are remembered."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self._calls: dict[str, Call] = {}

    async def dial(self, caller: Any) -> dict[str, Any]:
        """Call 12345 and return what is said first. Raises InvalidInput."""
        if not isinstance(caller, str) or not _CALLER.fullmatch(caller):
            raise InvalidInput("请填写主叫号码（caller，3 到 15 位数字）")
        call_id, url = secrets.token_hex(8), self.box.ours("ivr", "vxml")
        remote = {"sessionid": call_id, "connection.remote.uri": f"tel:{caller}", "connection.local.uri": "tel:12345"}
        call = Call(call_id, caller, iso(now()), VoiceCall(self._fetch, remote), [])
        self._calls[call_id] = call
        for old in list(self._calls)[:-_KEPT]:
            del self._calls[old]
        await call.voice.start(url, {"call": call_id, "caller": caller})
        return {"call_id": call_id, **self._said(call)}

    async def press(self, call_id: str, keys: Any) -> dict[str, Any]:
        """Press keys (none: say nothing, as time runs out). Raises InvalidInput, NotFound."""
        if not isinstance(keys, str) or not _KEYS.fullmatch(keys):
            raise InvalidInput("按键只能是 0 到 9、* 和 #，最多 40 个；留空表示没有按键")
        call = self._known(call_id)
        if call.voice.ended:
            raise InvalidInput("通话已经结束，请重新拨打")
        call.lines.append({"keys": keys})
        await call.voice.press(keys)
        return self._said(call)

    async def hang_up(self, call_id: str) -> dict[str, Any]:
        """Hang up."""
        call = self._known(call_id)
        await call.voice.hang_up()
        return self._said(call)

    def told(self, call_id: str) -> dict[str, Any]:
        """Return a call with its lines. Raises NotFound."""
        call = self._known(call_id)
        return {**call.summary(), "lines": call.lines}

    def recent(self) -> list[dict[str, Any]]:
        """Return the latest calls, newest first."""
        return [call.summary() for call in list(self._calls.values())[-1:-11:-1]]

    def _known(self, call_id: str) -> Call:
        if call_id not in self._calls:
            raise NotFound(f"没有这个通话：{call_id}")
        return self._calls[call_id]

    def _said(self, call: Call) -> dict[str, Any]:
        voice, says = call.voice, "\n".join(call.voice.said)
        call.lines.append({"says": says})
        told: dict[str, Any] = {"says": says, "ended": voice.ended}
        told |= {"transferred": voice.transferred} if voice.transferred else {}
        return told | ({"fault": voice.fault} if voice.fault else {})

    async def _fetch(self, url: str, method: str, params: dict[str, str]) -> tuple[int, bytes]:
        """Fetch a document as a voice platform does. No answer at all counts as 503."""
        client = self.box.callbacks.client
        try:
            if method == "post":
                answer = await client.post(url, data=params)
            else:
                answer = await client.get(httpx.URL(url).copy_merge_params(params))
        except httpx.HTTPError:
            return 503, b""
        return answer.status_code, answer.content
