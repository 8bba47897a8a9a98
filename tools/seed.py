"""Fill a fresh deployment: services and staff accounts, through the product's own use cases.

Run as `python -m tools.seed ACCOUNTS_FILE` with the functions' environment; passwords are drawn once and kept in the file.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from infra.packing import ROOT

ACCOUNTS = ("zwzx", "510100")  # where the accountants of the city sit
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another


def staff(
    departments: dict[tuple[str, str], str], known: list[dict[str, Any]], paid: Collection[tuple[str, str]] = ()
) -> list[dict[str, Any]]:
    """Name the accounts of staff a local system has: per department two of each post, for what takes two, and a cashier where a fee is
    `paid`. Known ones stay."""
    accounts = {each["username"]: each for each in known}
    posts = {
        "clerk": "窗口一岗",
        "clerk-2": "窗口二岗",
        "approver": "审批一岗",
        "approver-2": "审批二岗",
        "supervisor": "督办一岗",
        "supervisor-2": "督办二岗",
    }
    for (code, region), name in sorted(departments.items()):
        here = posts | ({"cashier": "收费一岗"} if (code, region) in paid else {})
        for post, title in here.items():
            username = f"{code}-{post}" if region == _usual(departments) else f"{code}-{region}-{post}"
            accounts.setdefault(username, _account(username, f"{name}{title}", [post.removesuffix("-2")], code, region))
    main = next((code for code, region in sorted(departments) if (code, region) == ACCOUNTS), "")
    if main:
        accounts.setdefault("accountant", _account("accountant", "财务对账一岗", ["accountant"], *ACCOUNTS))
    return list(accounts.values())


def kiosks(departments: dict[tuple[str, str], str], known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name the kiosks a local system has: one. A known one stays."""
    return known or [{"device": "kiosk-1", "key": _drawn(), "name": "自助终端一号", "region": _usual(departments)}]


def _usual(departments: dict[tuple[str, str], str]) -> str:
    regions = [region for _, region in departments]
    return max(sorted(set(regions)), key=regions.count) if regions else ""


def _account(username: str, name: str, roles: list[str], department: str, region: str) -> dict[str, Any]:
    return {
        "username": username,
        "password": _drawn(),
        "name": name,
        "roles": roles,
        "department": department,
        "region": region,
    }


def _known(accounts_file: Path) -> dict[str, list[dict[str, Any]]]:
    known = json.loads(accounts_file.read_text("utf-8")) if accounts_file.exists() else {}
    if isinstance(known, list):  # as accounts were kept before kiosks had keys of their own
        known = {"staff": [each for each in known if each["roles"] != ["kiosk"]]}
    return dict(known)


def _drawn() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def main(accounts_file: Path) -> int:
    """Publish `services/` and make the accounts. Print what is wrong with a service, and fail."""
    from chalicelib.catalogue.loader import WrongService, load
    from chalicelib.catalogue.parts import catalogue
    from chalicelib.identity.parts import identity
    from chalicelib.identity.store import Store
    from chalicelib.kernel import config
    from chalicelib.vocabulary.channels import subject

    try:
        services = load(ROOT / "services")
    except WrongService as wrong:
        print(wrong, file=sys.stderr)
        return 1
    departments: dict[tuple[str, str], str] = {}
    paid = {(service.department, service.region) for service in services if service.fee}
    for service in services:
        catalogue().publish(service)
        departments |= {(code, service.region): each.name for code, each in service.departments.items()}
    known = _known(accounts_file)
    accounts = staff(departments, known.get("staff", []), paid)
    machines = kiosks(departments, known.get("kiosks", []))
    kept = Store(config.table("accounts"), config.region())
    missing = [each for each in accounts if kept.get(subject("staff", each["username"])) is None]
    with ThreadPoolExecutor(os.cpu_count()) as several:  # hashing passwords is meant to be slow
        list(several.map(lambda each: identity().add_staff(**each), missing))
    for each in machines:
        identity().add_kiosk(each["device"], each["key"], each["name"], each["region"])
    accounts_file.touch(0o600)
    accounts_file.write_text(json.dumps({"staff": accounts, "kiosks": machines}, ensure_ascii=False, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
