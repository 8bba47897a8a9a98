"""The self-service terminal (自助终端) in a hall: whole forms as JSON, from a device that is signed in."""

from __future__ import annotations

from channels.base import FormChannel

KIOSK = FormChannel("kiosk", session_kinds=frozenset({"kiosk"}), apply_code="1", rating_code="5")
