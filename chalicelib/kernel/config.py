"""Where this deployment's things are: names from the environment; secrets fetched once, on first use.

The environment is set by the template, which derives it from `infra/resources/`: names and ARNs only, never a secret. Two
secrets live in Secrets Manager: `ROOT_SECRET` `{"root": str}`, generated at deployment, from which every key of ours is derived;
and `PARTIES_SECRET`, what outside parties gave us (addresses, app ids, keys), one object per party.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from functools import cache
from typing import Any


def setting(name: str) -> str:
    """Read one variable of the environment. Raises KeyError naming it where it is not set."""
    return os.environ[name]


def table(name: str) -> str:
    """Name a table of this deployment: `cases` → what `CASES_TABLE` says."""
    return setting(f"{name.upper()}_TABLE")


def queue(name: str) -> str:
    """Return the address of a queue."""
    return setting(f"{name.upper()}_QUEUE")


def bucket(name: str) -> str:
    """Name a bucket."""
    return setting(f"{name.upper()}_BUCKET")


def workflow(name: str) -> str:
    """Return the ARN of a workflow."""
    return setting(f"{name.upper()}_WORKFLOW")


def region() -> str:
    """Name the region the functions run in."""
    return setting("AWS_REGION")


def public_url() -> str:
    """Return the address citizens open, without a slash at its end."""
    return setting("PUBLIC_URL").rstrip("/")


@cache
def session() -> Any:
    """Return the one botocore session of this container: each would read the descriptions of AWS anew, 40 ms of CPU."""
    from botocore.config import Config
    from botocore.session import get_session

    made = get_session()
    # botocore spells its own user agent out anew for every request, a twentieth of the request's CPU
    made.set_default_client_config(Config(user_agent="rongyiban"))
    return made


@cache
def client(service: str) -> Any:
    """Return the one botocore client of a service, with limits that fit a five-second answer."""
    from botocore.config import Config

    signature = "s3v4" if service == "s3" else None  # else addresses of older regions are signed by SigV2
    limits = Config(
        connect_timeout=1,
        read_timeout=3,
        retries={"max_attempts": 2, "mode": "standard"},
        signature_version=signature,
    )
    return session().create_client(service, region_name=region(), config=limits)


@cache
def secret(name: str) -> dict[str, Any]:
    """Fetch one JSON secret from Secrets Manager."""
    value: dict[str, Any] = json.loads(client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])
    return value


@cache
def key(purpose: str) -> bytes:
    """Derive the 32-byte key for one purpose (`index`, `case`, `session`, `verify`) from the root secret."""
    root = secret(setting("ROOT_SECRET"))["root"].encode()
    return hmac.new(root, purpose.encode(), hashlib.sha256).digest()


def parties() -> dict[str, Any]:
    """Return what outside parties gave us, by party; `parties.registry` checks it (`docs/parties.md` lists the fields)."""
    return secret(setting("PARTIES_SECRET"))
