"""Read `services/*.yaml`, and refuse what is wrong with the file and the line: `services/x.yaml:12: 中文说明`.

A tool for the build, the deployment and editors (`python -m chalicelib.catalogue.loader services/`); never on the API path.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chalicelib.catalogue.model import Service
from chalicelib.catalogue.rules import wrongs
from chalicelib.catalogue.wrong import Place
from chalicelib.kernel import schema
from chalicelib.vocabulary.sets import SETS, filled

DEPARTMENTS = "departments.yaml"
_TEXTS = ("code", "name", "region", "phone", "address", "mark", "reviewed_by")
_DEPARTMENTS_SCHEMA: dict[str, Any] = {
    "title": "部门清单",
    "type": "array",
    "items": {
        "title": "部门",
        "type": "object",
        "additionalProperties": False,
        "required": list(_TEXTS),
        "properties": {
            "code": {"title": "部门代码", "type": "string", "pattern": "^[a-z]{2,10}$"},
            "name": {"title": "部门名称", "type": "string", "minLength": 2},
            "region": {"title": "区划代码", "type": "string", "pattern": "^[0-9]{6}$"},
            "phone": {"title": "咨询电话", "type": "string", "minLength": 3},
            "address": {"title": "地址", "type": "string", "minLength": 4},
            "mark": {"title": "发文机关代字", "type": "string", "pattern": "^[一-鿿]{2,6}$"},
            "reviewed_by": {"title": "行政复议机关", "type": "string", "minLength": 4},
            "court": {"title": "管辖行政诉讼的人民法院", "type": "string", "minLength": 4},
            "window": {"title": "综合窗口，以负责部门的名义受理", "type": "boolean"},
            "supervised_by": {"title": "效能监察部门代码", "type": "string", "pattern": "^[a-z]{2,10}$"},
        },
    },
}


class WrongService(ValueError):
    """Service files are wrong: `faults` are lines `path:line: 说明`, one for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def load(folder: str | Path) -> list[Service]:
    """Read every service of a folder, by code. Raises WrongService with every fault of every file."""
    folder = Path(folder)
    faults: list[str] = []
    departments = _departments(folder / DEPARTMENTS, faults)
    services = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name != DEPARTMENTS:
            data = _service(path, departments, faults)
            services += [Service.from_dict(data)] if data else []
    if not services and not faults:
        faults.append(f"{folder}: 没有事项文件")
    if faults:
        raise WrongService(faults)
    return services


def _service(path: Path, departments: dict[str, Any], faults: list[str]) -> dict[str, Any] | None:
    file = _File(path)
    data = file.checked(_shape())
    if data is not None:
        for place, message in wrongs(data, departments):
            file.wrong(place, message)
        if data["code"] != path.stem:
            file.wrong(("code",), f"事项代码{data['code']}应当与文件名{path.stem}相同")
    faults += file.faults
    if file.faults or data is None:
        return None
    used = {data["department"], *data.get("countersigners", ())}
    used |= {code for stage in data["stages"] for code in stage["departments"]}
    used.add(departments[data["department"]]["supervised_by"])  # whose supervisors look into its ratings
    return {**data, "departments": {code: departments[code] for code in sorted(used)}}


@cache
def _shape() -> dict[str, Any]:
    """The schema of a service file; who writes one is shown each code beside its name."""
    plain = json.loads(Path(__file__).with_name("service.schema.json").read_text("utf-8"))
    shape: dict[str, Any] = filled(plain, SETS, label=lambda code, name: f"{code}（{name}）")
    return shape


def _departments(path: Path, faults: list[str]) -> dict[str, Any]:
    file = _File(path)
    found: dict[str, Any] = {}
    for place, department in enumerate(file.checked(_DEPARTMENTS_SCHEMA) or ()):
        if department["code"] in found:
            file.wrong((place,), f"部门代码重复：{department['code']}")
        found[department["code"]] = department
    faults += file.faults
    return found


class _File:
    """One YAML file whose every value knows its line."""

    def __init__(self, path: Path) -> None:
        self._path, self._root = path, None
        self._found: set[tuple[int, str]] = set()

    @property
    def faults(self) -> list[str]:
        """The faults so far, by line."""
        return [f"{self._path}:{line}: {message}" for line, message in sorted(self._found)]

    def checked(self, shape: dict[str, Any]) -> Any:
        """Return the content; None where it cannot be read or has another shape (the faults tell)."""
        data = self._read()
        if self._found:
            return None
        for fault in schema.faults(shape, data):
            steps = fault.path.split(".") if fault.path != "body" else []
            self.wrong(tuple(int(step) if step.isdigit() else step for step in steps), fault.message)
        return None if self._found else data

    def wrong(self, place: Place, message: str) -> None:
        """Note a fault at a place; a place that is not there is noted at the nearest one around it."""
        self._found.add((self._line(place), message))

    def _read(self) -> Any:
        try:
            self._root = yaml.compose(self._path.read_text("utf-8"), Loader=yaml.SafeLoader)
            if self._root is None:
                self._found.add((1, "文件是空的"))
                return None
            self._found |= {(node.start_mark.line + 1, f"“{node.value}”写了两次") for node in _doubles(self._root)}
            return None if self._found else yaml.SafeLoader("").construct_document(self._root)
        except FileNotFoundError:
            self._found.add((1, "没有这个文件"))
        except UnicodeDecodeError:
            self._found.add((1, "文件编码应当是UTF-8"))
        except (yaml.MarkedYAMLError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            self._found.add((mark.line + 1 if mark else 1, f"YAML格式有误：{getattr(error, 'problem', None) or error}"))
        except yaml.YAMLError as error:
            self._found.add((1, f"YAML格式有误：{error}"))
        return None

    def _line(self, place: Place) -> int:
        node: Any = self._root
        line = 1
        for step in place:
            key, value = _child(node, step)
            if value is None:
                break
            node, line = value, key.start_mark.line + 1
        return line


def _child(node: Any, step: str | int) -> tuple[Any, Any]:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None


def _doubles(root: Any) -> Iterator[Any]:
    """Yield every key written twice in one mapping (YAML would silently keep the last)."""
    waiting, known = [root], {id(root)}
    while waiting:
        node = waiting.pop()
        children: list[Any] = list(node.value) if isinstance(node, yaml.SequenceNode) else []
        if isinstance(node, yaml.MappingNode):
            keys = [str(key.value) for key, _ in node.value]
            yield from (key for place, (key, _) in enumerate(node.value) if str(key.value) in keys[:place])
            children = [child for _, child in node.value]
        fresh = [child for child in children if id(child) not in known]  # an alias may point back to what holds it
        known |= {id(child) for child in fresh}
        waiting += fresh


def main(arguments: list[str]) -> int:
    """Check a folder; print what is wrong, or how many services are right."""
    folder = Path(arguments[0] if arguments else "services")
    try:
        services = load(folder)
    except WrongService as wrong:
        print(wrong, file=sys.stderr)
        return 1
    print(f"{len(services)}个事项，全部正确")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
