"""What a start hands over: keys to the product, services and accounts to the tables, addresses to whoever drives the system."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from infra.packing import ROOT, digest
from infra.shapes import snake
from parties.registry import PARTIES
from sandbox.registry import make_parties
from tools import frontdoor
from tools.engine import REGION, Engine

STACK = "rongyiban"
GATEWAYS = tuple(party.name for party in PARTIES.values() if party.inbound)


class NotStarted(Exception):
    """The system did not start; the text says why, for the one who started it."""


def keys(state: Path, base: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (parties, private halves of the far ends): made once, kept, completed when the product asks for more."""
    fresh = make_parties(base)
    known = read(state / "keys.json")
    if known:
        text = json.dumps(known["keys"], ensure_ascii=False).replace(known["base"], base)
        fresh = tuple(_over(new, old) for new, old in zip(fresh, json.loads(text), strict=True))
    write(state / "keys.json", {"base": base, "keys": fresh}, mode=0o600)
    return fresh


def _over(new: Any, old: Any) -> Any:
    """Lay what is known over what is new: the shape is the new one's."""
    if isinstance(new, dict) and isinstance(old, dict):
        return {name: _over(value, old[name]) if name in old else value for name, value in new.items()}
    return old if type(new) is type(old) else new


def hand_over(engine: Engine, outputs: dict[str, str], parties: dict[str, Any]) -> None:
    """Put the parties' keys where the product reads them."""
    vault, text = engine.client("secretsmanager"), json.dumps(parties, ensure_ascii=False)
    if vault.get_secret_value(SecretId=outputs["PartiesSecret"])["SecretString"] != text:
        vault.put_secret_value(SecretId=outputs["PartiesSecret"], SecretString=text)


def environment(engine: Engine, outputs: dict[str, str], base: str) -> dict[str, str]:
    """Return the environment of the functions, for tools that use the product's own use cases."""
    return {
        **{snake(name).upper(): value for name, value in outputs.items()},
        "PUBLIC_URL": base,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": engine.url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


def seed(state: Path, environment: dict[str, str], outputs: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Load services and accounts unless the very same are loaded; return the accounts, `staff` and `kiosks`."""
    accounts, stamp = state / "accounts.json", state / "seeded"
    code = [*(ROOT / "chalicelib" / "catalogue").glob("*.*"), ROOT / "tools" / "seed.py"]
    loaded = hashlib.sha256(f"{digest([*(ROOT / 'services').glob('*.yaml'), *code])}{outputs}".encode()).hexdigest()
    if not (accounts.exists() and stamp.exists() and stamp.read_text() == loaded):
        done = subprocess.run(
            [sys.executable, "-m", "tools.seed", str(accounts)],
            cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NotStarted(f"事项或账号未能装入 (services or accounts were not loaded):\n{done.stderr.strip()}")
        stamp.write_text(loaded)
    return dict(json.loads(accounts.read_text("utf-8")))


def endpoints(
    base: str,
    engine: Engine,
    outputs: dict[str, str],
    parties: dict[str, Any],
    accounts: dict[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    """Return what a client needs to drive the local system (docs/architecture.md §7 Contract with the outside)."""
    sms = {name: (f"{base}/channels/sms/{name}", parties[name]["callback_key"]) for name in GATEWAYS}
    shown = {
        "staff": ("username", "password", "roles", "department", "region"),
        "kiosks": ("device", "key", "region"),
    }
    return {
        "api": base,
        "web": f"{base}/" if frontdoor.built("citizen") else None,
        "console": f"{base}/console/" if frontdoor.built("console") else None,
        "sandbox": f"{base}/sandbox",
        "aws": {"endpoint_url": engine.url, "region": REGION, "stack": STACK},
        "wechat": {name: parties["wechat"][name] for name in ("appid", "token", "encoding_aes_key")},
        "wechat_pay": {name: parties["wechat_pay"][name] for name in ("mchid", "apiv3_key", "notify_url")},
        "sms": {
            "inbound": {name: f"{place}/inbound?key={key}" for name, (place, key) in sms.items()},
            "receipt": {name: f"{place}/receipts?key={key}" for name, (place, key) in sms.items()},
        },
        "ivr": {
            "vxml": f"{base}/channels/ivr/vxml?key={parties['voicexml']['callback_key']}",
            "connect": outputs["ConnectFunction"],
        },
        **{who: [{name: each[name] for name in names} for each in accounts[who]] for who, names in shown.items()},
    }


def read(path: Path) -> Any:
    """Read JSON; None where there is none."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def write(path: Path, value: Any, mode: int = 0o644) -> None:
    """Write JSON all at once."""
    half = path.with_suffix(".part")
    half.touch(mode)
    half.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    half.replace(path)
