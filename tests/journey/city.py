"""A citizen, a clerk and the parties, all through the front door: nothing here knows what is behind it."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx

PNG = b"\x89PNG\r\n\x1a\n1234"  # the smallest that passes for a picture
PATIENCE = 60.0  # seconds a journey waits for what happens by itself


class City:
    """The running system, as `.local/endpoints.json` describes it."""

    def __init__(self, endpoints: dict[str, Any]) -> None:
        self.endpoints = endpoints
        self.http = httpx.Client(base_url=endpoints["api"], timeout=20)
        self._staff: dict[str, str] = {}
        self._citizens: dict[str, str] = {}

    # — plain calls —

    def call(self, method: str, path: str, token: str = "", expect: int | tuple[int, ...] = 200, **more: Any) -> Any:
        """Call the API and return the JSON; the status must be as expected."""
        headers = more.pop("headers", {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        answer = self.http.request(method, path, headers=headers, **more)
        wanted = expect if isinstance(expect, tuple) else (expect,)
        assert answer.status_code in wanted, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def until(self, look: Callable[[], Any], what: str = "") -> Any:
        """Look again and again until there is something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            time.sleep(0.3)
        raise AssertionError(f"waited {PATIENCE} s for {what or look}")

    # — citizens —

    @staticmethod
    def phone() -> str:
        """A telephone nobody has used yet."""
        return f"138{secrets.randbelow(10**8):08d}"

    def wechat(self, openid: str = "", app: str = "wechat") -> str:
        """Sign in by WeChat, or by another app's mini-program; return the token."""
        who = {"openid": openid or f"o{uuid.uuid4().hex[:20]}"}
        code = self.call("POST", f"/sandbox/{app}/login", json=who)["code"]
        return str(self.call("POST", f"/v1/sessions/{app}", json={"code": code})["token"])

    def neighbour(self) -> tuple[str, str]:
        """Somebody who signed in by SMS, the same for all who just need one: codes to one network are counted (20 an hour)."""
        phone = next(iter(self._citizens), "") or self.phone()
        return phone, self.sms_session(phone)

    def sms_session(self, phone: str) -> str:
        """Sign in by one-time code, once a phone; return the token."""
        if phone not in self._citizens:
            self._citizens[phone] = self._sms_session(phone)
        return self._citizens[phone]

    def _sms_session(self, phone: str) -> str:
        before = len(self.thread(phone))
        self.call("POST", "/v1/sessions/sms-code", json={"phone": phone}, expect=(200, 202))
        look = lambda: [each["text"] for each in self.thread(phone)[before:] if "验证码" in each["text"]]  # noqa: E731
        text = self.until(look, "the code")[0]  # a notice may come before it
        code = "".join(each for each in text.split("验证码")[-1][:7] if each.isdigit())
        return str(self.call("POST", "/v1/sessions/sms", json={"phone": phone, "code": code})["token"])

    def apply(self, token: str, service: str, phone: str, key: str = "", **more: Any) -> Any:
        """File a service with the example of each field."""
        schema = self.call("GET", f"/v1/services/{service}")["form"]
        form = {name: field["examples"][0] for name, field in schema["properties"].items()} | more.pop("form", {})
        body = {"service": service, "form": form, "contact": {"phone": phone}, **more}
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return self.call("POST", "/v1/applications", token, (200, 201), json=body, headers=headers)

    def place(self, token: str, type_: str = "image/png", size: int = len(PNG)) -> dict[str, Any]:
        """Ask where a file goes: {"material_id", "upload"}."""
        body = {"name": "照片.png", "type": type_, "size": size}
        return dict(self.call("POST", "/v1/materials", token, 201, json=body))

    @staticmethod
    def upload(place: dict[str, Any], content: bytes = PNG, **changed: str) -> httpx.Response:
        """Send the signed form, the file last; return what the bucket answers."""
        upload = place["upload"]
        return httpx.request(
            upload["method"], upload["url"], data=upload["fields"] | changed, files={"file": ("照片.png", content)}
        )

    def hand_in(self, token: str, content: bytes = PNG, type_: str = "image/png") -> str:
        """Upload a picture (PNG), or a file of another type, as a material; return its number."""
        place = self.place(token, type_, len(content))
        answer = self.upload(place, content)
        assert answer.is_success, answer.text
        return str(place["material_id"])

    def case(self, token: str, case_no: str) -> Any:
        """Look at a case of one's own."""
        return self.call("GET", f"/v1/cases/{case_no}", token)

    def status(self, token: str, case_no: str, *wanted: str) -> Any:
        """Wait until the case has one of these statuses; return the case."""
        look = lambda: (lambda case: case if case["status"] in wanted else None)(self.case(token, case_no))  # noqa: E731
        return self.until(look, f"{case_no} {wanted}")

    def events(self, token: str, case_no: str) -> list[str]:
        """Name the events of a case, oldest first."""
        return [entry["event"] for entry in self.case(token, case_no)["timeline"]]

    def carries(self, waybill: str, *actions: str) -> None:
        """Let things happen to a parcel, whoever carries it (`sandbox.parcels.BUTTONS`)."""
        rows = self.call("GET", "/sandbox/state")["waybills"]
        courier = next(row["courier"] for row in rows if row["number"] == waybill)
        for action in actions:
            self.call("POST", f"/sandbox/{courier}/{waybill}", json={"action": action}, expect=(200, 201, 202))

    # — clerks —

    def clerk(self, department: str, role: str) -> str:
        """Sign in the seeded clerk of a department and role; return the token."""
        who = next(
            each for each in self.endpoints["staff"] if each["department"] == department and role in each["roles"]
        )
        return self.sign_in(who)

    def sign_in(self, who: dict[str, Any]) -> str:
        """Sign in one member of staff, once."""
        name = who["username"]
        if name not in self._staff:
            body = {"username": name, "password": who["password"]}
            self._staff[name] = self.call("POST", "/v1/staff/sessions", json=body)["token"]
        return self._staff[name]

    def task(self, department: str, role: str, case_no: str) -> tuple[str, dict[str, Any]]:
        """Wait for a case's task on a department's desk; return the clerk's token and the task."""
        token = self.clerk(department, role)

        def look() -> Any:
            page = self.call("GET", "/v1/tasks", token)
            while True:
                found = [each for each in page["tasks"] if each["case_no"] == case_no]
                if found or not page.get("next"):
                    return found
                page = self.call("GET", "/v1/tasks", token, params={"next": page["next"]})

        return token, self.until(look, f"task of {case_no} at {department}")[0]

    def decide(self, department: str, role: str, case_no: str, outcome: str = "approve", **more: Any) -> Any:
        """Claim and decide a case's task."""
        token, task = self.task(department, role, case_no)
        self.call("POST", f"/v1/tasks/{task['task_id']}/claim", token)
        body = {"outcome": outcome, "opinion": "情况属实，符合条件", **more}
        return self.call("POST", f"/v1/tasks/{task['task_id']}/decision", token, json=body)

    def make(self, case_no: str, department: str = "gaj") -> None:
        """The department in charge says that the result is made (制证)."""
        self.decide(department, "clerk", case_no)

    def post(self, token: str, case_no: str, window: str = "zwzx") -> str:
        """The window says that the courier has it (交寄), once he gave a waybill; return it."""
        look = lambda: (self.case(token, case_no)["shipment"] or {}).get("waybill")  # noqa: E731
        waybill = str(self.until(look, f"a waybill for {case_no}"))
        self.decide(window, "clerk", case_no, waybill=waybill)
        return waybill

    def sessions_end(self) -> None:
        """Let everybody sign in again: time has moved."""
        self._staff.clear()
        self._citizens.clear()

    # — telephones and parties —

    def thread(self, phone: str) -> list[dict[str, Any]]:
        """Read a phone's messages, oldest first."""
        found = self.call("GET", f"/sandbox/sms/{phone}")
        return list(found["messages"] if isinstance(found, dict) else found)

    def told(self, phone: str) -> list[dict[str, Any]]:
        """Read what a phone was sent."""
        return [each for each in self.thread(phone) if each["from"] != phone]

    def text(self, phone: str, text: str) -> str:
        """Send an SMS and wait for the answer."""
        before = len(self.told(phone))
        self.call("POST", f"/sandbox/sms/{phone}", json={"text": text}, expect=(200, 201, 202))
        return str(self.until(lambda: self.told(phone)[before:], f"an answer to {text}")[0]["text"])

    def heard(self, phone: str, words: str, times: int = 1) -> list[str]:
        """Wait until the phone got a message with these words; return all such messages."""

        def look() -> list[str]:
            return [each["text"] for each in self.told(phone) if words in each["text"]]

        self.until(lambda: len(look()) >= times, f"“{words}” at {phone}: {[each['text'] for each in self.told(phone)]}")
        return look()
