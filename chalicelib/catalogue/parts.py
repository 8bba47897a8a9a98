"""The catalogue of services, put together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.kernel import config

if TYPE_CHECKING:
    from chalicelib.catalogue.service import Catalogue


@cache
def catalogue() -> Catalogue:
    """Make the catalogue over its table; one a container, which keeps what it read for a minute."""
    from chalicelib.catalogue.service import Catalogue
    from chalicelib.catalogue.store import Store

    return Catalogue(Store(config.table("catalogue"), config.region()))
