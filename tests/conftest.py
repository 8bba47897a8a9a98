"""How far property tests look: the same examples every time, or (`HYPOTHESIS_PROFILE=nightly`, `make nightly`) many new ones.

What a property once found stays beside it as `@example`.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow]  # a busy machine is no fault of the test
_PLAIN = settings.get_profile("default")  # not what hypothesis chooses where it finds itself in CI
settings.register_profile(
    "fixed", _PLAIN, max_examples=300, derandomize=True, database=None, deadline=None, suppress_health_check=_SLOW
)
settings.register_profile(
    "nightly", _PLAIN, max_examples=10_000, print_blob=True, deadline=None, suppress_health_check=_SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
