"""Pages of inquiries and challenges 询问与质疑页面."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from trading.codelists import ChallengeTarget
from trading.database import db
from trading.models import Challenge, Lot
from trading.phases.result_confirmation import challenging
from trading.steps import Step
from trading.web import fields as f
from trading.web.steps import StepPage

EFFECTS_OF = (challenging,)


class ChallengeSchema(f.StepSchema):
    """What is asked or challenged."""

    target = f.code(_l("类型"), ChallengeTarget)
    text = f.prose(_l("内容"), maxlength=4000, hint=_l("质疑应当写明质疑事项、事实依据和法律依据"))
    known_on = f.day(_l("知道或者应当知道权益受到损害的日期"), required=False, hint=_l("对采购过程质疑的必须填写"))


class AnswerChallengeSchema(f.StepSchema):
    """The answer."""

    answer = f.prose(_l("答复"), maxlength=4000)
    upheld = f.yes(_l("质疑是否成立"), required=False, hint=_l("询问的留空"))
    result_changed = f.yes(_l("是否改变采购结果"), required=False)
    reported_to_finance = f.yes(_l("改变结果的，是否已书面报告同级财政部门"), required=False)


def asked(lot: Lot, subject: str | None, _data: object) -> Markup:
    """What is to be answered, without the name of who asks."""
    found = db.session.get(Challenge, subject) if subject else None
    if found is None or found.lot_id != lot.id:
        return Markup("")
    return Markup(render_template("result_confirmation/challenge.html", challenge=found))


PAGES = (
    StepPage(
        Step.CHALLENGE, ChallengeSchema, check=False,
        lead=_l("询问在三个工作日内答复，质疑在七个工作日内答复；对结果的质疑答复前暂停签订合同。"),
    ),
    StepPage(Step.ANSWER_CHALLENGE, AnswerChallengeSchema, subject=True, aside=asked),
)  # fmt: skip
