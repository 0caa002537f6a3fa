"""Deposits until the opening 投标保证金: the bank's lines, whose they are, guarantees, balances."""
