"""The witness over HTTP 见证服务: one operation, ``POST /add-checkpoint`` (C2SP tlog-witness)."""

from __future__ import annotations

import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from trading.witness.requests import LONGEST
from trading.witness.witness import Witness, WitnessRefuses

PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
PATIENCE = 10
"""Seconds after which a silent caller is hung up on."""
log = logging.getLogger(__name__)


class Handler(BaseHTTPRequestHandler):
    """Answers one caller."""

    witness: ClassVar[Witness]
    timeout = PATIENCE
    server_version = "witness"
    sys_version = ""

    def do_POST(self) -> None:
        """Cosign, or say why not."""
        try:
            line = self.witness.add_checkpoint(self._body())
        except WitnessRefuses as refusal:
            if refusal.size is not None:
                self._answer(refusal.status, SIZE_TYPE, f"{refusal.size}\n")
            else:
                self._answer(refusal.status, "text/plain; charset=utf-8", f"{refusal}\n")
            return
        self._answer(200, "text/plain; charset=utf-8", line)

    def _body(self) -> bytes:
        if self.path != PATH:
            raise WitnessRefuses(404, "there is only /add-checkpoint")
        length = self.headers.get("Content-Length") or ""
        if not length.isascii() or not length.isdigit() or len(length) > 9:
            raise WitnessRefuses(411, "the request must tell its length")
        if int(length) > LONGEST:
            raise WitnessRefuses(413, "the request is too long")
        return self.rfile.read(int(length))

    def _answer(self, status: int, kind: str, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Into the program's log instead of the terminal."""
        log.info(format, *args)


def server(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """A server that answers for ``witness``; ``port`` 0 takes any that is free."""
    handler = type("WitnessHandler", (Handler,), {"witness": witness})
    return ThreadingHTTPServer((host, port), handler)
