"""The replay of history 历史回放: past auctions carried through the platform, see ``trading replay --help``."""

from trading.replay.run import replay

__all__ = ["replay"]
