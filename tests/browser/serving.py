"""The product in a thread 测试服务器: a real server on a free port, for a real browser."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from flask import Flask
from werkzeug.serving import make_server

Answer = TypeVar("Answer")


def apart(ask: Callable[[], Answer]) -> Answer:
    """Ask the application in a thread of its own: Playwright's event loop runs in this one, and Flask minds."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(ask).result()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve ``app`` on 127.0.0.1 until the end; the address without a slash behind it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
