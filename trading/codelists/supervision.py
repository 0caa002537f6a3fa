"""The closed lists of complaints, orders and measures 监管事由与结果."""

from __future__ import annotations

from trading.codelists.code import Code


class ComplaintRefusal(Code):
    """The closed list of grounds on which a complaint is not admitted (R18.C4)."""

    NO_INTEREST = "no_interest", "投诉人不是所投诉活动的参与者，或者与投诉项目无利害关系", "No participant, no interest"
    NOT_CONCRETE = "not_concrete", "投诉事项不具体，且未提供有效线索，难以查证", "Not concrete and no clue"
    UNSIGNED = "unsigned", "未署真实姓名、签字和有效联系方式（法人未签字并盖章）", "No real name, signature or contact"
    LATE = "late", "超过投诉时效", "Out of time"
    DECIDED = "decided", "已经作出处理决定，且没有提出新的证据", "Already decided, no new evidence"
    NO_OBJECTION = "no_objection", "应当先提出异议而未提出，或者已进入复议、诉讼程序", "No prior objection, or in court"


class ComplaintOutcome(Code):
    """How a complaint is decided."""

    UPHELD = "upheld", "投诉成立", "Upheld"
    REJECTED = "rejected", "缺乏事实根据或者法律依据，驳回投诉", "Unfounded: rejected"
    FABRICATED = "fabricated", "捏造事实、伪造材料，驳回投诉", "Fabricated: rejected"


class OrderClosing(Code):
    """How a supervision order ends."""

    DONE = "done", "已整改到位", "Put right"
    UNFOUNDED = "unfounded", "经核实不存在问题", "Nothing was wrong"
    TRANSFERRED = "transferred", "移送有权机关处理", "Passed on to the competent body"


class AppraisalMeasure(Code):
    """What an appraisal of an expert leads to (R18.C12)."""

    WARNING = "warning", "警告", "Warning"
    SUSPENDED = "suspended", "暂停评标资格", "Suspended"
    REMOVED = "removed", "取消评标资格", "Removed from the pool"


class CreditEnding(Code):
    """Why an entry of the credit record ends before its time."""

    REPAIRED = "repaired", "信用修复", "Repaired"
    CORRECTED = "corrected", "记录有误，予以更正", "Entered in error: corrected"
    REVOKED = "revoked", "原决定被撤销或者变更", "The decision was revoked"
