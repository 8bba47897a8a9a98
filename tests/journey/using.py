"""Another party in use, as an operator does it: the secret says so, and the function that asks for it starts anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from tools.stack import Stack, ready


@contextmanager
def using(stack: Stack, **use: str) -> Iterator[None]:
    """Let the API use these parties, by role, until the block ends."""
    vault, secret = stack.client("secretsmanager"), stack.outputs["PartiesSecret"]
    kept = vault.get_secret_value(SecretId=secret)["SecretString"]
    parties = json.loads(kept)
    try:
        _put(stack, json.dumps(parties | {"use": parties["use"] | use}, ensure_ascii=False))
        yield
    finally:
        _put(stack, kept)


def _put(stack: Stack, text: str) -> None:
    stack.client("secretsmanager").put_secret_value(SecretId=stack.outputs["PartiesSecret"], SecretString=text)
    functions = stack.client("lambda")
    (api,) = (each for each in functions.list_functions()["Functions"] if "APIHandler" in each["FunctionName"])
    functions.update_function_configuration(FunctionName=api["FunctionName"], Timeout=api["Timeout"])
    ready(stack.base)  # the engine ends what it was doing, and a start beside that with it
