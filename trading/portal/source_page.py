"""Where the program's source is to be had 源代码: AGPL-3.0 section 13 gives it to everybody who uses the platform."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from trading.portal.blueprint import blueprint
from trading.web import access

PACKAGE = "trading"


def running() -> str | None:
    """The version that runs here, where the package is installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


@access.public
def source() -> ResponseReturnValue:
    """Version and licence, and where the source of this installation lies."""
    address = current_app.config["TRADING_SOURCE_URL"]
    return render_template("portal/source.html", version=running(), address=address)


blueprint.add_url_rule("/source", "source", source)
