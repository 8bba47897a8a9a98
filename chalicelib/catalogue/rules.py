"""What a service file must hold beyond its schema (docs/domain.md §1.3 实施清单, 《行政许可法》).

Each rule yields the place and a Chinese sentence.
Rules run only on files whose shape is right; a place is the path of keys and indexes in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from chalicelib.catalogue.feerules import fee
from chalicelib.catalogue.model import keyed
from chalicelib.catalogue.wrong import Data, Place, Wrong
from chalicelib.kernel import formats, schema
from chalicelib.vocabulary.channels import TALKING
from chalicelib.vocabulary.codes import CERTIFIED, LICENCE, OFFICE_ACTS, ON_APPLICATION, OUTCOMES, TASK_TYPES
from chalicelib.vocabulary.periods import DECISION_WORKDAYS, JOINT_DECISION_WORKDAYS, RENEWAL_ASKED

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LAW = re.compile(r"(?<!办)法》|法典》|条例》")
"""The name of a law or regulation; a 办法 is a rule of a ministry or a city, and may set no limit of its own."""
_SIZES = ("enum", "format", "maxLength")


def wrongs(data: Data, departments: Data) -> Iterator[Wrong]:
    """Yield everything that is wrong with one service, given the known departments by code."""
    for rule in RULES:
        yield from rule(data)
    yield from _departments(data, departments)


def _times(data: Data) -> Iterator[Wrong]:
    promised, statutory = data["promised_days"], data["statutory_days"]
    if statutory and promised > statutory:
        yield ("promised_days",), f"承诺办结时限{promised}个工作日，不能长于法定办结时限{statutory}个工作日"
    if data["project_type"] == "instant" and promised > 1:
        yield ("promised_days",), f"即办件应当当场或1个工作日内办结，不能承诺{promised}个工作日"
    if data["project_type"] == "promised" and promised == 0:
        yield ("promised_days",), "承诺件的承诺办结时限至少1个工作日"
    spent = sum(stage["limit_days"] for stage in data["stages"])
    if spent > max(promised, 1):
        yield ("stages",), f"各环节时限合计{spent}个工作日，超过承诺办结时限{promised}个工作日"


def _statutory(data: Data) -> Iterator[Wrong]:
    """《行政许可法》第42条: a licence has a limit, the law's own unless a law or regulation sets another, which is then named."""
    days, basis = data["statutory_days"], data.get("statutory_basis", "")
    if basis and not _LAW.search(basis):
        yield ("statutory_basis",), "另行规定法定办结时限的应当是法律、法规，写明名称和条款"
    if data["task_type"] != LICENCE:
        return
    together = any(len(stage["departments"]) > 1 for stage in data["stages"])
    most = JOINT_DECISION_WORKDAYS if together else DECISION_WORKDAYS
    if not days:
        yield ("statutory_days",), f"行政许可都有法定办结时限，最长{most}个工作日（《行政许可法》第42条），不能写0"
    if days > most and not basis:
        law = f"{days}个工作日，超过《行政许可法》第42条规定的{most}个工作日"
        yield ("statutory_days",), f"法定办结时限{law}；法律、法规另有规定的，写明依据（statutory_basis）"


def _type(data: Data) -> Iterator[Wrong]:
    kind = data["task_type"]
    if kind not in ON_APPLICATION:
        yield ("task_type",), f"{kind}（{TASK_TYPES[kind]}）是依职权办理的事项，不能申请"
    code = data.get("task_code")
    if code and not formats.credit_code(code[:18]):
        yield ("task_code",), "实施编码前18位应当是实施主体的统一社会信用代码"
    if code and code[21:23] != kind:
        yield ("task_code",), f"实施编码中的事项类型{code[21:23]}与task_type {kind}不一致"


def _visits(data: Data) -> Iterator[Wrong]:
    if data["visits"] and not data.get("visits_reason"):
        yield ("visits",), "需要到现场的，必须写明原因（visits_reason）"
    if not data["visits"] and data["delivery"] == ["pickup"]:
        yield ("visits",), "结果只能到窗口领取，到现场次数至少1次"


def _result(data: Data) -> Iterator[Wrong]:
    if ("electronic" in data["delivery"]) != data["result"]["electronic"]:
        yield ("delivery",), "送达方式与办理结果不一致：有电子结果才能电子送达，有电子结果就应当电子送达"
    result = data["result"]
    lasts = [name for name in ("valid_years", "valid_days") if name in result]
    if lasts and not (result["electronic"] and result["type"] in CERTIFIED):
        yield ("result", lasts[0]), "只有电子证照、电子批文由本系统发证，其他结果不写有效期"
    if len(lasts) > 1:
        yield ("result", lasts[1]), "有效期按年（valid_years）或者按天（valid_days），只写一种"
    yield from _renewable(data)
    if "pickup" in data["delivery"] and not data.get("pickup"):
        yield ("delivery",), "可以窗口领取的，必须写明领取地点和时间（pickup）"


def _renewable(data: Data) -> Iterator[Wrong]:
    """《行政许可法》第50条: what is renewed is a licence with an end, asked for thirty days before it."""
    result = data["result"]
    if not result.get("renewable"):
        return
    here: Place = ("result", "renewable")
    if data["task_type"] != LICENCE:
        yield here, "只有行政许可能延续（《行政许可法》第五十条）"
    if not result.get("valid_years", 0) and result.get("valid_days", 0) <= RENEWAL_ASKED.days:
        yield (
            here,
            f"能延续的许可应当有长于{RENEWAL_ASKED.days}天的有效期，持证人才来得及在届满{RENEWAL_ASKED.days}日前提出",
        )
    if data["stages"][0]["kind"] != "acceptance":
        yield here, "能延续的许可应当有受理环节：受理以后逾期没有决定的，视为准予延续"


def _stages(data: Data) -> Iterator[Wrong]:
    stages = data["stages"]
    yield from _twice(("stages",), [stage["id"] for stage in stages], "环节代码")
    if stages[-1]["kind"] != "decision":
        yield ("stages", len(stages) - 1, "kind"), "最后一个环节应当是决定（decision）"
    receiving: set[str] = set()
    for place, stage in enumerate(stages):
        if stage["kind"] == "acceptance":
            receiving |= set(stage["departments"])
            if place:
                yield ("stages", place, "kind"), "受理（acceptance）只能是第一个环节"
        for which, code in enumerate(stage["departments"]):
            if stage["kind"] == "decision" and code in receiving:
                yield ("stages", place, "departments", which), f"受审分离：{code}负责受理，不能又作决定"
    for place, code in enumerate(data.get("countersigners", ())):
        if code in receiving:
            yield ("countersigners", place), f"受审分离：{code}负责受理，不能又会签"


def _opinions(data: Data) -> Iterator[Wrong]:
    places = {f"{stage['id']}.{outcome}" for stage in data["stages"] for outcome in OUTCOMES} | set(OFFICE_ACTS)
    for place in data.get("opinions", {}):
        if place not in places:
            yield ("opinions", place), f"没有{place}这个环节和决定，也没有这个办理事项"


def _materials(data: Data) -> Iterator[Wrong]:
    codes = [material["code"] for material in data["materials"]]
    yield from _twice(("materials",), codes, "材料代码")
    properties = data["form"]["properties"]
    for place, code in enumerate(codes):
        if code in properties:
            yield ("materials", place, "code"), f"材料代码{code}与申请表的表单项重名，补正时分不清要的是哪一个"
    for place, situation in enumerate(data.get("situations", ())):
        here: Place = ("situations", place)
        values = [option["value"] for option in situation["options"]]
        if properties.get(situation["id"], {}).get("enum") != values:
            yield (*here, "id"), f"情形{situation['id']}应当是申请表中的选择项，选项和先后都相同"
        for which, option in enumerate(situation["options"]):
            for number, code in enumerate(option["materials"]):
                if code not in codes:
                    yield (*here, "options", which, "materials", number), f"申请材料中没有{code}"


def _applicant(data: Data) -> Iterator[Wrong]:
    applicant, properties = data["applicant"], data["form"]["properties"]
    if applicant["type"] != data["audience"]:
        yield ("applicant", "type"), f"申请人类型与服务对象{data['audience']}不一致"
    for role in ("id", "name"):
        if role in applicant and applicant[role] not in properties:
            yield ("applicant", role), f"申请表中没有{applicant[role]}"
    wanted = {"person": "id-number", "corporation": "credit-code"}[applicant["type"]]
    number = properties.get(applicant["id"])
    if number is not None and number.get("format") != wanted:
        yield ("form", "properties", applicant["id"]), f"申请人证件号码的格式应当是{wanted}"
    if number is not None and applicant["id"] not in data["form"]["required"]:
        yield ("form", "required"), f"申请人证件号码{applicant['id']}必须必填"


def _form(data: Data) -> Iterator[Wrong]:
    form = data["form"]
    properties = form["properties"]
    for place, name in enumerate(form["required"]):
        if name not in properties:
            yield ("form", "required", place), f"申请表中没有{name}"
    if set(form["x-order"]) != set(properties):
        apart = "、".join(sorted(set(form["x-order"]) ^ set(properties)))
        yield ("form", "x-order"), f"提问顺序应当正好列出每个表单项，不一致：{apart}"
    for name, field in properties.items():
        if not _NAME.fullmatch(name):
            yield ("form", "properties", name), f"表单项代码{name}应当是小写字母开头的字母、数字和下划线"
        yield from _field(("form", "properties", name), field)


def _field(here: Place, field: Data) -> Iterator[Wrong]:
    if field["type"] == "string" and not any(limit in field for limit in _SIZES):
        yield here, "文字项应当有最多字数（maxLength）、格式（format）或选项（enum）"
    if field["type"] == "integer" and not {"minimum", "maximum"} <= set(field):
        yield here, "整数项应当有最小值和最大值"
    if set(field.get("enum", ())) != set(field.get("x-labels", ())):
        yield here, "选择项的每个选项都要有名称（x-labels），不多不少"
    if not _is_pattern(field.get("pattern", "")):
        yield (*here, "pattern"), "正则表达式有误"
        return
    for place, example in enumerate(field["examples"]):
        found = [fault.message for fault in schema.faults(dict(field), example)]
        if found:
            yield (*here, "examples", place), f"示例不合本项的规则：{found[0]}"


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _channels(data: Data) -> Iterator[Wrong]:
    talking = [channel for channel in data["channels"] if channel in TALKING]
    if not talking:
        return
    here: Place = ("channels", data["channels"].index(talking[0]))
    if any(each["need"] == "required" and each["source"] == "self" for each in data["materials"]):
        yield here, "对话、短信和电话不能传材料，有申请人自备的必要材料就不能走这些渠道"
    if data["delivery"][0] == "courier":
        yield here, "对话、短信和电话不问地址，首选的送达方式不能是邮寄"
    if "ivr" in talking:
        properties = data["form"]["properties"]
        for name in data["form"]["required"]:
            if name in properties and not keyed(properties[name]):
                yield ("form", "properties", name), "走电话渠道的，必填项都要能用按键回答"


def _departments(data: Data, known: Data) -> Iterator[Wrong]:
    """A window (综合窗口) accepts and has no other power: what it decided would be nobody's act."""
    places: list[tuple[Place, str, bool]] = [(("department",), data["department"], False)]
    for place, stage in enumerate(data["stages"]):
        accepts = stage["kind"] == "acceptance"
        here: Place = ("stages", place, "departments")
        places += [((*here, which), code, accepts) for which, code in enumerate(stage["departments"])]
    places += [(("countersigners", which), code, False) for which, code in enumerate(data.get("countersigners", ()))]
    for where, code, accepts in places:
        if code not in known:
            yield where, f"departments.yaml中没有部门{code}"
        elif known[code]["region"] != data["region"]:
            yield where, f"部门{code}的区划{known[code]['region']}与事项的区划{data['region']}不一致"
        elif known[code].get("window") and not accepts:
            yield where, f"{code}是综合窗口，只能以负责部门的名义受理"
    above = known.get(data["department"], {}).get("supervised_by", "")
    if data["department"] in known and known.get(above, {}).get("region") != data["region"]:
        yield ("department",), f"departments.yaml中部门{data['department']}没有同一区划的效能监察部门（supervised_by）"
    elif above in (code for _, code, _ in places):
        yield ("department",), f"效能监察部门{above}监督这个事项，不能参加办理"


def _twice(here: Place, codes: list[str], what: str) -> Iterator[Wrong]:
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield (*here, place), f"{what}重复：{code}"


RULES: tuple[Callable[[Data], Iterator[Wrong]], ...] = (
    _type,
    _times,
    _statutory,
    _visits,
    _applicant,
    _form,
    _materials,
    _stages,
    _opinions,
    fee,
    _result,
    _channels,
)
