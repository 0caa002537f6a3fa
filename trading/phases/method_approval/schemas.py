"""What is asked in the phase of method approval 方式核准表单."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, validates_schema

from trading.codelists import FinanceLevel, Method
from trading.web import fields as f


def ground_field() -> Any:
    """The statutory ground, of those that the page offers."""
    return f.text(_l("法定情形"), required=False, maxlength=64, hint=_l("法律要求具备法定情形的方式必须选择"))


class MethodChoiceSchema(f.StepSchema):
    """The method, where the table leaves a choice; without one the proposed method is recorded."""

    method = f.code(_l("采用的交易方式"), Method, required=False, hint=_l("不选的采用系统拟定的方式"))
    ground = ground_field()
    reasons = f.prose(_l("理由"), required=False, hint=_l("选择拟定方式以外方式的填写"))
    evidence = f.uploads(_l("证明材料"))


class ApplyForExceptionSchema(f.StepSchema):
    """An application for another method than the default."""

    method = f.code(_l("申请采用的交易方式"), Method)
    ground = ground_field()
    reasons = f.prose(_l("申请理由"))
    evidence = f.uploads(_l("证明材料"), required=True)


class BasisSchema(f.StepSchema):
    """What the law wants told of a procurement's method: additions to a contract, a change after a failed tender."""

    original_contract = f.money(_l("原合同金额（元）"), required=False, hint=_l("向原供应商添购的填写"))
    added = f.money(
        _l("添购总额（元，含历次添购）"), required=False, hint=_l("不得超过原合同金额的 10%（政府采购法第三十一条）")
    )
    emergency = f.yes(_l("是否属于紧急采购"), required=False)
    changes_after_failure = f.yes(_l("是否废标后变更采购方式"), required=False)
    committee_statement = f.yes(
        _l("评标委员会是否出具招标文件无不合理条款的意见"), required=False, hint=_l("随证明材料上传")
    )
    experts_stating = f.whole(
        _l("出具上述意见的专家人数"), required=False, most=99, hint=_l("没有评标委员会意见的，应当有三名以上专家的意见")
    )
    notice_proved = f.yes(_l("是否附发布公告的证明"), required=False)
    challenges_told = f.yes(_l("是否附质疑情况说明"), required=False)

    @validates_schema
    def an_addition_is_whole(self, data: dict[str, Any], **_more: Any) -> None:
        """An addition names both amounts."""
        if data.get("ground") == "add_on":
            missing = {name: [_l("向原供应商添购的应当填写")] for name in ("original_contract", "added")
                       if data.get(name) is None}  # fmt: skip
            if missing:
                raise ValidationError(missing)


class ProcurementChoiceSchema(BasisSchema, MethodChoiceSchema):
    """The method of a procurement below the threshold, on its statutory ground."""


class ProcurementExceptionSchema(BasisSchema, ApplyForExceptionSchema):
    """An application for another method of procurement than the default."""


class DecideExceptionSchema(f.StepSchema):
    """The authority's decision."""

    approved = f.yes(_l("是否核准"))
    organ = f.text(
        _l("作出决定的机关"), required=False, maxlength=120,
        hint=_l("不填的为本机关；达到公开招标数额标准的政府采购，填写设区的市、自治州以上财政部门"),
    )  # fmt: skip
    finance_level = f.code(
        _l("财政部门的级别"), FinanceLevel, required=False, hint=_l("批准与仅有的两家供应商谈判的必须填写")
    )
    number = f.text(_l("核准文号"), required=False, maxlength=80, hint=_l("核准的必须填写"))
    reasons = f.prose(_l("决定理由"))


class ExpertRow(f.StepSchema):
    """One professional who reasoned that there is one supplier only."""

    name = f.text(_l("姓名"), maxlength=40)
    unit = f.text(_l("工作单位"), maxlength=80)
    title = f.text(_l("职称"), maxlength=40)


class NoticeSoleSourceSchema(f.StepSchema):
    """The seven contents of the notice of a sole source."""

    subject = f.prose(_l("采购人、采购项目名称和内容"), maxlength=2000)
    description = f.prose(_l("拟采购的货物或者服务的说明"), maxlength=2000)
    reasons = f.prose(_l("采用单一来源采购方式的原因及相关说明"), maxlength=2000)
    supplier = f.text(_l("拟定的唯一供应商名称"), maxlength=120)
    supplier_address = f.text(_l("供应商地址"), maxlength=120)
    opinion = f.prose(_l("专业人员对唯一性的具体论证意见"), maxlength=4000)
    experts = f.rows(_l("专业人员"), ExpertRow, most=9)
    until = f.day(_l("公示期满日期"), hint=_l("公示不得少于五个工作日"))
    contacts = f.prose(_l("采购人、代理机构、财政部门的联系地址、联系人和联系电话"), maxlength=1000)
    statement = f.uploads(_l("论证意见"))


class ObjectToSoleSourceSchema(f.StepSchema):
    """A supplier's objection in writing."""

    text = f.prose(_l("异议内容"), hint=_l("书面说明本单位能够提供的货物或者服务，以及理由"))


class ReasonSoleSourceSchema(f.StepSchema):
    """What further reasoning came to."""

    reasoning = f.prose(_l("补充论证的结论"), hint=_l("公示期满后五个工作日内组织补充论证"))
    upheld = f.yes(_l("异议是否成立"), hint=_l("成立的，应当采取其他采购方式"))
    statement = f.uploads(_l("补充论证意见"))


class PublishReasonsSchema(f.StepSchema):
    """Why a mandatory tender is invited or left out."""

    reasons = f.prose(_l("理由"), maxlength=2000)
    basis = f.text(_l("法律依据"), maxlength=300, hint=_l("写明条款；涉及国家秘密、商业秘密的不写入"))
