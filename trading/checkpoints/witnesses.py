"""The ways to a witness 见证方的接入: over HTTP, by files that somebody carries, or within a demonstration."""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from trading.checkpoints.faults import NoWitness
from trading.clock import Clock
from trading.errors import NotConfigured
from trading.ledger.notes import SIZE, WITNESS, NoteError, VerifierKey, read_key
from trading.witness.requests import CosignRequest
from trading.witness.server import PATH, SIZE_TYPE
from trading.witness.witness import KEY, Witness, WitnessError, WitnessRefuses, replace_whole, set_up

DEMONSTRATION = "demonstration"
DEMONSTRATION_NAME = "demonstration.example/witness"
PATIENCE = 5
"""Seconds that a witness is waited for."""
LONGEST_ANSWER = 64 * 1024


class Cosigner(Protocol):
    """Whoever cosigns; ``answers`` tells whether it does so within the same call, with its clock."""

    key: VerifierKey
    answers: bool

    def cosign(self, request: CosignRequest) -> str:
        """The signature lines.

        Raises:
            NoWitness: it did not answer.
            WitnessRefuses: it does not cosign.
        """


class HttpWitness:
    """A witness at an address (C2SP tlog-witness)."""

    answers = True

    def __init__(self, address: str, key: VerifierKey) -> None:
        self.key = key
        self._address = address.rstrip("/") + PATH

    def cosign(self, request: CosignRequest) -> str:
        """Ask over HTTP; see :class:`Cosigner`."""
        sent = Request(self._address, data=request.data(), headers={"Content-Type": "text/plain"}, method="POST")  # noqa: S310
        try:
            with urlopen(sent, timeout=PATIENCE) as answer:  # noqa: S310
                return str(answer.read(LONGEST_ANSWER).decode("utf-8"))
        except HTTPError as refusal:
            with refusal:
                told = refusal.read(LONGEST_ANSWER).decode("utf-8", "replace")
            if refusal.code >= 500:
                raise _away(f"HTTP {refusal.code}") from refusal
            raise WitnessRefuses(refusal.code, told.strip(), _size(refusal, told)) from refusal
        except (OSError, HTTPException, UnicodeDecodeError) as error:
            raise _away(type(error).__name__) from error


class FolderWitness:
    """A witness without a line: requests lie in a folder, cosigned checkpoints are put beside them by hand."""

    answers = False

    def __init__(self, folder: Path, key: VerifierKey) -> None:
        self.key = key
        self._folder = folder

    def cosign(self, request: CosignRequest) -> str:
        """Take the answer from the folder, or leave the request there; see :class:`Cosigner`."""
        size = request.note.split(b"\n", 2)[1].decode()
        answer, left = self._folder / f"{size}.note", self._folder / f"{size}.request"
        try:
            if answer.is_file():
                return answer.read_bytes()[:LONGEST_ANSWER].removeprefix(request.note).decode("utf-8")
            if not left.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                replace_whole(left, request.data())
        except (OSError, UnicodeDecodeError) as error:
            raise _away(type(error).__name__) from error
        raise NoWitness(
            f"见证请求已写入 {left}，待见证方签署后把结果放回 {answer}",
            f"The request is in {left}; once the witness has cosigned, put the result at {answer}",
        )


class DemonstrationWitness:
    """A witness in this very process: shows how it goes, and proves nothing, as nobody else holds its key."""

    answers = True

    def __init__(self, folder: Path, clock: Clock, log: VerifierKey) -> None:
        """Open the witness in ``folder``, or set it up.

        Raises:
            NotConfigured: it knows the log by another key.
        """
        try:
            there = (folder / KEY).exists()
            self._witness = Witness(folder, clock) if there else set_up(folder, DEMONSTRATION_NAME, clock)
            self._witness.know(log)
        except WitnessError as error:
            raise NotConfigured(f"演示见证方不可用：{error}", f"The demonstration's witness: {error}") from error
        self.key = self._witness.key.verifier

    def cosign(self, request: CosignRequest) -> str:
        """Ask the witness, which demands the same proofs as any other; see :class:`Cosigner`."""
        return self._witness.add_checkpoint(request.data())


def chosen(setting: str | None, printed: str | None, data_dir: Path, clock: Clock, log: VerifierKey) -> Cosigner | None:
    """The witness of an installation, as its settings say; None where there is none.

    Args:
        setting: ``TRADING_WITNESS``: an address, a folder, or ``demonstration``.
        printed: ``TRADING_WITNESS_KEY``: the witness's verifier key as “trading witness init” printed it.
        clock: the clock of a witness within a demonstration; others have their own.
        log: the log's key.

    Raises:
        NotConfigured: the key is missing or no key of another than the log.
    """
    if not setting:
        return None
    if setting == DEMONSTRATION:
        return DemonstrationWitness(data_dir / "witness", clock, log)
    try:
        key = read_key(printed or "", WITNESS)
    except NoteError as error:
        raise NotConfigured(
            "设置了见证方就须以 TRADING_WITNESS_KEY 给出其验证公钥",
            "A witness needs its verifier key in TRADING_WITNESS_KEY",
        ) from error
    if key.name == log.name or key.public == log.public:
        raise NotConfigured("见证方的名称和密钥不得与日志相同", "A witness has another name and key than the log")
    return (
        HttpWitness(setting, key) if setting.startswith(("http://", "https://")) else FolderWitness(Path(setting), key)
    )


def _away(why: str) -> NoWitness:
    return NoWitness(
        f"见证方没有应答（{why}），检查点尚未经见证；请稍后重试",
        f"The witness did not answer ({why}): the checkpoint is not cosigned yet; please try again later",
    )


def _size(refusal: HTTPError, told: str) -> int | None:
    """The size that a witness says it has seen."""
    line = told.removesuffix("\n")
    return int(line) if refusal.headers.get("Content-Type") == SIZE_TYPE and SIZE.fullmatch(line) else None
