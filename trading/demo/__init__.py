"""The demonstration county 示范县: walked through the engine; its year is the twelve months before its start."""

from trading.demo.loading import accounts, load

__all__ = ["accounts", "load"]
