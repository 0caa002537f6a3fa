"""What the credit record and self-discipline ask 信用与自律表单."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from trading.codelists import AppraisalMeasure, CreditEnding
from trading.experts.sheets import MOST, Item
from trading.web import fields as f
from trading.web.exchange import language


class CreditSchema(f.StepSchema):
    """A formal decision."""

    uscc = f.text(_l("当事人统一社会信用代码"), maxlength=18)
    act = f.prose(_l("违法行为"))
    basis = f.prose(_l("处理依据（法律名称与条款）"), maxlength=500)
    organ = f.text(_l("作出决定的机关"), maxlength=120)
    number = f.text(_l("决定书文号"), maxlength=120)
    decided_on = f.day(_l("决定日期"))
    barred_from = f.day(_l("禁止参加投标自"), required=False, hint=_l("期满自动失效，无需操作"))
    barred_until = f.day(_l("禁止参加投标至"), required=False)
    files = f.uploads(_l("决定书"), required=True)


class ConfirmCreditSchema(f.StepSchema):
    """The second person's answer."""

    agreed = f.yes(_l("录入内容是否与决定书一致"))
    remark = f.prose(_l("复核意见"), required=False)


class EndCreditSchema(f.StepSchema):
    """Why an entry ends before its time."""

    ending = f.code(_l("终止原因"), CreditEnding)
    reason = f.prose(_l("依据与说明"))


class AppraisalSchema(f.StepSchema):
    """A measure against an expert."""

    pool_number = f.text(_l("专家库编号"), maxlength=64)
    act = f.prose(_l("行为"))
    measure = f.code(_l("处理措施"), AppraisalMeasure)
    organ = f.text(_l("作出决定的机关"), maxlength=120)
    number = f.text(_l("决定书文号"), maxlength=120)
    decided_on = f.day(_l("决定日期"))
    published_on = f.day(_l("公开日期"))
    sent_to_pool_on = f.day(_l("送专家库组建单位日期"))
    instead_of_penalty = f.yes(_l("是否以暂停代替应当给予的处罚"))
    files = f.uploads(_l("决定书"), required=True)


class PledgeSchema(f.StepSchema):
    """The signature under a pledge."""

    agreed = f.yes(_l("是否同意并遵守上述承诺"))
    signatory = f.text(_l("签署人"), maxlength=60)


def word_of(item: Item) -> str:
    """The word of an item in the reader's language."""
    return item.word(language())


class ItemCells(f.StepSchema):
    """The points of one seat: every item, of which each side is shown its own."""

    member = f.fixed(_l("席位"))


SheetRow = cast(
    "type[f.StepSchema]",
    ItemCells.from_dict(
        {
            **{
                item.value: f.whole(LazyString(word_of, item), required=False, least=0, most=MOST)
                for item in Item
            },
            "reason": f.text(_l("低分理由"), required=False, maxlength=300),
        },  # type: ignore[arg-type]
        name="SheetRow",
    ),
)


class ExpertSheetsSchema(f.StepSchema):
    """One side's sheets about all experts of the committee."""

    sheets = f.given_rows(_l("对各位评标专家的评价"), SheetRow, most=25, hint=_l("每项 25 分；得分较低的写明理由"))


class SheetReplySchema(f.StepSchema):
    """What an expert answers."""

    text = f.prose(_l("答复"), maxlength=2000)
