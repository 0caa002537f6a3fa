"""Parts of public pages that are kept 页面片段: found again by everything they are made from, so never out of date."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable

from flask import Flask
from markupsafe import Markup

from trading.web.exchange import language

MOST = 300


class Fragments:
    """What was rendered before, by name, language and key; the least used goes first."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = threading.Lock()

    def kept(self, name: str, key: Iterable[Hashable], caller: Callable[[], Markup]) -> Markup:
        """The part, rendered by ``caller`` unless this very part was rendered before; ``{% call kept(…) %}``.

        Arguments:
            name: of the part.
            key: everything that its content depends on besides the language; nothing of the reader.
        """
        place = (name, language(), tuple(key))
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
                return self._kept[place]
        made = caller()
        with self._lock:
            self._kept[place] = made
            if len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return made

    def forget(self) -> None:
        """Keep nothing of what was rendered so far."""
        with self._lock:
            self._kept.clear()


def init_app(app: Flask) -> None:
    """Give the templates ``kept``."""
    app.jinja_env.globals["kept"] = Fragments().kept
