"""The web (网页): whole forms as JSON, signed in by a one-time code sent to a phone."""

from __future__ import annotations

from channels.base import FormChannel

WEB = FormChannel("web", session_kinds=frozenset({"sms"}), apply_code="1", rating_code="1")
