"""Before the bids 公告与文件: who is invited, who holds the keys, the notice, the documents, clarifications."""
