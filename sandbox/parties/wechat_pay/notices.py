"""WeChat Pay's notices: sealed, signed anew for each try, and told until they are taken (docs/domain.md §4.7 微信支付)."""

from __future__ import annotations

import json
import secrets
from typing import Any

from sandbox.box import Box
from sandbox.callbacks import Call
from sandbox.parties.wechat_pay import signing
from sandbox.till import stamp

_RETRIES = (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600)


def send(box: Box, platform_key: str, url: str, about: dict[str, str], kind: str, resource: dict[str, Any]) -> None:
    """Send a notice of `kind` to `url`; `about` is its event and summary."""
    party = box.parties["wechat_pay"]
    letter = {
        "id": secrets.token_hex(16),
        "create_time": stamp(),
        "resource_type": "encrypt-resource",
        **about,
        "resource": signing.seal(party["apiv3_key"], json.dumps(resource, ensure_ascii=False), kind),
    }
    body = json.dumps(letter, ensure_ascii=False)
    # mode `error`: WeChat's own probe, a notice with a false signature that must be refused; the true one comes next
    probes = [box.faults.mode("wechat_pay_notify") == "error"]

    def build() -> tuple[str, dict[str, str], bytes]:
        headers = signing.sign(platform_key, party["public_key_id"], body, bool(probes and probes.pop()))
        headers["Content-Type"] = "application/json"
        return box.reach(url), headers, body.encode()

    taken = Call(
        "wechat_pay_notify", "wechat_pay", build, lambda answer: answer.status_code in (200, 204), _RETRIES, 0.2
    )
    box.callbacks.send(taken)
