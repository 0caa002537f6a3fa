"""What the persons of a replay type 回放填报内容: the file's figures, and plain words for all it does not tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from trading.beijing import at, law_date
from trading.codelists import Category, District, EvaluationMethod, FailureGround, FilingAnswer, ProjectType
from trading.experts.committee import Opinion
from trading.replay.auctions import Auction, Offer
from trading.replay.people import SPECIALTY, account_number
from trading.rules.r07_notice import Medium
from trading.web.fields import Upload

CENT = Decimal("0.01")
BOND_SHARE, BOND_MOST = Decimal("0.01"), Decimal(500_000)
SEATS = 5
VALIDITY_DAYS, DURATION_DAYS = 90, 180
QUALITY, CONTACT = "合格", "回放项目单位 推定联系人"
DICE = "31415926535897932384"
AS_RECORDED = "原记录："
NOTHING: dict[str, Any] = {}


def paper(name: str) -> Upload:
    """A file that stands for one the source does not hold."""
    return Upload(f"{name}.txt", f"{name}（历史回放推定）\n".encode(), "text/plain")


def project(auction: Auction, now: datetime) -> dict[str, Any]:
    """The project of an auction, with its one lot."""
    control = auction.control
    return {
        "name": auction.title, "type": ProjectType.WORKS, "district": District.XINLING,
        "description": auction.details, "investment_code": f"{now.year}-422823-48-01-{auction.id}"[:64],
        "approval_number": f"推定〔{now.year}〕{auction.id}号", "approval_organ": "推定审批机关",
        "approval_date": law_date(now) - timedelta(days=30), "estimate_total": control, "state_controlled": True,
        "public_share": Decimal(100), "funding_source": "财政资金（推定）", "funds_in_place": True,
        "contractor_prefinancing": False,
        "lots": [{
            "title": auction.title, "scope": auction.details or auction.title, "category": Category.CONSTRUCTION,
            "estimate": control,
        }],
    }  # fmt: skip


def registration() -> dict[str, Any]:
    """What is handed in for registration."""
    return {"approval": [paper("立项批复")], "funds": [paper("资金证明")]}


def bond(auction: Auction) -> Decimal:
    """The bond that is assumed: one per cent of the control price, well under the cap."""
    return min((auction.control * BOND_SHARE).quantize(CENT), BOND_MOST)


def terms(auction: Auction, today: date) -> dict[str, Any]:
    """What the tender documents say: the ceiling is the control price."""
    return {
        "budget": auction.control, "ceiling": auction.control, "minimum_price": None, "base_prices": 0,
        "bond": bond(auction),
        "performance_bond_percent": Decimal(5), "bid_validity_days": VALIDITY_DAYS,
        "qualification": "具备相应施工资质（推定）", "consortium_allowed": False, "duration_days": DURATION_DAYS,
        "quality": QUALITY, "place": "推定建设地点", "evaluation_method": EvaluationMethod.LOWEST_EVALUATED_PRICE,
        "factors": [], "rejection_clauses": "招标投标法实施条例第五十一条所列情形", "payment_days": 30,
        "payment_terms": "按进度支付（推定）", "objection_contact": CONTACT, "standard_text": True,
        "competition_reviewer": "推定审查人", "competition_reviewed_on": today,
        "competition_verdict": "未发现排除、限制竞争的内容（推定）", "object_clear": True, "candidates_count": 3,
        "tender_document": [paper("招标文件")], "drawings": [], "contract_draft": [paper("合同草案")],
    }  # fmt: skip


def answer() -> dict[str, Any]:
    """The supervisor's answer to the filing."""
    return {"answer": FilingAnswer.NO_ISSUE, "reason": None}


def announcement(deadline: datetime, documents_until: datetime) -> dict[str, Any]:
    """What the notice needs beyond the record."""
    return {
        "bid_deadline": deadline, "documents_until": documents_until, "place": "推定开标室", "contact": CONTACT,
        "media": [Medium.NATIONAL, Medium.COUNTY], "together": [],
    }  # fmt: skip


def plan(day: date) -> dict[str, Any]:
    """The committee: five experts of one specialty."""
    return {
        "committee_size": SEATS, "strata": [{"specialty": SPECIALTY, "number": SEATS}], "representatives": [],
        "evaluation_at": at(day, 14), "beacon_at": None,
    }  # fmt: skip


def bank_lines(auction: Auction, code: str, paid_at: datetime) -> dict[str, Any]:
    """One line of the deposit account for each bidder."""
    return {
        "lines": [
            {
                "reference": f"{code}/{offer.number}", "payer_name": offer.bidder,
                "payer_account": account_number(offer), "amount": bond(auction), "paid_at": paid_at, "remark": code,
            }
            for offer in auction.offers
        ]
    }  # fmt: skip


def bid(offer: Offer) -> dict[str, Any]:
    """A bid: the price of the file, the rest as the documents ask."""
    return {
        "total": offer.total, "duration_days": DURATION_DAYS, "quality": QUALITY, "manager": "推定项目经理",
        "manager_certificate": f"推定证书{offer.number}", "files": [paper("投标文件")],
    }  # fmt: skip


def officers(accounts: Iterable[str]) -> dict[str, Any]:
    """Each officer is a group of one: all are needed."""
    rows = [{"group": number, "threshold": 1, "officer": one} for number, one in enumerate(accounts, 1)]
    return {"officers": rows}


def dice() -> dict[str, Any]:
    """The public number."""
    return {"dice": DICE}


def sheet(bids: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A member's sheet over (bid id, recorded reason of rejection, or "")."""
    rows = [
        {
            "bid": id_, "passed": not rejected, "reason": f"{AS_RECORDED}{rejected}"[:500] if rejected else None,
            "adjustment": None, "adjustment_reason": None,
        }
        for id_, rejected in bids
    ]  # fmt: skip
    return {"reviews": rows, "points": [], "time_short": False}


def letter(bid_id: str, due: datetime) -> dict[str, Any]:
    """What the committee asks of a price that the rules flag."""
    return {"bid": bid_id, "question": "请书面说明报价的构成（推定）", "due_at": due}


def explanation() -> dict[str, Any]:
    """What the bidder is taken to have answered."""
    return {"answer": "附成本测算说明（推定）", "files": []}


def judgement() -> dict[str, Any]:
    """What the committee is taken to have thought of it."""
    return {"accepted": True, "reason": "评标委员会认可（推定）"}


def report() -> dict[str, Any]:
    """What the chair adds to the report; the reasons stand for those that the record does not hold."""
    return {
        "competition_reason": "有效投标不足三个，但报价低于最高投标限价，仍具有竞争性，评标继续进行（推定）",
        "fatal_defect": False,
    }


def signature() -> dict[str, Any]:
    """A member's signature."""
    return {"opinion": Opinion.AGREE, "text": None}


def examination() -> dict[str, Any]:
    """The owner's examination of the report."""
    return {
        "criteria_followed": True, "objective_scores_equal": True, "low_price_studied": True,
        "no_random_rejection": True, "remarks": None, "days": None, "objection_channel": None,
    }  # fmt: skip


def confirmation() -> dict[str, Any]:
    """The first candidate wins."""
    return {"rank": None, "ground": None, "explanation": None}


def failure(ground: FailureGround, cause: str | None = None) -> dict[str, Any]:
    """A failed tender."""
    return {"ground": ground, "cause": cause, "remedy": None}
