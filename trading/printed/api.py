"""docs/api.md: every endpoint, who may call it, and what its JSON holds."""

from __future__ import annotations

from typing import Any

from flask import Flask

from trading.web.access import FROM_LIBRARIES, callers

HEAD = """# The interface 接口

Printed from the running application by `trading docs`; do not edit. The machine-readable description is
`/api/v1/openapi.json` (OpenAPI 3.1). JSON operations use the session of `POST /api/v1/login`; amounts are text in yuan,
moments ISO 8601 (without a zone: Beijing time), files `{"name", "content": base64}`.
Answers: 400 shape, 401 not logged in, 403 not allowed, 404 not to be known, 409 wrong status or stale, 422 the law.
"""


def who(app: Flask, endpoint: str) -> str:
    """The roles that may call an endpoint."""
    roles = callers(app, endpoint)
    return (
        "everybody"
        if not roles
        else ", ".join(sorted(role.value for role in roles))
        if len(roles) < 12
        else "any account"
    )


def properties(app: Flask, name: str) -> list[str]:
    """The members of one schema."""
    spec: dict[str, Any] = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    schema = spec.get("components", {}).get("schemas", {}).get(name, {})
    needed = set(schema.get("required", []))
    return [f"`{key}`{'' if key in needed else '?'}" for key in schema.get("properties", {})]


def api_page(app: Flask) -> str:
    """The whole page."""
    pages, operations = [], []
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, sorted(one.methods or ()))):
        if rule.endpoint in FROM_LIBRARIES:
            continue
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        line = f"| {methods} | `{rule.rule}` | {who(app, rule.endpoint)} |"
        (operations if rule.rule.startswith("/api/") else pages).append(line)
    table = "| method | path | who |\n|---|---|---|"
    spec: dict[str, Any] = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    schemas = [
        f"- **{name}**: {', '.join(properties(app, name)) or 'nothing'}"
        for name in sorted(spec["components"].get("schemas", {}))
    ]
    parts = [
        HEAD,
        "## JSON operations",
        "",
        table,
        *operations,
        "",
        "## What is sent",
        "",
        *schemas,
        "",
        "## Pages",
        "",
        table,
        *pages,
    ]
    return "\n".join(parts).rstrip() + "\n"
