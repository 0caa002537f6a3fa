"""R09 保证金: two per cent and the cap, the basic account, no shared payer, refunds with interest on the clock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.cases import FAILED, NOT_APPLICABLE, PASSED, UNKNOWN, a_case, ask, condition, moment, rows, untold
from trading.codelists import BondForm, Category, FilingAnswer, ProjectType
from trading.rules.case import BidFacts, BondFacts, DisclosureFacts
from trading.rules.r09_deposit import RULE
from trading.steps import Step

RETURNED = {"step": Step.ANSWER_FILING, "filing": {"answer": FilingAnswer.RECTIFY}}
SIGNED = {"signed_on": date(2026, 5, 6)}
ASKED = {"terms": {"bond": Decimal(100_000)}, "method": {"mandatory": True}}
VALIDITY = {"terms": {"bid_validity_days": 90}, "notice": {"bid_deadline": moment("2026-03-22 09:30")}}
STANDING = BidFacts("b1")


def bond(amount: str | None, estimate: str | None = "5000000", category: Category = Category.CONSTRUCTION) -> dict:
    return {
        "terms": {"bond": None if amount is None else Decimal(amount)},
        "lot": {"category": category, "estimate": None if estimate is None else Decimal(estimate)},
    }


def paid(bidder: str = "b1", amount: str = "100000", form: BondForm = BondForm.TRANSFER, **facts: object) -> BondFacts:
    given = {"payer_account": f"account of {bidder}", "from_basic_account": True, **facts}
    return BondFacts(bidder, form, Decimal(amount), **given)


def held(*bonds: BondFacts, bid: BidFacts = STANDING, **groups: object) -> dict:
    return {**ASKED, "bonds": bonds, "bids": (bid,), **groups}


def refunded(at: str | None, now: str = "2026-05-11 12:00", interest: bool | None = True, **facts: object) -> dict:
    one = paid(refunded_at=at and moment(at), interest_paid=interest, **facts)
    return {"bonds": (one,), "contract": SIGNED, "now": moment(now)}


GUARANTEE = paid(form=BondForm.GUARANTEE, from_basic_account=None, valid_until=date(2026, 6, 20))


def bought(*bonds: BondFacts, bond: str | None = "100000", bids: tuple[BidFacts, ...] = (STANDING,)) -> dict:
    asked = {"bond": None if bond is None else Decimal(bond)}
    return {"project": {"type": ProjectType.GP}, "terms": asked, "bonds": bonds, "bids": bids}


def budgeted(type_: ProjectType, bond: str, budget: str | None = "5000000") -> dict:
    lot = {"budget": None if budget is None else Decimal(budget)}
    return {"project": {"type": type_}, "terms": {"bond": Decimal(bond)}, "lot": lot}


def bought_refund(bidder: str, refunded: str | None) -> dict:
    """A procurement told on Wednesday 2026-04-01 that ``w`` won, its contract signed on 2026-05-06."""
    one = paid(bidder, refunded_at=refunded and moment(refunded))
    award = {"winner": "w", "notified_at": moment("2026-04-01 09:00")}
    return {
        "project": {"type": ProjectType.GP}, "bonds": (one,), "award": award, "contract": SIGNED,
        "now": moment("2026-04-08"),
    }  # fmt: skip


def delayed(refunded: str | None, charge: str | None, rate: str | None = "0.036", due: str = "2026-04-01") -> dict:
    """A million yuan to be back before the first instant of ``due``: each day late costs 120 yuan at 3.6 per cent."""
    one = paid(
        amount="1000000", refund_due_at=moment(due), refunded_at=refunded and moment(refunded),
        benchmark_rate=rate and Decimal(rate), late_charge_paid=charge and Decimal(charge),
    )  # fmt: skip
    return {"project": {"type": ProjectType.GP}, "bonds": (one,), "now": moment("2026-04-02")}


def deposited(
    type_: ProjectType, deposit: str | None, *bonds: BondFacts, price: str | None = "1000000", **more
) -> dict:
    now = moment(more.pop("now", "2026-04-01"))
    amount = None if price is None else Decimal(price)
    asked = DisclosureFacts(starting_price=amount, deposit=None if deposit is None else Decimal(deposit), **more)
    return {
        "project": {"type": type_}, "disclosure": asked, "disposal": {"reserve": amount}, "bonds": bonds, "now": now,
        "bidding": {"winner": "w"},
    }  # fmt: skip


ENDED = {"trade_ended_on": date(2026, 3, 2), "winners_deposit_is_earnest": True}
LAND, VILLAGE, STATE = ProjectType.LAND, ProjectType.RURAL, ProjectType.SOE
IN_TIME, LATE = paid(refunded_at=moment("2026-03-09 17:00")), paid(refunded_at=moment("2026-03-10"))

TABLES = {
    "R09.C1": [
        (bond("100000"), PASSED),
        (bond("100001"), FAILED),
        (bond("100000.01"), FAILED),
        (bond("99999.99"), PASSED),
        (bond("1000000", "50000000"), PASSED),
        (bond(None), UNKNOWN),
        (bond("100000", None), UNKNOWN),
        (bond("0"), NOT_APPLICABLE),
        (RETURNED, NOT_APPLICABLE),
        (budgeted(ProjectType.GP, "100000"), PASSED),
        (budgeted(ProjectType.GP, "100000.01"), FAILED),
        (budgeted(ProjectType.GPN, "99999.99"), PASSED),
        (budgeted(ProjectType.GPN, "100000.01"), FAILED),
        (budgeted(ProjectType.GP, "100000", None), UNKNOWN),
        ({"project": {"type": ProjectType.RURAL}}, NOT_APPLICABLE),
    ],
    "R09.C2": [
        (bond("1000000", "50000000"), FAILED),
        (bond("800000", "50000000"), PASSED),
        (bond("800000.01", "50000000"), FAILED),
        (bond("799999.99", "50000000"), PASSED),
        (bond("800000", "50000000", Category.GOODS), PASSED),
        (bond("800000.01", "50000000", Category.GOODS), FAILED),
        (bond("100000", "50000000", Category.SERVICES), PASSED),
        (bond("100000.01", "50000000", Category.SERVICES), FAILED),
        (bond(None), UNKNOWN),
        (bond("0"), NOT_APPLICABLE),
        (RETURNED, NOT_APPLICABLE),
    ],
    "R09.C3": [
        (held(paid()), PASSED),
        (held(paid(amount="99999.99")), FAILED),
        (held(paid(amount="100000.01")), PASSED),
        (held(paid(amount="60000"), paid(amount="40000")), PASSED),
        (held(paid(from_basic_account=False)), FAILED),
        (held(paid(from_basic_account=False), paid()), PASSED),
        (held(paid(from_basic_account=None)), UNKNOWN),
        (held(paid(form=BondForm.INSURANCE, from_basic_account=None)), PASSED),
        (held(), FAILED),
        (held(paid("b2")), FAILED),
        (held(paid(from_basic_account=False), bid=BidFacts("b1", rejected_clause="bond")), NOT_APPLICABLE),
        (held(paid(), method={"mandatory": False}), NOT_APPLICABLE),
        (held(paid(), method={}), UNKNOWN),
        (held(paid(), terms={"bond": Decimal(0)}), NOT_APPLICABLE),
        (held(paid(), terms={}), UNKNOWN),
        ({**ASKED, "bonds": (paid(),)}, NOT_APPLICABLE),
    ],
    "R09.C4": [
        (bought(paid(cash=False)), PASSED),
        (bought(paid(cash=True)), FAILED),
        (bought(), FAILED),
        (bought(paid("b2", cash=False)), FAILED),
        (bought(bids=(BidFacts("b1", rejected_clause="no_bond"),)), NOT_APPLICABLE),
        (bought(paid()), UNKNOWN),
        (bought(bond=None), UNKNOWN),
        (bought(bond="0"), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R09.C5": [
        ({"deposits": {"guarantees_accepted": True}}, PASSED),
        ({"deposits": {"guarantees_accepted": False}}, FAILED),
        ({}, UNKNOWN),
        ({"project": {"type": LAND}}, NOT_APPLICABLE),
    ],
    "R09.C6": [
        ({"bonds": (paid("b1"), paid("b2"))}, PASSED),
        ({"bonds": (paid("b1"), paid("b1"))}, PASSED),
        ({"bonds": (paid("b1", payer_account="x"), paid("b2", payer_account="x"))}, FAILED),
        ({"bonds": (paid("b1"), paid("b2", payer_account=None))}, UNKNOWN),
        ({"bonds": (GUARANTEE,)}, NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R09.C7": [
        ({**VALIDITY, "bonds": (GUARANTEE,)}, PASSED),
        ({**VALIDITY, "bonds": (paid(form=BondForm.GUARANTEE, valid_until=date(2026, 6, 19)),)}, FAILED),
        ({**VALIDITY, "bonds": (paid(form=BondForm.INSURANCE, valid_until=date(2026, 6, 21)),)}, PASSED),
        ({**VALIDITY, "bonds": (paid(form=BondForm.GUARANTEE),)}, UNKNOWN),
        ({**VALIDITY, "terms": {}, "bonds": (GUARANTEE,)}, UNKNOWN),
        ({**VALIDITY, "notice": {}, "bonds": (GUARANTEE,)}, UNKNOWN),
        ({**VALIDITY, "bonds": (paid(),)}, NOT_APPLICABLE),
    ],
    "R09.C8": [
        (refunded("2026-05-11 23:59:59"), PASSED),
        (refunded("2026-05-12"), FAILED),
        (refunded("2026-05-08"), PASSED),
        (refunded(None), PASSED),
        (refunded(None, now="2026-05-12"), FAILED),
        (refunded("2026-05-11", interest=False), FAILED),
        (refunded("2026-05-11", interest=None), UNKNOWN),
        (refunded("2026-03-20", refund_due_at=moment("2026-03-20")), FAILED),
        (refunded("2026-03-19 23:59:59", refund_due_at=moment("2026-03-20")), PASSED),
        (refunded(None, now="2026-05-12", forfeited_ground="refused_contract"), NOT_APPLICABLE),
        ({"bonds": (paid(),), "contract": {"signed_on": date(2026, 12, 30)}}, UNKNOWN),
        ({"bonds": (paid(),)}, NOT_APPLICABLE),
        ({"bonds": (GUARANTEE,), "contract": SIGNED}, NOT_APPLICABLE),
        (bought_refund("b1", "2026-04-09"), PASSED),
        (bought_refund("b1", "2026-04-10"), FAILED),
        (bought_refund("b1", None), PASSED),
        (bought_refund("w", "2026-05-12"), PASSED),
        (bought_refund("w", "2026-05-13"), FAILED),
        ({"project": {"type": LAND}}, NOT_APPLICABLE),
    ],
    "R09.C9": [
        (delayed("2026-04-01", "120"), PASSED),
        (delayed("2026-04-01", "119.99"), FAILED),
        (delayed("2026-04-01", "120.01"), PASSED),
        (delayed("2026-04-02", "120"), FAILED),
        (delayed(None, "240"), PASSED),
        (delayed("2026-04-01", None), UNKNOWN),
        (delayed("2026-04-01", "120", None), UNKNOWN),
        (delayed("2026-03-31 23:59:59", None), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R09.C10": [
        ({"bonds": (paid(forfeited_ground="refused_contract"),)}, PASSED),
        ({"bonds": (paid(forfeited_ground="withdrawn_late"),)}, PASSED),
        ({"bonds": (paid(forfeited_ground="came late to the opening"),)}, FAILED),
        ({"bonds": (paid(forfeited_ground="false_material"),)}, FAILED),
        ({"bonds": (paid(forfeited_ground="false_material"),), "project": {"type": ProjectType.GPN}}, PASSED),
        ({"bonds": (paid(forfeited_ground="false_material"),), "project": {"type": ProjectType.GP}}, FAILED),
        ({"bonds": (paid(),)}, NOT_APPLICABLE),
        ({"project": {"type": None}}, UNKNOWN),
    ],
    "R09.C11": [
        ({"opening": {"payers_sealed": True}}, PASSED),
        ({"opening": {"payers_sealed": False}}, FAILED),
        ({}, UNKNOWN),
    ],
    "R09.C12": [
        (deposited(LAND, "200000"), PASSED),
        (deposited(LAND, "199999.99"), FAILED),
        (deposited(LAND, "200000.01"), PASSED),
        (deposited(LAND, None), UNKNOWN),
        (deposited(LAND, "200000", price=None), UNKNOWN),
        (deposited(LAND, "200000", IN_TIME, **ENDED), PASSED),
        (deposited(LAND, "200000", LATE, **ENDED), FAILED),
        (deposited(LAND, "200000", paid(), **ENDED), FAILED),
        (deposited(LAND, "200000", paid(), **ENDED, now="2026-03-09"), UNKNOWN),
        (deposited(LAND, "200000", paid("w"), **ENDED), PASSED),
        (deposited(LAND, "200000", paid("w"), trade_ended_on=date(2026, 3, 2)), UNKNOWN),
        (deposited(LAND, "200000", **{**ENDED, "winners_deposit_is_earnest": False}), FAILED),
        ({}, NOT_APPLICABLE),
    ],
    "R09.C13": [
        (deposited(STATE, "300000"), PASSED),
        (deposited(STATE, "300000.01"), FAILED),
        (deposited(VILLAGE, "299999.99"), PASSED),
        (deposited(VILLAGE, "300000.01"), FAILED),
        (deposited(VILLAGE, "300000", IN_TIME, **ENDED), PASSED),
        (deposited(VILLAGE, "300000", LATE, **ENDED), FAILED),
        (deposited(STATE, None), UNKNOWN),
        (deposited(STATE, "300000", price=None), UNKNOWN),
        (deposited(STATE, "0"), NOT_APPLICABLE),
        ({}, NOT_APPLICABLE),
    ],
    "R09.C14": [
        ({"deposits": {"kinds": ("bid", "performance", "quality", "wages")}}, PASSED),
        ({"deposits": {"kinds": ()}}, PASSED),
        ({"deposits": {"kinds": ("bid", "安全生产保证金")}}, FAILED),
        ({}, UNKNOWN),
        ({"project": {"type": LAND}}, NOT_APPLICABLE),
    ],
}


@pytest.mark.parametrize(("id", "facts", "expected"), rows(TABLES))
def test_each_condition_answers_its_table(id, facts, expected):
    assert ask(RULE, id, a_case(**facts)).answer is expected


def test_every_condition_is_seen_to_pass_to_fail_and_not_to_know():
    assert untold(RULE, TABLES) == []


def test_the_next_refund_is_due_five_days_after_the_contract_or_on_its_own_clock():
    refund = condition(RULE, "R09.C8")
    own = paid(refund_due_at=moment("2026-03-20"))
    due = refund.deadline(a_case(bonds=(paid("b2"), own), contract=SIGNED))
    assert due is not None
    assert due.at == moment("2026-03-20")
    due = refund.deadline(a_case(bonds=(paid("b2"),), contract=SIGNED))
    assert due is not None
    assert due.at == moment("2026-05-12")
    assert refund.deadline(a_case(bonds=(paid(refunded_at=moment("2026-05-07")),), contract=SIGNED)) is None
    assert refund.deadline(a_case(bonds=(paid(),))) is None


def test_the_deposits_of_those_who_did_not_win_are_due_while_one_waits():
    refund = condition(RULE, "R09.C12")
    due = refund.deadline(a_case(**deposited(LAND, "200000", paid(), **ENDED)))
    assert due is not None
    assert due.at == moment("2026-03-10")
    assert refund.deadline(a_case(**deposited(LAND, "200000", IN_TIME, **ENDED))) is None


@pytest.mark.parametrize(("type_", "answer"), [(STATE, FAILED), (VILLAGE, PASSED)])
def test_state_assets_have_a_limit_of_their_own(type_, answer):
    case = a_case(**deposited(type_, "250000"))
    case.values = {"soe_deposit_max_rate": Decimal("0.20"), "asset_deposit_max_rate": Decimal("0.30")}
    assert ask(RULE, "R09.C13", case).answer is answer
