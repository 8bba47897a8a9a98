"""What is wrong with a service file: where, as the path of keys and indexes in it, and a Chinese sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Place = tuple[str | int, ...]
Wrong = tuple[Place, str]
Data = Mapping[str, Any]
"""A service file, or a part of it, as it was read."""
