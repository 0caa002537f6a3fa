"""What a step's own function works with while it is taken 办理中的环节: the lot, the person, the input, the tools."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.beijing import law_date
from trading.checkpoints.keeper import Keeper
from trading.codelists import NoticeKind, Role, Status
from trading.errors import InvalidInput, Refused
from trading.ledger.actions import is_signed, message
from trading.ledger.entries import LOG_CHAIN
from trading.ledger.notes import LOG, SigningKey
from trading.models import LedgerEntry, Lot, Message, Notice, User
from trading.sealing.files import FileStore
from trading.sealing.vault import KeyVault
from trading.steps import Step
from trading.values import Book, Values
from trading.workflow.calendars import calendar_in_force
from trading.workflow.gate import Gate
from trading.workflow.keys import key_in_force, register_pseudonym
from trading.working_days import Calendar


def log_key(vault: KeyVault, origin: str) -> SigningKey:
    """The key that signs for the record called ``origin``; made when there is none."""
    return SigningKey(origin, LOG, vault.seed("log key"))


@dataclass(frozen=True)
class Tools:
    """What an installation lends to the steps: the law's numbers, the calendar, key vault, file store and gate."""

    book: Book
    calendar: Calendar
    vault: KeyVault
    files: FileStore
    gate: Gate
    law_on: date | None = None
    assumed: frozenset[str] = frozenset()
    origin: str = "badong.example/ledger"
    keeper: Keeper | None = None

    def log_key(self) -> SigningKey:
        """The key that signs for the record, under the record's name; made when there is none."""
        return log_key(self.vault, self.origin)

    def law_day(self, lot: Lot, now: datetime) -> date:
        """The day whose law judges this lot: its registration day, unless a replay declares another."""
        return self.law_on or law_date(lot.registered_at or now)

    def values(self, lot: Lot, now: datetime) -> Values:
        """The numbers in force for this lot."""
        return self.book.on(self.law_day(lot, now))


PersonalSignature = Callable[[str, bytes], str]


@dataclass(frozen=True)
class ToSign:
    """What a person is asked to sign: the entry that the step will make, and the bytes (trust.md §8.7).

    ``fresh`` tells the registration (``chain``, ``person``, ``role``) of a key that is to be made for this act alone.
    """

    kind: str
    actor: str
    body: dict[str, Any]
    text: bytes
    fresh: dict[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """The same for a browser or a file: ``text`` is signed, ``sha256`` is what a reader compares."""
        return {
            "kind": self.kind, "actor": self.actor, "body": self.body, "text": self.text.decode(),
            "sha256": hashlib.sha256(self.text).hexdigest(), "fresh": self.fresh,
        }  # fmt: skip


@dataclass
class Taking:
    """One step being taken; ``data`` is what the step's schema read, ``subject`` the id of the record it is about.

    ``leaf`` is of the entry that the receipt names, where that is not the engine's own.
    ``end`` closes the lot's chain after the step, as ``dossier.final`` tells it (trust.md §8.9): "awarded".
    ``afterwards`` is called in the same transaction once the entries are in the record: ``written`` has them by kind.
    """

    session: Session
    lot: Lot
    step: Step
    actor: User | None
    now: datetime
    data: dict[str, Any]
    tools: Tools
    subject: str | None = None
    rehearsal: bool = False
    to: Status | None = None
    end: str | None = None
    entries: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    receipt: dict[str, Any] = field(default_factory=dict)
    leaf: str | None = None
    sign_in_person: PersonalSignature | None = None
    to_sign: list[ToSign] = field(default_factory=list)
    written: dict[str, LedgerEntry] = field(default_factory=dict)
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    @property
    def values(self) -> Values:
        """The numbers in force for the lot."""
        return self.tools.values(self.lot, self.now)

    @property
    def calendar(self) -> Calendar:
        """The working calendar in force."""
        return calendar_in_force(self.session, self.tools.calendar)

    @property
    def today(self) -> date:
        """The Beijing date of the moment."""
        return law_date(self.now)

    @property
    def actor_id(self) -> str:
        """The account id of the person; steps of the clock have none."""
        assert self.actor is not None
        return self.actor.id

    @property
    def organization_id(self) -> str:
        """The organisation for which the person acts."""
        assert self.actor is not None and self.actor.organization_id is not None
        return self.actor.organization_id

    def move(self, status: Status) -> None:
        """Choose among the ends that transitions.py allows this step."""
        self.to = status

    def record(self, kind: str, body: dict[str, Any], actor: str | None = None) -> None:
        """Add a protocol entry (trust §8.9) to the lot's chain, before the engine's own ``step.taken``."""
        self.entries.append((kind, actor or (self.actor.actor if self.actor else "system"), body))

    def sign(self, kind: str, body: dict[str, Any], actor: str | None = None) -> dict[str, str] | None:
        """The acting person's own signature under the entry that is to be made (trust.md §8.7).

        It came with the input (``sig``), or is made by a person who acts in process. In a rehearsal it is only noted
        what there is to sign.

        Args:
            kind: kind of the entry.
            body: its body without signatures.
            actor: actor of the entry; the signer himself when not given.

        Returns:
            ``{"signer", "sig"}``; None in a rehearsal.

        Raises:
            Refused: the person has registered no signing key.
            InvalidInput: the signature is missing, or is not that of this person under this content.
        """
        assert self.actor is not None
        signer = self.actor.signer
        wanted = ToSign(kind, actor or signer, body, message(self.lot.code, kind, actor or signer, body))
        key = key_in_force(self.session, signer)
        if key is None:
            raise Refused("no_signing_key", "请先在“我的签名密钥”登记签名密钥", "Register a signing key first")
        if self.rehearsal:
            self.to_sign.append(wanted)
            return None
        return self.checked_signature(wanted, signer, key.public)

    def checked_signature(self, wanted: ToSign, signer: str, public: str) -> dict[str, str]:
        """The signature that came, when it is that of ``public`` under what is wanted; errors as :meth:`sign`."""
        given = self.sign_in_person(signer, wanted.text) if self.sign_in_person else self.data.get("sig")
        if not given:
            raise InvalidInput.of("sig", "本环节须由本人签名", "This step needs your own signature")
        if not is_signed(public, wanted.text, given):
            raise InvalidInput.of(
                "sig",
                "签名与将要记录的内容或者您登记的密钥不符，请重新核对并签名",
                "The signature is not that of your registered key under what is to be recorded: check and sign again",
            )
        return {"signer": signer, "sig": given}

    def record_signed(self, kind: str, body: dict[str, Any], actor: str | None = None) -> None:
        """Sign and record; arguments and errors as :meth:`sign`."""
        assert self.actor is not None
        signature = self.sign(kind, body, actor)
        if signature is not None:
            self.record(kind, body | {"sigs": [signature]}, actor or self.actor.signer)

    def record_as(self, pseudonym: str, role: str, kind: str, body: dict[str, Any]) -> None:
        """Sign and record as a pseudonym of a draw, with a key made for this act alone (``public``, ``proof``).

        Args:
            pseudonym: leaf id of the draw: actor and signer of the entry.
            role: role of the key, in the words of trust.md §8.7.
            kind, body: as for :meth:`sign`.

        Raises:
            InvalidInput: key, proof or signature are missing or do not fit.
        """
        fresh = {"chain": LOG_CHAIN, "person": pseudonym, "role": role}
        wanted = ToSign(kind, pseudonym, body, message(self.lot.code, kind, pseudonym, body), fresh)
        if self.rehearsal:
            self.to_sign.append(wanted)
            return
        public = register_pseudonym(
            self.session, pseudonym, role, self.data.get("public"), self.data.get("proof"), self.now
        )
        self.record(kind, body | {"sigs": [self.checked_signature(wanted, pseudonym, public)]}, pseudonym)

    def publish(
        self,
        kind: NoticeKind,
        title: str,
        text: str,
        facts: dict[str, Any] | None = None,
        ends_at: datetime | None = None,
    ) -> Notice:
        """Publish a notice; its digest goes into the chain."""
        digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
        notice = Notice(
            lot_id=self.lot.id, kind=kind, title=title, text=text, facts=facts or {}, digest=digest,
            media=[], published_at=self.now, ends_at=ends_at,
        )  # fmt: skip
        self.session.add(notice)
        self.record(f"notice.{kind.value}", {"title": title, "sha256": digest})
        return notice

    def tell(
        self,
        zh: tuple[str, str],
        en: tuple[str, str],
        *,
        organizations: Iterable[str] = (),
        users: Iterable[str] = (),
        contacts: Iterable[str] = (),
    ) -> int:
        """Deliver (subject, text) to inboxes in this transaction; returns the number of deliveries."""
        common = {
            "lot_id": self.lot.id, "subject_zh": zh[0], "text_zh": zh[1], "subject_en": en[0], "text_en": en[1],
            "delivered_at": self.now,
        }  # fmt: skip
        messages = [Message(organization_id=one, **common) for one in dict.fromkeys(organizations)]
        messages += [Message(user_id=one, **common) for one in dict.fromkeys(users)]
        messages += [Message(contact=one, **common) for one in dict.fromkeys(contacts)]
        self.session.add_all(messages)
        return len(messages)

    def tell_role(self, role: Role, zh: tuple[str, str], en: tuple[str, str]) -> int:
        """Deliver to every active account of a role (centre, supervisor …)."""
        ids = self.session.scalars(select(User.id).where(User.role == role, User.active)).all()
        return self.tell(zh, en, users=ids)


Effect = Callable[[Taking], None]
EFFECTS: dict[Step, Effect] = {}
Forethought = Callable[[dict[str, Any]], object]
FORETHOUGHTS: dict[Step, Forethought] = {}


@dataclass(frozen=True)
class Done:
    """What a step left in the person's hand when it was taken; sent again, it is answered with the same."""

    at: datetime
    leaf: str
    facts: dict[str, Any]


Repeat = Callable[[Session, Lot, User, dict[str, Any]], Done | None]
REPEATS: dict[Step, Repeat] = {}
Refusing = Callable[[Lot, User | None, dict[str, Any], datetime], tuple[str, str, dict[str, Any]] | None]
REFUSALS: dict[Step, Refusing] = {}
Proving = Callable[[Tools, LedgerEntry], str]
PROOFS: dict[Step, Proving] = {}


def repeated(step: Step, function: Repeat) -> None:
    """Declare how a step that was taken already is recognised, whatever the lot's status is by now."""
    REPEATS[step] = function


def refused(step: Step, function: Refusing) -> None:
    """Declare the entry (kind, actor, body) that a refusal of this step makes beside ``step.refused``."""
    REFUSALS[step] = function


def proven(step: Step, function: Proving) -> None:
    """Declare the signed note that whoever is refused takes home, over the entry that :func:`refused` made."""
    PROOFS[step] = function


def before(step: Step, forethought: Forethought) -> None:
    """Declare what is done with a step's input before its transaction begins, so that no lock waits for it."""
    FORETHOUGHTS[step] = forethought


def effect(step: Step) -> Callable[[Effect], Effect]:
    """Declare what a step changes: the function of the phase's room."""

    def declare(function: Effect) -> Effect:
        if step in EFFECTS:
            raise ValueError(f"{step} has two effects")
        EFFECTS[step] = function
        return function

    return declare
