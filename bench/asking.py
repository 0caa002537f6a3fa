"""Requests without a socket 请求: the WSGI application is called with an environment made beforehand."""

from __future__ import annotations

import io
import itertools
import json
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from trading.models import User


class Ask:
    """One request, as often as wanted.

    Arguments:
        app: the application.
        path: the address.
        body: sent as JSON with POST; without it the request is a GET.
        user: who is signed in.
    """

    def __init__(self, app: Flask, path: str, body: dict[str, Any] | None = None, user: User | None = None) -> None:
        self.app = app
        self.content = b"" if body is None else json.dumps(body).encode()
        headers = {"Cookie": f"session={signed_in(app, user)}"} if user else {}
        builder = EnvironBuilder(
            path, method="GET" if body is None else "POST", data=self.content or None, headers=headers,
            content_type=None if body is None else "application/json",
        )  # fmt: skip
        self.environment = builder.get_environ()
        self.status = ""

    def __call__(self) -> bytes:
        """The body of the answer.

        Raises:
            RuntimeError: it is no 200.
        """
        environment = self.environment | {"wsgi.input": io.BytesIO(self.content)}
        answer = self.app.wsgi_app(environment, self._begin)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if not self.status.startswith("200"):
            raise RuntimeError(f"{self.environment['PATH_INFO']}: {self.status} {body[:400].decode(errors='replace')}")
        return body

    def _begin(self, status: str, _headers: object, _wrong: object = None) -> Any:
        self.status = status
        return lambda _part: None


class Each(Ask):
    """A request that says something else each time; when it has said all, it begins again.

    Arguments:
        bodies: sent as JSON, one after the other.
    """

    def __init__(self, app: Flask, path: str, bodies: list[dict[str, Any]], user: User) -> None:
        super().__init__(app, path, bodies[0], user)
        self.contents = itertools.cycle([json.dumps(body).encode() for body in bodies])

    def __call__(self) -> bytes:
        """The body of the answer to the next."""
        self.content = next(self.contents)
        self.environment["CONTENT_LENGTH"] = str(len(self.content))
        return super().__call__()


def signed_in(app: Flask, user: User) -> str:
    """The session cookie of ``user``."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps({"_user_id": user.get_id(), "_fresh": True}))
