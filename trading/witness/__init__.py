"""A small program of its own 见证方: another organisation cosigns the record only as long as it merely grows.

It imports nothing of the platform but signed notes, Merkle proofs and the clock, has its own key and its own state,
and can stand alone: ``python -m trading.witness``.
"""
