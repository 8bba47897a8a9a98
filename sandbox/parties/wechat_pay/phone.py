"""What a phone's browser meets at an `h5_url` (H5支付): WeChat Pay's page, good for five minutes, where the citizen pays, and back."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from chalicelib.kernel.clock import now
from sandbox.box import Box
from sandbox.state import Order
from sandbox.till import PayEnd, spent
from sandbox.wire import read_body

_PATH = "/cgi-bin/mmpayweb-bin/checkmweb"
_FRESH = 300  # seconds an address may be used
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>微信支付</title><style>body{{font:18px/1.6 system-ui;margin:0;padding:48px 24px;text-align:center;color:#111}}
b{{display:block;font-size:44px;margin:12px 0 28px}}button,a{{display:block;width:100%;box-sizing:border-box;padding:14px;border:0;
border-radius:8px;background:#07c160;color:#fff;font:inherit;text-decoration:none}}h1{{font-size:20px}}</style>
<h1>微信支付</h1>{body}</html>"""


def address(box: Box, prepay_id: str) -> str:
    """Write the address of an order's page, as of now."""
    query = urlencode({"prepay_id": prepay_id, "package": int(box.clock())})
    return f"{box.parties['wechat_pay']['base_url'].rstrip('/')}{_PATH}?{query}"


class PhonePage:
    """The page of each order for a phone's browser."""

    def __init__(self, box: Box, prefix: str, end: PayEnd) -> None:
        self.box, self._prefix, self._end = box, prefix, end

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(f"{self._prefix}{_PATH}", self.shown, methods=["GET"]),
            Route(f"{self._prefix}{_PATH}", self.paid, methods=["POST"]),
        ]

    async def shown(self, request: Request) -> Response:
        """Show what is to be paid, with a button; say why where it cannot be."""
        order = self._order(request)
        if isinstance(order, str):
            return _page(f"<p>{order}</p>", 400)
        back = request.query_params.get("redirect_url", "")
        if order.state != "NOTPAY":
            return _page(f"<p>{'已支付' if order.state == 'SUCCESS' else '订单已关闭'}</p>{_link(back)}")
        said = f"<p>{escape(order.description)}</p><b>¥{order.total / 100:.2f}</b>"
        return _page(
            f'{said}<form method="post"><input type="hidden" name="back" value="{escape(back)}"><button>立即支付</button></form>'
        )

    async def paid(self, request: Request) -> Response:
        """Let the citizen pay, and send his browser back where he came from."""
        order = self._order(request)
        if isinstance(order, str):
            return _page(f"<p>{order}</p>", 400)
        spent(order, self._end)
        back = parse_qs((await read_body(request)).decode()).get("back", [""])[0]
        return RedirectResponse(back, 303) if urlsplit(back).scheme in ("http", "https") else _page("<p>支付成功</p>")

    def _order(self, request: Request) -> Order | str:
        """Return the order an address is of, as it stands; or what is wrong with the address."""
        asked, moment = request.query_params, self.box.clock()
        number = next(
            (each.out_trade_no for each in self.box.state.orders.values() if each.handle == asked.get("prepay_id")), ""
        )
        order = self.box.state.order(number, now())
        if order is None or order.trade_type != "H5":
            return "商家参数格式有误，请联系商家解决"
        issued = asked.get("package", "")
        if not issued.isdigit() or not 0 <= moment - int(issued) <= _FRESH:
            return "支付链接已过期，请返回商家页面重新发起支付"
        return order


def _page(body: str, status: int = 200) -> Response:
    return HTMLResponse(_PAGE.format(body=body), status)


def _link(back: str) -> str:
    known = urlsplit(back).scheme in ("http", "https")
    return f'<a href="{escape(back)}">返回商家</a>' if known else ""
