"""The draws of the honest story 诚实抽取: one aborted, one whole with a replacement; results are recomputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.evidence.scene import CENTRE, CODE, NOTARY, STRATA, SUPERVISOR, Story, seed
from trading.experts import draw as ptdraw
from trading.experts.draw import Candidate, Fixed
from trading.ledger.canonical import canonical


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
