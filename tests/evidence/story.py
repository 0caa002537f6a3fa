"""An honest lot told event by event 诚实标段: people with keys, sealed bids, an aborted draw and a whole one, an award.

Who tells it holds every key there is; nothing here comes from the exporter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pyrage import x25519

from trading.experts import draw as ptdraw
from trading.experts.draw import Candidate, Fixed
from trading.ledger.actions import ActionKey, message
from trading.ledger.canonical import canonical
from trading.ledger.entries import microseconds
from trading.ledger.notes import LOG, WITNESS, SigningKey
from trading.sealing import ptbid
from trading.sealing.contents import Attachment, Place
from trading.sealing.ptbid import SealedBid

CODE, OTHER = "BD-2026-0007", "BD-2026-0008"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STRATA = ("JZ", "SZ")
GENERATED = ("officer-a", "officer-b", "officer-c")
ROLES = {
    "centre-1": "centre", "supervisor-1": "supervisor", "notary-1": "notary", "stranger-1": "owner",
    **dict.fromkeys(GENERATED, "officer"), **{f"bidder-{number}": "bidder" for number in range(1, 8)},
}  # fmt: skip
CENTRE, SUPERVISOR, NOTARY = "centre-1", "supervisor-1", "notary-1"


@dataclass
class Event:
    """One entry to be: ``by`` sign it, in order; ``keys`` name other keys than those the signers hold."""

    chain: str
    kind: str
    actor: str
    body: dict[str, Any]
    by: tuple[str, ...] = ()
    at: datetime = MORNING
    shown: bool = True
    sigs: list[dict[str, str]] | None = None
    salt: bytes = b""
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass
class Town:
    """Everybody's keys: of log and witness, of people, of officers, of bids, and the parties' secrets."""

    log: SigningKey
    witness: SigningKey
    people: dict[str, ActionKey]
    officers: dict[str, x25519.Identity]
    secrets: dict[tuple[str, str], bytes]

    @classmethod
    def new(cls) -> Town:
        """Keys that a name gives, so that every run tells the same story; age makes its own."""
        return cls(
            SigningKey("badong.example/ledger", LOG, seed("log")),
            SigningKey("supervisor.example/witness", WITNESS, seed("witness")),
            {person: ActionKey(seed(person)) for person in ROLES},
            {person: x25519.Identity.generate() for person in GENERATED},
            {},
        )

    def secret(self, draw: str, party: str) -> bytes:
        """A party's secret for a draw."""
        return self.secrets.setdefault((draw, party), seed(f"{draw} {party}"))

    def signatures(self, event: Event) -> list[dict[str, str]]:
        """The signatures of an event by the keys of those who sign it."""
        text = message(event.chain, event.kind, event.actor, event.body)
        return [{"sig": self.people[person].sign(text), "signer": person} for person in event.by]


def seed(name: str) -> bytes:
    """32 bytes that ``name`` gives."""
    return hashlib.sha256(f"wutong evidence {name}".encode()).digest()


@dataclass
class Story:
    """The events of all chains, in order, and the files that lie beside the lot's."""

    town: Town
    events: list[Event] = field(default_factory=list)
    sealed: dict[str, SealedBid] = field(default_factory=dict)
    sheets: dict[str, dict[str, Any]] = field(default_factory=dict)
    pools: dict[str, list[Candidate]] = field(default_factory=dict)
    deadline: int = 0
    groups: list[dict[str, Any]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The moment of the next event."""
        return MORNING + len(self.events) * MINUTE

    def tell(self, kind: str, actor: str, body: Mapping[str, Any], *by: str, chain: str = CODE) -> Event:
        """The next event."""
        event = Event(chain, kind, actor, dict(body), by, self.now)
        event.salt = seed(f"salt {len(self.events)}")
        self.events.append(event)
        return event

    def lot(self) -> list[Event]:
        """The events of the lot's own chain."""
        return [event for event in self.events if event.chain == CODE]

    def one(self, kind: str, number: int = 0) -> Event:
        """The ``number``-th event of a kind in the lot's chain."""
        return [event for event in self.lot() if event.kind == kind][number]

    def copy(self) -> Story:
        """The same story, to be altered."""
        return Story(
            self.town, deepcopy(self.events), dict(self.sealed), deepcopy(self.sheets),
            {name: list(pool) for name, pool in self.pools.items()}, self.deadline, deepcopy(self.groups),
        )  # fmt: skip


def told(end: str = "awarded") -> Story:
    """The whole story.

    Args:
        end: ``awarded``, or ``failed`` for one that ends with too few bids, unopened.
    """
    story = Story(Town.new())
    register(story)
    publish(story)
    begin_draw(story, f"{CODE}/draw-1")
    receive(story, 5 if end == "awarded" else 2)
    close(story)
    if end == "failed":
        story.tell("tender.failed", "system", {"reason": "few_bidders", "condition": "R10.C7"})
    else:
        open_all(story)
        draw_twice(story)
        story.tell("evaluation.report", CENTRE, {"digest": seed("report").hex(), "candidates": 3})
        story.tell("award.notice", CENTRE, {"winner": "bidder-1", "number": "ZB-1"})
    story.tell("secret.read", "oversight-1", {"what": "names", "who": "oversight-1"}).shown = False
    story.tell("dossier.final", CENTRE, {"end": end, "verifier": seed("verifier").hex()})
    story.tell("secret.read", "oversight-1", {"what": "names", "who": "oversight-1"}, chain=f"{CODE}/after")
    return story


def register(story: Story) -> None:
    """Everybody's keys; one key replaced by its owner, one revoked by the supervisor, one of a stranger."""
    for person, role in ROLES.items():
        story.tell("key.registered", person, registration(story.town, person, role), person, chain="@log")
        story.tell("pad", "system", {}, chain="@log")
    for officer in GENERATED:
        recipient = str(story.town.officers[officer].to_public())
        story.tell("officer.key", officer, {"id": officer, "recipient": recipient}, officer, chain="@log")
    for person, by in (("bidder-2", "bidder-2"), ("bidder-3", SUPERVISOR)):
        story.tell("key.revoked", by, {"person": person}, by, chain="@log")
        story.tell("key.registered", person, registration(story.town, person, "bidder"), person, chain="@log")


def registration(town: Town, person: str, role: str) -> dict[str, Any]:
    """The body of ``key.registered``."""
    return {"person": person, "pub": town.people[person].public, "role": role}


def publish(story: Story) -> None:
    """The notice with its officers, a step, a deadline moved, a suspension."""
    story.tell("document.officers", "owner-1", {"groups": 2})
    recipients = {name: str(one.to_public()) for name, one in story.town.officers.items()}
    told_of = [{"id": name, "recipient": recipients[name]} for name in GENERATED]
    story.groups = [{"k": 2, "officers": told_of[:2]}, {"k": 1, "officers": told_of[2:]}]
    story.deadline = microseconds(story.now + 60 * MINUTE)
    story.tell("tender.published", "owner-1", {
        "deadline": story.deadline, "parts": ["price", "tech"], "min_bids": 3, "groups": story.groups,
        "title": "水库加固",
    })  # fmt: skip
    taken = {"step": "announce", "from": "method_fixed", "to": "published"}
    story.tell("step.taken", "owner-1", taken | {"verdicts": [{"id": "R07.C1", "verdict": "passed"}]})
    story.tell("notice.tender", "owner-1", {"title": "招标公告", "sha256": seed("notice").hex()}, chain=OTHER)
    story.deadline += 60 * 60 * 10**6
    story.tell("tender.amended", "owner-1", {"deadline": story.deadline, "sha256": seed("change").hex()})
    story.tell("complaint.lodged", "bidder-sealed", {"complaint": "c1", "sha256": seed("facts").hex()}).shown = False
    story.tell("tender.suspended", SUPERVISOR, {"reason": "complaint"})
    story.tell("tender.resumed", SUPERVISOR, {"reason": "decided", "deadline": story.deadline})


def begin_draw(story: Story, name: str) -> None:
    """Rules, a pool of sixty pseudonyms, both parties' commitments."""
    story.tell("draw.rules", CENTRE, {
        "draw": name, "alg": "ptdraw/1", "strata": [{"code": "JZ", "n": 3}, {"code": "SZ", "n": 2}], "max_per_org": 1,
        "parties": ["centre", "supervisor"], "refusal_codes": ["ill", "absent"], "beacon": None,
    })  # fmt: skip
    story.pools[name] = [
        Candidate(
            seed(f"{name} {number}").hex()[:32], STRATA if number % 4 == 0 else (STRATA[number % 2],),
            seed(f"org {number // 2}").hex()[:16], seed(f"name {name} {number}").hex(), 2 if number % 7 == 0 else 1,
        )
        for number in range(60)
    ]  # fmt: skip
    root = ptdraw.pool_root(story.pools[name])
    story.tell("draw.pool", CENTRE, {"draw": name, "pool_root": root, "pool_size": 60})
    for party, person in (("centre", CENTRE), ("supervisor", SUPERVISOR)):
        anchor = ptdraw.anchor(name, party, story.town.secret(name, party)).hex()
        story.tell("draw.commit", person, {"draw": name, "party": party, "anchor": anchor}, person)


def seal(story: Story, bidder: str, part: str, total: int = 0) -> SealedBid:
    """An envelope of a bidder, kept with its sheet."""
    place = Place(CODE, part, bidder)
    if part == "tech":
        sealed = ptbid.seal_tech(place, story.groups, filled=False)
    else:
        files = [Attachment("清单.pdf", bidder.encode())]
        sealed = ptbid.seal_price(place, story.groups, total, {"duration_days": 90}, files, filled=False)
    story.sealed[sealed.envelope] = sealed
    opened = ptbid.open_envelope(sealed.header, sealed.ciphertext, sealed.key, bidder)
    price = opened.sheet.get("total")
    story.sheets[sealed.envelope] = {"inner": opened.inner, "content": opened.content, "price": price}
    return sealed


def hand_in(story: Story, bidder: str, part: str, version: int, envelope: str) -> None:
    """``bid.received`` of an envelope."""
    body = {
        "envelope": envelope, "part": part, "version": version, "t_recv": microseconds(story.now) - 1000,
    }  # fmt: skip
    story.tell("bid.received", bidder, body, bidder)


def receive(story: Story, bidders: int) -> None:
    """Every bidder's two envelopes; one replaced, one withdrawn and sent again, one alone, one refused."""
    for number in range(1, bidders + 1):
        bidder = f"bidder-{number}"
        envelopes = {part: seal(story, bidder, part, 90_000_000 + number).envelope for part in ("price", "tech")}
        for part in ("price", "tech") if number < 5 else ("price",):
            hand_in(story, bidder, part, 1, envelopes[part])
        if number == 2:
            hand_in(story, bidder, "price", 2, seal(story, bidder, "price", 88_000_000).envelope)
        if number == 4:
            told_of = {"envelope": envelopes["price"], "part": "price", "version": 1}
            story.tell("bid.withdrawn", bidder, told_of, bidder)
            hand_in(story, bidder, "price", 2, envelopes["price"])


def current(story: Story) -> dict[tuple[str, str], str]:
    """The envelopes in force at closing, by bidder and part."""
    found: dict[tuple[str, str], str] = {}
    for event in story.lot():
        if event.kind == "bid.received":
            found[event.actor, event.body["part"]] = event.body["envelope"]
        if event.kind == "bid.withdrawn":
            found.pop((event.actor, event.body["part"]), None)
    return found


def close(story: Story) -> None:
    """Bidding closes; one came too late."""
    gap = (story.deadline - microseconds(story.now)) // 60_000_000 + 2
    for _number in range(gap):
        story.tell("pad", "system", {}, chain="@log")
    late = {"envelope": seed("late").hex(), "reason": "late", "t_recv": microseconds(story.now)}
    story.tell("bid.refused", "bidder-6", late)
    story.tell("tender.closed", "system", closing_body(story))


def closing_body(story: Story) -> dict[str, Any]:
    """``bids_root`` and ``count`` of the envelopes in force."""
    found = current(story)
    whole = {who for who, _part in found if (who, "price") in found and (who, "tech") in found}
    return {"bids_root": ptdraw.bids_root(found.values()), "count": len(whole)}


def opened_body(story: Story, envelope: str) -> dict[str, Any]:
    """Key, inner and price of an envelope."""
    sheet = story.sheets[envelope]
    return {
        "envelope": envelope, "part": "price", "key": story.sealed[envelope].key.hex(), "inner": sheet["inner"],
        "price": sheet["price"],
    }  # fmt: skip


def open_all(story: Story) -> None:
    """Technical envelopes, then prices; one price is rejected with its key, one bidder has no technical part."""
    found = current(story)
    for (_bidder, part), envelope in found.items():
        if part == "tech":
            story.tell("bid.opened", "officers", {"envelope": envelope, "part": "tech"})
    for (bidder, part), envelope in found.items():
        body = opened_body(story, envelope) if part == "price" else {}
        if part == "price" and bidder in ("bidder-1", "bidder-2", "bidder-3"):
            story.tell("bid.opened", "officers", body)
        elif part == "price":
            reason = "no such sheet" if bidder == "bidder-4" else "incomplete bid"
            kept = ("envelope", "part", "key", "inner") if bidder == "bidder-4" else ("envelope", "part")
            story.tell("bid.rejected", "officers", {name: body[name] for name in kept} | {"reason": reason})


def draw_twice(story: Story) -> None:
    """The first draw is aborted after the centre revealed; the second seats, with one replacement."""
    first, second = f"{CODE}/draw-1", f"{CODE}/draw-2"
    fix(story, first, "11111222223333344444")
    reveal(story, first, "centre", 0)
    story.tell("draw.aborted", SUPERVISOR, {"draw": first, "reason": "value lost", "blame": "supervisor"}, SUPERVISOR)
    begin_draw(story, second)
    fix(story, second, "31415926535897932384")
    reveal_all(story, second, 0)
    seats = result(story, second, 0, {})
    for id_ in seats[1:]:
        story.tell("expert.accepted", f"expert-{id_[:4]}", {"draw": second, "id": id_, "after_round": 0})
    refusal = {"draw": second, "id": seats[0], "reason": "ill", "after_round": 0}
    story.tell("expert.refused", SUPERVISOR, refusal, SUPERVISOR)
    reveal_all(story, second, 1)
    for id_ in result(story, second, 1, {}):
        story.tell("expert.accepted", f"expert-{id_[:4]}", {"draw": second, "id": id_, "after_round": 1})


def fix(story: Story, name: str, dice: str) -> None:
    """Exclusions by both, dice before two witnesses."""
    ids = {story.pools[name][number].id: "same_employer" for number in (1, 2)}
    body = {"draw": name, "codes": ["same_employer", "kin"], "ids": ids}
    story.tell("draw.exclusions", CENTRE, body, CENTRE, SUPERVISOR)
    story.tell("draw.dice", "owner-1", {"draw": name, "value": dice}, NOTARY, "bidder-1")


def reveal(story: Story, name: str, party: str, number: int) -> None:
    """One party's value of a round."""
    person = CENTRE if party == "centre" else SUPERVISOR
    value = ptdraw.reveal(name, party, story.town.secret(name, party), number).hex()
    story.tell("draw.reveal", person, {"draw": name, "party": party, "round": number, "value": value}, person)


def reveal_all(story: Story, name: str, number: int) -> None:
    """Both parties', the centre first."""
    reveal(story, name, "centre", number)
    reveal(story, name, "supervisor", number)


def of_draw(story: Story, name: str, kind: str) -> list[dict[str, Any]]:
    """The bodies of a kind that name a draw."""
    return [event.body for event in story.lot() if event.kind == kind and event.body["draw"] == name]


def drawn(story: Story, name: str, number: int) -> list[dict[str, Any]]:
    """The seats of round ``number`` as all that is told before gives them."""
    rules, pool = of_draw(story, name, "draw.rules")[0], story.pools[name]
    excluded, values = of_draw(story, name, "draw.exclusions")[0], of_draw(story, name, "draw.reveal")
    fixed = Fixed(
        ptdraw.pool_root(pool), len(pool), ptdraw.excl_hash(excluded["codes"], excluded["ids"]),
        story.one("tender.closed").body["bids_root"],
        {one["party"]: one["anchor"] for one in of_draw(story, name, "draw.commit")},
        of_draw(story, name, "draw.dice")[0]["value"],
    )  # fmt: skip
    barred, seated, key, seats = set(excluded["ids"]), {}, b"", ()
    for round_ in range(number + 1):
        reveals = {one["party"]: one["value"] for one in values if one["round"] == round_}
        key = ptdraw.next_key(key, round_, rules, reveals) if round_ else ptdraw.first_key(
            ptdraw.transcript(rules, fixed, reveals)
        )  # fmt: skip
        need = need_of(story, name, rules, round_, seated)
        per_org: dict[str, int] = {}
        for id_ in seated:
            org = next(one.org for one in pool if one.id == id_)
            per_org[org] = per_org.get(org, 0) + 1
        order = [one["code"] for one in rules["strata"]]
        seats = ptdraw.select(key, need, pool, order, barred, per_org, rules["max_per_org"])
        assert isinstance(seats, tuple)
        seated |= {seat.id: seat.stratum for seat in seats}
        barred |= {seat.id for seat in seats}
    return [seat.as_json() for seat in seats]


def need_of(story: Story, name: str, rules: Mapping[str, Any], round_: int, seated: dict[str, str]) -> dict[str, int]:
    """What is to be seated in a round; the refused lose their seats."""
    if round_ == 0:
        return {one["code"]: one["n"] for one in rules["strata"]}
    need: dict[str, int] = {}
    for one in of_draw(story, name, "expert.refused"):
        if one["after_round"] == round_ - 1:
            stratum = seated.pop(one["id"])
            need[stratum] = need.get(stratum, 0) + 1
    return need


def result(story: Story, name: str, number: int, changes: Mapping[str, Any]) -> Sequence[str]:
    """``draw.result`` of a round; returns who was drawn."""
    selected = drawn(story, name, number)
    story.tell("draw.result", "system", {"draw": name, "round": number, "selected": selected} | changes)
    return [one["id"] for one in selected]


def pool_bytes(pool: Sequence[Candidate]) -> bytes:
    """A pool as its file has it."""
    return b"".join(canonical(one) + b"\n" for one in sorted(leaves(pool), key=lambda one: one["id"]))


def leaves(pool: Sequence[Candidate]) -> list[dict[str, Any]]:
    """The leaves as they are kept."""
    return [
        {"id": one.id, "strata": list(one.strata), "org": one.org, "name_commit": one.name_commit, "w": one.weight}
        for one in pool
    ]
