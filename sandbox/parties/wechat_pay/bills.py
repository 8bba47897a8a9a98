"""WeChat Pay's trade bill of a day: applied for, then downloaded, packed, with a digest of what is inside.

Source: docs/domain.md §4.7 微信支付; names of columns from memory.
"""

from __future__ import annotations

import gzip
import hashlib
import secrets
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.bills import lines

if TYPE_CHECKING:
    from sandbox.parties.wechat_pay.server import WeChatPay

COLUMNS = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,"
    "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
).split(",")
SUMS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额".split(",")


class Bills:
    """The bills of one merchant. `pay` checks and signs."""

    def __init__(self, pay: WeChatPay) -> None:
        self.pay, self._made = pay, dict[str, bytes]()

    async def apply(self, request: Request) -> Response:
        """Make the bill of a day and say where it is; a day without trade has none."""
        body = await self.pay.checked(request)
        if isinstance(body, Response):
            return body
        asked = request.query_params
        day = asked.get("bill_date", "")
        try:
            date.fromisoformat(day)
        except ValueError:
            return self.pay.refuse(400, "PARAM_ERROR", "账单日期格式应为yyyy-MM-dd", field="bill_date")
        found = lines(self.pay.box.state, self.pay.name, day)
        if not found:
            return self.pay.refuse(400, "NO_STATEMENT_EXIST", "账单文件不存在")
        plain = ("\ufeff" + written(found, day, self.pay.box.parties["wechat_pay"])).encode()
        token = secrets.token_hex(16)
        self._made[token] = gzip.compress(plain) if asked.get("tar_type") == "GZIP" else plain
        url = f"{self.pay.box.parties['wechat_pay']['base_url']}/v3/billdownload/file?token={token}"
        digest = hashlib.sha1(plain).hexdigest()  # noqa: S324
        return self.pay.answer(200, {"hash_type": "SHA1", "hash_value": digest, "download_url": url})

    async def download(self, request: Request) -> Response:
        """Hand a bill out."""
        body = await self.pay.checked(request)
        if isinstance(body, Response):
            return body
        made = self._made.get(request.query_params.get("token", ""))
        if made is None:
            return self.pay.refuse(400, "INVALID_REQUEST", "token无效或已过期")
        return Response(made, 200, media_type="application/octet-stream")


def written(found: Iterable[dict[str, Any]], day: str, party: dict[str, Any]) -> str:
    """Write a bill as WeChat does: a backtick before each value, sums at the end."""
    rows, came, went = [], 0, 0
    for line in found:
        back = bool(line.get("refund"))
        came, went = came + (0 if back else line["fen"]), went + (line["fen"] if back else 0)
        told = dict.fromkeys(COLUMNS, "") | {
            "交易时间": f"{day} 12:00:00",
            "公众账号ID": party["appid"],
            "商户号": party["mchid"],
            "微信订单号": line["transaction"],
            "商户订单号": line["out_trade_no"],
            "交易状态": "REFUND" if back else line["state"],
            "货币种类": "CNY",
            "应结订单金额": _yuan(0 if back else line["fen"]),
            "商户退款单号": line["number"] if back else "",
            "退款金额": _yuan(line["fen"] if back else 0),
            "退款状态": line["state"] if back else "",
            "商品名称": "蓉易办",
            "费率": "0.00%",
            "订单金额": _yuan(0 if back else line["fen"]),
            "申请退款金额": _yuan(line["fen"] if back else 0),
        }
        rows.append(told.values())
    sums = [len(rows), _yuan(came), _yuan(went), _yuan(0), _yuan(0), _yuan(came), _yuan(went)]
    text = [COLUMNS, *([f"`{value}" for value in row] for row in rows), SUMS, [f"`{value}" for value in sums]]
    return "".join(",".join(row) + "\r\n" for row in text)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
