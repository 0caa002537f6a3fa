"""Documents as PDF 文书打印: made in a process of their own, kept by the content they were made from."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from flask import Flask, current_app, render_template

from trading.web.pdf_protocol import receive, send

FONTS = Path(next(iter(importlib.util.find_spec("pylopdf_fonts_zh_cn").submodule_search_locations)))  # type: ignore
PER_WORKER = 20


class PrintingFailed(RuntimeError):
    """The printing process could not make the document."""


class Printer:
    """Keeps one printing process and the documents it made; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._printed = 0

    def pdf(self, html: str) -> bytes:
        """The PDF of ``html``, from the shelf where the same HTML was printed before.

        Raises:
            PrintingFailed: with the printing process's own words.
        """
        content = html.encode("utf-8")
        shelf = self.folder / f"{hashlib.sha256(content).hexdigest()}.pdf"
        if shelf.exists():
            return shelf.read_bytes()
        with self._lock:
            answer = self._ask(content)
        if answer[:1] != b"K":
            raise PrintingFailed(answer[1:].decode("utf-8", "replace") or "the printing process ended")
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = shelf.with_suffix(f".{threading.get_ident()}.draft")
        draft.write_bytes(answer[1:])
        draft.replace(shelf)
        return answer[1:]

    def _ask(self, content: bytes) -> bytes:
        if self._process is None or self._process.poll() is not None or self._printed >= PER_WORKER:
            self.close()
            command = [sys.executable, "-m", "trading.web.pdf_worker", str(FONTS)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self._printed = 0
        assert self._process.stdin is not None and self._process.stdout is not None
        self._printed += 1
        try:
            send(self._process.stdin, content)
            return receive(self._process.stdout) or b""
        except BrokenPipeError:
            return b""

    def close(self) -> None:
        """End the printing process."""
        if self._process is not None:
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.close()
            self._process.wait(timeout=30)
            self._process.stdout.close()
            self._process = None


def font_url(name: str) -> str:
    """The address of a font of the paper style sheet."""
    return (FONTS / name).as_uri()


def printed(template: str, **context: Any) -> bytes:
    """The PDF of a document template."""
    printer: Printer = current_app.extensions["printer"]
    return printer.pdf(render_template(template, **context))


def init_app(app: Flask) -> None:
    """Give the application its printer."""
    app.extensions["printer"] = Printer(app.config["TRADING_DATA_DIR"] / "printed")
    app.jinja_env.globals["font_url"] = font_url
