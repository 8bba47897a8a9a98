"""The service window (政务服务窗口): a clerk fills in the form for who stands in front of it (代录)."""

from __future__ import annotations

from channels.base import FormChannel

WINDOW = FormChannel("window", session_kinds=frozenset({"staff"}), apply_code="0", rating_code="5")
