"""EMS's waybill numbers (运单号)."""

from __future__ import annotations

import re

WAYBILL = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}|\d{13}", re.ASCII)
"""UPU S10 form (LK434266003CN) or thirteen digits."""
