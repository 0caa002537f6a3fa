"""The method that follows from type, category and amount (R04 table; vector V21)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trading.codelists import Category, Mark, Method, ProjectType
from trading.methods import METHODS
from trading.methods.grounds import GROUNDS, INVITED_WORKS, NO_TENDER
from trading.methods.profiles import PROFILES
from trading.methods.proposal import Decider, propose, refuses, runs

VALUES = {
    "mandatory_tender_construction": Decimal(4_000_000),
    "mandatory_tender_goods": Decimal(2_000_000),
    "mandatory_tender_services": Decimal(1_000_000),
    "gp_open_tender_threshold": Decimal(4_000_000),
}
WORKS = ProjectType.WORKS


@pytest.mark.parametrize(
    ("category", "estimate", "mandatory"),
    [
        (Category.CONSTRUCTION, "3999900", False),
        (Category.CONSTRUCTION, "3999999.99", False),
        (Category.CONSTRUCTION, "4000000", True),
        (Category.CONSTRUCTION, "4000000.01", True),
        (Category.GOODS, "1999999.99", False),
        (Category.GOODS, "2000000", True),
        (Category.SERVICES, "999999.99", False),
        (Category.SERVICES, "1000000", True),
    ],
)
def test_works_must_be_tendered_from_the_threshold_on(category: Category, estimate: str, mandatory: bool) -> None:
    proposal = propose(WORKS, category, Decimal(estimate), True, VALUES)
    assert proposal.mandatory is mandatory
    assert proposal.method is Method.OPEN_TENDER
    assert refuses(proposal, Method.OPEN_TENDER) is None


def test_the_reason_names_the_threshold_in_both_languages() -> None:
    proposal = propose(WORKS, Category.CONSTRUCTION, Decimal(4_000_000), True, VALUES)
    assert "400万元" in proposal.reason_zh
    assert "4,000,000 yuan" in proposal.reason_en
    assert ("ZTBT 8", Mark.CHECKED) in proposal.sources


def test_works_outside_the_scope_need_no_tender_however_large() -> None:
    assert not propose(WORKS, Category.CONSTRUCTION, Decimal(9_000_000), False, VALUES, in_scope=False).mandatory


def test_state_controlled_works_are_invited_only_on_a_statutory_ground_decided_by_the_authority() -> None:
    proposal = propose(WORKS, Category.CONSTRUCTION, Decimal(4_000_000), True, VALUES)
    invited = next(item for item in proposal.allowed if item.method is Method.INVITED_TENDER)
    assert invited.grounds == INVITED_WORKS
    assert invited.decided_by is Decider.PROJECT_AUTHORITY
    assert refuses(proposal, Method.INVITED_TENDER, "few_bidders") is None
    assert refuses(proposal, Method.INVITED_TENDER, "patent").code == "ground_missing"
    assert refuses(proposal, Method.INVITED_TENDER).code == "ground_missing"


def test_other_mandatory_works_may_be_invited_without_a_ground() -> None:
    proposal = propose(WORKS, Category.CONSTRUCTION, Decimal(4_000_000), False, VALUES)
    assert refuses(proposal, Method.INVITED_TENDER) is None


@pytest.mark.parametrize("method", [Method.AUCTION, Method.LISTING, Method.NET_BIDDING, Method.PUBLIC_LEASE])
def test_a_disposal_method_is_refused_for_works(method: Method) -> None:
    proposal = propose(WORKS, Category.CONSTRUCTION, Decimal(4_000_000), True, VALUES)
    assert refuses(proposal, method).code == "method_not_allowed"


def test_consultation_and_negotiation_are_refused_for_mandatory_works_and_open_below() -> None:
    above = propose(WORKS, Category.CONSTRUCTION, Decimal(4_000_000), True, VALUES)
    below = propose(WORKS, Category.CONSTRUCTION, Decimal("3999999.99"), True, VALUES)
    for method, ground in (
        (Method.CONSULTATION, "consultation_small_works"),
        (Method.NEGOTIATION, "works_not_tendered"),
    ):
        assert refuses(above, method, ground).code == "method_not_allowed"
        assert refuses(below, method, ground) is None


@pytest.mark.parametrize(
    ("project_type", "estimate", "method", "decider"),
    [
        (ProjectType.GPN, "3999999.99", Method.CONSULTATION, Decider.OWNER),
        (ProjectType.GPN, "4000000", Method.OPEN_TENDER, Decider.FINANCE),
        (ProjectType.GP, "3999999.99", Method.OPEN_TENDER, Decider.OWNER),
        (ProjectType.GP, "4000000", Method.OPEN_TENDER, Decider.FINANCE),
    ],
)
def test_procurement_changes_at_its_threshold(
    project_type: ProjectType, estimate: str, method: Method, decider: Decider
) -> None:
    proposal = propose(project_type, Category.GOODS, Decimal(estimate), True, VALUES)
    assert proposal.method is method
    assert {item.decided_by for item in proposal.allowed if item.method is Method.NEGOTIATION} == {decider}


@pytest.mark.parametrize("project_type", list(ProjectType))
@pytest.mark.parametrize("method", list(Method))
def test_a_combination_runs_where_its_profile_has_the_method_and_is_refused_with_a_sentence_elsewhere(
    project_type: ProjectType, method: Method
) -> None:
    refusal = runs(project_type, method)
    if PROFILES[project_type].takes(method) and METHODS[method].running:
        assert refusal is None
    else:
        assert refusal is not None and refusal.zh.endswith("。") and refusal.en.endswith(".")


@pytest.mark.parametrize("project_type", list(ProjectType))
def test_the_proposed_method_stands_in_its_own_table(project_type: ProjectType) -> None:
    proposal = propose(project_type, Category.GOODS, Decimal(5_000_000), True, VALUES)
    assert proposal.method in {item.method for item in proposal.allowed}
    assert proposal.reason_zh and proposal.reason_en and proposal.sources


def test_every_method_of_the_codelist_has_its_file() -> None:
    assert set(METHODS) == set(Method)


def test_the_statutory_grounds_are_as_many_as_the_law_has() -> None:
    assert len(INVITED_WORKS) == 2
    assert [ground.source for ground in NO_TENDER] == ["ZTB 66", *(f"ZTBT 9({item})" for item in range(1, 6))]
    assert all(ground.zh and ground.en for ground in GROUNDS.values())
    assert len(GROUNDS) == 2 + 6 + 2 + (4 + 1) + 3 + 1 + 1 + 5
