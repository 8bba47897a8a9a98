"""A wrong service file is refused with its line: each row spoils one right file in one place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chalicelib.catalogue import loader

SERVICES = Path(__file__).resolve().parents[3] / "services"
GOOD = SERVICES / "restaurant-opening.yaml"
TALK = SERVICES / "elder-allowance.yaml"

# what is replaced, by what, the text of the line that is named, and a part of the message
WRONG: list[tuple[str, str, str, str]] = [
    ("promised_days: 10", "promised_days: 21", "promised_days: 21", "不能长于法定办结时限20个工作日"),
    ("promised_days: 10", "promised_days: 9", "stages:", "合计10个工作日，超过承诺办结时限9"),
    ("project_type: promised", "project_type: instant", "promised_days: 10", "即办件应当当场或1个工作日内办结"),
    ("project_type: promised", "project_type: 承诺件", "project_type: 承诺件", "办件类型只能选"),
    ("visits: 0", "visits: 1", "visits: 1", "必须写明原因"),
    ("visits: 0", "visits: -1", "visits: -1", "到现场次数不能小于0"),
    ('task_type: "01"', 'task_type: "02"', 'task_type: "02"', "依职权"),
    ('task_type: "01"', "task_type: 01", "task_type: 01", "事项类型"),
    ("fee: null", "fee: {items: []}", "fee: {items: []}", "收费项目至少1项"),
    (
        "fee: null",
        "fee: {items: [{code: f1, name: 许可费, amount_fen: 100, basis: 本局自行决定收取}],"
        " counter: {address: 草市街2号, hours: 工作日9:00至17:00}}",
        "fee: {items",
        "应当有法律、行政法规依据",
    ),
    ("fee: null", "fee: {items: [{code: f1, name: 许可费, amount_fen: 100}]}", "fee: {items", "收费依据不能为空"),
    ("fee: null\n", "", "code: restaurant-opening", "收费不能为空"),
    (
        "fee: null\n",
        "fee: null\nopinions: {nowhere.reject: [不行]}\n",
        "opinions: {nowhere",
        "没有nowhere.reject这个环节和决定",
    ),
    ("fee: null\n", "fee: null\nopinions: {extend: [长]}\n", "opinions: {extend", "常用意见至少2个字"),
    ("id: credit_code", "id: company_no", "applicant:", "申请表中没有company_no"),
    ("type: corporation, id", "type: person, id", "applicant:", "与服务对象corporation不一致"),
    ("      x-ask: 请问经营面积是多少平方米？\n", "", "    area:", "提问不能为空"),
    ("      title: 经营项目\n", "", "    kind:", "表单项名称不能为空"),
    (
        'examples: ["91510100MA6C12345G"]',
        'examples: ["91510100MA6C12345H"]',
        'examples: ["91510100MA6C12345H"]',
        "示例不合",
    ),
    ("examples: [hot]", "examples: []", "examples: []", "示例至少1项"),
    ("examples: [120]", "examples: [0]", "examples: [0]", "不能小于1"),
    ("      maximum: 100000\n", "", "    area:", "最小值和最大值"),
    ("      maxLength: 80\n", "", "    company:", "最多字数"),
    ("canteen: 单位食堂}", "bar: 酒吧}", "    kind:", "x-labels"),
    (", kind, fire_promise, opening_day]", ", kind, fire_promise]", "x-order:", "不一致：opening_day"),
    (
        "area, kind, fire_promise]\n  x-order",
        "area, kind, fire_check]\n  x-order",
        "  required: [company",
        "申请表中没有fire_check",
    ),
    ("departments: [zwzx]", "departments: [zwzz]", "id: acceptance", "没有部门zwzz"),
    ("fee: null", "countersigners: [nobody]\nfee: null", "countersigners", "没有部门nobody"),
    ("fee: null", "countersigners: [zwzx]\nfee: null", "countersigners", "受审分离：zwzx负责受理，不能又会签"),
    ("department: scjgj", "department: zwzx", "department: zwzx", "zwzx是综合窗口，只能以负责部门的名义受理"),
    ("departments: [scjgj, xfj]", "departments: [scjgj, zwzx]", "id: parallel", "zwzx是综合窗口"),
    ("department: scjgj", "department: nobody", "department: nobody", "没有部门nobody"),
    ('region: "510100"', 'region: "510104"', "department: scjgj", "区划510100与事项的区划510104不一致"),
    ("departments: [scjgj], limit_days: 3", "departments: [zwzx], limit_days: 3", "id: decision", "受审分离"),
    ("kind: decision, departments", "kind: review, departments", "id: decision", "最后一个环节应当是决定"),
    (
        "id: parallel, name: 并联核查, kind: review",
        "id: acceptance, name: 并联核查, kind: review",
        "name: 并联核查",
        "环节代码重复",
    ),
    ("kind: review, departments", "kind: acceptance, departments", "name: 并联核查", "只能是第一个环节"),
    ("materials: [fire-layout]", "materials: [fire-map]", "materials: [fire-map]", "申请材料中没有fire-map"),
    ("value: check, label", "value: visit, label", "  - id: fire_promise", "应当是申请表中的选择项"),
    ("code: food-rules", "code: floor-plan", "code: floor-plan, name: 食品", "材料代码重复"),
    ("electronic: true", "electronic: false", "delivery:", "送达方式与办理结果不一致"),
    ("type: certificate, electronic", "type: payment, electronic", "result:", "其他结果不写有效期"),
    ("valid_years: 5", "valid_years: 0", "result:", "有效期（年）不能小于1"),
    ("valid_years: 5", "valid_years: 5, valid_days: 30", "result:", "只写一种"),
    ("valid_years: 5", "valid_days: 30, renewable: true", "result:", "有长于30天的有效期"),
    ("valid_years: 5", "renewable: true", "result:", "有长于30天的有效期"),
    ("pickup: {address", "pick_up: {address", "pick_up: {address", "没有“pick_up”这一项"),
    (
        "delivery: [electronic, pickup]",
        "delivery: [electronic, drone]",
        "delivery: [electronic, drone]",
        "送达方式只能选",
    ),
    ("delivery: [electronic, pickup]", "delivery: [pickup]", "delivery: [pickup]", "有电子结果就应当电子送达"),
    ("channels: [miniprogram, web, window]", "channels: [web, sms]", "channels: [web, sms]", "不能传材料"),
    ("code: restaurant-opening", "code: Restaurant", "code: Restaurant", "事项代码"),
    ("code: restaurant-opening", "code: noodle-shop", "code: noodle-shop", "与文件名restaurant-opening相同"),
    ("short_name: 开餐饮店", "short_name: 开办餐饮店一件事并联办理窗口", "short_name:", "简称不能超过12个字"),
    ("audience: corporation", "audience: corporation\naudience: person", "audience: person", "“audience”写了两次"),
    ("statutory_days: 20", "statutory_days: 二十", "statutory_days: 二十", "法定办结时限应当是整数"),
    (
        "statutory_days: 20",
        "statutory_days: 20\nstatutory_basis: 本市政务服务局的规定",
        "statutory_basis:",
        "应当是法律、法规",
    ),
    ("conditions:\n", "conditions: [\n", "", "YAML格式有误"),
    ('task_type: "01"', f'task_type: "01"\ntask_code: {"A" * 31}', "task_code:", "统一社会信用代码"),
    (
        'task_type: "01"',
        'task_type: "01"\ntask_code: 11510100009170083Q3512000101000',
        "task_code:",
        "事项类型20与task_type 01不一致",
    ),
    ("    opening_day:", "    openingDay:", "    openingDay:", "小写字母开头"),
    ("format: credit-code", "format: mobile", "    credit_code:", "格式应当是credit-code"),
]


def _folder(tmp_path: Path, source: Path, text: str) -> Path:
    shutil.copy(SERVICES / "departments.yaml", tmp_path)
    (tmp_path / source.name).write_text(text, "utf-8")
    return tmp_path


def _faults(folder: Path) -> list[str]:
    with pytest.raises(loader.WrongService) as refused:
        loader.load(folder)
    return refused.value.faults


@pytest.mark.parametrize(
    ("old", "new", "place", "message"), WRONG, ids=[f"{row[0].strip()[:20]}→{row[3][:16]}" for row in WRONG]
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, old: str, new: str, place: str, message: str) -> None:
    right = GOOD.read_text("utf-8")
    assert old in right
    text = right.replace(old, new, 1)
    faults = _faults(_folder(tmp_path, GOOD, text))
    found = [fault for fault in faults if message in fault]
    assert found, faults
    if place:
        line = int(found[0].removeprefix(f"{tmp_path / GOOD.name}:").split(":", 1)[0])
        assert place in text.splitlines()[line - 1], found[0]


def test_a_telephone_service_asks_only_what_keys_can_answer(tmp_path: Path) -> None:
    text = TALK.read_text("utf-8").replace(
        "required: [id_number, payee, bank_card]", "required: [id_number, payee, bank_card, name]"
    )
    assert any("按键" in fault and fault.count(":") >= 2 for fault in _faults(_folder(tmp_path, TALK, text)))


def test_a_talking_service_does_not_start_with_the_courier(tmp_path: Path) -> None:
    text = TALK.read_text("utf-8").replace("delivery: [electronic]", "delivery: [courier, electronic]")
    assert any("首选的送达方式不能是邮寄" in fault for fault in _faults(_folder(tmp_path, TALK, text)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"- a\n- b\n", "应当是表单"),
        (b"just words", "应当是表单"),
        (b"a: !!python/object:os.system {}\n", "YAML格式有误"),
        (b"a: 1\n---\nb: 2\n", "YAML格式有误"),
        (b"a: \x00\n", "YAML格式有误"),
        (b"a: &a [*a]\n", "没有“a”这一项"),
    ],
)
def test_what_is_no_service_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    folder = _folder(tmp_path, GOOD, "")
    (folder / GOOD.name).write_bytes(content)
    assert any(message in fault for fault in _faults(folder)), _faults(folder)


def test_departments_are_checked_too(tmp_path: Path) -> None:
    folder = _folder(tmp_path, GOOD, GOOD.read_text("utf-8"))
    text = (SERVICES / "departments.yaml").read_text("utf-8")
    (folder / "departments.yaml").write_text(
        text
        + "- {code: zwzx, name: 又一个, region: '510100', phone: '12345', address: 成都市青羊区, mark: 成又, reviewed_by: 某某人民政府}\n"
    )
    assert any("部门代码重复：zwzx" in fault for fault in _faults(folder))
    (folder / "departments.yaml").unlink()
    assert any("没有这个文件" in fault for fault in _faults(folder))


@pytest.mark.parametrize(
    ("above", "message"), [("", "没有同一区划的效能监察部门"), ("nobody", "没有同一区划"), ("xfj", "不能参加办理")]
)
def test_who_supervises_the_department_in_charge_is_another_that_takes_no_part(
    tmp_path: Path, above: str, message: str
) -> None:
    folder = _folder(tmp_path, GOOD, GOOD.read_text("utf-8"))
    text = (SERVICES / "departments.yaml").read_text("utf-8")
    told = f", supervised_by: {above}" if above else ""
    (folder / "departments.yaml").write_text(text.replace(", supervised_by: xnjc", told))
    assert any(message in fault for fault in _faults(folder))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    shutil.copy(SERVICES / "departments.yaml", tmp_path)
    assert "没有事项文件" in _faults(tmp_path)[0]


def test_the_command_prints_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert loader.main([str(SERVICES)]) == 0
    assert "全部正确" in capsys.readouterr().out
    folder = _folder(tmp_path, GOOD, GOOD.read_text("utf-8").replace("visits: 0", "visits: 2"))
    assert loader.main([str(folder)]) == 1
    assert f"{GOOD.name}:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('task_type: "01"', 'task_type: "07"', "只有行政许可能延续"),
        ("name: 受理, kind: acceptance", "name: 初审, kind: review", "能延续的许可应当有受理环节"),
    ],
)
def test_article_50_only_a_licence_that_is_accepted_first_can_be_renewed(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    text = (SERVICES / "hygiene-licence.yaml").read_text("utf-8")
    assert old in text and "renewable: true" in text
    found = _faults(_folder(tmp_path, SERVICES / "hygiene-licence.yaml", text.replace(old, new, 1)))
    assert any(message in fault for fault in found), found
