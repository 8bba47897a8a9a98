"""Check data against a JSON Schema (draft-07): fast when it is right, complete and in Chinese when it is wrong.

fastjsonschema compiles a schema once per container and answers yes in ~0.01 ms; only on a no does `jsonschema` walk the
data to name every faulty field at once (《行政许可法》第32条: 一次告知).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.kernel import formats
from chalicelib.kernel.errors import Fault, InvalidInput

Schema = dict[str, Any]
SEEN = r"^$|\S"  # an empty text is told by its length


def compiled(schema: Schema) -> Callable[..., Any]:
    """Compile a schema into `check(data, prefix="")`: it returns the data, its numbers and codes written as they should be.

    It raises InvalidInput naming every faulty field, from `prefix` on. The data handed in stays as it is.
    """
    import fastjsonschema

    schema = _seen(schema)
    fast = fastjsonschema.compile(schema, formats=formats.CHECKS, use_default=False)

    def check(data: Any, prefix: str = "") -> Any:
        try:
            return fast(data)
        except fastjsonschema.JsonSchemaException:
            tidy = _tidied(schema, data)
        try:
            return fast(tidy)
        except fastjsonschema.JsonSchemaException as no:
            found = list(dict.fromkeys(faults(schema, tidy, prefix))) or [_bare(no, prefix)]
            raise InvalidInput("；".join(fault.message for fault in found[:5]), found) from None

    return check


def _tidied(schema: Any, data: Any) -> Any:
    """Write each text of a format as it is kept (`…002x` → `…002X`); one that is wrong all the same stays as it was given."""
    if isinstance(data, dict):
        parts = schema.get("properties", {})
        return {name: _tidied(parts[name], each) if name in parts else each for name, each in data.items()}
    if isinstance(data, list):
        return [_tidied(schema.get("items", {}), each) for each in data]
    forms = _forms(schema) if isinstance(data, str) else []
    if any(form.right(data) for form in forms):
        return data
    return next((tidy for form in forms if form.right(tidy := form.tidy(data))), data)


def _forms(schema: Any) -> list[formats.Format]:
    """The formats a text may be of."""
    named = [each["format"] for each in (schema, *schema.get("anyOf", ())) if "format" in each]
    return [formats.FORMATS[name] for name in named if name in formats.FORMATS]


def _seen(schema: Any) -> Any:
    """Return the schema with “at least one character” meaning one that can be seen: a text of blanks is empty."""
    if isinstance(schema, list):
        return [_seen(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _seen(part) for name, part in schema.items()}
    if isinstance(schema.get("minLength"), int) and schema["minLength"] > 0 and "pattern" not in schema:
        found["pattern"] = SEEN
    return found


def faults(schema: Schema, data: Any, prefix: str = "") -> Iterator[Fault]:
    """Yield every fault of `data`, with the path from `prefix` and a Chinese sentence."""
    import jsonschema

    checker = jsonschema.FormatChecker(formats=())
    for name, rule in formats.CHECKS.items():
        checker.checks(name)(lambda value, rule=rule: not isinstance(value, str) or rule(value))
    errors = jsonschema.Draft7Validator(schema, format_checker=checker).iter_errors(data)
    for error in sorted(errors, key=lambda each: [str(part) for part in each.absolute_path]):
        place = [*([prefix] if prefix else []), *(str(part) for part in error.absolute_path)]
        yield from _explain(error, place)


def _bare(no: Any, prefix: str) -> Fault:
    """Name the one fault only the compiled check sees (a `$` that lets a trailing line break pass elsewhere)."""
    place = [*([prefix] if prefix else []), *(str(part) for part in getattr(no, "path", [])[1:])]
    return Fault(".".join(place) or "body", str(getattr(no, "rule", "invalid")), "内容不符合要求")


def _explain(error: Any, place: list[str]) -> Iterator[Fault]:
    if error.validator == "required":
        properties = error.schema.get("properties", {})
        for name in error.validator_value:
            if name not in error.instance:
                yield Fault(".".join([*place, name]), "required", f"{_title(properties.get(name), name)}不能为空")
    elif error.validator == "additionalProperties":
        for name in sorted(set(error.instance) - set(error.schema.get("properties", {}))):
            yield Fault(".".join([*place, str(name)]), "unknown", f"没有“{str(name)[:30]}”这一项")
    else:
        label = _title(error.schema, place[-1] if place else "内容")
        yield Fault(".".join(place) or "body", error.validator, label + _rule(error))


_LIMITS = {
    "minLength": "至少{}个字",
    "maxLength": "不能超过{}个字",
    "minimum": "不能小于{}",
    "maximum": "不能大于{}",
    "minItems": "至少{}项",
    "maxItems": "不能超过{}项",
    "uniqueItems": "不能重复",
}


def _rule(error: Any) -> str:
    value = error.validator_value
    if value == SEEN or (error.validator == "minLength" and value == 1):
        return "不能为空"
    if error.validator in _LIMITS:
        return _LIMITS[error.validator].format(value)
    match error.validator:
        case "format":
            return "：" + (formats.FORMATS[value].words if value in formats.FORMATS else "格式不正确")
        case "enum":
            labels = error.schema.get("x-labels", {})
            return "只能选：" + "、".join(str(labels.get(each, each)) for each in value)
        case "anyOf" if forms := _forms(error.schema):
            return "应当是" + "或".join(form.name for form in forms)
        case "type":
            kinds = {
                "string": "文字",
                "integer": "整数",
                "number": "数字",
                "boolean": "是或否",
                "array": "列表",
                "object": "表单",
            }
            return f"应当是{kinds.get(value, value)}"
        case _:
            return "不符合要求"


def _title(schema: Any, name: str) -> str:
    return str(schema.get("title", name)) if isinstance(schema, dict) else name
