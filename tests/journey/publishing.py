"""A service of a test's own, published as the catalogue's own use case does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from typing import Any

from infra.packing import ROOT
from tools.stack import Stack

_CODE = """
import json, sys
from pathlib import Path
from chalicelib.catalogue.loader import load
from chalicelib.catalogue.parts import catalogue
changes = json.loads(sys.argv[1])
services = [each.to_dict() for each in load(Path("services"))]
base = next(each for each in services if each["code"] == "elder-card")
departments = {code: office for each in services for code, office in each["departments"].items()}
print(catalogue().publish({**base, "departments": departments, **changes}))
"""

_SETTLE = """
import sys
from datetime import datetime
from chalicelib.certificates.parts import renewals
renewals().settle(sys.argv[1], datetime.fromisoformat(sys.argv[2]))
"""


def settle(stack: Stack, number: str, now: datetime) -> None:
    """Do with a certificate what the clock does on another day: the use case is handed the moment, as always."""
    environment = {**os.environ, **stack.environment}
    told = [sys.executable, "-c", _SETTLE, number, now.isoformat()]
    subprocess.run(told, cwd=ROOT, env=environment, check=True)


def publish(stack: Stack, code: str, **changes: Any) -> str:
    """Publish 老年人优待证 under another code and with changes; return the version."""
    told = json.dumps({"code": code, **changes}, ensure_ascii=False)
    environment = {**os.environ, **stack.environment}
    done = subprocess.run(
        [sys.executable, "-c", _CODE, told], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
