"""What supervision asks 监管表单: complaints and their handling, orders and their replies."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trading.codelists import ComplaintOutcome, ComplaintRefusal, ObjectionTarget, OrderClosing
from trading.web import fields as f


class ComplaintSchema(f.StepSchema):
    """A complaint."""

    target = f.code(_l("投诉事项"), ObjectionTarget, hint=_l("对招标文件、开标、评标结果的投诉，应当先提出异议"))
    objection = f.text(_l("此前提出的异议"), required=False, maxlength=20)
    about = f.text(_l("被投诉人"), maxlength=120)
    facts = f.prose(_l("事实"))
    claim = f.prose(_l("请求及主张"))
    known_on = f.day(_l("知道或者应当知道之日"), hint=_l("自该日起十日内投诉；异议答复期间不计算在内"))
    signatory = f.text(_l("法定代表人或者授权代表"), maxlength=60)
    contact = f.text(_l("有效联系方式"), maxlength=120)
    signed = f.yes(_l("是否已签字并加盖公章"))
    files = f.uploads(_l("投诉书及有效线索、证明材料"), required=True)


class ReasonSchema(f.StepSchema):
    """A reason."""

    reason = f.prose(_l("理由"))


class AdmissionSchema(f.StepSchema):
    """The decision on admission."""

    admitted = f.yes(_l("是否受理"))
    refusal = f.code(_l("不予受理的法定情形"), ComplaintRefusal, required=False, kind="select")
    reason = f.prose(_l("理由"), hint=_l("告知投诉人"))
    interested = f.yes(_l("投诉人是否为参与者或者有利害关系"))
    concrete = f.yes(_l("事项是否具体并有有效线索"))
    summary = f.prose(_l("交项目单位说明的投诉要点"), required=False, hint=_l("不得出现投诉人的名称、人员、联系方式"))
    suspend = f.yes(_l("是否责令暂停招标投标活动"))


class AskReplySchema(f.StepSchema):
    """Whom to ask for what."""

    organization = f.text(_l("要求说明情况的单位"), maxlength=20)
    question = f.prose(_l("需要说明的事项"), hint=_l("不得出现投诉人的名称、人员、联系方式"))


class ReplySchema(f.StepSchema):
    """A reply with its evidence."""

    reply = f.prose(_l("情况说明"))
    files = f.uploads(_l("证明材料"))


class ExaminationSchema(f.StepSchema):
    """The time of an examination."""

    begun_on = f.day(_l("开始日期"))
    ended_on = f.day(_l("结束日期"))
    organ = f.text(_l("检验、检测、鉴定机构或者评审专家"), maxlength=120)
    reason = f.prose(_l("事由"))


class DecisionSchema(f.StepSchema):
    """The decision."""

    outcome = f.code(_l("处理结果"), ComplaintOutcome)
    number = f.text(_l("处理决定文号"), maxlength=60)
    findings = f.prose(_l("查明的事实"))
    decision = f.prose(_l("处理意见及依据"))
    resume = f.yes(_l("是否恢复招标投标活动"), hint=_l("投诉不成立的，因本投诉责令的暂停同时解除"))
    files = f.uploads(_l("处理决定书"), required=True)


class PublishDecisionSchema(f.StepSchema):
    """The decision as it is published."""

    text = f.prose(_l("公开的处理决定"), hint=_l("不得出现投诉人的名称、人员、联系方式"))


class OrderSchema(f.StepSchema):
    """A supervision order."""

    addressee = f.text(_l("被监管单位"), maxlength=20)
    findings = f.prose(_l("发现的问题"))
    demand = f.prose(_l("整改要求"))
    due_on = f.day(_l("答复期限"))
    files = f.uploads(_l("监管意见书与证据"), required=True)


class ProlongSchema(f.StepSchema):
    """More time."""

    due_on = f.day(_l("新的答复期限"))
    reason = f.prose(_l("延长理由"))


class CloseOrderSchema(f.StepSchema):
    """The end of an order."""

    closing = f.code(_l("办结结论"), OrderClosing)
    reason = f.prose(_l("办结理由"))
