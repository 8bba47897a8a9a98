"""Code sets (代码集): those of GB/T 39046-2020 annex A, and the city's own small ones."""

from __future__ import annotations

from typing import Literal

TASK_TYPES: dict[str, str] = {  # A.1 事项类型
    "01": "行政许可",
    "02": "行政处罚",
    "03": "行政强制",
    "04": "行政征收",
    "05": "行政给付",
    "06": "行政检查",
    "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决",
    "10": "其他行政权力",
    "20": "公共服务",
}
LICENCE = "01"
"""行政许可: what the 《行政许可法》 is about."""


def power(task_type: str) -> str:
    """Return what is granted or refused, as it is called to people: a licence 行政许可, what is none 办理."""
    return TASK_TYPES[LICENCE] if task_type == LICENCE else "办理"


def refusal(task_type: str) -> str:
    """Return what a no to it is called, wherever it is told: 不予许可, 不予办理."""
    return f"不予{power(task_type).removeprefix('行政')}"


ON_APPLICATION = frozenset({"01", "05", "07", "08", "09", "10", "20"})
"""依申请: the only types that may be applied for; the others an organ does of its own accord (依职权)."""

ProjectType = Literal["instant", "promised"]
PROJECT_TYPES: dict[ProjectType, str] = {"instant": "即办件", "promised": "承诺件"}  # A.6 办件类型
Audience = Literal["person", "corporation"]
AUDIENCES: dict[Audience, str] = {"person": "个人", "corporation": "法人"}  # A.4 服务对象, as applied for
StageKind = Literal["acceptance", "review", "decision"]
STAGE_KINDS: dict[StageKind, str] = {"acceptance": "受理", "review": "审查", "decision": "决定"}  # 环节种类
DELIVERY_METHODS: dict[str, str] = {"electronic": "电子结果", "pickup": "窗口领取", "courier": "邮寄到家"}  # 送达方式
Taker = Literal["self", "agent", "other"]
TAKERS: dict[Taker, str] = {"self": "本人", "agent": "代办人", "other": "其他受托人"}
"""Who signs for a result at the window (签收人)."""
SHIPMENT_STATES: dict[str, str] = {
    "making": "制证中",
    "queued": "已制好，等待快递接单",
    "ordered": "已制好，待交寄",
    "moving": "已交寄，寄送中",
    "failed": "投递未成功，待再投",
    "returned": "快件退回",
    "ready": "待领取",
    "delivered": "已送达",
    "cancelled": "不再送达",
}
"""Where a result is on its way to the applicant (`delivery.model.State`)."""
PAYER_LEVELS: dict[str, str] = {
    "3": "市级",
    "4": "县级",
    "5": "镇（乡、街道）级",
    "6": "村（社区）级",
}  # GB/T 39046 A.2 行使层级
"""Whose treasury pays for carriage (同级财政统一支付)."""
MaterialNeed = Literal["required", "optional", "later"]
MATERIAL_NEEDS: dict[MaterialNeed, str] = {"required": "必要", "optional": "非必要", "later": "容缺后补"}
MaterialSource = Literal["self", "government"]
MATERIAL_SOURCES: dict[MaterialSource, str] = {"self": "申请人自备", "government": "政府部门核发"}
MaterialForm = Literal["original", "copy", "electronic"]
MATERIAL_FORMS: dict[MaterialForm, str] = {"original": "原件", "copy": "复印件", "electronic": "电子件"}
FILE_TYPES: dict[str, str] = {
    "image/jpeg": "JPG图片",
    "image/png": "PNG图片",
    "application/pdf": "PDF文件",
    "application/ofd": "OFD文件",
}
"""What a material may be; `intake.materials` knows each by its bytes."""
ResultType = Literal["certificate", "approval", "payment", "other"]
RESULT_TYPES: dict[ResultType, str] = {"certificate": "证照", "approval": "批文", "payment": "资金", "other": "其他"}
CERTIFIED: frozenset[ResultType] = frozenset({"certificate", "approval"})
"""Results that are a thing to show; in electronic form, each is a certificate (`certificates`)."""
LISTS: dict[str, str] = {each: each for each in ("马上办", "网上办", "一次办", "就近办")}  # 国办发〔2018〕45号

Outcome = Literal[
    "approve", "reject", "correct", "return", "countersign", "appeal", "missed", "resend", "collect", "reissue", "retry"
]
OUTCOMES: dict[Outcome, str] = {
    "approve": "通过",
    "reject": "不通过",
    "correct": "补正",
    "return": "退回重审",
    "countersign": "会签",
    "appeal": "申诉",
    "missed": "没有联系上",
    "resend": "再次寄送",
    "collect": "改为窗口领取",
    "reissue": "重新制发",
    "retry": "重新办理",
}
"""What a clerk may decide; what each is called depends on the kind of task (`tasks.kinds`)."""
Ground = Literal["not_met", "not_required", "not_competent"]
GROUNDS: dict[Ground, str] = {
    "not_met": "不符合受理条件",
    "not_required": "依法不需要取得行政许可",
    "not_competent": "不属于本机关职权范围",
}
"""Why an application is not accepted (《行政许可法》第32条第1款第1、2项)."""


def ground(code: Ground, task_type: str) -> str:
    """Say one to who applied for something of this type."""
    return GROUNDS[code] if task_type == LICENCE else GROUNDS[code].replace(f"取得{power(LICENCE)}", power(task_type))


OfficeAct = Literal["suspend", "resume", "extend", "recall", "examine", "transfer", "refund", "revise", "void"]
OFFICE_ACTS: dict[OfficeAct, str] = {
    "suspend": "特别程序",
    "resume": "结束特别程序",
    "extend": "延长期限",
    "recall": "不再等会签、重审",
    "examine": "核查",
    "transfer": "转报",
    "refund": "退款",
    "revise": "更正",
    "void": "作废",
}
"""What an office may do to a case besides its tasks."""
TASK_STATES: dict[str, str] = {"open": "待认领", "claimed": "在办", "decided": "已决定", "cancelled": "已取消"}

ACTS: dict[str, str] = {
    "supplement": "补交材料",
    "withdraw": "撤回申请",
    "pay": "缴费",
    "rate": "评价",
    "deliver": "改送达",
}
"""What an applicant may do with a case."""

NOTICE_WAYS: dict[str, str] = {
    "wechat": "微信通知",
    "sms": "短信",
    "call": "电话",
    "post": "书面送达",
    "none": "没有通知",
}
NOTICE_FATES: dict[str, str] = {
    "queued": "待发送",
    "sending": "正在发送",
    "sent": "已发出",
    "delivered": "已送达",
    "failed": "没有送达",
    "skipped": "未发送",
}
BILL_STATES: dict[str, str] = {"unpaid": "待缴费", "paying": "缴费中", "paid": "已缴费", "closed": "已关闭"}
PayScene = Literal["jsapi", "native", "h5"]
PAY_SCENES: dict[PayScene, str] = {"jsapi": "在应用内付款", "native": "扫码付款", "h5": "在手机浏览器付款"}
"""Where an order is paid: inside the party's app, by a code on a screen, on a phone's browser."""
PayWay = Literal["online", "cash", "card"]
PAY_WAYS: dict[PayWay, str] = {"online": "网上缴费", "cash": "现金", "card": "刷卡"}
COUNTER_WAYS: dict[str, str] = {"cash": PAY_WAYS["cash"], "card": PAY_WAYS["card"]}
"""How a cashier takes a fee at the counter."""
CertificateState = Literal["valid", "expired", "revoked"]
CERTIFICATE_STATES: dict[CertificateState, str] = {"valid": "有效", "expired": "已过期", "revoked": "已注销"}
RenewalState = Literal["early", "open", "late", "asked"]
RENEWAL_STATES: dict[RenewalState, str] = {
    "early": "还不到提出延续的时间",
    "open": "可以延续",
    "late": "已过提出延续的期限，到期前仍可提出",
    "asked": "延续办理中",
}
ClockReason = Literal["supplement", "suspension", "extension"]
CLOCK_REASONS: dict[ClockReason, str] = {"supplement": "补正", "suspension": "特别程序", "extension": "延长审批"}
"""What moves the day a case is promised by; 特别程序 and 延长审批 are the kinds of A.7."""
ProcedureKind = Literal[
    "hearing", "bidding", "auction", "inspection", "testing", "quarantine", "appraisal", "review", "publicity"
]
PROCEDURES: dict[ProcedureKind, str] = {
    "hearing": "听证",
    "bidding": "招标",
    "auction": "拍卖",
    "inspection": "检验",
    "testing": "检测",
    "quarantine": "检疫",
    "appraisal": "鉴定",
    "review": "专家评审",
    "publicity": "公示",
}
"""Special procedures (特别程序) whose time does not count (《行政许可法》第45条; 公示 by the 办件 standard, docs/domain.md §1.5)."""
Lamp = Literal["normal", "near", "overdue"]
LAMPS: dict[Lamp, str] = {"normal": "正常", "near": "临期", "overdue": "超期"}
