"""What is asked on the pages of accounts and organisations 账户与主体的表单."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate
from stdnum.cn import ric

from trading.admin.accounts import KEPT_BY_ADMINISTRATOR, WITH_ORGANIZATION
from trading.admin.bidders import Identity
from trading.codelists import Category, Code, ProjectType, Role
from trading.identifiers import valid_uscc
from trading.web.fields import StepSchema, code, day, money, prose, rows, text, upload, whole, yes

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}", re.ASCII)
PAPER = re.compile(r"[0-9A-Z-]{4,40}", re.ASCII)
OPENED_BY_ADMINISTRATOR = tuple(role for role in Role if role not in (Role.CLOCK, Role.EXPERT))


class Relation(Code):
    """How two organisations are related (R10.C13)."""

    HOLDING = "holding", "控股", "Holding"
    MANAGEMENT = "management", "管理", "Management"
    SAME_HEAD = "same_head", "单位负责人为同一人", "Same responsible person"


class Verdict(Code):
    """The centre's answer to an identity."""

    ACCEPT = "accept", "核验通过", "Accept"
    REFUSE = "refuse", "核验不通过", "Refuse"


class Decision(Code):
    """The supervisor's answer to an appeal."""

    UPHOLD = "uphold", "维持原核验结果", "Uphold the refusal"
    OVERTURN = "overturn", "申诉成立", "Overturn the refusal"


def is_uscc(value: str) -> None:
    """A unified social credit code with the right check character (GB 32100)."""
    if not valid_uscc(value):
        raise ValidationError(_l("不是有效的统一社会信用代码（18 位，末位为校验码）"))


def is_login(value: str) -> None:
    """Small letters, figures, dot, dash, underscore."""
    if not LOGIN.fullmatch(value.lower()):
        raise ValidationError(_l("登录名为 3 至 32 位小写字母、数字、点、短横或下划线，以字母或数字开头"))


def is_paper(value: str) -> None:
    """A resident's identity number with its check figure (GB 11643), or another paper's number."""
    number = value.upper()
    if not PAPER.fullmatch(number) or (len(number) == 18 and number[:17].isdigit() and not ric.is_valid(number)):
        raise ValidationError(_l("证件号码不正确"))


class Password(fields.String):
    """A password: taken as it was typed, never shown again."""


def password(label: Any, hint: Any = None) -> Password:
    """A password of at most 200 signs; how good it must be is asked elsewhere."""
    words = {name: _l("请填写“%(label)s”", label=label) for name in ("required", "null")}
    return Password(
        required=True, validate=validate.Length(1, 200, error=_l("密码不能超过 {max} 个字符")),
        error_messages=words | {"invalid": _l("“%(label)s”的格式不正确", label=label)},
        metadata={"label": label, "kind": "password", "hint": hint},
    )  # fmt: skip


def uscc(label: Any = None) -> fields.String:
    """A unified social credit code."""
    field = text(label or _l("统一社会信用代码"), maxlength=18, hint=_l("营业执照或法人证书上的 18 位代码"))
    field.validators.append(is_uscc)
    return field


def login() -> fields.String:
    """A new login name."""
    field = text(_l("登录名"), maxlength=32, hint=_l("小写字母、数字、点、短横或下划线"))
    field.validators.append(is_login)
    return field


def paper(*, required: bool = True, hint: Any = None) -> fields.String:
    """The number of a person's identity paper."""
    field = text(_l("证件号码"), maxlength=40, required=required, hint=hint)
    field.validators.append(is_paper)
    return field


STRONG = _l("至少 12 个字符，不用登录名，不用常见密码")


class LoginSchema(StepSchema):
    """Login name and password."""

    login = text(_l("登录名"), maxlength=64)
    password = password(_l("密码"))


class ChangePasswordSchema(StepSchema):
    """The old password and the new one."""

    old_password = password(_l("原密码"))
    new_password = password(_l("新密码"), hint=STRONG)


class AffiliationSchema(StepSchema):
    """One declared relation."""

    related_uscc = uscc(_l("关联单位统一社会信用代码"))
    kind = code(_l("关系"), Relation, kind="select")


class OrganizationDetailsSchema(StepSchema):
    """What a bidder says of itself and may correct."""

    name = text(_l("单位名称"), hint=_l("与营业执照一致"))
    legal_representative = text(_l("法定代表人"))
    contact_name = text(_l("联系人"))
    contact_phone = text(_l("联系电话"), maxlength=64)
    address = text(_l("地址"), required=False)
    bank_name = text(_l("基本账户开户银行"))
    basic_account = text(_l("基本账户账号"), maxlength=64, hint=_l("投标保证金应从基本账户转出"))
    affiliations = rows(_l("控股、管理关系申报"), AffiliationSchema, required=False, most=50)


class RegistrationSchema(OrganizationDetailsSchema):
    """A bidder's registration: the organisation, then its first account."""

    uscc = uscc()
    person_name = text(_l("经办人姓名"))
    person = paper(hint=_l("居民身份证或其他有效证件号码"))
    login = login()
    password = password(_l("密码"), hint=STRONG)

    class Meta(StepSchema.Meta):
        """The organisation first."""

        fields = (
            "name", "uscc", "legal_representative", "address", "contact_name", "contact_phone", "bank_name",
            "basic_account", "affiliations", "person_name", "person", "login", "password",
        )  # fmt: skip


class IdentityAppealSchema(StepSchema):
    """An appeal."""

    text = prose(_l("申诉理由"))


class IdentitySchema(StepSchema):
    """The centre's answer; a refusal needs its reason."""

    verdict = code(_l("核验结论"), Verdict)
    reason = prose(
        _l("不通过的理由"), required=False, hint=_l("不通过时必填，将书面送达；仅限身份信息与登记机关记载不符等情形")
    )


class IdentityDecisionSchema(StepSchema):
    """The supervisor's decision of an appeal."""

    decision = code(_l("申诉决定"), Decision)
    reason = prose(_l("理由"))


class AccountSchema(StepSchema):
    """A new account."""

    role = code(_l("角色"), Role, only=OPENED_BY_ADMINISTRATOR)
    organization = text(_l("所属主体"), required=False, hint=_l("系统管理员和开标密钥持有人不选"), kind="select")
    name = text(_l("姓名"))
    person = paper(hint=_l("同一人在不同账户中应填写相同号码，用于职责分离"))
    login = login()


class ExpertAccountSchema(StepSchema):
    """An account for an expert of the pool."""

    pool_number = text(_l("专家库编号"), maxlength=64)
    login = login()


class NewOrganizationSchema(StepSchema):
    """An organisation that is no bidder."""

    name = text(_l("单位名称"))
    uscc = uscc()
    kind = code(_l("类别"), Role, only=KEPT_BY_ADMINISTRATOR)
    address = text(_l("地址"), required=False)
    contact_name = text(_l("联系人"), required=False)
    contact_phone = text(_l("联系电话"), required=False, maxlength=64)


class ActiveSchema(StepSchema):
    """Whether an account may be used."""

    active = yes(_l("账户可用"))


class PoolColumn(Code):
    """The columns of a list of experts."""

    POOL_NUMBER = "pool_number", "专家库编号", "Pool number"
    NAME = "name", "姓名", "Name"
    IDENTITY_NUMBER = "identity_number", "证件号码", "Identity number"
    PHONE = "phone", "联系电话", "Telephone"
    EMPLOYER = "employer", "工作单位", "Employer"
    EMPLOYER_USCC = "employer_uscc", "工作单位统一社会信用代码", "Credit code of the employer"
    SPECIALTIES = "specialties", "专业代码", "Specialties"
    TITLE = "title", "职称", "Title"
    SENIOR_TITLE = "senior_title", "是否高级职称或者同等水平", "Whether senior or equal"
    YEARS_IN_FIELD = "years_in_field", "从业年限", "Years in the field"


class MappingRow(StepSchema):
    """One column of ours, and what the file calls it."""

    column = code(_l("本平台的列"), PoolColumn, kind="select")
    name = text(_l("文件中的列名"), maxlength=100)


class PoolSchema(StepSchema):
    """A pool extract."""

    file = upload(_l("省级专家库抽取清单（CSV 或者 JSON）"), hint=_l("UTF-8 或 GB 18030 编码；CSV 首行为列名"))
    mapping = rows(
        _l("列名对应"), MappingRow, required=False, most=20, hint=_l("文件的列名与本平台不同的，在此逐列说明")
    )


class HolidayNoticeSchema(StepSchema):
    """The State Council's holiday notice of one year, with its reference."""

    year = whole(_l("年度"), least=2000, most=2200)
    title = text(_l("通知名称"), hint=_l("例如：国务院办公厅关于2027年部分节假日安排的通知"))
    number = text(_l("发文字号"), maxlength=60)
    issued_on = day(_l("发文日期"))
    address = text(_l("通知网址"), hint=_l("以 https:// 开头的政府网站地址"))
    file = upload(_l("节假日安排文件（CSV）"), hint=_l("首行为 date,kind,name；kind 填 holiday 或 workday"))


class ReportedContractSchema(StepSchema):
    """A contract that finance or audit found."""

    owner_uscc = uscc(_l("项目单位统一社会信用代码"))
    name = text(_l("合同名称"))
    type = code(_l("项目类型"), ProjectType, kind="select")
    category = code(_l("类别"), Category, required=False, hint=_l("工程建设项目必填"))
    amount = money(_l("合同金额（元）"))
    signed_on = day(_l("签订日期"))
    trading_code = text(_l("交易标识码"), required=False, maxlength=64, hint=_l("合同载明的；没有的留空"))
    source = text(_l("信息来源"), hint=_l("例如：县审计局审计报告文号"))


class EntrustSchema(StepSchema):
    """An entrustment."""

    agency = text(_l("代理机构"), maxlength=20)
    scope = prose(_l("委托事项"), maxlength=1000)


class AccountFilterSchema(StepSchema):
    """What accounts are looked for."""

    q = text(_l("姓名或登录名"), required=False, maxlength=64)
    role = code(_l("角色"), Role, required=False, only=tuple(role for role in Role if role is not Role.CLOCK))


class OrganizationFilterSchema(StepSchema):
    """What organisations are looked for."""

    q = text(_l("名称或统一社会信用代码"), required=False, maxlength=64)
    kind = code(_l("类别"), Role, required=False, only=WITH_ORGANIZATION)
    identity = code(_l("身份核验"), Identity, required=False, kind="select")
