"""The Chalice app: every slice's routes hung on it, nothing else."""

from importlib import import_module
from pkgutil import iter_modules

from chalice import Chalice

import handlers
from handlers import http

app = Chalice(app_name="rongyiban")
app.api.binary_types = []  # every body is text; files go to the bucket

for found in iter_modules(handlers.__path__):
    if routes := getattr(import_module(f"handlers.{found.name}"), "routes", None):
        app.register_blueprint(routes)

http.guard(app)
