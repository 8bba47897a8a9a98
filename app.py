"""The Chalice app: blueprints hung on it, nothing else. Every Lambda function of the stack enters here."""

from chalice import Chalice

from chalicelib.kernel import tracing
from handlers import http
from handlers.citizen import citizen_routes
from handlers.clock import clock_routes
from handlers.notices import notice_routes
from handlers.parties import party_routes
from handlers.services import service_routes
from handlers.sessions import session_routes
from handlers.staff import staff_routes
from handlers.steps import steps_routes
from handlers.stream import stream_routes
from handlers.system import system_routes
from handlers.talk import talk_routes

tracing.begin()
app = Chalice(app_name="rongyiban")
app.api.binary_types = []  # every body is text; files go to the bucket

for routes in (
    session_routes,
    service_routes,
    citizen_routes,
    staff_routes,
    talk_routes,
    party_routes,
    system_routes,
    notice_routes,
    steps_routes,
    stream_routes,
    clock_routes,
):
    app.register_blueprint(routes)

http.guard(app)
