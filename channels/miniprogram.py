"""The WeChat mini-program (微信小程序): whole forms as JSON, signed in by a WeChat code."""

from __future__ import annotations

from channels.base import FormChannel

MINIPROGRAM = FormChannel("miniprogram", session_kinds=frozenset({"wechat"}), apply_code="1", rating_code="2")
