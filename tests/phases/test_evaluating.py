"""The evaluation 评标: each member alone, exact figures, rejections by vote, ties by a draw anyone repeats."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import Trade, client_as, send_form
from tests.phases.draws import committee, passing, room, scored, seated, standing
from trading.beijing import beijing
from trading.codelists import Role, Status
from trading.database import db
from trading.experts.draw import tie_break
from trading.models import Bid, Evaluation, EvaluationExtension, LedgerEntry, Member, Message

REPORT = {"fatal_defect": False}
SIGN = {"opinion": "agree"}
FACTORS = [
    {"code": "P", "title": "投标报价", "kind": "price", "points": "60"},
    {"code": "T", "title": "施工组织设计", "kind": "subjective", "points": "30", "intervals": "0-30"},
    {"code": "R", "title": "类似业绩", "kind": "objective", "points": "10", "intervals": "每项2分"},
]
COMPREHENSIVE = {"terms": {"evaluation_method": "comprehensive", "factors": FACTORS}}


def sign_all(trade: Trade, **opinions: dict[str, Any]) -> None:
    """Every member signs."""
    for login in committee(trade):
        trade.step(login, "sign-report", opinions.get(login, SIGN))


def bids_by_bidder(trade: Trade) -> dict[str, Bid]:
    """The lot's bids by the bidder's login."""
    with trade.app.app_context():
        logins = {trade.people[login].organization_id: login for login in trade.bidders}
        return {logins[bid.organization_id]: bid for bid in db.session.scalars(select(Bid)).unique()}


def ranks(trade: Trade) -> dict[str, int | None]:
    """The rank of each bidder."""
    return {login: bid.rank for login, bid in bids_by_bidder(trade).items()}


def conditions(answer: dict[str, Any]) -> set[str]:
    """The conditions that stood in the way."""
    return {one["id"] for one in answer["conditions"] if one["answer"] != "passed"}


def test_the_lowest_evaluated_price_goes_from_sheets_to_the_report(app: Flask) -> None:
    trade = seated(app)
    chair, *others = committee(trade)
    for login in committee(trade):
        dearer = {"adjustment": "150000", "adjustment_reason": "工期较长，按招标文件第三章调整"}
        trade.step(login, "score", passing(trade, login, bidder1=dearer if login != chair else {}))
    drafted = trade.step(chair, "draft-report", REPORT)
    assert ranks(trade) == {"bidder1": 2, "bidder2": 1, "bidder3": 3}
    first = bids_by_bidder(trade)["bidder1"]
    assert first.evaluated_price == Decimal("4820000.00") and first.total == Decimal("4700000.00")
    trade.step(chair, "submit-report", status=422)
    sign_all(trade, **{others[0]: {"opinion": "dissent", "text": "调整幅度偏大"}, others[1]: {"opinion": "refuse"}})
    trade.step(chair, "submit-report")
    with app.app_context():
        lot, report = trade.lot(), db.session.scalars(select(Evaluation)).one()
        assert lot.status is Status.EVALUATED and lot.evaluated_at == report.submitted_at == trade.clock.now()
        assert report.digest == drafted["facts"]["digest"] and len(report.candidates) == 3
        opinions = {one.opinion for one in db.session.scalars(select(Member))}
        assert opinions == {"agree", "dissent"}
        entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "evaluation.report")).one()
        assert json.loads(entry.body) == {"digest": report.digest, "candidates": 3}


def test_nobody_sees_the_sheet_of_another(app: Flask) -> None:
    trade = seated(app)
    one, two, *_others = committee(trade)
    secret = "只有我知道的理由"
    trade.step(one, "score", passing(trade, one, bidder1={"reason": secret}))
    for login, user in trade.people.items():
        if login == one:
            continue
        browser = client_as(app, user)
        for page in ("", "/score", "/evaluation", "/draft-report", "/sign-report"):
            assert secret not in browser.get(f"/lots/{trade.code}{page}").text, (login, page)
        assert secret not in browser.get(f"/api/v1/lots/{trade.code}/evaluation").text
    assert room(trade, two)["own_sheet"] is None and room(trade, two)["sheets"] == 1
    assert secret in client_as(app, trade.people[one]).get(f"/lots/{trade.code}/score").text
    with app.app_context():
        chain = db.session.scalars(select(LedgerEntry.body).where(LedgerEntry.chain == trade.code)).all()
        assert not [body for body in chain if secret in (body or "")]


def test_only_members_enter_and_only_the_chair_reports(app: Flask) -> None:
    trade = seated(app)
    chair, member, *_others = committee(trade)
    stranger = next(f"expert{n}" for n in range(1, 31) if f"expert{n}" not in committee(trade))
    for who in (stranger, "owner", "centre", "supervisor"):
        trade.step(who, "score", {"reviews": []}, 403)
        assert client_as(app, trade.people[who]).get(f"/lots/{trade.code}/evaluation").status_code in (403, 404)
    trade.step(chair, "draft-report", REPORT, 422)
    for login in committee(trade):
        trade.step(login, "score", passing(trade, login))
    trade.step(member, "draft-report", REPORT, 403)
    trade.step(member, "sign-report", SIGN, 422)
    trade.step(chair, "draft-report", REPORT)
    trade.step(member, "sign-report", {"opinion": "dissent"}, 400)
    trade.step(member, "sign-report", SIGN)
    trade.step(member, "sign-report", SIGN, 422)
    trade.step(member, "score", passing(trade, member), 422)
    trade.step(chair, "draft-report", REPORT, 422)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda rows: rows[:-1], "reviews"),
        (lambda rows: [*rows, rows[0]], "reviews"),
        (lambda rows: [{**rows[0], "bid": "0" * 20}, *rows[1:]], "reviews"),
        (lambda rows: [{**rows[0], "passed": False}, *rows[1:]], "reviews"),
        (lambda rows: [{**rows[0], "adjustment": "-5"}, *rows[1:]], "reviews"),
    ],
)
def test_a_sheet_covers_every_bid_once_and_gives_its_reasons(app: Flask, change: Any, field: str) -> None:
    trade = seated(app)
    chair = committee(trade)[0]
    answer = trade.step(chair, "score", {"reviews": change(passing(trade, chair)["reviews"])}, 400)
    assert list(answer["fields"]) == [field]


def test_a_bid_that_most_members_fail_is_rejected_and_the_rest_need_an_argument(app: Flask) -> None:
    trade = seated(app)
    chair, *_others = committee(trade)
    failing = {"passed": False, "reason": "未响应工期要求"}
    for number, login in enumerate(committee(trade)):
        trade.step(login, "score", passing(trade, login, **({"bidder1": failing} if number < 3 else {})))
    rejected = bids_by_bidder(trade)["bidder1"]
    assert (rejected.rejected_clause, rejected.rejected_votes) == ("not_responsive", "3:2")
    warned = trade.step(chair, "draft-report", REPORT)
    assert "R12.C8" in conditions(warned)
    argued = trade.step(chair, "draft-report", REPORT | {"competition_reason": "两家报价均低于限价且充分竞争"})
    assert "R12.C8" not in conditions(argued)
    assert ranks(trade) == {"bidder1": None, "bidder2": 1, "bidder3": 2}
    trade.step(chair, "score", passing(trade, chair) | {"reviews": [
        {"bid": bid["id"], "passed": True} for bid in room(trade, chair)["bids"]]})  # fmt: skip
    assert bids_by_bidder(trade)["bidder1"].rejected_clause is None


def test_a_motion_is_carried_by_more_than_half_of_all_members(app: Flask) -> None:
    trade = seated(app)
    one, two, three, four, five = committee(trade)
    bid = standing(trade, one)[0]["id"]
    trade.step(one, "reject-bid", {"bid": bid, "clause": "taste", "reason": "不喜欢"}, 400)
    motion = trade.step(one, "reject-bid", {"bid": bid, "clause": "unlawful_acts", "reason": "与他人串通"})
    path = f"vote-rejection/{motion['facts']['motion']}"
    trade.step(one, path, {"in_favour": True}, 422)
    trade.step("owner", path, {"in_favour": True}, 403)
    trade.step(two, path, {"in_favour": False})
    trade.step(three, path, {"in_favour": True})
    assert len(standing(trade, one)) == 3
    trade.step(four, path, {"in_favour": True})
    trade.step(five, path, {"in_favour": True}, 422)
    left = standing(trade, one)
    assert len(left) == 2 and bid not in {item["id"] for item in left}
    with app.app_context():
        kept = db.session.get_one(Bid, bid)
        assert (kept.rejected_clause, kept.rejected_reason) == ("unlawful_acts", "与他人串通")
        assert kept.rejected_votes == "3:1"


def test_a_motion_without_majority_leaves_the_bid_standing_and_an_open_one_holds_the_report(app: Flask) -> None:
    trade = scored(app)
    one, two, three, four, _five = committee(trade)
    bid = standing(trade, one)[0]["id"]
    motion = trade.step(two, "reject-bid", {"bid": bid, "clause": "not_qualified", "reason": "资质不符"})
    trade.step(one, "draft-report", REPORT, 422)
    path = f"vote-rejection/{motion['facts']['motion']}"
    for login in (one, three, four):
        trade.step(login, path, {"in_favour": False})
    assert len(standing(trade, one)) == 3
    trade.step(one, "draft-report", REPORT)


def test_when_every_bid_is_rejected_the_report_says_so_and_the_owner_fails_the_lot(app: Flask) -> None:
    trade = seated(app)
    failing = {"passed": False, "reason": "未实质性响应"}
    for login in committee(trade):
        trade.step(login, "score", passing(trade, login, bidder1=failing, bidder2=failing, bidder3=failing))
    answer = trade.step(committee(trade)[0], "draft-report", REPORT, 422)
    assert answer["reason"] == "no_effective_bids"
    trade.step("owner", "fail", {"ground": "all_rejected", "cause": "全部投标被否决", "remedy": "调整资格条件"})
    with app.app_context():
        assert trade.lot().status is Status.FAILED


def test_equal_bids_are_put_in_order_by_a_draw_that_anyone_repeats(app: Flask) -> None:
    trade = scored(app, totals=["4800000", "4800000", "4900000", "4800000"])
    trade.step(committee(trade)[0], "draft-report", REPORT)
    with app.app_context():
        report = db.session.scalars(select(Evaluation)).one()
        closed = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "tender.closed")).one()
        seed = [trade.code.encode(), bytes.fromhex(json.loads(closed.body)["bids_root"]), closed.leaf]
        assert report.tie_break is not None and report.tie_break["seed"] == [part.hex() for part in seed]
        tied = [bid.envelope for login, bid in bids_by_bidder(trade).items() if login != "bidder3"]
        assert report.tie_break["places"][0]["order"] == tie_break(seed, tied)
        assert [line["envelope"] for line in report.ranking[:3]] == tie_break(seed, tied)
    assert sorted(ranks(trade).values()) == [1, 2, 3, 4] and ranks(trade)["bidder3"] == 4


def points(trade: Trade, who: str, given: dict[str, dict[str, str]]) -> dict[str, Any]:
    """A comprehensive sheet: points by bidder and factor."""
    ids = {bid.id: login for login, bid in bids_by_bidder(trade).items()}
    rows = [
        {"bid": bid["id"], "factor": code, "points": number}
        for bid in standing(trade, who)
        for code, number in given[ids[bid["id"]]].items()
    ]
    return {"points": rows, "time_short": False}


def test_a_comprehensive_evaluation_gives_what_a_hand_gives(app: Flask) -> None:
    """Price 60 x 4.70/4.80 = 58.75 and 60 x 4.70/4.90 = 57.551…; five members, one of whom gives 26 instead of 24."""
    trade = seated(app, **COMPREHENSIVE)
    chair, *_others = committee(trade)
    trade.step(chair, "score", passing(trade, chair), 400)
    for login in committee(trade):
        mine = "26" if login == chair else "24"
        given = {"bidder1": {"T": "20", "R": "8"}, "bidder2": {"T": mine, "R": "8"}, "bidder3": {"T": "25", "R": "8"}}
        too_many = {bidder: row | {"R": "10.01"} for bidder, row in given.items()}
        assert "points" in trade.step(login, "score", points(trade, login, too_many), 400)["fields"]
        foreign = {bidder: row | {"P": "60"} for bidder, row in given.items()}
        trade.step(login, "score", points(trade, login, foreign), 400)
        trade.step(login, "score", points(trade, login, given))
    answer = trade.step(chair, "draft-report", REPORT)
    assert "R12.C11" not in conditions(answer)
    assert ranks(trade) == {"bidder2": 1, "bidder3": 2, "bidder1": 3}
    scores = {login: bid.score for login, bid in bids_by_bidder(trade).items()}
    assert scores == {"bidder1": "88.00", "bidder2": "91.15", "bidder3": "90.55"}


def scored_by_points(app: Flask, **by_login: dict[str, str]) -> Trade:
    """A comprehensive lot scored by all; ``by_login`` are the points that one member gives bidder1."""
    trade = seated(app, **COMPREHENSIVE)
    same = {"T": "20", "R": "8"}
    for place, login in enumerate(committee(trade)):
        first = by_login.get("chair" if place == 0 else f"member{place}", same)
        trade.step(login, "score", points(trade, login, {"bidder1": first, "bidder2": same, "bidder3": same}))
    return trade


def test_disagreement_on_an_objective_factor_holds_the_report_until_all_are_equal(app: Flask) -> None:
    trade = scored_by_points(app, chair={"T": "20", "R": "6"})
    chair = committee(trade)[0]
    refused = trade.step(chair, "draft-report", REPORT, 422)
    assert refused["reason"] == "objective_scores_differ" and "第1建设有限公司 R" in refused["message"]
    assert "6" not in refused["message"], "nobody's points are told"
    with app.app_context():
        subjects = db.session.scalars(select(Message.subject_zh).where(Message.user_id.is_not(None))).all()
    assert subjects.count("客观因素评分不一致") == 5
    same = {"T": "20", "R": "8"}
    trade.step(chair, "score", points(trade, chair, {"bidder1": same, "bidder2": same, "bidder3": same}))
    trade.step(chair, "draft-report", REPORT)


def test_an_opinion_far_off_the_others_is_to_be_explained_in_writing(app: Flask) -> None:
    trade = scored_by_points(app, member1={"T": "5", "R": "8"})
    chair, odd, *others = committee(trade)
    with app.app_context():
        told = [one.user_id for one in db.session.scalars(select(Message)) if one.subject_zh == "请书面说明评分理由"]
    assert told == [trade.people[odd].id], "the member alone learns of it"
    assert "R12.C11" in conditions(trade.step(chair, "draft-report", REPORT))
    flags = room(trade, others[0])["report"]["flags"]
    assert [flag["kind"] for flag in flags] == ["subjective"] and "member" not in flags[0] and "5" not in flags[0]["zh"]
    again = points(trade, odd, {"bidder1": {"T": "5", "R": "8"}, "bidder2": {"T": "20", "R": "8"},
                                "bidder3": {"T": "20", "R": "8"}})  # fmt: skip
    for row in again["points"]:
        row["reason"] = "施工方案缺少关键节点" if row["points"] == "5" else None
    trade.step(odd, "score", again)
    assert "R12.C11" not in conditions(trade.step(chair, "draft-report", REPORT))


def test_points_of_an_objective_factor_are_one_of_its_published_intervals(app: Flask) -> None:
    trade = seated(app, **COMPREHENSIVE)
    chair = committee(trade)[0]
    given = {f"bidder{number}": {"T": "20", "R": "7"} for number in (1, 2, 3)}
    wrong = trade.step(chair, "score", points(trade, chair, given), 400)
    assert "0, 2, 4, 6, 8, 10" in str(wrong["fields"])
    missing = points(trade, chair, given)["points"][:-1]
    trade.step(chair, "score", {"points": missing}, 400)
    assert room(trade, chair)["own_sheet"] is None, "nothing was kept"


def test_a_bid_above_the_ceiling_is_out_before_the_committee_sits(app: Flask) -> None:
    trade = scored(app, totals=["5000000.01", "5000000", "4900000", "4800000"])
    chair = committee(trade)[0]
    assert len(standing(trade, chair)) == 3
    trade.step(chair, "draft-report", REPORT)
    assert ranks(trade) == {"bidder1": None, "bidder2": 3, "bidder3": 2, "bidder4": 1}


def test_more_than_a_third_who_need_time_hold_the_report_until_the_end_is_moved(app: Flask) -> None:
    trade = scored(app)
    chair, one, two, *_others = committee(trade)
    trade.step(chair, "score", passing(trade, chair) | {"time_short": True})
    trade.step(chair, "draft-report", REPORT)
    until = beijing(trade.clock.now() + timedelta(days=1)).replace(tzinfo=None).isoformat()
    later = {"ends_at": until, "reason": "技术文件篇幅大"}
    assert trade.step(chair, "extend-evaluation", later, 422)["reason"] == "few_ask", "one of five is no third"
    trade.step(one, "ask-more-time")
    assert trade.step(one, "ask-more-time", status=422)["reason"] == "asked"
    assert room(trade, two)["time_asked"] == 2
    assert "R12.C13" in conditions(trade.step(chair, "draft-report", REPORT, 422))
    trade.step(one, "extend-evaluation", later, 403)
    trade.step(chair, "extend-evaluation", {**later, "ends_at": "2026-03-01T00:00:00"}, 400)
    trade.step(chair, "extend-evaluation", later)
    assert room(trade, two)["time_asked"] == 0 and room(trade, two)["planned_end"].startswith(until[:16])
    trade.step(chair, "draft-report", REPORT)
    with app.app_context():
        kept = db.session.scalars(select(EvaluationExtension)).one()
        assert (kept.asked, kept.members) == (2, 5) and kept.before is not None and kept.before < kept.ends_at


def test_a_fatal_defect_of_the_documents_stops_the_evaluation(app: Flask) -> None:
    trade = scored(app)
    answer = trade.step(committee(trade)[0], "draft-report", {"fatal_defect": True}, 422)
    assert "R12.C19" in conditions(answer)


def test_the_sheet_is_filled_in_on_its_page_row_by_row(app: Flask) -> None:
    trade = seated(app)
    for login in committee(trade):
        browser = client_as(app, trade.people[login])
        page = f"/lots/{trade.code}/score"
        bids = [bid["id"] for bid in standing(trade, login)]
        text = browser.get(page).text
        assert all(f'value="{bid}"' in text for bid in bids) and "第1建设有限公司" in text
        assert "reviews-3-bid" not in text and "points" not in text
        cells = {f"reviews-{number}-bid": bid for number, bid in enumerate(bids)}
        wrong = send_form(browser, page, cells | {"confirmed": "true"})
        assert wrong.status_code == 400 and all(f'value="{bid}"' in wrong.text for bid in bids)
        cells |= {f"reviews-{number}-passed": "true" for number in range(3)}
        check = send_form(browser, page, cells)
        assert check.status_code == 200 and "第1建设有限公司" in check.text
        assert send_form(browser, page, cells | {"confirmed": "true"}).status_code == 303
    chair = client_as(app, trade.people[committee(trade)[0]])
    for step in ("draft-report", "evaluation", "reject-bid"):
        assert chair.get(f"/lots/{trade.code}/{step}").status_code == 200, step
    done = send_form(chair, f"/lots/{trade.code}/draft-report", {"fatal_defect": "false", "confirmed": "true"})
    assert done.status_code == 303, done.text
    for step in ("sign-report", "submit-report", "evaluation"):
        answer = chair.get(f"/lots/{trade.code}/{step}")
        assert answer.status_code == 200 and "4700000" in answer.text, step


def test_names_of_the_committee_are_for_its_members_alone(app: Flask) -> None:
    trade = scored(app)
    chair = committee(trade)[0]
    trade.step(chair, "draft-report", REPORT)
    with app.app_context():
        names = {one.name for one in db.session.scalars(select(Member)) if one.expert_id}
    assert all(name in client_as(app, trade.people[chair]).get(f"/lots/{trade.code}/evaluation").text for name in names)
    for login in ("owner", "centre", "supervisor", "bidder1", "authority", "bank", "administrator"):
        assert trade.people[login].role is not Role.EXPERT
        for page in ("", "/evaluation", "/draw", "/sign-report"):
            text = client_as(app, trade.people[login]).get(f"/lots/{trade.code}{page}").text
            assert not [name for name in names if name in text], (login, page)
