"""The confirmation of a deal 成交确认书: what buyer and seller signed at once after the bidding."""

from __future__ import annotations

from trading.beijing import law_date
from trading.documents.paper import Paper, PaperKind, paragraphs
from trading.documents.record import PaperRecord


def deal_confirmation(record: PaperRecord) -> Paper | None:
    """The confirmation as it was signed; None before it was drawn up.

    Source: 拍卖法第五十二条; for land the order of the ministry (to be verified).
    """
    deal, lot = record.deal, record.lot
    if deal is None or not deal.confirmation:
        return None
    foot = f"内容摘要（SHA-256）：{deal.digest}" if deal.digest else ""
    signed = tuple((one.get("label", "签署人"), one.get("name", "")) for one in deal.signatures)
    return Paper(
        PaperKind.DEAL, f"{lot.name}成交确认书", lot.code, tuple(paragraphs([deal.confirmation, foot])),
        signers=signed or ((record.side_of_owner, record.owner), (record.words.winner.zh, "")),
        made_on=law_date(deal.made_at),
    )  # fmt: skip
