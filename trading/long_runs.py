"""Long runs 长时运行: thousands of steps in one process, as the demonstration and the replay take them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

EVERY = (50_000, 20, 100)


@contextmanager
def long_run() -> Iterator[None]:
    """Look for rings of dead objects more rarely, and never among what was there before.

    A step makes and drops thousands of objects; looking for rings as often as Python does by itself takes a tenth to a
    fifth of the run.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
