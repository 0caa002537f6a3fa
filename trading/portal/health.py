"""Is it alive, and how busy 运行状况: for the machine's own keeper, not for the public."""

from __future__ import annotations

import ipaddress

from flask import Flask, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from sqlalchemy import literal, select

from trading.database import db
from trading.portal.blueprint import blueprint
from trading.web import access

FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


def init_app(app: Flask) -> None:
    """Count every answer of this process by endpoint and status."""
    registry = CollectorRegistry()
    counter = Counter("trading_requests", "Answers by endpoint and status", ("endpoint", "status"), registry=registry)

    def count(response: Response) -> Response:
        counter.labels(request.endpoint or "none", str(response.status_code)).inc()
        return response

    app.extensions["metrics"] = registry
    app.after_request(count)


def from_this_machine() -> bool:
    """Whether the request comes from the machine itself, not through a proxy on it."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


@access.public
def healthz() -> ResponseReturnValue:
    """Alive, and the database answers."""
    db.session.scalar(select(literal(1)))
    return jsonify({"status": "ok"})


@access.public
def metrics() -> ResponseReturnValue:
    """The counters of this process, for a collector on this machine."""
    if not from_this_machine():
        abort(404)
    return Response(generate_latest(current_app.extensions["metrics"]), content_type=CONTENT_TYPE_LATEST)


blueprint.add_url_rule("/healthz", "healthz", healthz)
blueprint.add_url_rule("/metrics", "metrics", metrics)
