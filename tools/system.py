"""A deployed system as the commands on it see it: its clients, its outputs, its cases and its catalogue."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.session import get_session

from chalicelib.cases import store as cases
from chalicelib.cases.service import Cases
from chalicelib.catalogue import store as catalogue
from chalicelib.catalogue.service import Catalogue
from chalicelib.kernel.seal import Sealer
from infra.packing import ROOT
from tools import handover


@dataclass(frozen=True)
class System:
    """A deployed stack: clients of its services, and its outputs (names and addresses)."""

    client: Callable[[str], Any]
    outputs: dict[str, str]

    def cases(self) -> Cases:
        """Return its cases, without the keys of what is sealed or hashed: nobody on call reads an applicant's data by a command."""
        return Cases(cases.Store(self.outputs["CasesTable"], self._region), Sealer(self.client("kms"), ""), b"")

    def catalogue(self) -> Catalogue:
        """Return its services."""
        return Catalogue(catalogue.Store(self.outputs["CatalogueTable"], self._region))

    def owe(self, listener: str, case_no: str, row: str) -> None:
        """Put one part of a change on the outbox queue."""
        body = {"listener": listener, "case_no": case_no, "row": row}
        self.client("sqs").send_message(QueueUrl=self.outputs["OutboxQueue"], MessageBody=json.dumps(body))

    @property
    def _region(self) -> str:
        return str(self.client("dynamodb").meta.region_name)


def found(stack: str = "") -> System:
    """Return the named stack of this account, else the system that runs here, to which the environment points from then on.

    Raises SystemExit where there is none.
    """
    if not stack:
        known = handover.read(Path(os.environ.get("RONGYIBAN_STATE") or ROOT / ".local") / "endpoints.json")
        if known is None:
            raise SystemExit("本机没有运行中的系统，请先 make run (nothing runs here)")
        aws, stack = known["aws"], known["aws"]["stack"]
        os.environ |= {
            "AWS_ENDPOINT_URL": aws["endpoint_url"],
            "AWS_DEFAULT_REGION": aws["region"],
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }
    session = get_session()
    clients: dict[str, Any] = {}

    def client(service: str) -> Any:
        if service not in clients:
            clients[service] = session.create_client(service)
        return clients[service]

    told = client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
    return System(client, {each["OutputKey"]: each["OutputValue"] for each in told})
