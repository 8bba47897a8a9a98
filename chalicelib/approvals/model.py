"""What approving keeps besides its tasks: the wait for an applicant's supplement (补正)."""

from __future__ import annotations

CORRECTION = "correction"  # the outcome of a task whose department asked for a supplement (补正)
SUPPLEMENTED = "supplemented"  # the outcome of a wait whose items are all in
SUPPLEMENTS = "supplement"  # the round desk of supplements that may lapse


def supplement_key(stage: str, department: str) -> str:
    """The sort key of the wait for the applicant's supplement."""
    return f"wait#supplement#{stage}#{department}"
