"""A line that can go dead 断线: everything stays open and nothing comes through, as on a phone in a lift."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65536


class Line:
    """A way to the platform by a port of its own.

    What was open when the line was cut stays dead after it is mended; what is opened then comes through.
    """

    def __init__(self, home: str) -> None:
        told = urlsplit(home)
        self.there = (told.hostname or "", told.port or 80)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.home = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        self.dead = False
        self.cuts = 0
        self.sockets = [self.door]
        self.threads: list[threading.Thread] = []
        self.begin(self.serve)

    def begin(self, work: Callable[..., None], *given: object) -> None:
        """Do something in a thread of its own."""
        self.threads.append(threading.Thread(target=work, args=given, daemon=True))
        self.threads[-1].start()

    def close(self) -> None:
        """Take the line down."""
        for one in self.sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join()
        for one in self.sockets:
            one.close()

    def cut(self) -> None:
        """From now on nothing comes through, and nobody is told."""
        self.dead, self.cuts = True, self.cuts + 1

    def mend(self) -> None:
        """New connections come through again."""
        self.dead = False

    def serve(self) -> None:
        """Take connections until the door is closed."""
        with suppress(OSError):
            while True:
                here, _who = self.door.accept()
                there = socket.create_connection(self.there)
                born = -1 if self.dead else self.cuts
                self.sockets += [here, there]
                for source, target in ((here, there), (there, here)):
                    self.begin(self.carry, source, target, born)

    def carry(self, source: socket.socket, target: socket.socket, born: int) -> None:
        """Carry bytes one way; those of a dead connection are lost."""
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if born == self.cuts and not self.dead:
                    target.sendall(piece)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(home: str) -> Iterator[Line]:
    """A line to the platform, taken down at the end."""
    line = Line(home)
    yield line
    line.close()
