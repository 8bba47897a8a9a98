"""Everything a conversation says, in one place: short, plain Chinese. An SMS should fit three segments (200 characters)."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.vocabulary import ratings

HOME = {"1": "办事", "2": "查进度", "3": "评价", "0": "人工"}
HELLO, HELLO_CHAT = "您好，这里是蓉易办。", "您好，这里是蓉易办，请回复数字："
HELP = "回复服务名称（如高龄津贴）直接办理，回复12位办件号查进度，或回复数字："
UNKNOWN = "没有看懂您的意思。"
SILENCE = "没有听到按键。"
WRONG_KEY = "按键不对，请重新按键。"
STUCK = "如需帮忙，回复“人工”；要退出，回复“取消”。"
PERSON, BACK, SKIP, MORE = "人工", "返回", "跳过", "更多"
SKIP_WORD, SKIP_KEY = "（没有请回复“无”）", "没有请按井号。"
EXAMPLE = "例如：{}。"
TAIL = "尾号{}"

TO_PERSON = "正在为您转接人工。"
TO_PERSON_CALL = "现在为您转接人工，请稍候。"
TO_PERSON_SMS = "人工服务请拨打12345，24小时有人接听。"
CANCELLED = "已取消，没有提交任何内容。"
NOTHING_TO_CANCEL = "好的。"

STOPPED = "已退订，不再给您发送办事进度短信。法定通知和缴费、领取通知仍会发短信。恢复请回复“订阅”。"
STARTED = "已恢复办事进度短信。"

WHICH_SERVICE = "请选择要办的事："
WHICH_SERVICE_CHAT = "请回复数字或服务名称："
NO_SERVICE = "这个渠道暂时没有可以办理的服务，请用小程序或到窗口办理。"
NOT_HERE = "“{name}”不能在这里办理，请用：{ways}。"
BEGIN = "开始办理“{name}”。"
BEGIN_CHAT = "开始办理“{name}”，共{count}个问题，随时可回复“上一题”“取消”。\n"
REQUIRED = "这一项必须填写。"
BUSY_FORM = "您正在办理“{name}”。要先做别的，请回复“取消”。\n"
CHECK = "请核对："
CONFIRM = {"1": "确认提交", "2": "重新填写"}
RESTART = "好的，重新填写。"
CHANGED = "这一项需要改一下：{reason}"
TRACK_HINT = "回复“进度”随时查询。"

SUPPLEMENT = "补正“{name}”。"
SUPPLEMENT_CHAT = "补正“{name}”，共{count}个问题，随时可回复“上一题”“取消”。\n"
SUPPLEMENT_HINT = "“{titles}”可回复“补正”在这里填写。"
WHICH_SUPPLEMENT = "请回复“补正”和12位办件号。"
NOTHING_ASKED = "您没有等待补正的办件。要补交材料，请在小程序、网页上传，或送到办理窗口。"
REST = "材料可在小程序、网页上传，或送到{place}。"

CONTACT = {"type": "string", "format": "mobile", "title": "联系手机", "x-ask": "请提供一个能联系到您的手机号码"}
RECIPIENT = {"type": "string", "minLength": 2, "maxLength": 30, "title": "收件人", "x-ask": "请提供收件人姓名"}
ADDRESS = {
    "type": "string",
    "minLength": 6,
    "maxLength": 120,
    "title": "收件地址",
    "x-ask": "请提供收件地址（省市区、街道、门牌号）",
}

WHICH_CASE = "请回复12位办件号"
WHICH_CASE_CALL = "请按12位办件号。"
NONE_YOURS = "没有查到您名下的办件。"
LAST_FOUR = "请回复申请人证件号码的后四位"
LAST_FOUR_CALL = "请按申请人证件号码的后四位，X请按星号。"
BAD_FOUR = "后四位是4个字符，最后一个可能是X。"
LINE = "“{name}”（尾号{tail}）{status}"
LINES = "您有{count}件办件：{lines}。"
MORE_CASES = "其他办件请回复办件号查询。"
RATE_HINT = "回复“评价”可为这次服务打分。"
AFTER_SUPPLEMENT = "填写补正内容"
AFTER_RATE, AFTER_OTHER, AFTER_AGAIN, AFTER_HOME = "评价", "查其他办件", "再听一遍", "主菜单"

LEVELS = {str(level): name for level, name in ratings.LEVELS.items()}
ASK_LEVEL = "请为“{name}”（尾号{tail}）打分，5最好，1最差："
ASK_LEVEL_BARE = "请为办件（尾号{tail}）打分，5最好，1最差："
ASK_REASON = "很抱歉没让您满意。请告诉我们原因："
REASON_CHAT = "\n回复数字（可多个，如1,3），也可以直接写。"
ASK_NAMED = "工作人员可以打电话向您核实吗？选匿名的不联系："
NAMED = {"1": "可以", "2": "匿名"}
NOT_RATEABLE = "没有查到可以评价的办件。办结后即可评价，也可回复“评价 办件号”。"
NOT_RATEABLE_CALL = "没有查到可以评价的办件，办结后即可评价。"
GOODBYE = "感谢您的来电，再见。"


def menu(lead: str, choices: Mapping[str, str], keypad: bool) -> str:
    """Write choices: on the telephone what first, then which key (查进度请按2); elsewhere a numbered list."""
    if keypad:
        return lead + "，".join(f"{label}请按{key}" for key, label in choices.items()) + "。"
    return lead + "".join(f"\n{key} {label}" for key, label in choices.items())


def line(lead: str, choices: Mapping[str, str], keypad: bool) -> str:
    """Write choices on one line, for texts that are paid by length."""
    if keypad:
        return menu(lead, choices, keypad)
    return lead + "，".join(f"{key}{label}" for key, label in choices.items())


def full(sentence: str) -> str:
    """End a sentence with a full stop, once."""
    return sentence if sentence.endswith(("。", "！", "？", "\n")) else f"{sentence}。"
