"""Which trading method follows from what is traded and for how much 交易方式拟定 (R04), and which of them runs here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trading.codelists import Category, Code, Mark, Method, ProjectType
from trading.methods import METHODS, grounds
from trading.methods.grounds import Ground
from trading.methods.profiles import PROFILES

THRESHOLDS = {
    Category.CONSTRUCTION: "mandatory_tender_construction",
    Category.GOODS: "mandatory_tender_goods",
    Category.SERVICES: "mandatory_tender_services",
}
GP_THRESHOLD = "gp_open_tender_threshold"


class Decider(Code):
    """Who decides on a method other than the default."""

    OWNER = "owner", "项目单位", "The owner"
    PROJECT_AUTHORITY = (
        "project_authority",
        "项目审批、核准部门或者行政监督部门",
        "The project or supervising authority",
    )
    FINANCE = "finance", "设区的市、自治州以上财政部门", "Finance department of prefecture level or above"
    COUNTY_GOVERNMENT = "government", "县级人民政府", "County government"
    FUNDER = "funder", "履行出资人职责的机构或者本级人民政府", "State shareholder or government"
    DEPARTMENT = "department", "财政部门或者主管部门", "Finance or superior department"
    ASSEMBLY = "assembly", "成员大会或者成员代表大会", "Members' assembly"


@dataclass(frozen=True, slots=True)
class Allowed:
    """A method that may be used: on one of ``grounds`` (none named: without a ground), decided by ``decided_by``."""

    method: Method
    grounds: tuple[Ground, ...]
    decided_by: Decider
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Proposal:
    """The method the system proposes, why, and what else the law allows; ``mandatory``: must be tendered by law."""

    method: Method
    mandatory: bool
    reason_zh: str
    reason_en: str
    allowed: tuple[Allowed, ...]
    sources: tuple[tuple[str, Mark], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a choice is refused, in one sentence."""

    code: str
    zh: str
    en: str


def is_mandatory(category: Category, estimate: Decimal, values: Mapping[str, Any]) -> bool:
    """True where a works contract reaches the size from which it must be tendered.

    ``estimate`` in yuan, ``values`` in yuan under the names of THRESHOLDS; the threshold itself is included.
    Source: D16 5 (checked).
    """
    return estimate >= Decimal(values[THRESHOLDS[category]])


def propose(
    project_type: ProjectType,
    category: Category,
    estimate: Decimal,
    state_controlled: bool,
    values: Mapping[str, Any],
    *,
    in_scope: bool = True,
) -> Proposal:
    """The method that follows from type, category and amount, and the alternatives with their statutory grounds.

    ``estimate``: yuan. ``state_controlled``: state funds control or dominate. ``values`` gives the thresholds
    in yuan by name. ``in_scope``: the project falls under the scope of ZTB 3 and D16 2-4 (R01.C1 decides).
    Lets the book's NotInForce through (thresholds
    before 2018-06-01). Source: rulebook R04 table.
    """
    if project_type is ProjectType.WORKS:
        if in_scope and is_mandatory(category, estimate, values):
            return _mandatory_works(category, state_controlled, values)
        return _free_works(category, in_scope, values)
    if project_type in (ProjectType.GP, ProjectType.GPN):
        return _procurement(project_type, estimate, values)
    return _disposal(project_type)


def _words(amount: Any) -> tuple[str, str]:
    """``amount`` yuan in Chinese and English: 4000000 gives "400万元" and "4,000,000 yuan"."""
    yuan = Decimal(amount)
    return f"{(yuan / 10000).normalize():f}万元", f"{yuan.normalize():,f} yuan"


def _mandatory_works(category: Category, state_controlled: bool, values: Mapping[str, Any]) -> Proposal:
    limit_zh, limit_en = _words(values[THRESHOLDS[category]])
    zh = f"{category.zh}单项合同估算价达到{limit_zh}，属于依法必须招标的项目"
    en = f"The {category.en.lower()} contract is estimated at {limit_en} or more and must be tendered by law"
    sources = [("ZTB 3", Mark.CHECKED), ("D16 5", Mark.CHECKED)]
    if state_controlled:
        zh += "；国有资金占控股或者主导地位的，应当公开招标。"
        en += "; where state funds control or dominate, by open tender."
        sources.append(("ZTBT 8", Mark.CHECKED))
        invited = Allowed(
            Method.INVITED_TENDER, grounds.INVITED_WORKS, Decider.PROJECT_AUTHORITY, "ZTBT 7, 8", Mark.CHECKED
        )
    else:
        zh += "；本平台默认采用公开招标。"
        en += "; open tender is the default of this platform."
        invited = Allowed(Method.INVITED_TENDER, (), Decider.OWNER, "ZTB 10", Mark.TO_BE_VERIFIED)
    allowed = (
        Allowed(Method.OPEN_TENDER, (), Decider.OWNER, "ZTBT 8", Mark.CHECKED),
        invited,
        Allowed(Method.DIRECT, grounds.NO_TENDER, Decider.PROJECT_AUTHORITY, "ZTB 66, ZTBT 7, 9", Mark.CHECKED),
    )
    return Proposal(Method.OPEN_TENDER, True, zh, en, allowed, tuple(sources))


def _free_works(category: Category, in_scope: bool, values: Mapping[str, Any]) -> Proposal:
    limit_zh, limit_en = _words(values[THRESHOLDS[category]])
    if in_scope:
        zh = f"{category.zh}单项合同估算价未达到{limit_zh}，不属于依法必须招标的项目；本平台默认采用公开招标。"
        en = (
            f"The {category.en.lower()} contract is estimated below {limit_en} and need not be tendered by law;"
            " open tender is the default of this platform."
        )
    else:
        zh = "项目不在依法必须招标的范围之内；本平台默认采用公开招标。"
        en = "The project lies outside the scope of mandatory tendering; open tender is the default of this platform."
    small = grounds.SMALL_WORKS
    owner = Decider.OWNER
    works = tuple(ground for ground in grounds.CONSULTATION if ground.code == "consultation_small_works")
    allowed = (
        Allowed(Method.OPEN_TENDER, (), owner, "R04", Mark.COUNTY_RULE),
        Allowed(Method.INVITED_TENDER, (), owner, "R04", Mark.COUNTY_RULE),
        Allowed(Method.CONSULTATION, works, owner, "财库〔2014〕214号 3", Mark.TO_BE_VERIFIED),
        Allowed(Method.NEGOTIATION, small, owner, "CGT 25, D74 3(4)", Mark.CHECKED),
        Allowed(Method.SINGLE_SOURCE, small, owner, "CGT 25, D74 3(4)", Mark.CHECKED),
    )
    return Proposal(Method.OPEN_TENDER, False, zh, en, allowed, (("D16 5", Mark.CHECKED), ("R04", Mark.COUNTY_RULE)))


def _procurement(project_type: ProjectType, estimate: Decimal, values: Mapping[str, Any]) -> Proposal:
    limit_zh, limit_en = _words(values[GP_THRESHOLD])
    above = estimate >= Decimal(values[GP_THRESHOLD])
    decider = Decider.FINANCE if above else Decider.OWNER
    others = (
        (Method.INVITED_TENDER, grounds.INVITED_PROCUREMENT, "CG 29", Mark.CHECKED),
        (Method.NEGOTIATION, grounds.NEGOTIATION, "CG 30", Mark.CHECKED),
        (Method.SINGLE_SOURCE, grounds.SINGLE_SOURCE, "CG 31", Mark.CHECKED),
        (Method.INQUIRY, grounds.INQUIRY, "CG 32", Mark.CHECKED),
        (Method.CONSULTATION, grounds.CONSULTATION, "财库〔2014〕214号 3", Mark.TO_BE_VERIFIED),
    )
    allowed = (
        Allowed(Method.OPEN_TENDER, (), Decider.OWNER, "CG 26", Mark.TO_BE_VERIFIED),
        *(Allowed(method, found, decider, source, mark) for method, found, source, mark in others),
    )
    if above:
        zh = f"采购预算达到公开招标数额标准{limit_zh}，应当公开招标；采用其他方式须在采购活动开始前经财政部门批准。"
        en = (
            f"The budget reaches the open-tender threshold of {limit_en}; another method needs the finance"
            " department's approval before the start."
        )
        return Proposal(Method.OPEN_TENDER, True, zh, en, allowed, (("CG 27, CGT 23", Mark.CHECKED),))
    default = Method.OPEN_TENDER if project_type is ProjectType.GP else Method.CONSULTATION
    zh = f"采购预算未达到公开招标数额标准{limit_zh}，可以依法定情形选择非招标方式；默认{default.zh}。"
    en = (
        f"The budget is below the open-tender threshold of {limit_en}; a method without tender may be chosen"
        f" on its statutory ground; {default.en.lower()} is the default."
    )
    return Proposal(default, False, zh, en, allowed, (("CG 29-32", Mark.CHECKED),))


DISPOSALS: Mapping[ProjectType, tuple[tuple[Method, ...], Decider, str, Mark]] = {
    ProjectType.LAND: (
        (Method.LISTING, Method.AUCTION, Method.OPEN_TENDER),
        Decider.COUNTY_GOVERNMENT,
        "TDT 18",
        Mark.CHECKED,
    ),
    ProjectType.SOE: (
        (Method.NET_BIDDING, Method.AUCTION, Method.OPEN_TENDER),
        Decider.FUNDER,
        "GZ 54",
        Mark.CHECKED,
    ),
    ProjectType.ADMIN: (
        (Method.NET_BIDDING, Method.AUCTION, Method.OPEN_TENDER, Method.PUBLIC_LEASE),
        Decider.DEPARTMENT,
        "XZZC 19, 36",
        Mark.CHECKED,
    ),
    ProjectType.RURAL: (
        (Method.NET_BIDDING, Method.PUBLIC_LEASE, Method.AUCTION, Method.OPEN_TENDER, Method.CONSULTATION),
        Decider.ASSEMBLY,
        "CB 51",
        Mark.CHECKED,
    ),
    ProjectType.OTHER: (
        (Method.AUCTION, Method.NET_BIDDING, Method.OPEN_TENDER),
        Decider.OWNER,
        "R04",
        Mark.COUNTY_RULE,
    ),
}


def _disposal(project_type: ProjectType) -> Proposal:
    methods, decider, source, mark = DISPOSALS[project_type]
    names_zh = "、".join(method.zh for method in methods)
    names_en = ", ".join(method.en.lower() for method in methods)
    return Proposal(
        method=methods[0],
        mandatory=False,
        reason_zh=f"{project_type.zh}应当公开竞争交易，可以采用{names_zh}；默认{methods[0].zh}。",
        reason_en=f"{project_type.en} are traded in competition: {names_en}; {methods[0].en.lower()} is the default.",
        allowed=tuple(Allowed(method, (), decider, source, mark) for method in methods),
        sources=((source, mark),),
    )


def runs(project_type: ProjectType, method: Method) -> Refusal | None:
    """None where the platform carries this combination through; else the one sentence that refuses it."""
    if not PROFILES[project_type].takes(method):
        return Refusal(
            "method_not_allowed",
            f"“{project_type.zh}”不采用“{method.zh}”。",
            f"“{project_type.en}” are not traded by “{method.en}”.",
        )
    if not METHODS[method].running:
        return Refusal(
            "method_not_running",
            f"本平台现行版本尚未开通“{method.zh}”：申请可以受理至主管部门作出决定，但不能据此发布公告。",
            f"This release of the platform does not run “{method.en}”: it can be applied for and decided,"
            " but nothing can be published under it.",
        )
    return None


def free_choices(proposal: Proposal) -> tuple[Allowed, ...]:
    """The methods that the owner may fix by himself: the default, and what the table leaves to him or to the plan."""
    return tuple(
        one
        for one in proposal.allowed
        if one.method is proposal.method or one.decided_by is Decider.OWNER or not proposal.mandatory
    )


def stands_on(proposal: Proposal, method: Method, ground_code: str | None) -> bool:
    """Whether the proposal allows ``method`` on ``ground_code``; where the law names no ground, none is needed."""
    found = [allowed.grounds for allowed in proposal.allowed if allowed.method is method]
    return any(not grounds or ground_code in {ground.code for ground in grounds} for grounds in found)


def refuses(proposal: Proposal, method: Method, ground_code: str | None = None) -> Refusal | None:
    """None where ``method`` on ``ground_code`` stands in the table of the proposal; else why not (R04.C1, R05.C1)."""
    found = next((allowed for allowed in proposal.allowed if allowed.method is method), None)
    if found is None:
        return Refusal(
            "method_not_allowed",
            f"依照交易方式决策表，该项目不得采用“{method.zh}”。",
            f"By the table of methods, “{method.en}” may not be used for this project.",
        )
    if not stands_on(proposal, method, ground_code):
        return Refusal(
            "ground_missing",
            f"采用“{method.zh}”须具备法定情形（{found.source}）。",
            f"“{method.en}” needs one of its statutory grounds ({found.source}).",
        )
    return None
