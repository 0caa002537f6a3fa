"""Profiles of types and facts of methods 项目类型档案: what they name exists, and their tables agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from trading import values
from trading.codelists import Course, DocumentKind, EvaluationMethod, Method, NoticeKind, ProjectType, Side
from trading.methods import METHODS
from trading.methods.profiles import PROFILES
from trading.methods.proposal import propose
from trading.phases.filing.project_schemas import PROJECT_SCHEMAS
from trading.phases.filing.projects import PLANS
from trading.phases.filing.schemas import REGISTRATION_SCHEMAS
from trading.workflow.transitions import DISPOSALS, PROCUREMENTS, PURCHASES

BOOK = values.load()
LAW_DAY = date(2026, 3, 2)


def names() -> set[str]:
    """The names of values.toml."""
    return set(BOOK.facts)


@pytest.mark.parametrize("project_type", list(ProjectType))
def test_the_numbers_that_a_profile_names_exist(project_type: ProjectType) -> None:
    profile = PROFILES[project_type]
    bond = profile.bond
    named = {*profile.thresholds, profile.publicity_length, bond.refund, bond.most, bond.least, profile.committee}
    assert named - {None} <= names()


@pytest.mark.parametrize("method", list(Method))
def test_the_periods_that_a_method_names_exist(method: Method) -> None:
    assert METHODS[method].method is method
    assert set(METHODS[method].periods) <= names()


@pytest.mark.parametrize("project_type", list(ProjectType))
def test_every_method_of_a_profile_has_its_row_in_the_table_of_decisions(project_type: ProjectType) -> None:
    profile, in_force = PROFILES[project_type], BOOK.on(LAW_DAY)
    estimates = (Decimal(1_000_000), Decimal(50_000_000))
    rows = {
        one.method
        for category in profile.categories
        for estimate in estimates
        for one in propose(project_type, category, estimate, True, in_force).allowed
    }
    assert rows == set(profile.methods)


@pytest.mark.parametrize("project_type", list(ProjectType))
def test_a_profile_is_whole_and_its_default_is_proposed(project_type: ProjectType) -> None:
    profile = PROFILES[project_type]
    assert profile.type is project_type and profile.zh and profile.en
    assert profile.categories and profile.papers and profile.evaluations and profile.result_papers
    assert len(set(profile.methods)) == len(profile.methods)
    assert not set(profile.papers) & set(profile.further_papers)
    assert (profile.side is Side.SAVING) is project_type.is_purchase
    below = propose(project_type, profile.categories[0], Decimal(100_000), True, BOOK.on(LAW_DAY))
    assert below.method is profile.methods[0]


@pytest.mark.parametrize("project_type", list(ProjectType))
def test_a_type_has_its_form_its_papers_and_its_records(project_type: ProjectType) -> None:
    profile, schema = PROFILES[project_type], PROJECT_SCHEMAS[project_type]()
    assert schema.fields["type"].metadata["kind"] == "hidden"
    row = schema.fields["lots"].inner.schema.fields  # type: ignore[attr-defined]
    assert row["category"].members == profile.categories
    if project_type in DISPOSALS:
        assert schema.fields["method"].members == profile.methods  # type: ignore[attr-defined]
    papers = REGISTRATION_SCHEMAS[project_type]().fields
    assert {name for name, field in papers.items() if field.required} == {kind.value for kind in profile.papers}
    assert set(papers) == {kind.value for kind in (*profile.papers, *profile.further_papers)}
    assert set(PLANS) == set(ProjectType)


def test_purchases_and_disposals_are_all_types_and_procurements_are_purchases() -> None:
    assert set(ProjectType) == PURCHASES | DISPOSALS and not PURCHASES & DISPOSALS
    assert PROCUREMENTS < PURCHASES


@pytest.mark.parametrize("method", list(Method))
def test_the_words_of_a_method_are_there_in_both_languages(method: Method) -> None:
    words = METHODS[method].words
    for name in ("notice", "documents", "party", "offer", "winner", "award", "result"):
        said = getattr(words, name)
        assert said.zh and said.en and said.zh != said.en


def test_live_bidding_is_for_disposals_and_negotiation_for_purchases_and_villages() -> None:
    for profile in PROFILES.values():
        for method in profile.methods:
            course = METHODS[method].course
            assert course is not Course.COMPETITION or profile.side is Side.PREMIUM
            village = profile.type is ProjectType.RURAL
            assert course is not Course.NEGOTIATION or profile.side is Side.SAVING or village


def test_codes_in_profiles_are_codes() -> None:
    for profile in PROFILES.values():
        assert all(isinstance(one, DocumentKind) for one in (*profile.papers, *profile.further_papers))
        assert all(isinstance(one, EvaluationMethod) for one in profile.evaluations)
        assert all(isinstance(one, NoticeKind) for one in profile.result_papers)
