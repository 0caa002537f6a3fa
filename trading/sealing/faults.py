"""What can be wrong with an envelope 密封差错, and who answers for it; each in one sentence, Chinese and English."""

from __future__ import annotations

from enum import StrEnum


class Blame(StrEnum):
    """Whose fault it is."""

    BIDDER = "bidder"
    OFFICER = "officer"
    PLATFORM = "platform"


class SealError(ValueError):
    """An envelope, key or share that is not as ``ptbid/1`` says (trust.md §8.8)."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class ShareFault(SealError):
    """A share that is none; ``blame`` and ``officer`` name who answers for it or holds it."""

    def __init__(self, zh: str, en: str, blame: Blame, officer: str | None = None) -> None:
        super().__init__(zh, en)
        self.blame = blame
        self.officer = officer


class OpenError(SealError):
    """An envelope that does not open to a bid.

    ``inner`` and ``content`` are what was found in it, as evidence, once the key and its commitments held.
    """

    def __init__(
        self, zh: str, en: str, blame: Blame = Blame.BIDDER, inner: str | None = None, content: bytes | None = None
    ) -> None:  # fmt: skip
        super().__init__(zh, en)
        self.blame = blame
        self.inner = inner
        self.content = content
