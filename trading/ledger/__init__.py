"""The tamper-evident record 存证: canonical bytes, Merkle log, entries, and the one way to write them."""
