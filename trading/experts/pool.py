"""The pool read for one lot 专家库抽取名册: who may be drawn, the leaves without names, who must stand aside."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Code, Role
from trading.experts import eligibility
from trading.experts.draw import Candidate
from trading.experts.eligibility import Declaration, Employment, Ineligibility, Need, RecusalGround
from trading.ledger.canonical import canonical, digest
from trading.models import WHOLE_BID, Affiliation, Bid, Entrustment, Expert, Lot, Organization

BODIES = (Role.SUPERVISOR, Role.AUTHORITY, Role.CENTRE)


class ExclusionCode(Code):
    """The closed list of codes under which a leaf is excluded after the opening (R11.C9)."""

    NEAR_RELATIVE = "near_relative", "投标人或者其主要负责人的近亲属", "Near relative of a bidder or its main officer"
    BIDDER_STAFF = "bidder_staff", "投标人或者其关联单位的人员", "Employed by a bidder or an affiliate"
    FORMER_BIDDER_STAFF = "former_bidder_staff", "三年内曾在投标人处工作", "Worked for a bidder within three years"
    ECONOMIC_INTEREST = "economic_interest", "与投标人有经济利益关系", "Economic interest with a bidder"
    AUTHORITY_STAFF = "authority_staff", "项目主管部门或者行政监督部门的人员", "Staff of a supervising department"
    OWNER_STAFF = "owner_staff", "招标人或者招标代理机构的人员", "Staff of the owner or its agency"
    PREPARED_DOCUMENTS = "prepared_documents", "参与过招标文件的编制", "Took part in preparing the documents"
    PUNISHED = "punished", "因招标投标违法行为受过处罚", "Punished for acts in tendering"
    REFUSED_BEFORE = "refused_before", "在本标段此前的抽取中已拒绝或者回避", "Refused in an earlier draw of this lot"
    STRUCK_OFF = "struck_off", "已被暂停或者移出专家库", "Suspended or struck off the pool"
    UNKNOWN = "unknown", "回避情形无法核查", "Recusal cannot be checked"


def facts_of(expert: Expert, on: date) -> eligibility.Expert:
    """The facts of one expert on the law day ``on``.

    The pool's extract gives past employers as ``{"uscc", "until"}`` (ISO day or null) and relatives as ``{"uscc"}``,
    the organisation whose main officer the relative is.
    """
    declared = [Declaration(RecusalGround.NEAR_RELATIVE, row["uscc"]) for row in expert.relatives]
    if expert.authority_staff:
        declared.append(Declaration(RecusalGround.AUTHORITY_STAFF))
    history = tuple(
        Employment(row["uscc"], date.fromisoformat(row["until"]) if row.get("until") else None)
        for row in expert.employment_history
    )
    return eligibility.Expert(
        id=expert.id,
        employer_uscc=expert.employer_uscc or None,
        specialties=tuple(expert.specialties),
        years_in_field=expert.years_in_field,
        senior_title=expert.senior_title,
        active=expert.active,
        suspended=expert.suspended_until is not None and expert.suspended_until >= on,
        punished=expert.punished,
        employment_history=history,
        declarations=tuple(declared),
    )


def need_of(session: Session, lot: Lot, on: date) -> Need:
    """What the lot asks of its experts; the bidders are part of it only once the bids are opened."""
    agencies = session.scalars(
        select(Organization.uscc)
        .join(Entrustment, Entrustment.agency_id == Organization.id)
        .where(Entrustment.project_id == lot.project_id, Entrustment.ended_at.is_(None))
    )
    bodies = session.scalars(select(Organization.uscc).where(Organization.kind.in_(BODIES)))
    need = Need(
        on=on,
        specialty=None,
        owner_side=frozenset({lot.project.owner.uscc, *agencies}),
        authorities=frozenset(bodies),
    )
    return need if lot.opened_at is None else replace(need, bidders=_bidders(session, lot))


def _bidders(session: Session, lot: Lot) -> frozenset[str]:
    """The bidders and their declared affiliates, rejected ones included."""
    ids = session.scalars(select(Bid.organization_id).where(Bid.lot_id == lot.id, WHOLE_BID)).all()
    codes = session.scalars(select(Organization.uscc).where(Organization.id.in_(ids)))
    related = session.scalars(select(Affiliation.related_uscc).where(Affiliation.organization_id.in_(ids)))
    return frozenset({*codes, *related})


def eligible(session: Session, strata: Sequence[str], need: Need) -> list[Expert]:
    """The experts who hold one of the specialties ``strata`` and may be drawn, as far as is known now (R11.C8, C9)."""
    experts = session.scalars(select(Expert).where(Expert.active.is_(True)).order_by(Expert.pool_number))
    return [
        one
        for one in experts
        if set(strata) & set(one.specialties) and not eligibility.ineligibility(facts_of(one, need.on), need)
    ]


def build_leaves(experts: Iterable[Expert], strata: Sequence[str]) -> tuple[list[Candidate], dict[str, Any]]:
    """The leaves of a new draw with fresh ids, and the sealed book that leads from an id back to the person.

    Source: trust.md A.2. The book holds the key of the employers' tags and, by id, the expert and the salt of his name.
    """
    key = secrets.token_bytes(32)
    found: list[Candidate] = []
    book: dict[str, Any] = {}
    for expert in experts:
        id_, salt = secrets.token_hex(16), secrets.token_bytes(32)
        org = hmac.digest(key, expert.employer_uscc.encode(), "sha256")[:8].hex()
        name = canonical({"name": expert.name, "idno": expert.identity_number})
        held = tuple(code for code in strata if code in expert.specialties)
        found.append(Candidate(id_, held, org, digest("ptdraw/name/v1", salt, name).hex()))
        book[id_] = {"expert": expert.id, "salt": salt.hex()}
    found.sort(key=lambda leaf: leaf.id)
    return found, {"org_key": key.hex(), "leaves": book}


def leaf_json(leaf: Candidate) -> dict[str, Any]:
    """A leaf as it is kept and exported."""
    return {
        "id": leaf.id, "strata": list(leaf.strata), "org": leaf.org, "name_commit": leaf.name_commit, "w": leaf.weight,
    }  # fmt: skip


def exclusion_code(reasons: Sequence[Ineligibility]) -> ExclusionCode | None:
    """The code under which an expert with these reasons is excluded; None where nothing speaks against him."""
    known = {code.value: code for code in ExclusionCode}
    for reason in reasons:
        if reason.code in known:
            return known[reason.code]
    if not reasons:
        return None
    gone = any(reason.code in ("inactive", "suspended") for reason in reasons)
    return ExclusionCode.STRUCK_OFF if gone else ExclusionCode.UNKNOWN


def proposed_exclusions(
    experts: Mapping[str, Expert], need: Need, refused_before: Iterable[str] = ()
) -> dict[str, ExclusionCode]:
    """Whom the machine excludes after the opening: leaf id to code.

    Arguments:
        experts: leaf id to expert.
        need: with the bidders.
        refused_before: ids of experts who refused in an earlier draw of the lot.
    """
    earlier = set(refused_before)
    found: dict[str, ExclusionCode] = {}
    for leaf, expert in sorted(experts.items()):
        code = exclusion_code(eligibility.ineligibility(facts_of(expert, need.on), need))
        if code is None and expert.id in earlier:
            code = ExclusionCode.REFUSED_BEFORE
        if code is not None:
            found[leaf] = code
    return found
