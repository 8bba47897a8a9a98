"""The list of problems and the code that raises them are one: read from the syntax of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from chalicelib.kernel.errors import AppError
from chalicelib.vocabulary.problems import PROBLEMS

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("chalicelib", "channels", "handlers", "parties")
LIST = ROOT / "chalicelib" / "vocabulary" / "problems.py"
GATEWAY = {"gateway", "unavailable"}  # said in front of the product, when it does not answer


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product by name, parsed."""
    found = {}
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        if path != LIST:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found[name] = ast.parse(path.read_text("utf-8"))
    return found


def errors(kind: type[AppError] = AppError) -> Iterator[type[AppError]]:
    """Every kind of expected error; the base itself is never raised."""
    for each in kind.__subclasses__():
        yield each
        yield from errors(each)


@cache
def known() -> frozenset[type[AppError]]:
    for name in modules():
        import_module(name)
    return frozenset(each for each in errors() if each.__module__.partition(".")[0] in PACKAGES)


def raised() -> Iterator[tuple[str, str]]:
    """Yield (code, where) of every error made with a code of its own."""
    names = {each.__name__ for each in known()} | {"error"}
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                for keyword in node.keywords:
                    if keyword.arg == "code" and isinstance(keyword.value, ast.Constant):
                        yield str(keyword.value.value), f"{module}:{node.lineno}"


def test_every_kind_of_error_is_in_the_list() -> None:
    assert len(known()) > 10
    assert {each.__name__: each.code for each in known() if each.code not in PROBLEMS} == {}


def test_every_code_that_is_raised_is_in_the_list() -> None:
    found = dict(raised())
    assert len(found) > 30
    assert {code: where for code, where in found.items() if code not in PROBLEMS} == {}


def test_every_code_in_the_list_is_raised() -> None:
    """By its kind, by its own code, or by a table of codes; what the gateway says stands in its template."""
    tables = {
        node.value
        for tree in modules().values()
        for outer in ast.walk(tree)
        if isinstance(outer, ast.Dict)
        for node in ast.walk(outer)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said = {code for code, _ in raised()} | {each.code for each in known()} | GATEWAY
    assert set(PROBLEMS) - said <= tables & {
        "method_not_allowed",
        "internal",
        "order_paid",
        "order_closed",
        "unknown_order",
        "unknown_refund",
        "no_bill",
    }
    sources = (path for folder in ("infra", "tools") for path in (ROOT / folder).rglob("*.[yp]*"))
    outside = [path.read_text("utf-8") for path in sources if path.suffix != ".pyc"]
    assert all(any(f'"code": "{code}"' in text for text in outside) for code in GATEWAY)


def test_every_problem_has_words() -> None:
    assert all(text and text.strip("。") == text for text in PROBLEMS.values())
    assert all(code.isascii() and code.replace("_", "").isalpha() for code in PROBLEMS)
