"""Server-sent events 服务器推送: one poller a process and subject, whose frames all its listeners share.

A frame is made once and read by every stream; what happened in another process is seen at the next look into the
database. A process serves no more streams than it has threads to spare: whoever is turned away asks by polling.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

RETRY = 2
HEARTBEAT = 15.0
KEPT = 500
log = logging.getLogger(__name__)

Look = Callable[[int], dict[str, Any]]
PauseOf = Callable[[dict[str, Any], float], float]


class TooManyStreams(Exception):
    """This process serves as many streams as it may."""


def frame(state: dict[str, Any]) -> bytes:
    """One event: its id is the number of the last thing that it tells."""
    data = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
    return f"id: {state['last']}\nevent: state\ndata: {data}\n\n".encode()


@dataclass
class Channel:
    """What is told of one subject in this process; ``look`` reads what came after a number, and how it stands.

    ``items`` are all things told so far, ``frames`` the newest events: revision, the number before them, event.
    """

    look: Look
    changed: threading.Condition = field(default_factory=threading.Condition)
    wake: threading.Event = field(default_factory=threading.Event)
    listeners: int = 0
    over: bool = False
    revision: int = 0
    state: dict[str, Any] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    frames: deque[tuple[int, int, bytes]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def renew(self) -> None:
        """Look once, and tell the listeners where anything changed."""
        last = self.items[-1]["number"] if self.items else 0
        found = self.look(last)
        fresh = found["items"]
        standing = {name: value for name, value in found.items() if name not in ("items", "now")}
        if not fresh and standing == {name: self.state.get(name) for name in standing} and self.revision:
            return
        with self.changed:
            self.items += fresh
            self.state = found
            self.revision += 1
            self.frames.append((self.revision, last, frame(found)))
            self.changed.notify_all()

    def snapshot(self, known: int) -> bytes:
        """How it stands, with everything after a number; the caller holds ``changed``."""
        return frame(self.state | {"items": [one for one in self.items if one["number"] > known]})

    def listen(self, after: int, heartbeat: float = HEARTBEAT) -> Iterator[bytes]:
        """The events from number ``after`` on, each thing once; a comment where nothing happened for a while.

        Whoever comes from another process may know more than this one has looked up: he waits until it has caught up.
        """
        told, known = 0, after
        yield b"retry: 1000\n\n"
        while True:
            with self.changed:
                news = self.changed.wait_for(lambda: self.over or self.has_news(told, known), timeout=heartbeat)  # noqa: B023
                if self.over:
                    return
                chunks = self.news(told, known) if news else [b": \n\n"]
                if news:
                    told, known = self.revision, max(known, self.state["last"])
            yield from chunks

    def has_news(self, told: int, known: int) -> bool:
        """Something was told after a revision, and it is not older than what the listener knows."""
        return self.revision > told and self.state["last"] >= known

    def end(self) -> None:
        """Let everybody go who listens, and the poller."""
        with self.changed:
            self.over = True
            self.changed.notify_all()
        self.wake.set()

    def news(self, told: int, known: int) -> list[bytes]:
        """The frames since a revision; one snapshot for who listens first, was left behind, or knows part of them."""
        fresh = [one for one in self.frames if one[0] > told]
        if told == 0 or fresh[0][0] > told + 1 or fresh[0][1] < known:
            return [self.snapshot(known)]
        return [chunk for _revision, _since, chunk in fresh]


class Channels:
    """The channels of one process, and the bound on its streams."""

    def __init__(self, most: int, pause: float = 0.2, pause_of: PauseOf | None = None) -> None:
        self.most, self.pause, self.pause_of = most, pause, pause_of
        self.open = 0
        self.lock = threading.Lock()
        self.channels: dict[str, Channel] = {}
        self.pollers: set[threading.Thread] = set()

    def join(self, name: str, look: Look) -> Channel:
        """The channel of a subject; its poller is started for the first listener.

        Raises:
            TooManyStreams: there is no thread left for one more.
        """
        with self.lock:
            if self.open >= self.most:
                raise TooManyStreams
            self.open += 1
            channel = self.channels.get(name)
            if channel is None:
                channel = self.channels[name] = Channel(look)
                poller = threading.Thread(target=self.poll, args=(name, channel), daemon=True, name=f"poll {name}")
                self.pollers = {one for one in self.pollers if one.is_alive()} | {poller}
                poller.start()
            channel.listeners += 1
            return channel

    def leave(self, channel: Channel) -> None:
        """A listener goes; the poller of a channel without any ends."""
        with self.lock:
            self.open -= 1
            channel.listeners -= 1
        channel.wake.set()

    def poll(self, name: str, channel: Channel) -> None:
        """Look again and again until nobody listens."""
        while True:
            with self.lock:
                if channel.listeners == 0 or channel.over:
                    if self.channels.get(name) is channel:
                        del self.channels[name]
                    return
            channel.wake.clear()
            try:
                channel.renew()
            except Exception:
                log.exception("the poller of %s goes on after a fault", name)
            quiet = self.pause_of(channel.state, self.pause) if self.pause_of and channel.state else self.pause
            channel.wake.wait(quiet)

    def close(self) -> None:
        """End every stream and wait for the pollers: nothing looks into the database any more."""
        with self.lock:
            ending, self.channels = list(self.channels.values()), {}
            pollers, self.pollers = self.pollers, set()
        for channel in ending:
            channel.end()
        for poller in pollers:
            poller.join()

    def happened(self, name: str) -> None:
        """Something happened in this very process: its listeners need not wait for the next look."""
        channel = self.channels.get(name)
        if channel is not None:
            channel.wake.set()

    def stream(self, name: str, look: Look, after: int) -> Iterator[bytes]:
        """A stream of a subject's events; the place is taken before the answer begins.

        Raises:
            TooManyStreams: see :meth:`join`.
        """
        return Stream(self, self.join(name, look), after)


class Stream(Iterator[bytes]):
    """One stream, which gives its place back however it ends: also when it ends before its first event."""

    def __init__(self, channels: Channels, channel: Channel, after: int) -> None:
        self.channels, self.channel = channels, channel
        self.events = channel.listen(after)
        self.left = False

    def __next__(self) -> bytes:
        """The next event."""
        return next(self.events)

    def close(self) -> None:
        """The reader is gone; called by the server."""
        if not self.left:
            self.left = True
            self.channels.leave(self.channel)
