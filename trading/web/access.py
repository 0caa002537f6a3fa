"""Who may call an endpoint 访问权限: every endpoint says so, or the application does not start."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, request
from flask_login import LoginManager, current_user

from trading.codelists import Role
from trading.database import db
from trading.errors import NotAllowed, NotFound
from trading.models import User
from trading.steps import Step
from trading.workflow.transitions import BY_STEP

F = TypeVar("F", bound=Callable[..., Any])
EVERYBODY: frozenset[Role] = frozenset()
FROM_LIBRARIES = ("static", "bootstrap.static", "api-docs.openapi_json")
login_manager = LoginManager()


class LoginNeeded(NotAllowed):
    """Nobody is logged in."""

    def __init__(self) -> None:
        super().__init__("请先登录", "Please log in first")


def public(view: F) -> F:
    """Anybody may call this endpoint."""
    view.callers = EVERYBODY  # type: ignore[attr-defined]
    return view


def allow(*roles: Role) -> Callable[[F], F]:
    """Only accounts of these roles may call this endpoint; none given: any account."""

    def declare(view: F) -> F:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            require(frozenset(roles) or frozenset(Role))
            return view(*args, **kwargs)

        guarded.callers = frozenset(roles) or frozenset(Role)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def takes(step: Step) -> Callable[[F], F]:
    """Only the roles that transitions.py gives this step may call this endpoint."""
    return allow(*BY_STEP[step].roles)


def require(roles: frozenset[Role]) -> None:
    """Stop whoever is not of one of ``roles``.

    Raises:
        LoginNeeded: nobody is logged in.
        NotAllowed: somebody else is.
    """
    if not current_user.is_authenticated:
        raise LoginNeeded
    if current_user.role not in roles:
        raise NotAllowed()


def check_endpoints(app: Flask) -> None:
    """Refuse to start while an endpoint does not say who may call it.

    Raises:
        RuntimeError: naming the silent endpoints.
    """
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if not hasattr(view, "callers") and endpoint not in FROM_LIBRARIES
    ]
    if silent:
        raise RuntimeError(f"endpoints that do not say who may call them: {', '.join(sorted(silent))}")


def callers(app: Flask, endpoint: str) -> frozenset[Role]:
    """The roles that may call ``endpoint``; empty means everybody."""
    return getattr(app.view_functions[endpoint], "callers", EVERYBODY)


@login_manager.user_loader
def load_user(identity: str) -> User | None:
    """The account of a session, unless it logged out everywhere since."""
    user_id, _, epoch = identity.partition(".")
    user = db.session.get(User, user_id)
    return user if user is not None and user.active and str(user.session_epoch) == epoch else None


def actor() -> User:
    """The account that is calling."""
    if not current_user.is_authenticated:
        raise LoginNeeded
    return current_user._get_current_object()  # type: ignore[no-any-return]


def caller() -> User | None:
    """The account that is calling, or None."""
    return actor() if current_user.is_authenticated else None


def wants_json() -> bool:
    """Whether this request speaks JSON: the API, or a client that asks for it."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def hidden_unless(known: bool) -> None:
    """404 for what this person may not know.

    Raises:
        NotFound: it is not to be known.
    """
    if not known:
        raise NotFound
