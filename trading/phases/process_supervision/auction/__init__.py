"""Disposals 处置竞价: announced, applied for, bid for live, the reserve."""
