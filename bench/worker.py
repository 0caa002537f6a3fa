"""A web worker by itself 工作进程: serves the pages a while and says how much memory it then holds.

Run as ``python -m bench.worker DATABASE_URL FOLDER CODE``.
"""

from __future__ import annotations

import sys

from bench.asking import Ask
from bench.county import NOW, SECRET
from bench.measuring import resident_megabytes
from trading.app import create_app
from trading.clock import StoppedClock

TIMES = 40


def serve(url: str, folder: str, code: str) -> float:
    """Megabytes after some hundred requests."""
    settings = {
        "TRADING_MODE": "test", "TRADING_DATABASE_URL": url, "TRADING_DATA_DIR": folder, "SECRET_KEY": SECRET,
    }  # fmt: skip
    app = create_app(settings, clock=StoppedClock(NOW))
    asks = [Ask(app, path) for path in ("/", "/lots", "/notices", f"/lots/{code}", "/statistics", "/rules")]
    for _time in range(TIMES):
        for ask in asks:
            ask()
    return resident_megabytes()


if __name__ == "__main__":
    print(serve(*sys.argv[1:4]))
