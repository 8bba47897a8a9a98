"""WeChat (微信): the mini-program and the official account of one app."""

from __future__ import annotations

from typing import Any

from parties.base import BASE_URL, Party, Settings, schema


def _api(settings: Settings) -> Any:
    from chalicelib.kernel.parts import expiring
    from parties.wechat.api import WeChatApi

    return WeChatApi(settings, expiring())


def _cards(settings: Settings) -> Any:
    from parties.wechat.cards import Cards

    return Cards(_api(settings), settings)


def _login(settings: Settings) -> Any:
    from parties.wechat.login import Login

    return Login(_api(settings), settings)


_TEMPLATE = {
    "type": "object",
    "title": "订阅消息模板",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "title": "模板号"},
        "fields": {
            "type": "object",
            "title": "模板的字段 → 我们的文字（可用的事实见 notices.facts）；不写就填常用的五项",
            "additionalProperties": {"type": "string"},
        },
    },
}
PARTY = Party(
    "wechat",
    schema(
        "微信",
        {
            "base_url": f"{BASE_URL}：https://api.weixin.qq.com",
            "appid": "小程序的AppID（微信公众平台 → 开发管理）",
            "secret": "小程序的AppSecret",
            "token": "消息推送的Token",
            "encoding_aes_key": "消息推送的EncodingAESKey，43个字符",
        },
        {
            "mode": {
                "enum": ["plain", "secure"],
                "title": "secure：拒收没有加密的消息（生产环境用）；明文方式下正文没有签名",
            },
            "page": {"type": "string", "title": "卡片打开的小程序页面，如pages/case/case；?case_no=…由我们加上"},
            "miniprogram_state": {"enum": ["developer", "trial", "formal"], "title": "卡片跳转的小程序版本"},
            "templates": {"type": "object", "title": "每个事件的模板；没有的发短信", "additionalProperties": _TEMPLATE},
        },
    ),
    roles={"cards": _cards, "login": _login},
)
