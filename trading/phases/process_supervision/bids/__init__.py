"""Bids 投标: applied for, uploaded under seal, decided at the deadline, alone or as a consortium."""
