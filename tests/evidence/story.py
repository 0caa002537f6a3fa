"""An honest lot told event by event 诚实标段: people with keys, sealed bids, two draws, an award."""

from __future__ import annotations

from typing import Any

from tests.evidence.scene import (
    CENTRE,
    CODE,
    GENERATED,
    MINUTE,
    OTHER,
    ROLES,
    SUPERVISOR,
    Story,
    Town,
    seed,
)
from tests.evidence.story_draws import begin_draw, draw_twice
from trading.experts import draw as ptdraw
from trading.ledger.entries import microseconds
from trading.sealing import ptbid
from trading.sealing.contents import Attachment, Place
from trading.sealing.ptbid import SealedBid


def told(end: str = "awarded", replaced: bool = True) -> Story:
    """The whole story.

    Args:
        end: ``awarded``, or ``failed`` for one that ends with too few bids, unopened.
        replaced: two keys are revoked and registered anew before anything is signed with them.
    """
    story = Story(Town.new())
    register(story, replaced)
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


def register(story: Story, replaced: bool) -> None:
    """Everybody's keys; one key replaced by its owner, one revoked by the supervisor, one of a stranger."""
    for person, role in ROLES.items():
        story.tell("key.registered", person, registration(story.town, person, role), person, chain="@log")
        story.tell("pad", "system", {}, chain="@log")
    for officer in GENERATED:
        recipient = str(story.town.officers[officer].to_public())
        story.tell("officer.key", officer, {"id": officer, "recipient": recipient}, officer, chain="@log")
    for person, by in (("bidder-2", "bidder-2"), ("bidder-3", SUPERVISOR)) if replaced else ():
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
