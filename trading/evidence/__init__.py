"""The evidence file 证据文件: one lot's whole story as a zip that a stranger verifies (trust.md §8)."""
