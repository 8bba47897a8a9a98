"""The entry points. Whichever one Lambda loads, it comes by here first, and makes here what every request needs.

Lambda lets a function initialise on a whole processor and gives requests a share of one: the clients of AWS cost 120 ms of CPU.
"""

import os

from chalicelib.kernel import config, tracing

tracing.begin()
if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:  # not where handlers are only looked at, such as the build
    from chalicelib.kernel import tables

    tables.connect(config.region())
    for service in ("kms", "secretsmanager"):
        config.client(service)
