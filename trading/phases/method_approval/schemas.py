"""What is asked in the phase of method approval 方式核准表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trading.codelists import Method
from trading.web import fields as f


class FixMethodSchema(f.StepSchema):
    """The method, where the table leaves a choice; without one the proposed method is recorded."""

    method = f.code(_l("采用的交易方式"), Method, required=False, hint=_l("不选的采用系统拟定的方式"))
    ground = f.text(_l("法定情形"), required=False, maxlength=64, hint=_l("法律要求具备法定情形的方式必须选择"))
    reasons = f.prose(_l("理由"), required=False, hint=_l("选择拟定方式以外方式的填写"))
    evidence = f.uploads(_l("证明材料"))


class ApplyForExceptionSchema(f.StepSchema):
    """An application for another method than the default."""

    method = f.code(_l("申请采用的交易方式"), Method)
    ground = f.text(_l("法定情形"), required=False, maxlength=64, hint=_l("法律要求具备法定情形的方式必须选择"))
    reasons = f.prose(_l("申请理由"))
    evidence = f.uploads(_l("证明材料"), required=True)


class DecideExceptionSchema(f.StepSchema):
    """The authority's decision."""

    approved = f.yes(_l("是否核准"))
    number = f.text(_l("核准文号"), required=False, maxlength=80, hint=_l("核准的必须填写"))
    reasons = f.prose(_l("决定理由"))
