"""The telephone again, as Amazon Connect speaks it: a contact flow invokes the `connect` function once a turn.

The flow passes `Parameters.keys` (what was keyed, empty at first) and `Parameters.seq` (the `seq` of the last answer), plays
`says`, collects by `collect` (`choice` one key, `digits` up to `max_digits`, `none`), and branches on `transfer` and `ended`.
The answer is a STRING_MAP: flat, every value a string. The invocation is authorised by IAM; there is no signature to check.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.dialogue.model import Utterance
from chalicelib.intake.model import Reply
from chalicelib.kernel.errors import AppError, InvalidInput
from channels import ivr, speech


def read(event: Any, now: datetime) -> Utterance:
    """Read a ContactFlowEvent. Raises InvalidInput for anything else."""
    try:
        contact, given = event["Details"]["ContactData"], event["Details"].get("Parameters") or {}
        caller = (contact.get("CustomerEndpoint") or {}).get("Address") or ""
        facts = (contact["ContactId"], caller, given.get("keys", given.get("dtmf", "")) or "", given.get("seq") or "0")
    except (KeyError, TypeError, AttributeError):
        raise InvalidInput("不是通话流程的事件", code="bad_message") from None
    if not all(isinstance(fact, str) for fact in facts):
        raise InvalidInput("不是通话流程的事件", code="bad_message")
    call, caller, keys, seq = facts
    return ivr.utterance(call, caller, "" if keys == "Timeout" else keys, seq, now)


def render(said: Utterance, reply: Reply) -> dict[str, str]:
    """Answer one turn."""
    ask = None if reply.ended or reply.transfer else reply.ask
    return {
        "says": speech.spoken(reply.text or (ivr.TRANSFERRING if reply.transfer else "")),
        "collect": ask.kind if ask else "none",
        "max_digits": str((ask.length if ask.kind != "choice" else 1) or 20) if ask else "0",
        "keys": "".join(ask.choices) if ask else "",
        "seq": str(int(said.message_id.rsplit(":", 1)[1]) + 1),
        "transfer": str(reply.transfer).lower(),
        "ended": str(reply.ended or (ask is None and not reply.transfer)).lower(),
    }


def refuse(error: AppError) -> dict[str, str]:
    """Pass the caller to a person; the flow sees our code."""
    return {
        "says": ivr.SORRY,
        "collect": "none",
        "max_digits": "0",
        "keys": "",
        "seq": "0",
        "transfer": "true",
        "ended": "false",
        "error": error.code,
    }
