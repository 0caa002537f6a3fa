"""What is asked of experts and about them 专家库表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from marshmallow import fields as ma

from trading.admin.schemas import STRONG, login, paper, password, uscc
from trading.codelists import Code, PoolAct, TitleLevel
from trading.experts.classification import Classified
from trading.web import fields as f


class Verdict(Code):
    """The authority's answer to an application."""

    ADMIT = "admit", "通过，列入县级专家名录", "Admit"
    REFUSE = "refuse", "不通过", "Refuse"


class ObjectionVerdict(Code):
    """The supervisor's answer to an objection."""

    UPHOLD = "uphold", "维持原决定", "The decision stands"
    OVERTURN = "overturn", "异议成立，撤销原决定", "The decision is undone"


def identity() -> ma.String:
    """The number of the identity paper; it is never sent back to a page."""
    field = paper(hint=_l("居民身份证或其他有效证件号码；提交后不再完整显示"))
    field.metadata["never_back"] = True
    return field


class ApplicantSchema(f.StepSchema):
    """The account of a person who wants to apply."""

    name = f.text(_l("姓名"), maxlength=60)
    person = identity()
    login = login()
    password = password(_l("密码"), hint=STRONG)


class PastEmployerRow(f.StepSchema):
    """An employer of before."""

    uscc = uscc(_l("原工作单位统一社会信用代码"))
    until = f.day(_l("离职日期"), required=False)


class RelativeRow(f.StepSchema):
    """An organisation whose main officer is a near relative."""

    uscc = uscc(_l("近亲属任主要负责人的单位统一社会信用代码"))


class InterestRow(f.StepSchema):
    """An organisation in which there is an economic interest."""

    uscc = uscc(_l("有经济利益关系的单位统一社会信用代码"))


class DeclarationSchema(f.StepSchema):
    """What an expert keeps up to date himself; recusal reads it."""

    phone = f.text(_l("联系电话"), maxlength=64)
    employer = f.text(_l("工作单位"))
    employer_uscc = uscc(_l("工作单位统一社会信用代码"))
    employment_history = f.rows(_l("近三年工作经历"), PastEmployerRow, required=False, most=20)
    relatives = f.rows(_l("近亲属任职申报"), RelativeRow, required=False, most=50)
    interests = f.rows(_l("经济利益关系申报"), InterestRow, required=False, most=50)


class ApplicationSchema(DeclarationSchema):
    """An application to the county's list."""

    born_on = f.day(_l("出生日期"), earliest=1900)
    employed = f.yes(_l("是否在上述单位在职"))
    title = f.text(_l("职称或者职业资格"), maxlength=100)
    level = f.code(_l("专业水平"), TitleLevel)
    years_in_field = f.whole(_l("从事相关领域工作年限"), least=0, most=79)
    specialties = f.codes(_l("申报专业"), Classified)
    knows_law = f.yes(_l("是否熟悉招标投标法律法规"))
    electronic = f.yes(_l("是否能够使用电子评标系统"))
    healthy = f.yes(_l("身体状况是否能够胜任评标工作"))
    punished = f.yes(_l("是否曾因招标投标违法行为受过行政处罚或者刑事处罚"))
    files = f.uploads(_l("资格证明材料"), required=True, most=10, hint=_l("学历、职称、工作年限证明等扫描件"))

    class Meta(f.StepSchema.Meta):
        """The person first, then the field, then what he declares."""

        fields = (
            "born_on", "phone", "employer", "employer_uscc", "employed", "title", "level", "years_in_field",
            "specialties", "knows_law", "electronic", "healthy", "punished", "employment_history", "relatives",
            "interests", "files",
        )  # fmt: skip


class VerdictSchema(f.StepSchema):
    """The decision on an application."""

    verdict = f.code(_l("审核结论"), Verdict)
    reason = f.prose(_l("理由"), maxlength=2000)


class LeaveSchema(f.StepSchema):
    """Days of leave."""

    first_day = f.day(_l("开始日期"))
    last_day = f.day(_l("结束日期"))
    reason = f.text(_l("事由"), maxlength=200)


class PoolDecisionSchema(f.StepSchema):
    """A decision about an expert."""

    act = f.code(_l("决定"), PoolAct)
    until = f.day(_l("暂停至"), required=False, hint=_l("仅暂停时填写；期满自动恢复"))
    reason = f.prose(_l("事实与理由"), maxlength=2000)
    basis = f.prose(_l("依据（法律或者制度名称与条款）"), maxlength=500)
    number = f.text(_l("决定书文号"), required=False, maxlength=120)
    files = f.uploads(_l("决定书"), required=False, most=10)


class ExpertObjectionSchema(f.StepSchema):
    """An objection to a decision."""

    text = f.prose(_l("异议理由"), maxlength=4000)


class ObjectionAnswerSchema(f.StepSchema):
    """The answer to an objection."""

    verdict = f.code(_l("处理结论"), ObjectionVerdict)
    text = f.prose(_l("理由"), maxlength=4000)


class PresentRow(f.StepSchema):
    """One expert who took part."""

    pool_number = f.text(_l("专家库编号"), maxlength=64)
    hours = f.whole(_l("学时"), least=1, most=80)


class TrainingSchema(f.StepSchema):
    """A training and who took part."""

    title = f.text(_l("培训名称"))
    organizer = f.text(_l("举办单位"))
    held_on = f.day(_l("培训日期"))
    present = f.rows(_l("参加人员"), PresentRow, most=500, blank=5)
