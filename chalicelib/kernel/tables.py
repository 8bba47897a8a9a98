"""PynamoDB as this house uses it: one botocore client for all tables, and limits that fit a five-second answer."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Any

from pynamodb.connection import Connection
from pynamodb.models import Model

from chalicelib.kernel import config


class Limits:
    """The `Meta` of every model; `bind` gives name and region."""

    table_name = region = ""
    connect_timeout_seconds = 1
    read_timeout_seconds = 3
    max_retry_attempts = 2


@cache
def _shared(region: str) -> Connection:
    connection = Connection(
        region=region,
        connect_timeout_seconds=Limits.connect_timeout_seconds,
        read_timeout_seconds=Limits.read_timeout_seconds,
        max_retry_attempts=Limits.max_retry_attempts,
    )
    connection._local.session = config.session()  # PynamoDB would make one of its own
    return connection


def connect(region: str) -> Any:
    """Return the client of all tables: made now, else by the first request."""
    return _shared(region).client


def bind(model: type[Model], table: str, region: str) -> None:
    """Point a model at its table, over the one connection of this container (PynamoDB would make a client for each model)."""
    meta: Any = model.Meta
    meta.table_name, meta.region = table, region
    own = model._get_connection()
    with suppress(ValueError):  # bound before
        _shared(region).add_meta_table(own.get_meta_table())
    own.connection = _shared(region)
