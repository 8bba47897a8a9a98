"""How one request to a party goes, and how a carrier's codes become our errors.

The carriers' own SDKs are not used: Aliyun's and Tencent's bring 30 to 60 MB and half a second of imports for two calls each;
the signatures below are their published ones and are proved against their published examples.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult

from chalicelib.kernel.errors import PartyFault, PartyRefused, Unsure
from chalicelib.notices.model import Sms

TIMEOUTS = (2, 4)  # seconds to connect, to answer


def endpoint(site: SplitResult) -> str:
    """Return where to post: the root of the vendor's host, or the folder where a gateway of ours stands in for it."""
    return f"{site.scheme}://{site.netloc}{site.path.rstrip('/')}/"


def post(url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """Send one request and return the JSON object of the answer. Raises what `exchange` raises, and Unsure for anything else."""
    try:
        answer = json.loads(exchange(url, body, headers))
    except ValueError:
        raise Unsure() from None
    if not isinstance(answer, dict):
        raise Unsure()
    return answer


def exchange(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Send one request and return the answer as it came, whatever its 2xx, 3xx or 4xx status.

    Every request has a connection of its own: one that died while the container was frozen would look like a lost answer.
    Raises PartyFault if nothing was taken up (no connection, 429, 503), Unsure if an answer is missing.
    """
    import requests

    try:
        response = requests.post(url, data=body, headers=dict(headers), timeout=TIMEOUTS, allow_redirects=False)
    except requests.RequestException as error:
        raise fault(error) from None
    if response.status_code in (429, 503):
        raise PartyFault(code="party_busy")
    if response.status_code >= 500:
        raise Unsure()
    return response.content


def fault(error: Exception) -> PartyFault:
    """Tell a request that never left from one whose answer was lost. The exception's text is dropped: it quotes the URL."""
    import requests
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.SSLError)):
        return PartyFault(code="party_unreachable")
    inner = error.args[0] if error.args else None
    if isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError):
        return PartyFault(code="party_unreachable")
    return Unsure()


def refuse(
    theirs: str, codes: Mapping[str, str], prefix: str, otherwise: str = "later unknown"
) -> PartyFault | PartyRefused:
    """Turn a carrier's code, or the part before its dot, into our error: `no <ours>`, `later <ours>` or `unsure <ours>`.

    A code nobody knows is taken for a fault of configuration: kept and tried again rather than lost.
    """
    verdict, _, ours = codes.get(theirs, codes.get(theirs.partition(".")[0], otherwise)).partition(" ")
    code = f"{prefix}_{ours}"
    if verdict == "no":
        return PartyRefused(code=code)
    return Unsure(code=code) if verdict == "unsure" else PartyFault(code=code)


def template(templates: Mapping[str, Any], sms: Sms) -> tuple[str, dict[str, str]]:
    """Choose the approved template and its named values, in order.

    `templates` maps `code`, `notice` and `reply` (or `notice.<event>` for a template of that event alone) to an id, which takes one
    value (`code` or `text`), or to {"id": …, "params": [names of facts]}.
    """
    chosen = templates.get(f"{sms.kind}.{sms.event}") or templates[sms.kind]
    if isinstance(chosen, str):
        return chosen, {"code": sms.facts["code"]} if sms.kind == "code" else {"text": sms.text}
    return str(chosen["id"]), {name: sms.facts[name] for name in chosen["params"]}
