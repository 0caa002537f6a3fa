"""The pool read for one lot 专家库抽取名册: who may be drawn, the leaves without names, who must stand aside."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trading.codelists import Code, Pool, ProjectType, Role
from trading.experts import eligibility, standing
from trading.experts.draw import Candidate
from trading.experts.eligibility import Declaration, Employment, Ineligibility, Need, RecusalGround
from trading.experts.standing import Training
from trading.ledger.canonical import canonical, digest
from trading.models import WHOLE_BID, Affiliation, Bid, ConsortiumMember, Entrustment, Expert, Lot, Organization

BODIES = (Role.SUPERVISOR, Role.AUTHORITY, Role.CENTRE)
PROVINCIAL_ALONE = (ProjectType.GP, ProjectType.GPN)


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
    ON_LEAVE = "on_leave", "评标时间在请假期间", "On leave at the evaluation"
    UNKNOWN = "unknown", "回避情形无法核查", "Recusal cannot be checked"


def sources_allowed(type: ProjectType, mandatory: bool | None) -> tuple[Pool, ...]:
    """From which lists the experts of a lot may be drawn, the first by default.

    What must be tendered by law draws from the provincial pool alone (ZTBT 45, rulebook 0.7), and so does government
    procurement, whose experts come from the pool of finance (CGT 39); where it is not known, the law is taken to bind.
    """
    if mandatory is not False or type in PROVINCIAL_ALONE:
        return (Pool.PROVINCIAL,)
    return (Pool.PROVINCIAL, Pool.COUNTY)


def facts_of(expert: Expert, on: date, *, on_leave: bool = False, trained: bool = True) -> eligibility.Expert:
    """The facts of one expert on the day ``on``; leave and training are known from :mod:`trading.experts.standing`.

    Past employers stand as ``{"uscc", "until"}`` (ISO day or null), relatives as ``{"uscc"}``, the organisation whose
    main officer the relative is, and interests as ``{"uscc"}``, the organisation in which the expert has one.
    """
    declared = [Declaration(RecusalGround.NEAR_RELATIVE, row["uscc"]) for row in expert.relatives]
    declared += [Declaration(RecusalGround.ECONOMIC_INTEREST, row["uscc"]) for row in expert.interests]
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
        on_leave=on_leave,
        trained=trained,
        punished=expert.punished,
        employment_history=history,
        declarations=tuple(declared),
    )


def need_of(session: Session, lot: Lot, on: date, sits_on: date | None = None) -> Need:
    """What the lot asks of its experts; the bidders are part of it only once the bids are opened.

    Arguments:
        on: the law day.
        sits_on: the day of the evaluation, where it is planned.
    """
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
        sits_on=sits_on,
    )
    return need if lot.opened_at is None else replace(need, bidders=_bidders(session, lot))


def _bidders(session: Session, lot: Lot) -> frozenset[str]:
    """The bidders, their declared affiliates and the members of consortiums, rejected ones included."""
    ids = session.scalars(select(Bid.organization_id).where(Bid.lot_id == lot.id, WHOLE_BID)).all()
    codes = session.scalars(select(Organization.uscc).where(Organization.id.in_(ids)))
    related = session.scalars(select(Affiliation.related_uscc).where(Affiliation.organization_id.in_(ids)))
    joined = session.scalars(select(ConsortiumMember.uscc).where(ConsortiumMember.lot_id == lot.id))
    return frozenset({*codes, *related, *joined})


def eligible(session: Session, strata: Sequence[str], need: Need, source: Pool, asked: Training) -> list[Expert]:
    """The experts of one list who hold one of ``strata`` and may be drawn, as far as is known now (R11.C8, C9).

    Arguments:
        source: the list from which is drawn.
        asked: the training that the county asks of its own list; of the provincial pool its owner asks it.
    """
    listed = (Expert.active.is_(True), Expert.pool == source)
    experts = session.scalars(select(Expert).where(*listed).order_by(Expert.pool_number))
    away = standing.on_leave(session, need.sitting)
    short = standing.untrained(session, need.sitting, asked) if source is Pool.COUNTY else frozenset()
    return [
        one
        for one in experts
        if set(strata) & set(one.specialties) and not _reasons(one, need, one.id in away, one.id not in short)
    ]


def _reasons(expert: Expert, need: Need, on_leave: bool, trained: bool = True) -> list[Ineligibility]:
    return eligibility.ineligibility(facts_of(expert, need.sitting, on_leave=on_leave, trained=trained), need)


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
    experts: Mapping[str, Expert], need: Need, refused_before: Iterable[str] = (), away: Collection[str] = ()
) -> dict[str, ExclusionCode]:
    """Whom the machine excludes after the opening: leaf id to code.

    Arguments:
        experts: leaf id to expert.
        need: with the bidders.
        refused_before: ids of experts who refused in an earlier draw of the lot.
        away: ids of experts who are on leave at the evaluation.
    """
    earlier = set(refused_before)
    found: dict[str, ExclusionCode] = {}
    for leaf, expert in sorted(experts.items()):
        code = exclusion_code(_reasons(expert, need, expert.id in away))
        if code is None and expert.id in earlier:
            code = ExclusionCode.REFUSED_BEFORE
        if code is not None:
            found[leaf] = code
    return found
