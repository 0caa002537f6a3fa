"""The verifiable draw and the committee 专家抽取与评标委员会: nobody alone fixes it, nobody learns a name too early."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, a_lot, client_as, people
from tests.phases.draws import (
    DICE,
    carry_to_opening,
    close_record,
    committed,
    committee,
    dice,
    diced,
    drawn,
    invited,
    opened,
    plan,
    reveal,
    seated,
)
from trading.codelists import Role, Status
from trading.database import db, transaction
from trading.experts import draw as ptdraw
from trading.experts.draw import Candidate, Fixed
from trading.models import Draw, Expert, Invitation, LedgerEntry, Member, Message, User
from trading.sealing import ptbid

ACCEPT = {"no_conflict": True}


def entries(trade: Trade, prefix: str) -> list[dict[str, Any]]:
    """The bodies of the lot's entries whose kind begins with ``prefix``, with their kind."""
    with trade.app.app_context():
        query = select(LedgerEntry).where(LedgerEntry.chain == trade.code).order_by(LedgerEntry.tseq)
        return [{"kind": one.kind, **json.loads(one.body)} for one in db.session.scalars(query)
                if one.kind.startswith(prefix)]  # fmt: skip


def pool_of(trade: Trade) -> list[Candidate]:
    """The exported pool."""
    with trade.app.app_context():
        leaves = db.session.scalars(select(Draw).order_by(Draw.number.desc())).first().pool
    return [Candidate(one["id"], tuple(one["strata"]), one["org"], one["name_commit"], one["w"]) for one in leaves]


def redrawn(trade: Trade) -> list[list[dict[str, Any]]]:
    """The results as a stranger computes them from the entries and the exported pool alone."""
    told, pool = entries(trade, ""), pool_of(trade)
    one = {entry["kind"]: entry for entry in told}
    rules = {key: value for key, value in one["draw.rules"].items() if key != "kind"}
    assert ptdraw.pool_root(pool) == one["draw.pool"]["pool_root"]
    out = one["draw.exclusions"]
    anchors = {entry["party"]: entry["anchor"] for entry in told if entry["kind"] == "draw.commit"}
    fixed = Fixed(
        one["draw.pool"]["pool_root"], one["draw.pool"]["pool_size"], ptdraw.excl_hash(out["codes"], out["ids"]),
        one["tender.closed"]["bids_root"], anchors, one["draw.dice"]["value"],
    )  # fmt: skip
    barred, seated_ids, key, results = set(out["ids"]), {}, b"", []
    need = {row["code"]: row["n"] for row in rules["strata"]}
    reveals = [entry for entry in told if entry["kind"] == "draw.reveal"]
    before = dict(anchors)
    for number in range(1 + max(entry["round"] for entry in reveals)):
        values = {entry["party"]: entry["value"] for entry in reveals if entry["round"] == number}
        for party, value in values.items():
            assert ptdraw.follows(rules["draw"], party, bytes.fromhex(value), bytes.fromhex(before[party]))
        before = values
        if number == 0:
            key = ptdraw.first_key(ptdraw.transcript(rules, fixed, values))
        else:
            key = ptdraw.next_key(key, number, rules, values)
        orgs = [leaf.org for leaf in pool if leaf.id in seated_ids]
        per_org = {org: orgs.count(org) for org in orgs}
        strata = [row["code"] for row in rules["strata"]]
        given = ptdraw.select(key, need, pool, strata, barred, per_org, rules["max_per_org"])
        results.append([seat.as_json() for seat in given])
        barred |= {seat.id for seat in given}
        seated_ids |= {seat.id: seat.stratum for seat in given}
        need = {}
        for entry in told:
            if entry["kind"] == "expert.refused" and entry["after_round"] == number:
                stratum = seated_ids.pop(entry["id"])
                need[stratum] = need.get(stratum, 0) + 1
    return results


def test_a_stranger_recomputes_the_draw_and_its_replacement_from_the_record(app: Flask) -> None:
    trade = drawn(app)
    first, *others = invited(trade)
    trade.step(first, "refuse-invitation", {"code": "illness"})
    for login in others:
        trade.step(login, "accept-invitation", ACCEPT)
    reveal(trade)
    (substitute,) = invited(trade)
    assert substitute != first
    trade.step(substitute, "accept-invitation", ACCEPT)
    trade.step("centre", "seat-committee")
    assert redrawn(trade) == [one["selected"] for one in entries(trade, "draw.result")]
    kinds = [one["kind"] for one in entries(trade, "") if one["kind"].split(".")[0] in ("draw", "expert", "tender")]
    assert kinds == [
        "tender.published", "draw.rules", "draw.pool", "draw.commit", "draw.commit", "tender.closed",
        "draw.exclusions", "draw.dice", "draw.reveal", "draw.reveal", "draw.result", "expert.refused",
        "expert.accepted", "expert.accepted", "expert.accepted", "draw.reveal", "draw.reveal", "draw.result",
        "expert.accepted",
    ]  # fmt: skip
    with app.app_context():
        assert trade.lot().status is Status.COMMITTEE_READY
        members = db.session.scalars(select(Member)).all()
        assert len(members) == 5 and sum(one.is_chair for one in members) == 1
        assert sum(one.expert_id is None for one in members) == 1


def test_the_chair_is_the_lowest_ticket_of_the_first_specialty(app: Flask) -> None:
    trade = seated(app)
    seats = [seat for seat in entries(trade, "draw.result")[0]["selected"] if seat["stratum"] == "A0104"]
    lowest = min(seats, key=lambda seat: seat["ticket"])["id"]
    with app.app_context():
        invitation = db.session.scalars(select(Invitation).where(Invitation.leaf_id == lowest)).one()
        chair = db.session.scalars(select(Member).where(Member.is_chair)).one()
        assert chair.expert_id == invitation.expert_id


def test_the_parties_values_are_nowhere_on_the_server_until_they_are_revealed(app: Flask) -> None:
    trade = committed(app)
    name = f"{trade.code}/draw-1"
    secrets = {party: trade.hands.secret(name, party) for party in ("centre", "supervisor")}
    with app.app_context():
        draw = db.session.scalars(select(Draw)).one()
        for party, secret in secrets.items():
            assert secret.hex() not in json.dumps(draw.commits) and secret.hex() not in json.dumps(entries(trade, ""))
            assert draw.commits[party]["anchor"] == ptdraw.anchor(name, party, secret).hex()
    folder = app.config["TRADING_KEY_DIR"]
    assert not [one for one in folder.iterdir() if secrets["centre"] in one.read_bytes()]


def test_an_escrow_is_sealed_to_the_lots_officers_and_they_can_open_it(app: Flask) -> None:
    trade = committed(app)
    with app.app_context():
        escrow = db.session.scalars(select(Draw)).one().commits["supervisor"]["escrow"]
        signers = {login: trade.people[login].signer for login in ("officer2", "officer3")}
    shares = {
        one: ptbid.unwrap(escrow["header"], one, trade.hands.identity(one)) for one in signers.values()
    }
    key = ptbid.combine(escrow["header"], shares)
    ciphertext = base64.b64decode(escrow["ciphertext"])
    opened = ptbid.open_envelope(escrow["header"], ciphertext, key, "supervisor")
    assert opened.content == trade.hands.secret(f"{trade.code}/draw-1", "supervisor")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"committee_size": 4, "strata": [{"specialty": "A0104", "number": 3}]}, "committee_size"),
        ({"committee_size": 3, "strata": [{"specialty": "A0104", "number": 2}]}, "committee_size"),
        ({"strata": [{"specialty": "A0104", "number": 3}]}, "committee_size"),
        ({"strata": [{"specialty": "A0104", "number": 3}, {"specialty": "A0104", "number": 1}]}, "strata"),
        ({"representatives": ["nobody"]}, "representatives"),
        ({"evaluation_at": "2026-03-10T15:00:00"}, "evaluation_at"),
    ],
)
def test_a_plan_that_does_not_add_up_is_refused(app: Flask, changed: dict[str, Any], field: str) -> None:
    trade = a_lot(app, people(app))
    assert list(trade.step("owner", "plan-draw", plan(trade, **changed), 400)["fields"]) == [field]


def test_the_parties_act_in_turn_and_only_once(app: Flask) -> None:
    trade = a_lot(app, people(app))
    trade.step("centre", "commit-draw", status=422)
    trade.step("owner", "plan-draw", plan(trade))
    trade.step("owner", "plan-draw", plan(trade), status=422)
    trade.step("supervisor", "commit-draw", status=422)
    trade.step("owner", "commit-draw", status=403)
    trade.step("centre", "commit-draw")
    trade.step("centre2", "commit-draw", status=422)
    trade.step("supervisor", "commit-draw")
    carry_to_opening(trade)
    trade.step("supervisor", "confirm-exclusions", status=422)
    trade.step("owner", "roll-dice", DICE, status=422)
    trade.step("centre", "exclude-experts")
    trade.step("centre", "confirm-exclusions", status=403)
    trade.step("supervisor", "confirm-exclusions")
    trade.step("centre", "exclude-experts", status=422)
    trade.step("centre", "reveal-draw", status=422)
    trade.step("notary", "witness-dice", status=422)
    trade.step("owner", "roll-dice", DICE | {"dice": "1234"}, status=400)
    trade.step("owner", "roll-dice", {"dice": "0" * 20})
    trade.step("owner", "roll-dice", DICE)
    trade.step("notary", "witness-dice")
    trade.step("notary", "witness-dice", status=422)
    trade.step("owner", "roll-dice", DICE, status=422)
    trade.step("bidder5", "witness-dice", status=403)
    trade.step("centre", "witness-dice", status=403)
    trade.step("centre", "reveal-draw", status=422)
    trade.step("bidder2", "witness-dice")
    trade.step("bidder1", "witness-dice", status=422)
    trade.step("supervisor", "reveal-draw", status=422)
    reveal(trade)
    trade.step("centre", "reveal-draw", status=422)
    trade.step("centre", "seat-committee", status=422)


def test_one_person_with_two_accounts_cannot_take_both_sides(app: Flask) -> None:
    trade = a_lot(app, people(app))
    with app.app_context(), transaction(db.session):
        user = db.session.scalars(select(User).where(User.login == "supervisor")).unique().one()
        user.person = trade.people["centre"].person
    trade.step("owner", "plan-draw", plan(trade))
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw", status=422)
    trade.step("supervisor2", "commit-draw")


def test_the_first_draw_is_bound_before_bidding_closes_else_aborted_and_planned_anew(app: Flask) -> None:
    trade = a_lot(app, people(app), Status.OPENED)
    close_record(trade)
    soon = plan(trade)
    trade.step("owner", "plan-draw", soon)
    trade.step("centre", "commit-draw", status=422)
    trade.step("supervisor", "abort-draw", {"reason": "承诺未在截止前提交", "blame": "none"})
    trade.step("owner", "plan-draw", soon)
    for who in ("centre", "supervisor"):
        trade.step(who, "commit-draw")
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    dice(trade)
    reveal(trade)
    for login in invited(trade):
        trade.step(login, "accept-invitation", ACCEPT)
    trade.step("centre", "seat-committee")
    assert [one["draw"] for one in entries(trade, "draw.rules")] == [f"{trade.code}/draw-{n}" for n in (1, 2)]


def test_who_worked_for_a_bidder_or_is_related_to_one_stands_aside(app: Flask) -> None:
    persons = people(app)
    with app.app_context(), transaction(db.session):
        usccs = [persons[f"bidder{n}"].organization.uscc for n in (1, 2, 3)]
        experts = db.session.scalars(select(Expert).order_by(Expert.pool_number)).all()
        experts[0].employer_uscc = usccs[0]
        experts[1].employment_history = [{"uscc": usccs[1], "until": "2024-05-01"}]
        experts[2].employment_history = [{"uscc": usccs[1], "until": "2020-05-01"}]
        experts[3].relatives = [{"uscc": usccs[2]}]
        experts[4].punished = True
        experts[5].active = False
        experts[6].years_in_field = 7
    trade = opened(app)
    assert entries(trade, "draw.pool")[0]["pool_size"] == 27
    leaf = pool_of(trade)[0].id
    trade.step("centre", "exclude-experts", {"added": [{"leaf": "0" * 32, "code": "unknown", "reason": "无"}]}, 400)
    added = {"leaf": leaf, "code": "economic_interest", "reason": "专家本人申报"}
    trade.step("centre", "exclude-experts", {"added": [added]})
    trade.step("supervisor", "confirm-exclusions")
    ids = entries(trade, "draw.exclusions")[0]["ids"]
    others = sorted(code for one, code in ids.items() if one != leaf)
    found = {"bidder_staff", "former_bidder_staff", "near_relative"}
    assert set(others) <= found and len(others) in (2, 3) and leaf in ids
    assert ids[leaf] == "economic_interest" if len(others) == 3 else ids[leaf] in found - set(others)


def test_a_party_that_learns_of_a_conflict_gives_the_seat_back(app: Flask) -> None:
    trade = drawn(app)
    login = invited(trade)[0]
    trade.step(login, "accept-invitation", {"no_conflict": False}, 400)
    trade.step(login, "refuse-invitation", {"code": "no-answer"}, 400)
    trade.step(login, "accept-invitation", ACCEPT)
    trade.step(login, "accept-invitation", ACCEPT, 422)
    trade.step(login, "refuse-invitation", {"code": "conflict"})
    trade.step(login, "accept-invitation", ACCEPT, 403)
    trade.step("centre", "reveal-draw")
    trade.step(invited(trade)[0], "accept-invitation", ACCEPT, 422)
    trade.step("supervisor", "reveal-draw")


def test_the_supervisor_records_a_refusal_by_leaf_with_the_call(app: Flask) -> None:
    trade = drawn(app)
    leaf = entries(trade, "draw.result")[0]["selected"][0]["id"]
    trade.step("supervisor", "refuse-invitation", {"code": "no-answer", "leaf": leaf}, 400)
    trade.step("supervisor", "refuse-invitation", {"code": "no-answer", "leaf": "0" * 32, "call_record": "x"}, 400)
    call = "9:00、9:15 两次拨打无人接听"
    trade.step("supervisor", "refuse-invitation", {"code": "no-answer", "leaf": leaf, "call_record": call})
    assert entries(trade, "expert.refused")[0]["id"] == leaf


def test_nobody_else_can_answer_for_an_expert(app: Flask) -> None:
    trade = drawn(app)
    stranger = next(f"expert{n}" for n in range(1, 31) if f"expert{n}" not in invited(trade))
    trade.step(stranger, "accept-invitation", ACCEPT, 403)
    trade.step("centre", "refuse-invitation", {"code": "absence"}, 403)


def test_a_shortage_ends_the_draw_without_a_partial_result(app: Flask) -> None:
    persons = people(app)
    with app.app_context(), transaction(db.session):
        for expert in db.session.scalars(select(Expert).order_by(Expert.pool_number)).all()[5:]:
            expert.active = False
        first = db.session.scalars(select(Expert).order_by(Expert.pool_number)).all()[:2]
        for expert in first:
            expert.employer_uscc = persons["bidder1"].organization.uscc
    trade = diced(app)
    reveal(trade)
    short = entries(trade, "draw.shortage")[0]
    assert (short["stratum"], short["need"], short["got"]) == ("A0201", 1, 0)
    assert not entries(trade, "draw.result") and invited(trade) == []
    trade.step("centre", "reveal-draw", status=422)
    trade.step("owner", "plan-draw", plan(trade), 422)


def test_who_refused_in_an_aborted_draw_is_out_of_the_next(app: Flask) -> None:
    trade = drawn(app)
    login = invited(trade)[0]
    trade.step(login, "refuse-invitation", {"code": "illness"})
    trade.step("supervisor", "abort-draw", {"reason": "系统演练", "blame": "centre"})
    trade.step("owner", "plan-draw", plan(trade))
    for who in ("centre", "supervisor"):
        trade.step(who, "commit-draw")
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    assert list(entries(trade, "draw.exclusions")[-1]["ids"].values()) == ["refused_before"]


def test_a_draw_too_long_before_the_evaluation_is_refused(app: Flask) -> None:
    trade = a_lot(app, people(app))
    late = (trade.deadline() + timedelta(days=3)).isoformat()
    trade.step("owner", "plan-draw", plan(trade, evaluation_at=late))
    for who in ("centre", "supervisor"):
        trade.step(who, "commit-draw")
    carry_to_opening(trade)
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    dice(trade)
    wrong = trade.step("centre", "reveal-draw", status=422)
    assert "R11.C10" in {one["id"] for one in wrong["conditions"]}


PAGES = ("", "/draw", "/evaluation", "/exclude-experts", "/refuse-invitation", "/reveal-draw", "/seat-committee",
         "/abort-draw", "/documents", "/accept-invitation")  # fmt: skip


@pytest.mark.parametrize("stage", [drawn, seated])
def test_no_name_of_an_expert_is_shown_to_anybody_but_the_committee(app: Flask, stage: Any) -> None:
    trade = stage(app)
    members = committee(trade) if stage is seated else invited(trade)
    with app.app_context():
        names = {one.name for one in db.session.scalars(select(Expert))}
        codes = {one.employer_uscc for one in db.session.scalars(select(Expert))}
        told = db.session.scalars(select(Message)).all()
    seen = {}
    for login, user in trade.people.items():
        if login in members:
            continue
        own = user.name if user.role is Role.EXPERT else "\0"
        browser = client_as(app, user)
        for page in (*PAGES, "/my-work"):
            answer = browser.get(page if page == "/my-work" else f"/lots/{trade.code}{page}")
            seen[login, page] = answer.status_code
            text = answer.text.replace(own, "")
            leaked = [word for word in names | codes if word in text]
            assert not leaked, (login, page, leaked)
        for page in ("draw", "evaluation"):
            text = browser.get(f"/api/v1/lots/{trade.code}/{page}").text.replace(own, "")
            assert not [word for word in names | codes if word in text], (login, page)
    assert seen["centre", "/draw"] == seen["supervisor", "/draw"] == seen["owner", "/draw"] == 200
    assert seen["bidder1", "/draw"] == 403 and seen["owner", "/evaluation"] in (403, 404)
    assert not [one for one in told if any(name in one.text_zh for name in names)]
    chain = json.dumps(entries(trade, ""), ensure_ascii=False)
    assert not [word for word in names | codes if word in chain]


def test_every_page_of_the_draw_opens_for_whose_turn_it_is(app: Flask) -> None:
    trade = a_lot(app, people(app))
    page = client_as(app, trade.people["owner"]).get(f"/lots/{trade.code}/plan-draw")
    assert page.status_code == 200 and trade.people["owner2"].id in page.text
    trade.step("owner", "plan-draw", plan(trade))
    for who in ("centre", "supervisor"):
        assert client_as(app, trade.people[who]).get(f"/lots/{trade.code}/commit-draw").status_code == 200
        trade.step(who, "commit-draw")
    carry_to_opening(trade)
    turns = [("centre", "exclude-experts", {}), ("supervisor", "confirm-exclusions", {}), ("owner", "roll-dice", DICE),
             ("notary", "witness-dice", {}), ("bidder3", "witness-dice", {}), ("centre", "reveal-draw", {}),
             ("supervisor", "reveal-draw", {})]  # fmt: skip
    for who, step, body in turns:
        answer = client_as(app, trade.people[who]).get(f"/lots/{trade.code}/{step}")
        assert answer.status_code == 200, (step, answer.text[-500:])
        trade.step(who, step, body)
    login = invited(trade)[0]
    for who, step in ((login, "accept-invitation"), (login, "refuse-invitation"), ("supervisor", "refuse-invitation"),
                      ("supervisor", "abort-draw"), ("centre", "seat-committee"), ("centre", "draw")):  # fmt: skip
        assert client_as(app, trade.people[who]).get(f"/lots/{trade.code}/{step}").status_code == 200, step
