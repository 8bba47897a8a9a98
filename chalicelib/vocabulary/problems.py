"""Every code of a problem document (RFC 9457), and when a client meets it. `docs/` shows this list; a test holds the code to it."""

from __future__ import annotations

PROBLEMS: dict[str, str] = {
    # of every route
    "invalid_input": "填写有误：缺项、格式不对或不合事项的规定，见 fields",
    "unauthenticated": "没有登录，或登录已失效",
    "bad_session": "登录令牌无效",
    "session_expired": "登录令牌已过期",
    "forbidden": "身份已知，但无权办理此项",
    "not_found": "没有找到，或无权知道它是否存在",
    "method_not_allowed": "这个地址不支持这种请求方法",
    "conflict": "内容冲突",
    "changed_meanwhile": "别人刚刚改动过，请刷新后再办",
    "illegal_state": "现在的状态不能这样办理",
    "too_large": "内容过大",
    "unsupported_media": "内容格式或编码不支持",
    "too_many": "操作过于频繁，请稍后再试",
    "internal": "系统出错，请稍后再试；已经收到的申请不会丢失",
    "unavailable": "系统暂时无法应答",
    "gateway": "入口网关没有接受或转发这个请求",
    "party_unavailable": "对方系统（短信、微信、支付、寄递）暂时没有响应",
    "party_refused": "对方系统明确不受理",
    # signing in
    "bad_password": "用户名或密码不正确",
    "bad_code": "短信验证码不正确",
    "code_expired": "短信验证码已失效",
    "locked": "输错次数过多，已锁定一段时间",
    "exists": "账号已存在",
    "wechat_login": "微信登录没有成功",
    "wechat_busy": "微信暂时没有回应",
    # filing and asking
    "idempotency_conflict": "同一个 Idempotency-Key 已提交过不同的内容",
    "verify_needed": "需要申请人证件号码后四位",
    "verify_failed": "办件号或证件号码后四位不对",
    # tasks
    "already_decided": "同事已经先办理",
    "claimed_by_other": "同事正在办理",
    "cancelled": "任务已经取消",
    "corrected_before": "本部门已经要求过补正（一次告知）",
    # paying
    "already_paid": "已经缴费",
    "order_paid": "订单已经支付",
    "unknown_order": "没有这个订单",
    "wrong_amount": "金额或币种不符",
    "wrong_merchant": "商户号或应用号不符",
    "bad_notice": "支付通知无法解读",
    # delivering
    "courier_refused": "寄递企业不承运",
    # rating
    "not_rateable": "还没有办结，不能评价",
    "rating_over": "评价期限已过",
    "already_rated": "已经评价过",
    "ticket_invalid": "评价链接无效",
    "ticket_expired": "评价链接已过期",
    "ticket_used": "评价链接已用过",
    # callbacks of outside parties
    "bad_key": "回调密钥不正确",
    "bad_signature": "签名不正确",
    "not_encrypted": "消息没有加密",
    "stale": "消息已过期",
    "bad_time": "时间戳不正确",
    "bad_message": "消息格式不正确",
    "bad_json": "不是有效的 JSON",
    "bad_encoding": "编码不是 UTF-8",
    "empty": "内容为空",
    "bad_report": "短信状态报告格式不正确",
    "unknown_message": "没有这条短信的记录",
}
