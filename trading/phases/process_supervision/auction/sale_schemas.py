"""What is asked from the notice of a disposal to the cut-off 处置公告与报名表单."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError

from trading.codelists import EntrantRefusal
from trading.identifiers import valid_uscc
from trading.rules.r07_notice import Medium
from trading.web import fields as f

ON_LIST = tuple(one for one in EntrantRefusal if one is not EntrantRefusal.UNPAID)


class AnnounceSaleSchema(f.StepSchema):
    """What the notice of a disposal needs beyond the record."""

    headings: ClassVar[dict[str, object]] = {
        "listed_from": _l("时间"),
        "place": _l("公告内容"),
        "display": _l("拍卖、出租房屋和国有产权的另行填写"),
    }
    listed_from = f.moment(_l("挂牌起始时间"), required=False, hint=_l("挂牌方式填写；其他方式留空"))
    bid_deadline = f.moment(_l("报名和保证金截止时间"))
    bidding_at = f.moment(_l("竞价开始时间"), hint=_l("挂牌的，为挂牌期满转入竞价的时间"))
    planned_end = f.moment(_l("竞价计划结束时间"))
    place = f.text(_l("竞价地点"), maxlength=120)
    address = f.text(_l("转让方（出让方、出租方）地址"), maxlength=120)
    planning = f.prose(
        _l("用途、使用年期和规划条件"), required=False, maxlength=2000,
        hint=_l("国有建设用地必须填写；其他标的可以填写用途限制"),
    )  # fmt: skip
    contact = f.text(_l("联系人及联系方式"), maxlength=120)
    objection = f.text(_l("异议受理人及联系方式"), maxlength=120)
    media = f.codes(_l("发布媒介"), Medium)
    display = f.text(_l("标的展示的时间和地点"), required=False, maxlength=200)
    display_days = f.whole(_l("展示日数"), required=False, most=365)
    news_medium = f.text(_l("刊登公告的报纸或者其他新闻媒介"), required=False, maxlength=120)
    leased_house = f.yes(_l("标的是否为出租中的房屋"), required=False)
    lessee_told_on = f.day(_l("书面通知承租人的日期"), required=False)
    farmland = f.yes(_l("标的是否为农用地"), required=False, hint=_l("农村产权必须填写"))
    agricultural_use_kept = f.yes(_l("是否载明不改变农业用途"), required=False, hint=_l("农用地必须填写"))
    preliminary_from = f.day(_l("信息预披露起始日"), required=False, hint=_l("转让导致实际控制权转移的填写"))
    preliminary_until = f.day(_l("信息预披露截止日"), required=False)


class ChangeSaleSchema(f.StepSchema):
    """A change of what was disclosed, and the new clocks."""

    text = f.prose(_l("变更内容"))
    reason = f.prose(_l("变更理由"), maxlength=1000)
    forced = f.yes(_l("是否确需变更"), hint=_l("国有资产信息披露期间，非确有必要不得变更披露内容"))
    listed_from = f.moment(_l("挂牌起始时间"), required=False, hint=_l("挂牌方式填写；其他方式留空"))
    bid_deadline = f.moment(_l("报名和保证金截止时间"))
    bidding_at = f.moment(_l("竞价开始时间"))
    planned_end = f.moment(_l("竞价计划结束时间"))


def is_uscc(value: str) -> None:
    """A unified social credit code whose check character holds.

    Raises:
        ValidationError: it does not.
    """
    if not valid_uscc(value):
        raise ValidationError(_l("统一社会信用代码不正确"))


class MemberRow(f.StepSchema):
    """One of the consortium, beside its leader."""

    name = f.text(_l("成员名称"), maxlength=200)
    uscc = f.text(_l("统一社会信用代码"), maxlength=18)
    uscc.validators.append(is_uscc)


class ApplySchema(f.StepSchema):
    """An application to bid."""

    statement = f.prose(
        _l("竞买申请"), hint=_l("载明已阅读公告和文件、接受全部条件、对标的现状无异议，并对真实性负责")
    )
    members = f.rows(_l("联合体其他成员"), MemberRow, required=False, most=20, blank=2)
    claims_priority = f.yes(_l("是否主张优先权"), hint=_l("原承租人、集体经济组织成员、股东等依法享有优先权的"))
    insider = f.yes(_l("是否为转让方的管理层或者其近亲属"))
    files = f.uploads(_l("资格证明与优先权证明材料"))


class DecideEntrantSchema(f.StepSchema):
    """The decision on one application."""

    qualified = f.yes(_l("是否通过竞买资格审查"))
    ground = f.code(
        _l("不予通过的事由"), EntrantRefusal, required=False, only=ON_LIST, kind="select",
        hint=_l("通过的留空；除所列事由外不得不予通过"),
    )  # fmt: skip
    reason = f.prose(_l("理由"), required=False, maxlength=2000)
    has_priority = f.yes(_l("优先权主张是否成立"), required=False, hint=_l("未主张的留空"))
    kept_out = f.yes(
        _l("申请人是否未参与本次处置的方案制定和组织"), required=False, hint=_l("申请人为管理层或者其近亲属的必须填写")
    )
