"""A queue: SQS, standard. What fails is hidden for as long as the schedule says, then comes again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from chalicelib.kernel.errors import Unavailable

AT_ONCE = 10  # messages of one call


class Queue:
    """The queue in SQS. `client` is a botocore client."""

    def __init__(self, client: Any, url: str) -> None:
        self._client, self._url = client, url

    def send(self, message: dict[str, Any]) -> None:
        """Add a message. What is in it must hold no personal data in clear."""
        self._client.send_message(QueueUrl=self._url, MessageBody=_body(message))

    def send_all(self, messages: Sequence[dict[str, Any]]) -> None:
        """Add messages, `AT_ONCE` a call. Raises Unavailable where one was not taken; those before it were."""
        for first in range(0, len(messages), AT_ONCE):
            bodies = (_body(message) for message in messages[first : first + AT_ONCE])
            entries = [{"Id": str(place), "MessageBody": body} for place, body in enumerate(bodies)]
            if self._client.send_message_batch(QueueUrl=self._url, Entries=entries).get("Failed"):
                raise Unavailable

    def later(self, receipt_handle: str, seconds: int) -> None:
        """Hide a received message for `seconds`."""
        self._client.change_message_visibility(
            QueueUrl=self._url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
        )


def _body(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
