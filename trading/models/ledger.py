"""What the tamper-evident record keeps 存证: every entry, the head of the log and the head of each chain."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trading.models.base import Base


class LedgerEntry(Base):
    """One entry of the log 存证条目: never changed, never deleted (triggers see to it).

    ``entry`` is the canonical text that was hashed; the other columns repeat what is in it, to be searched.
    ``body`` and ``salt`` lie beside it, so that a body can be withheld without breaking the tree.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (UniqueConstraint("chain", "tseq"), Index(None, "kind"), Index(None, "leaf"))

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chain: Mapped[str] = mapped_column(String(128))
    tseq: Mapped[int] = mapped_column(BigInteger)
    ts: Mapped[str] = mapped_column(String(27))
    kind: Mapped[str] = mapped_column(String(128))
    actor: Mapped[str] = mapped_column(String(128))
    entry: Mapped[str] = mapped_column(Text)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    body: Mapped[str | None] = mapped_column(Text)


class LedgerHead(Base):
    """The head of the whole log 存证总头: one row, whose lock orders all appends."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frontier: Mapped[bytes] = mapped_column(LargeBinary)
    last_ts: Mapped[str] = mapped_column(String(27))


class LedgerChainHead(Base):
    """The newest entry of one chain 存证链头; a chain is closed by ``dossier.final``."""

    __tablename__ = "ledger_chain_head"

    chain: Mapped[str] = mapped_column(String(128), primary_key=True)
    tseq: Mapped[int] = mapped_column(BigInteger)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
    closed: Mapped[bool] = mapped_column(Boolean, default=False)
