"""Documents as PDF 文书打印: made in a process of their own, kept by the content they were made from."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import finalize

from flask import Flask, current_app, render_template

from trading.web.pdf_protocol import Attached, Job, Seal, receive, send

FONTS = Path(next(iter(importlib.util.find_spec("pylopdf_fonts_zh_cn").submodule_search_locations)))  # type: ignore
ROOT = Path(__file__).resolve().parent.parent.parent
PER_WORKER = 20
GRACE = 10.0
"""Seconds that an idle process has to end by itself."""
LONGEST = 300.0
"""Seconds after which a document counts as hung, and its process is ended."""


class PrintingFailed(RuntimeError):
    """The printing process could not make the document."""


def end(running: list[subprocess.Popen[bytes]]) -> None:
    """End the processes of ``running`` and empty it, so that nobody waits for them."""
    while running:
        process = running.pop()
        assert process.stdin is not None and process.stdout is not None
        with suppress(BrokenPipeError):
            process.stdin.close()
        try:
            process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


class Printer:
    """Keeps one printing process and the documents it made; safe for several threads.

    The process ends with the printer, and at the latest with the program.

    Arguments:
        folder: where finished documents lie, each under the digest of its HTML.
        per_worker: how many documents one process makes before a fresh one takes its place (memory is freed so).
    """

    def __init__(self, folder: Path, per_worker: int = PER_WORKER) -> None:
        self.folder = folder
        self.per_worker = per_worker
        self._lock = threading.Lock()
        self._running: list[subprocess.Popen[bytes]] = []
        self._printed = 0
        finalize(self, end, self._running)

    def pdf(self, html: str, attached: Sequence[Attached] = (), seal: Seal | None = None) -> bytes:
        """The PDF of ``html``, from the shelf where the same HTML was printed before.

        Arguments:
            attached: files inside the document; the HTML names their digests, so that others give another document.
            seal: what signs it; none for papers that need no signature.

        Raises:
            PrintingFailed: with the printing process's own words.
        """
        digest = digest_of(html)
        kept = self.kept(digest)
        if kept is not None:
            return kept
        with self._lock:
            kept = self.kept(digest)
            answer = self._ask(Job(html, tuple(attached), seal).packed()) if kept is None else b"K" + kept
        if answer[:1] != b"K":
            raise PrintingFailed(answer[1:].decode("utf-8", "replace") or "the printing process ended")
        self.folder.mkdir(parents=True, exist_ok=True)
        shelf = self._shelf(digest)
        draft = shelf.with_suffix(f".{threading.get_ident()}.draft")
        draft.write_bytes(answer[1:])
        draft.replace(shelf)
        return answer[1:]

    def kept(self, digest: str) -> bytes | None:
        """The PDF made from the HTML of this digest; None where it was not printed yet."""
        shelf = self._shelf(digest)
        return shelf.read_bytes() if shelf.exists() else None

    def _shelf(self, digest: str) -> Path:
        return self.folder / f"{digest}.pdf"

    def _ask(self, content: bytes) -> bytes:
        """The process's answer; nothing where it died, and then it is cleared away so that the next call gets a new."""
        process = self._worker()
        assert process.stdin is not None and process.stdout is not None
        guard = threading.Timer(LONGEST, process.kill)
        guard.daemon = True
        guard.start()
        try:
            send(process.stdin, content)
            answer = receive(process.stdout)
        except (BrokenPipeError, ConnectionResetError):
            answer = None
        finally:
            guard.cancel()
        if answer is None:
            end(self._running)
        return answer or b""

    def _worker(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is None or process.poll() is not None or self._printed >= self.per_worker:
            end(self._running)
            command = [sys.executable, "-m", "trading.web.pdf_worker", str(FONTS)]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
            self._running.append(process)
            self._printed = 0
        self._printed += 1
        return process

    @property
    def _process(self) -> subprocess.Popen[bytes] | None:
        return self._running[0] if self._running else None

    def close(self) -> None:
        """End the printing process; the next document gets a new one."""
        with self._lock:
            end(self._running)


def digest_of(html: str) -> str:
    """The name of a document on the shelf: SHA-256 of its HTML."""
    return hashlib.sha256(html.encode("utf-8")).hexdigest()


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
