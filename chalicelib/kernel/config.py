"""Where this deployment's things are. The environment is read once; secrets are fetched once, on first use.

Environment (set by `infra/resources.yaml`): names and ARNs only, never a secret. Two secrets live in Secrets Manager:
`ROOT_SECRET` `{"root": str}`, generated at deployment, from which every key of ours is derived; and `PARTIES_SECRET`, what
outside parties gave us (addresses, app ids, keys), one object per party, described in `docs/parties.md`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True)
class Settings:
    """Names of this deployment's resources."""

    cases_table: str
    catalogue_table: str
    accounts_table: str
    sessions_table: str
    counters_table: str
    audit_table: str
    notices_queue: str
    lifecycle_arn: str
    data_key: str
    root_secret: str
    parties_secret: str
    materials_bucket: str
    public_url: str
    region: str


@cache
def settings() -> Settings:
    """Read the environment. Raises KeyError naming a variable that is not set."""
    env = os.environ
    return Settings(
        cases_table=env["CASES_TABLE"],
        catalogue_table=env["CATALOGUE_TABLE"],
        accounts_table=env["ACCOUNTS_TABLE"],
        sessions_table=env["SESSIONS_TABLE"],
        counters_table=env["COUNTERS_TABLE"],
        audit_table=env["AUDIT_TABLE"],
        notices_queue=env["NOTICES_QUEUE"],
        lifecycle_arn=env.get("LIFECYCLE_ARN", ""),
        data_key=env["DATA_KEY"],
        root_secret=env["ROOT_SECRET"],
        parties_secret=env["PARTIES_SECRET"],
        materials_bucket=env["MATERIALS_BUCKET"],
        public_url=env["PUBLIC_URL"].rstrip("/"),
        region=env["AWS_REGION"],
    )


@cache
def client(service: str) -> Any:
    """Return the one botocore client of a service, with limits that fit a five-second answer."""
    from botocore.config import Config
    from botocore.session import get_session

    limits = Config(connect_timeout=1, read_timeout=3, retries={"max_attempts": 2, "mode": "standard"})
    return get_session().create_client(service, region_name=settings().region, config=limits)


@cache
def secret(name: str) -> dict[str, Any]:
    """Fetch one JSON secret from Secrets Manager."""
    value: dict[str, Any] = json.loads(client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])
    return value


@cache
def key(purpose: str) -> bytes:
    """Derive the 32-byte key for one purpose (`index`, `case`, `session`, `verify`) from the root secret."""
    root = secret(settings().root_secret)["root"].encode()
    return hmac.new(root, purpose.encode(), hashlib.sha256).digest()


def party(name: str) -> dict[str, Any]:
    """Return what an outside party gave us (`wechat`, `wechat_pay`, `sms`, `ems`, `ivr`); `docs/parties.md` lists fields."""
    value: dict[str, Any] = secret(settings().parties_secret)[name]
    return value
