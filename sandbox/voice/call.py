"""A small VoiceXML 2.1 interpreter (W3C REC 2007-06-19): it walks documents over HTTP, with keys instead of speech.

Known: forms, menus, blocks, fields, prompts with counts, DTMF grammars, events with counts and scopes, filled, links, variables,
if, goto, submit, transfer, disconnect. Not known: speech, subdialogs, recording, scripts (they throw error.unsupported).
Keys that are left over when a field has what it takes go to the next field, as on a real line; `#` ends an input.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, NoReturn
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree as ET

from sandbox.voice import document
from sandbox.voice.content import Jump, run
from sandbox.voice.expr import BadExpression
from sandbox.voice.grammar import BadGrammar, tag, take
from sandbox.voice.scope import Scope

Fetch = Callable[[str, str, dict[str, str]], Awaitable[tuple[int, bytes]]]
_STEPS = 200  # an endless walk without a question is a fault of the document
_ITEMS = ("block", "field", "transfer", "initial", "record", "subdialog", "object")
BUSY = "（电话平台：对方系统没有正常应答，通话结束。）"


class VoiceCall:
    """One call being walked. After `start`, `press` and `hang_up`, `said` holds what was newly spoken."""

    def __init__(self, fetch: Fetch, session: Mapping[str, str]) -> None:
        self._fetch, self._scope = fetch, Scope(session)
        self.said: list[str] = []
        self.ended = False
        self.transferred = ""  # where the caller was passed on to, `tel:…`
        self.fault = ""  # what the platform last found wrong with the documents
        self._url, self._keys, self._wanted = "", "", ""
        self._root = self._form = ET.Element("none")
        self._current: ET.Element | None = None  # the item being visited
        self._waiting: ET.Element | None = None  # the item that waits for keys
        self._counts: dict[tuple[int, str], int] = {}
        self._prompting = True

    async def start(self, url: str, params: dict[str, str]) -> None:
        """Fetch the first document by POST and walk to the first question."""
        self.said = []
        await self._walk(self._load(url, "post", params))

    async def press(self, keys: str) -> None:
        """Give keys to the waiting question; none at all is silence."""
        self.said = []
        if not self.ended and self._waiting is not None:
            self._keys = keys
            await self._walk(self._answered(self._waiting))

    async def hang_up(self) -> None:
        """Hang up; the document's handler of `connection.disconnect.hangup` still runs."""
        self.said = []
        if not self.ended:
            await self._walk(self._event("connection.disconnect.hangup"))
        self.ended = True

    async def _walk(self, work: Coroutine[Any, Any, None]) -> None:
        """Do a step and go on from it until a question waits or the call ends."""
        for _ in range(_STEPS):
            try:
                await work
                if self.ended or self._waiting is not None:
                    return
                work = self._visit()
            except Jump as jump:
                work = self._jumped(jump)
            except (BadExpression, BadGrammar) as error:
                self.fault = str(error)
                work = self._event("error.semantic")
        work.close()
        self._fail("walked in a circle")

    def _fail(self, fault: str) -> None:
        self.fault = self.fault or fault
        self.said.append(BUSY)
        self.ended = True

    async def _jumped(self, jump: Jump) -> None:
        self._waiting = None
        if jump.kind == "exit":
            self.ended = True
        elif jump.kind == "event":
            await self._event(jump.target)
        elif jump.kind == "item":
            self._wanted = jump.target
            self._scope.dialog[jump.target] = None
        elif jump.kind == "submit" and jump.element is not None:
            params = self._submitted(jump.element)
            await self._load(urljoin(self._url, jump.target), jump.element.get("method", "get"), params)
        elif jump.target.startswith("#"):
            self._enter(jump.target[1:])
        else:
            await self._load(urljoin(self._url, jump.target), "get", {})

    def _submitted(self, element: ET.Element) -> dict[str, str]:
        named, known = element.get("namelist"), self._scope.names()
        inputs = [item.get("name", "") for item in document.children(self._form, "field", "transfer")]
        names = inputs if named is None else named.split()
        for name in names:
            if name not in known:
                raise BadExpression(f"{name} is not defined")
        return {name: str(known[name]) for name in names if known[name] is not None}

    async def _load(self, url: str, method: str, params: dict[str, str]) -> None:
        status, body = await self._fetch(url, method, params)
        try:
            if status != 200:
                raise document.BadDocument(f"HTTP {status}")
            root = document.parse(body)
        except document.BadDocument as error:
            self.fault = str(error)
            raise Jump("event", f"error.badfetch.http.{status}") from error
        self._url, fragment = urldefrag(url)
        self._root, self._scope.document, self._scope.dialog = root, {}, {}
        self._scope.declare(document.children(root, "var"), self._scope.document)
        self._enter(fragment)

    def _enter(self, name: str) -> None:
        """Enter a form or menu by its id, the first one without."""
        form = next((each for each in document.dialogs(self._root) if not name or each.get("id") == name), None)
        if form is None:
            raise Jump("event", "error.badfetch")
        self._form, self._current, self._waiting = form, None, None
        self._counts, self._prompting, self._scope.dialog = {}, True, {}
        self._scope.declare(document.children(form, "var"), self._scope.dialog)
        for item in self._items():
            self._scope.dialog[self._name(item)] = self._scope.value(item) if tag(item) != "menu" else None

    def _items(self) -> list[ET.Element]:
        return [self._form] if tag(self._form) == "menu" else document.children(self._form, *_ITEMS)

    def _name(self, item: ET.Element) -> str:
        return item.get("name") or f"_item{self._items().index(item)}"

    async def _visit(self) -> None:
        """Visit the next item whose variable is still undefined; where there is none, the call is over."""
        dialog, names = self._scope.dialog, self._scope.names()
        for item in self._items():
            name = self._name(item)
            if self._wanted in ("", name) and dialog.get(name) is None and document.holds(item, names):
                break
        else:
            self.ended = True
            return
        self._wanted, self._current = "", item
        if tag(item) == "block":
            dialog[name] = True
            run(item, self)
        elif tag(item) in ("field", "menu", "transfer"):
            await self._ask(item)
        else:
            raise Jump("event", f"error.unsupported.{tag(item)}")

    async def _ask(self, item: ET.Element) -> None:
        if self._prompting:
            self.said += document.prompts(item, self._scope.names(), self._count("prompt"))
        self._prompting = True
        if tag(item) == "transfer":
            self.transferred = item.get("dest") or str(self._scope.value(item, "destexpr"))
            self.ended = True
            return
        self._waiting = item
        if self._keys:
            await self._answered(item)

    def _count(self, event: str) -> int:
        key = (id(self._current), event)
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]

    async def _answered(self, item: ET.Element) -> None:
        self._waiting = None
        if not self._keys:
            raise Jump("event", "noinput")
        if takes := document.pattern(item):
            value, self._keys = take(self._keys, takes)
            if value is not None:
                return self._fill(item, value)
        for link in document.children(self._root, "link"):
            takes = re.compile(re.escape(link.get("dtmf", ""))) if link.get("dtmf") else document.pattern(link)
            if takes and takes.fullmatch(self._keys):
                self._keys = ""
                _follow(link)
        self._keys = ""
        raise Jump("event", "nomatch")

    def _fill(self, item: ET.Element, value: str) -> None:
        chosen = next((row for key, row in document.choices(item) if key == value), None)
        if chosen is not None and tag(item) == "menu":
            _follow(chosen)
        meant: Any = value if chosen is None else chosen.get("value", value)
        if (kind := item.get("type", "")).startswith("boolean"):
            meant = value == document.yes(kind)
        name, dialog = self._name(item), self._scope.dialog
        dialog[name], dialog[f"{name}_.utterance"] = meant, value  # `name$.utterance`: see `expr` for the `$`
        for filled in document.children(item, "filled"):
            run(filled, self)
        for filled in document.children(self._form, "filled"):
            fields = [each.get("name", "") for each in document.children(self._form, "field")]
            wanted = filled.get("namelist", "").split() or fields
            gather = any if filled.get("mode") == "any" else all
            if name in wanted and gather(dialog.get(each) is not None for each in wanted):
                run(filled, self)

    async def _event(self, event: str) -> None:
        """Let whoever is in charge handle an event; by default silence and wrong keys repeat the question, errors end the call."""
        self._waiting = None
        scopes = (
            [self._current, self._form, self._root] if self._current is not self._form else [self._form, self._root]
        )
        found = [scope for scope in scopes if scope is not None]
        catch = document.handler(found, event, self._count(event), self._scope.names())
        if catch is not None:
            self._prompting = False
            run(catch, self)
        elif event in ("noinput", "nomatch", "help"):
            self._prompting = True
        elif event.startswith("connection.disconnect"):
            self.ended = True
        else:
            self._fail(event)

    def say(self, text: str) -> None:
        """Speak (executable content calls this, and the three below)."""
        if text:
            self.said.append(text)

    def names(self) -> Mapping[str, Any]:
        """Return every variable in scope."""
        return self._scope.names()

    def assign(self, name: str, value: Any, new: bool) -> None:
        """Set or declare a variable. Raises BadExpression."""
        self._scope.assign(name, value, new)

    def reprompt(self) -> None:
        """Let the next question say its prompts again."""
        self._prompting = True


def _follow(element: ET.Element) -> NoReturn:
    """Go where a link or a choice points."""
    event = element.get("event", "")
    raise Jump("event" if event else "goto", event or element.get("next", ""))
