"""What the steps of ratings call."""

from __future__ import annotations

from tests.unit.samples import NOW, Call

CALLS: dict[str, Call] = {
    "invite": ("ratings.parts.asking", "invite", ("510123456789", NOW)),
}
