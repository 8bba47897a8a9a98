"""Every outside party. A new one is a folder beside this and a line here.

parties secret ──► settings checked against the party's schema ──► what it is to a capability, or the reader of its callbacks
"""

from __future__ import annotations

from functools import cache
from typing import Any

from chalicelib.kernel import config, log
from chalicelib.kernel.errors import InvalidInput, NotFound
from chalicelib.kernel.schema import compiled
from parties import aliyun, ems, sf, tencent, voicexml, wechat, wechat_pay
from parties.base import Callback, Party, Settings

PARTIES: dict[str, Party] = {
    each.PARTY.name: each.PARTY for each in (aliyun, tencent, wechat, wechat_pay, ems, sf, voicexml)
}
CALLBACKS: dict[str, Party] = {path: party for party in PARTIES.values() for path in party.callbacks}


class SettingsFault(Exception):
    """What a party gave us is incomplete: the text names each field. It is ours to mend, and never shown to a citizen."""


@cache
def settings(name: str) -> Settings:
    """Return a party's settings. Raises SettingsFault naming what is missing or wrong, such as `aliyun.sign_name`."""
    given = config.parties().get(name, {})
    try:
        compiled(PARTIES[name].schema)(given, name)
    except InvalidInput as wrong:
        named = "; ".join(f"{fault.path}: {fault.message}" for fault in wrong.fields)
        raise _wrong(named) from None
    return dict(given)


def chosen(role: str) -> Any:
    """Return who plays a role now. Raises SettingsFault."""
    return playing(role, in_use(role))


def in_use(role: str) -> str:
    """Name who plays a role now: whom the secret's `use` names for it, else the only party in it that can. Raises SettingsFault."""
    given = config.parties()
    able = [party.name for party in PARTIES.values() if role in party.roles]
    ours = contracted(role) or able
    name = given.get("use", {}).get(role) or (ours[0] if len(ours) == 1 else None)
    if name not in able:
        raise _wrong(f"use.{role}: one of {', '.join(able)}")
    return str(name)


def contracted(role: str) -> list[str]:
    """Name those who can play a role and whose settings the secret has."""
    return [party.name for party in PARTIES.values() if role in party.roles and party.name in config.parties()]


@cache
def playing(role: str, name: str) -> Any:
    """Return a party by name in a role it can play, in use or not: what it began, it is asked about. Raises SettingsFault."""
    if name not in PARTIES or role not in PARTIES[name].roles:
        raise _wrong(f"{role}: {name} cannot play it")
    return PARTIES[name].roles[role](settings(name))


def _wrong(what: str) -> SettingsFault:
    """Log what is to be mended, since of an exception that goes through only the type is logged; return it to be raised."""
    log.error("parties secret wrong", what=what)
    return SettingsFault(f"parties secret: {what}")


@cache
def callback(path: str) -> Callback[Any, Any]:
    """Return the reader of what is called at a path below /channels. Raises NotFound."""
    party = CALLBACKS.get(path)
    if party is None:
        raise NotFound("没有这个回调地址")
    return party.callbacks[path](settings(party.name))
