"""Errors the product raises on purpose. Each says when it is raised, and carries what a client needs to know.

`handlers.http` turns them into RFC 9457 problem documents; chat, SMS and telephone speak `detail` aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One field at fault: where (`form.id_number`), which rule, and the Chinese sentence for the citizen."""

    path: str
    code: str
    message: str


class AppError(Exception):
    """Base of all expected errors: never raised itself."""

    code = "error"
    status = 400
    title = "请求有误"
    retryable = False

    def __init__(self, detail: str = "", fields: Sequence[Fault] = (), *, code: str | None = None) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.fields = tuple(fields)
        self.code = code or self.code


class InvalidInput(AppError):
    """A field is missing, malformed or breaks a rule of the service's form."""

    code, status, title = "invalid_input", 400, "填写有误"


class Unauthenticated(AppError):
    """No session, an expired session, or a signature that does not verify."""

    code, status, title = "unauthenticated", 401, "请先登录"


class Forbidden(AppError):
    """The caller is known and may not do this: another citizen's case, another department's task."""

    code, status, title = "forbidden", 403, "无权办理"


class NotFound(AppError):
    """The thing named does not exist, or the caller may not learn that it does."""

    code, status, title = "not_found", 404, "没有找到"


class Conflict(AppError):
    """The same key with other content, or somebody was first."""

    code, status, title = "conflict", 409, "内容冲突"


class TooLarge(AppError):
    """The body is larger than the route takes."""

    code, status, title = "too_large", 413, "内容过大"


class Unsupported(AppError):
    """The body is not in a format or an encoding the route reads."""

    code, status, title = "unsupported_media", 415, "格式不支持"


class TooMany(AppError):
    """A limit of tries or messages is used up; trying later helps."""

    code, status, title, retryable = "too_many", 429, "操作过于频繁", True


class Unavailable(AppError):
    """Something of ours that must be asked did not answer. Nothing was written; the same again later is right."""

    code, status, title, retryable = "unavailable", 503, "系统繁忙，请稍后再试", True


class PartyFault(AppError):
    """An outside party did not answer, or answered that it cannot now. Work is delayed, never lost."""

    code, status, title, retryable = "party_unavailable", 503, "对方系统繁忙，请稍后再试", True


class Unsure(PartyFault):
    """The request left and no answer that can be read came back: what it asked for may have been done."""

    code = "party_silent"


class PartyRefused(AppError):
    """An outside party understood and said no; trying again would not help. `code` is ours, not theirs."""

    code, status, title = "party_refused", 409, "对方系统未受理"
