"""The rules of a WeChat Pay order request: which field may hold what. Limits after docs/domain.md §4.7 微信支付."""

from __future__ import annotations

import re
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

_TRADE_NO = re.compile(r"[0-9A-Za-z_\-|*]{6,32}")
_OPENID = re.compile(r"[0-9A-Za-z_-]{1,128}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def wrong_field(body: dict[str, Any], trade_type: str) -> tuple[str, str] | None:
    """Return (JSON pointer, what is wrong) of the first field at fault, or None."""
    amount, payer = body.get("amount"), body.get("payer")
    checks = (
        ("/description", _text(body.get("description"), 127), "商品描述应为1到127个字符"),
        ("/out_trade_no", _matches(_TRADE_NO, body.get("out_trade_no")), "商户订单号应为6到32位"),
        ("/notify_url", _notify(body.get("notify_url")), "回调地址应为https且不能携带参数"),
        ("/amount/total", _fen(amount), "总金额应为大于0的整数，单位为分"),
        ("/amount/currency", isinstance(amount, dict) and amount.get("currency", "CNY") == "CNY", "币种只支持CNY"),
        ("/attach", body.get("attach") is None or _text(body["attach"], 128), "附加数据应为1到128个字符"),
        ("/time_expire", _moment(body.get("time_expire")), "支付结束时间应为带时区的RFC3339时间"),
        (
            "/payer/openid",
            trade_type != "JSAPI" or (isinstance(payer, dict) and _matches(_OPENID, payer.get("openid"))),
            "缺少付款人openid",
        ),
        (
            "/scene_info/payer_client_ip",
            trade_type != "H5" or _address(_of(body.get("scene_info"), "payer_client_ip")),
            "缺少付款人的IP地址",
        ),
        (
            "/scene_info/h5_info/type",
            trade_type != "H5" or _of(_of(body.get("scene_info"), "h5_info"), "type") in ("iOS", "Android", "Wap"),
            "场景类型应为iOS、Android、Wap",
        ),
    )
    return next(((path, issue) for path, right, issue in checks if not right), None)


def _of(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _address(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(ip_address(value))
    except ValueError:
        return False


def _text(value: Any, limit: int) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= limit


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _fen(amount: Any) -> bool:
    total = amount.get("total") if isinstance(amount, dict) else None
    return isinstance(total, int) and not isinstance(total, bool) and total > 0


def _notify(value: Any) -> bool:
    """Say whether WeChat would call this address. Plain http is let through to loopback only, where there is no certificate."""
    if not isinstance(value, str) or len(value) > 255:
        return False
    parts = urlsplit(value)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    return secure and bool(parts.netloc) and not parts.query


def _moment(value: Any) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
