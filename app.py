"""The Chalice app: the slices' routes hung on it, nothing else. Every Lambda function of the stack enters here."""

from chalice import Chalice

from chalicelib.kernel import tracing
from handlers import (
    callbacks,
    cases,
    catalogue,
    clock,
    http,
    identity,
    intake,
    notices,
    payments,
    ratings,
    steps,
    stream,
    supervision,
    system,
    tasks,
)

tracing.begin()
app = Chalice(app_name="rongyiban")
app.api.binary_types = []  # every body is text; files go to the bucket

for slice_ in (
    identity,
    catalogue,
    intake,
    cases,
    tasks,
    payments,
    ratings,
    supervision,
    callbacks,
    system,
    notices,
    steps,
    stream,
    clock,
):
    app.register_blueprint(slice_.routes)

http.guard(app)
