"""How a condition answers, how grave it is, and how far its source was checked 制度结论."""

from __future__ import annotations

from trading.codelists.code import Code


class Severity(Code):
    """What a failed condition does."""

    BLOCK = "B", "阻断", "Block"
    RED = "R", "红色预警", "Red alarm"
    AMBER = "A", "黄色预警", "Amber alarm"
    INFORMATION = "I", "记录", "Information"


class Urgency(Code):
    """How near what is due has come."""

    AHEAD = "ahead", "未到期", "Ahead"
    NEAR = "near", "临近到期", "Near"
    OVERDUE = "overdue", "已逾期", "Overdue"


class Answer(Code):
    """What a condition says of a case; unknown is never passed."""

    PASSED = "passed", "符合", "Passed"
    FAILED = "failed", "不符合", "Failed"
    UNKNOWN = "unknown", "无法判断", "Unknown"
    NOT_APPLICABLE = "not_applicable", "不适用", "Not applicable"


class Mark(Code):
    """How far the source of a rule or number was checked."""

    CHECKED = "checked", "条文已核对", "Checked"
    TO_BE_VERIFIED = "to be verified", "来源待核实", "Source to be verified"
    COUNTY_RULE = "county rule", "本县规定", "County rule"


class AlarmAge(Code):
    """How long an alarm has stood, in days."""

    WEEK = "week", "七日以内", "Up to seven days"
    MONTH = "month", "八日至三十日", "Eight to thirty days"
    OLDER = "older", "三十日以上", "More than thirty days"


class AlarmGrouping(Code):
    """What the board of alarms is grouped by."""

    AGE = "age", "发生时间", "Age"
    RULE = "rule", "制度", "Rule"
    CONDITION = "condition", "制度条件", "Condition"
    UNIT = "unit", "责任单位", "Unit responsible"


class AlarmOrder(Code):
    """In which order the board tells of alarms."""

    OLDEST = "oldest", "最早的在前", "Oldest first"
    NEWEST = "newest", "最新的在前", "Newest first"
    GRAVEST = "gravest", "级别高的在前", "Gravest first"
