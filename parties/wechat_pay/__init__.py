"""WeChat Pay (微信支付 APIv3, public-key mode)."""

from __future__ import annotations

from typing import Any

from parties.base import BASE_URL, Party, Settings, schema


def _pay(settings: Settings) -> Any:
    from parties.wechat_pay.client import WechatPay

    return WechatPay(settings)


def _notify(settings: Settings) -> Any:
    from parties.wechat_pay.notify import Notify

    return Notify(settings)


PARTY = Party(
    "wechat_pay",
    schema(
        "微信支付",
        {
            "base_url": f"{BASE_URL}：https://api.mch.weixin.qq.com",
            "mchid": "商户号",
            "appid": "与商户号绑定的小程序",
            "apiv3_key": "APIv3密钥，32个字符（商户平台 → API安全）",
            "private_key": "商户私钥（PEM）",
            "cert_serial_no": "商户证书序列号",
            "public_key": "微信支付公钥（PEM）",
            "public_key_id": "微信支付公钥编号，PUB_KEY_ID_…",
            "notify_url": "支付和退款通知地址：<公开地址>/channels/pay/wechat/notify",
        },
    ),
    roles={"pay": _pay},
    callbacks={"pay/wechat/notify": _notify},
)
