"""Lots of the variants of a tender 招标方式素材: from a fixed method to the archive, by JSON, as every person."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.builders import STAGES, Trade, a_lot, bank_line, client_as, offer, people
from tests.phases import draws
from tests.phases.papers import paper
from tools import verify
from trading.beijing import law_date
from trading.codelists import ProjectType, Status
from trading.database import db
from trading.models import (
    WHOLE_BID,
    BankLine,
    Bid,
    Contract,
    Examiner,
    Invitation,
    Lot,
    Member,
    Organization,
    Preliminary,
    TenderTerms,
    User,
)
from trading.sealing.contents import Attachment

DICE = "27182818284590452353"
CHECKED = {
    "criteria_followed": True, "objective_scores_equal": True, "low_price_studied": True, "no_random_rejection": True,
}  # fmt: skip


def uscc(trade: Trade, login: str) -> str:
    """The credit code of a person's organisation."""
    with trade.app.app_context():
        return db.session.get_one(Organization, trade.people[login].organization_id).uscc


def usccs(trade: Trade, *numbers: int) -> list[str]:
    """The credit codes of bidder1, bidder2 …"""
    return [uscc(trade, f"bidder{number}") for number in numbers]


def fixed(app: Flask, **what: Any) -> Trade:
    """A works lot whose method, an open tender, is fixed."""
    return a_lot(app, people(app), Status.METHOD_FIXED, **what)


def to_invite(app: Flask, **what: Any) -> Trade:
    """A works lot for which an invited tender was approved."""
    trade = a_lot(app, people(app), Status.FILED, **what)
    wanted = {
        "method": "invited_tender", "ground": "few_bidders", "reasons": "深基坑，仅少数单位具备条件",
        "evidence": [paper("evidence.pdf")],
    }  # fmt: skip
    trade.step("owner", "apply-for-exception", wanted)
    decided = {"approved": True, "number": "巴发改〔2026〕30号", "reasons": "情形属实"}
    trade.step("authority", "decide-exception", decided)
    told = {"reasons": "深基坑，仅少数单位具备条件", "basis": "招标投标法实施条例第八条第一项"}
    trade.step("owner", "publish-reasons", told)
    return trade


def name_invitees(trade: Trade, *numbers: int) -> None:
    """The owner names whom it invites."""
    trade.step("owner", "name-invitees", {"suppliers": usccs(trade, *numbers), "reasons": "均具备相应资质和业绩"})


def round_notice(now: datetime, **changed: Any) -> dict[str, Any]:
    """A lawful notice of a prequalification or first stage: six days of sale, applications six days later."""
    day = law_date(now)
    return {
        "requirements": "水利水电工程施工总承包三级及以上", "sale_ends_at": f"{day + timedelta(days=7)}T17:00:00",
        "until": f"{day + timedelta(days=14)}T09:30:00", "contact": "张工 0718-4221111",
        "media": ["national", "county"], "documents": [paper("round.pdf")],
    } | changed  # fmt: skip


def closed_round(trade: Trade, step: str, numbers: tuple[int, ...], **stated: Any) -> None:
    """Bidders of these numbers hand in by ``step``; the deadline passes and the round is closed."""
    trade.clock.advance(timedelta(days=6))
    for number in numbers:
        trade.step(f"bidder{number}", step, {"files": [paper(f"application{number}.pdf")]} | stated)
    with trade.app.app_context():
        until = db.session.scalars(select(Preliminary.until)).one()
    trade.clock.set(until)
    trade.step("owner", "close-preliminary")


def examiners(trade: Trade, **changed: Any) -> list[str]:
    """Four experts drawn and one of the owner's; their logins."""
    asked = {
        "representatives": [trade.people["owner2"].id], "experts": 4, "specialties": ["A0104"], "dice": DICE,
    } | changed  # fmt: skip
    trade.step("owner", "seat-examiners", asked)
    with trade.app.app_context():
        query = select(User.login).join(Examiner, Examiner.user_id == User.id).order_by(User.login)
        return list(db.session.scalars(query))


def examined(trade: Trade, failing: tuple[int, ...] = ()) -> None:
    """Every examiner hands in his findings; those of ``failing`` do not pass."""
    for login in examiners(trade):
        answer = client_as(trade.app, trade.people[login]).get(f"/api/v1/lots/{trade.code}/applications")
        assert answer.status_code == 200, answer.text
        rows = []
        for one in answer.get_json()["applications"]:
            out = any(one["applicant"] == f"第{number}建设有限公司" for number in failing)
            rows.append({"application": one["id"], "passed": not out, "reason": "资质不符" if out else None})
        trade.step(login, "examine-applications", {"findings": rows})


def prequalified(trade: Trade, numbers: tuple[int, ...] = (1, 2, 3, 4), failing: tuple[int, ...] = (4,)) -> None:
    """A prequalification from its notice to its results."""
    trade.step("owner", "announce-prequalification", round_notice(trade.clock.now()))
    closed_round(trade, "apply-for-prequalification", numbers)
    examined(trade, failing)
    trade.step("owner", "conclude-prequalification")


def first_stage(trade: Trade, numbers: tuple[int, ...] = (1, 2, 3)) -> None:
    """A first stage from its notice to the revised documents."""
    trade.step("owner", "announce-first-stage", round_notice(trade.clock.now()))
    closed_round(trade, "propose-technically", numbers, states_price=False)
    revised = {"revision": "管材统一为球墨铸铁管", "tender_document": [paper("stage2.pdf")]}
    trade.step("owner", "conclude-first-stage", revised)


def publish(trade: Trade, **what: Any) -> None:
    """The tender notice."""
    STAGES[Status.PUBLISHED](trade, what)


def committed(trade: Trade, **planned: Any) -> None:
    """A draw that is planned, with these changed answers, and committed to."""
    trade.step("owner", "plan-draw", draws.plan(trade, **planned))
    trade.step("centre", "commit-draw")
    trade.step("supervisor", "commit-draw")


def bond_of(trade: Trade) -> str:
    """The bond that the documents ask for."""
    with trade.app.app_context():
        query = select(TenderTerms.bond).join(Lot, Lot.id == TenderTerms.lot_id).where(Lot.code == trade.code)
        return str(db.session.scalars(query).one())


def handed_in(trade: Trade, offers: dict[str, dict[str, Any]], *, two: bool = False) -> None:
    """Bonds and sealed bids of ``offers`` (login to changed answers)."""
    now, bond = trade.clock.now(), bond_of(trade)
    lines = [bank_line(int(login[-1]), trade.code, now, amount=bond) for login in offers]
    trade.step("bank", "receive-bank-lines", {"lines": lines})
    for login, changed in offers.items():
        if two:
            trade.step(login, "submit-bid", {"part": "tech", "files": [Attachment("plan.pdf", b"%PDF-1.7 plan")]})
        trade.step(login, "submit-bid", offer(**{"total": "4700000"} | changed))
    trade.bidders = tuple(offers)


def opened(trade: Trade, offers: dict[str, dict[str, Any]], *, two: bool = False, **planned: Any) -> None:
    """From a published lot to one whose opening record is final, with a draw committed to."""
    committed(trade, **planned)
    trade.clock.advance(timedelta(days=6))
    handed_in(trade, offers, two=two)
    trade.clock.set(trade.deadline())
    trade.tick()
    STAGES[Status.OPENED](trade, {"terms": {"two_envelopes": two}})
    draws.close_record(trade)


def checks(trade: Trade, *failing: int) -> dict[str, Any]:
    """The buyer's check: everybody is qualified, but for these bidders."""
    names = {f"第{number}建设有限公司" for number in failing}
    with trade.app.app_context():
        query = select(Bid).where(Bid.lot_id == trade.lot().id, WHOLE_BID, Bid.rejected_clause.is_(None))
        rows = [(one.id, one.organization.name in names) for one in db.session.scalars(query.order_by(Bid.envelope))]
    return {"checks": [{"bid": id_, "qualified": not out, "reason": "无许可证" if out else None} for id_, out in rows]}


def drawn(trade: Trade, witness: str = "bidder1") -> None:
    """From an opened lot to a seated committee."""
    trade.step("centre", "exclude-experts")
    trade.step("supervisor", "confirm-exclusions")
    trade.step("owner", "roll-dice", draws.DICE)
    trade.step("notary", "witness-dice")
    trade.step(witness, "witness-dice")
    draws.reveal(trade)
    for login in invited(trade):
        trade.step(login, "accept-invitation", {"no_conflict": True})
    trade.step("centre", "seat-committee")


def invited(trade: Trade) -> list[str]:
    """The logins of the experts of this lot whose answer is awaited."""
    with trade.app.app_context():
        query = (
            select(User.login)
            .join(Invitation, Invitation.expert_id == User.expert_id)
            .where(Invitation.lot_id == trade.lot().id, Invitation.accepted_at.is_(None))
            .order_by(User.login)
        )
        return list(db.session.scalars(query))


def committee(trade: Trade) -> list[str]:
    """The logins of the members of this lot's committee, the chair first."""
    with trade.app.app_context():
        query = select(User.login).join(Member, Member.user_id == User.id).where(Member.lot_id == trade.lot().id)
        return list(db.session.scalars(query.order_by(Member.is_chair.desc(), User.login)))


def evaluated(trade: Trade) -> None:
    """Every member passes every bid; the report is handed in."""
    members = committee(trade)
    for login in members:
        trade.step(login, "score", draws.passing(trade, login))
    trade.step(members[0], "draft-report", {"fatal_defect": False, "competition_reason": None})
    for login in members:
        trade.step(login, "sign-report", {"opinion": "agree"})
    trade.step(members[0], "submit-report")


def publicized(trade: Trade) -> None:
    """The candidates' publicity, run out."""
    trade.clock.advance(timedelta(hours=20))
    board = {"village_board_on": str(law_date(trade.clock.now()))} if trade.type is ProjectType.RURAL else {}
    trade.step("owner", "publicize", CHECKED | board)
    with trade.app.app_context():
        until = trade.lot().publicity_until
    assert until is not None
    trade.clock.set(until + timedelta(hours=9))
    trade.step("supervisor", "record-compliance", {"remarks": "未发现问题"})


def awarded(trade: Trade) -> None:
    """The winner fixed and told."""
    publicized(trade)
    trade.step("owner", "confirm")
    trade.step("owner", "award")
    trade.step("owner", "report-result")


def drafted(trade: Trade, price: str) -> None:
    """The contract as the owner drafts it."""
    trade.clock.advance(timedelta(days=5))
    with trade.app.app_context():
        scope = trade.lot().scope
    works = {"payment_guarantee": True} if trade.type is ProjectType.WORKS else {}
    contract = {
        "number": f"BDHT-{trade.code}", "price": price, "duration_days": 170, "quality": "合格", "manager": "赵经理",
        "scope": scope, "performance_bond": "235000", "retention_percent": "3", "payment_days": 30,
        **works,
    }  # fmt: skip
    trade.step("owner", "draft-contract", contract)


def contract_digest(trade: Trade) -> str:
    """The fingerprint of the contract."""
    with trade.app.app_context():
        return db.session.scalars(select(Contract.digest).where(Contract.lot_id == trade.lot().id)).one()


def contracted(trade: Trade, price: str, winner: str) -> None:
    """The contract drafted, signed and filed."""
    drafted(trade, price)
    trade.step(winner, "sign-contract", {"digest": contract_digest(trade), "agreed": True})
    trade.step("owner", "file-contract", {"contract": [paper("signed.pdf")]})


def archived(trade: Trade) -> None:
    """Bonds back, works accepted and rated, the lot archived."""
    with trade.app.app_context():
        lines = list(db.session.scalars(select(BankLine.id).where(BankLine.lot_id == trade.lot().id)))
    for line in lines:
        trade.step("centre", f"refund-bond/{line}", {})
    trade.clock.advance(timedelta(days=100))
    today = str(law_date(trade.clock.now()))
    accepted = {
        "accepted_on": today, "filed_on": today, "qualified": True, "result": "合格", "settlement": "4700000",
        "participants": "建设、施工、监理单位", "document": [paper("acceptance.pdf")],
    }  # fmt: skip
    trade.step("owner", "accept-works", accepted)
    marks = {"quality": 90, "schedule": 88, "safety": 92, "payment_of_workers": 95, "remarks": "按合同履约"}
    trade.step("owner", "rate-performance", marks)
    assert trade.step("centre", "archive")["status"] == "archived"


def walked(trade: Trade, offers: dict[str, dict[str, Any]]) -> None:
    """From a published lot to the archive; the first offer wins."""
    opened(trade, offers)
    drawn(trade, next(iter(offers)))
    evaluated(trade)
    awarded(trade)
    winner, offered = next(iter(offers.items()))
    contracted(trade, offered.get("total", "4700000"), winner)
    archived(trade)


def verified(trade: Trade, tmp_path: Path) -> int:
    """The answer of the stand-alone verifier about the lot's evidence file, with the keys of the installation."""
    answer = client_as(trade.app, trade.people["oversight"]).get(f"/lots/{trade.code}/evidence.zip")
    assert answer.status_code == 200, answer.text
    path, keeper = tmp_path / "evidence.zip", trade.app.extensions["tools"].keeper
    path.write_bytes(answer.data)
    witness = [word for key in keeper.witness_keys for word in ("--witness-key", str(key))]
    return verify.main([str(path), "--log-key", str(keeper.key.verifier), *witness])


