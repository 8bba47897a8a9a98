"""The queue of notices: SQS, standard. What fails is hidden for as long as the schedule says, then comes again."""

from __future__ import annotations

import json
from typing import Any


class Queue:
    """The queue in SQS. `client` is a botocore client."""

    def __init__(self, client: Any, url: str) -> None:
        self._client, self._url = client, url

    def send(self, message: dict[str, Any]) -> None:
        """Add a message. What is in it must hold no personal data in clear."""
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        self._client.send_message(QueueUrl=self._url, MessageBody=body)

    def later(self, receipt_handle: str, seconds: int) -> None:
        """Hide a received message for `seconds`."""
        self._client.change_message_visibility(
            QueueUrl=self._url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
        )
