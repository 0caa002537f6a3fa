"""What the file does not tell and the replay supplies 推定事实: named in every verdict that looked at it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from trading.rules import case


@dataclass(frozen=True)
class Supplied:
    """One kind of thing supplied: its words, and the facts (``group.field``) that rest on it."""

    zh: str
    en: str
    facts: frozenset[str]


def _of(group: str, *names: str) -> frozenset[str]:
    return frozenset(f"{group}.{name}" for name in names)


def _all_of(group: str, facts: type, *but: str) -> frozenset[str]:
    return frozenset(f"{group}.{one.name}" for one in fields(facts) if one.name not in but)


SUPPLIED = (
    Supplied(
        "项目审批、投资项目代码、概算、资金来源与落实、项目单位的统一社会信用代码",
        "approval, investment code, estimates, funds, the owner's credit code",
        _all_of("project", case.ProjectFacts, "lots_estimate_total", "agency_usccs"),
    ),
    Supplied(
        "进场登记、标的权属、标段预算（按控制价）",
        "registration, clear object, the lot's budget (the control price)",
        _of("lot", "category", "budget", "submitted_at", "registered_at", "object_clear", "trading_code"),
    ),
    Supplied(
        "招标文件的内容（除最高投标限价外）与公平竞争审查",
        "the tender documents but for the ceiling, and the fair-competition review",
        _all_of(
            "terms",
            case.TermsFacts,
            "ceiling",
            "ceiling_published",
            "documents_digest",
            "filed_digest",
            "changed_outside_clarification",
            "minimum_price",
        ),
    ),  # fmt: skip
    Supplied("不设标底", "that there is no base price", _of("sealed_price", "count")),
    Supplied("备案的时间与答复", "the filing, its day and answer", _all_of("filing", case.FilingFacts)),
    Supplied(
        "公告的时间、媒介、文件获取期、投标截止的时刻",
        "day and media of the notice, the offer of documents, the hour of the deadline",
        _of("notice", "published_at", "issued_at", "documents_until", "bid_deadline", "media", "missing_contents"),
    ),
    Supplied("投标保证金及付款账户", "bid bonds and the accounts they came from", _all_of("bonds", case.BondFacts)),
    Supplied(
        "投标人的代码、法定代表人，投标的递交时间、加密与保证金到账",
        "the bidders' codes and representatives; time, sealing and bond of each bid",
        _of("bids", "uscc", "legal_representative", "received_at", "sealed", "bond_arrived", "related_usccs", "barred"),
    ),
    Supplied(
        "须由人签署的核查事项", "the checklist items that a person signs", frozenset({"checked.get"})
    ),
    Supplied("低价说明", "explanations of low prices", _of("bids", "low_price_explained")),
    Supplied(
        "开标的时刻、开标记录的公开与定稿",
        "the hour of the opening, the opening record",
        _of(
            "opening",
            "opened_at",
            "read_out",
            "record_published",
            "open_until",
            "record_closed_at",
            "on_the_spot_unanswered",
        ),
    ),  # fmt: skip
    Supplied("专家库、抽取与评标委员会", "expert pool, draw and committee", _all_of("draw", case.DrawFacts)),
    Supplied(
        "评审表、签字、有效投标不足三个时的论证、评标时间",
        "sheets, signatures, the reasons when fewer than three bids stand, the time of the report",
        _of(
            "evaluation",
            "members",
            "sheets",
            "signed",
            "dissent_written",
            "competition_reason",
            "submitted_at",
            "time_extension_asked",
            "fatal_defect",
            "deemed_collusion",
            "validity_until",
        ),
    ),  # fmt: skip
    Supplied(
        "公示、审查、合规记录、确认与通知的时间",
        "the times of publicity, examination, compliance record, confirmation and notice",
        _all_of("publicity", case.PublicityFacts)
        | _of("award", "confirmed_at", "notified_at", "all_told_at_once", "compliance_recorded_at"),
    ),
)
ASSUMED: frozenset[str] = frozenset().union(*(one.facts for one in SUPPLIED))
