"""The opening 开标: who holds the keys, their shares, the bids read out."""
