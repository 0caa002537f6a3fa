"""Sealed bids 密封投标: envelopes, opening keys and the store of files."""
