"""X-Ray tracing, the one place that knows its SDK, and only when it is on.

The SDK costs some 300 ms to import and is in maintenance; Lambda in the China regions has no X-Ray. So `TRACING` is `off` unless
the deployment says `on` (`infra/resources/shared.yaml`).
"""

from __future__ import annotations

import os


def begin() -> bool:
    """Trace the calls to AWS from here on, if tracing is on. Return whether it is."""
    if os.environ.get("TRACING") != "on":
        return False
    from aws_xray_sdk.core import patch, xray_recorder

    xray_recorder.configure(context_missing="LOG_ERROR")
    patch(("botocore",))
    return True
