"""The small part of ECMAScript that VoiceXML documents use in `expr` and `cond`: literals, names, + == != < > && || !.

The text is rewritten to Python's operators, parsed by Python's parser and walked here; nothing else of Python is let through.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

_TOKEN = re.compile(
    r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(===|!==|&&|\|\||!(?!=)|\$)|(\btrue\b|\bfalse\b|\bnull\b|\bundefined\b)"""
)
_WORDS = {
    "===": "==",
    "!==": "!=",
    "&&": " and ",
    "||": " or ",
    "!": " not ",
    "$": "_",
    "true": "True",
    "false": "False",
    "null": "None",
    "undefined": "None",
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class BadExpression(ValueError):
    """The expression uses more than this interpreter knows (`error.semantic` in VoiceXML)."""


def evaluate(text: str, names: Mapping[str, Any]) -> Any:
    """Work out an expression over the variables in scope. Raises BadExpression."""
    try:
        tree = ast.parse(_TOKEN.sub(_python, text.strip()), mode="eval")
        return _value(tree.body, names)
    except BadExpression:
        raise
    except (SyntaxError, ValueError, TypeError, RecursionError) as error:
        raise BadExpression(text) from error


def _python(match: re.Match[str]) -> str:
    return match[1] or _WORDS[match[2] or match[3]]


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=str() | int() | float() | bool() | None as value):
            return value
        case ast.Name() | ast.Attribute():
            name = _dotted(node)
            if name not in names:
                raise BadExpression(f"{name} is not defined")
            return names[name]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, two = _value(left, names), _value(right, names)
            both = isinstance(one, (int, float)) and isinstance(two, (int, float))
            return one + two if both else f"{one}{two}"
        case ast.BoolOp(op=op, values=values):
            gather = all if isinstance(op, ast.And) else any
            return gather(_value(each, names) for each in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, names)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            return _COMPARE[type(op)](*_alike(_value(left, names), _value(right, names)))
    raise BadExpression(ast.dump(node))


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    raise BadExpression(ast.dump(node))


def _alike(one: Any, two: Any) -> tuple[Any, Any]:
    """Compare a number with a string of digits as numbers, as ECMAScript does."""
    if isinstance(one, str) != isinstance(two, str) and one is not None and two is not None:
        return float(one), float(two)
    return one, two
