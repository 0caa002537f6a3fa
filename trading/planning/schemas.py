"""What a timetable is asked with 时间规划的填写内容: one schema for the form, the address and the JSON operation."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, validates

from trading.beijing import law_date
from trading.codelists import Category, EvaluationMethod, Method, ProjectType
from trading.errors import InvalidInput, Words
from trading.planning.course import OFFICE, Scheme
from trading.web.fields import StepSchema, code, day, money, text, whole, yes
from trading.working_days import add_years

YEARS_AHEAD = 5
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
DATES = {
    "registered_on": "accept_registration", "announce_on": "announce", "deadline_on": "close_bidding",
    "evaluate_on": "evaluate", "publicize_on": "publicize", "award_on": "award", "contract_on": "sign_contract",
}  # fmt: skip
"""The dates of the form, in the order of the procedure, each with the act it is wished for."""


class PlanSchema(StepSchema):
    """What is to be traded, and the days that are wished."""

    headings: ClassVar[dict[str, Any]] = {"type": _l("拟交易的内容"), "registered_on": _l("希望的日期（至少填一个）")}

    type = code(_l("项目类型"), ProjectType, kind="select")
    category = code(_l("标段类别"), Category)
    amount = money(_l("合同估算价"))
    state_controlled = yes(_l("国有资金占控股或者主导地位"))
    method = code(_l("交易方式"), Method, required=False, kind="select", hint=_l("不填按公开招标"))
    evaluation = code(_l("评标办法"), EvaluationMethod, required=False)
    bid_validity_days = whole(_l("投标有效期（日）"), required=False, least=1, most=730)
    duration_days = whole(
        _l("工期（日历天）"), required=False, least=1, most=3650, hint=_l("用于推算竣工验收以后的日期")
    )
    registered_on = day(_l("进场登记"), required=False)
    announce_on = day(_l("发布招标公告"), required=False)
    deadline_on = day(_l("投标截止、开标"), required=False)
    deadline_time = text(_l("投标截止时刻"), required=False, maxlength=5, hint=_l("北京时间，例如 09:30；不填按 09:00"))
    evaluate_on = day(_l("评标"), required=False)
    publicize_on = day(_l("公示中标候选人"), required=False)
    award_on = day(_l("发出中标通知"), required=False)
    contract_on = day(_l("签订合同"), required=False)

    @validates("deadline_time")
    def deadline_time_is_one(self, value: str | None, **_told: Any) -> None:
        """Hour and minute of a day, ``HH:MM``."""
        if value is not None and HOUR.fullmatch(value) is None:
            raise ValidationError(_l("“投标截止时刻”应写作时:分，例如 09:30"))


def scheme_of(data: dict[str, Any]) -> Scheme:
    """What is to be traded.

    Raises:
        InvalidInput: the platform does not carry this type or method through.
    """
    method = data.get("method") or Method.OPEN_TENDER
    works = data["type"] is ProjectType.WORKS
    if not works or method is not Method.OPEN_TENDER:
        zh, en = "时间规划目前只适用于公开招标的工程建设项目", "Only works by open tender are planned"
        raise InvalidInput.of("method" if works else "type", zh, en)
    hour = time.fromisoformat(data["deadline_time"]) if data.get("deadline_time") else OFFICE
    return Scheme(
        data["type"], data["category"], data["amount"], method, data["state_controlled"], data.get("evaluation"),
        data.get("bid_validity_days"), data.get("duration_days"), hour,
    )  # fmt: skip


def wishes_of(data: dict[str, Any], now: datetime) -> dict[str, date]:
    """The wished days, by act.

    Raises:
        InvalidInput: a day that is past, too far ahead or before an earlier act's; or no day at all.
    """
    today = law_date(now)
    last = add_years(today, YEARS_AHEAD)
    given = {name: data[name] for name in DATES if data.get(name) is not None}
    if not given:
        raise InvalidInput.of("registered_on", "请至少填写一个日期", "Give at least one date")
    wrong: dict[str, list[Words]] = {}
    before: tuple[str, date] | None = None
    for name, wished in given.items():
        zh, en = LABELS[name]
        if wished < today:
            wrong[name] = [Words(f"“{zh}”不能早于今天（{today}）", f"“{en}” cannot be before today ({today})")]
        elif wished > last:
            wrong[name] = [Words(f"“{zh}”不能晚于{last}", f"“{en}” cannot be after {last}")]
        elif before and wished < before[1]:
            first_zh, first_en = LABELS[before[0]]
            wrong[name] = [Words(
                f"“{zh}”不能早于“{first_zh}”（{before[1]}）", f"“{en}” cannot be before “{first_en}” ({before[1]})"
            )]  # fmt: skip
        before = (name, wished)
    if wrong:
        raise InvalidInput(wrong)
    return {DATES[name]: wished for name, wished in given.items()}


LABELS = {
    "registered_on": ("进场登记", "Registration"), "announce_on": ("发布招标公告", "Tender notice"),
    "deadline_on": ("投标截止、开标", "Bid deadline and opening"), "evaluate_on": ("评标", "Evaluation"),
    "publicize_on": ("公示中标候选人", "Publicity of the candidates"), "award_on": ("发出中标通知", "Award notice"),
    "contract_on": ("签订合同", "Signing the contract"),
}  # fmt: skip
