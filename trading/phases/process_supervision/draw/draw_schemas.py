"""What is asked for the draw and the committee 专家抽取表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from marshmallow import fields as ma
from marshmallow import validate

from trading.codelists import Code, Pool
from trading.experts.classification import Classified
from trading.experts.eligibility import RefusalCode
from trading.experts.pool import ExclusionCode
from trading.web import fields as f
from trading.web.signed import SignedSchema, made_object


class Blame(Code):
    """On whose side the cause of an aborted draw lies (trust.md §8.9)."""

    NONE = "none", "无责任方", "Nobody"
    CENTRE = "centre", "交易中心", "The centre"
    SUPERVISOR = "supervisor", "监管机构", "The supervisor"


def pattern(label: object, shape: str, sentence: object, **more: object) -> ma.String:
    """One line of text of a fixed shape."""
    field = f.text(label, **more)  # type: ignore[arg-type]
    field.validators.append(validate.Regexp(shape, error=sentence))
    return field


class StratumRow(f.StepSchema):
    """One specialty and how many experts of it."""

    specialty = f.code(_l("评审专业"), Classified, kind="select")
    number = f.whole(_l("人数"), least=1, most=20)


class PlanDrawSchema(f.StepSchema):
    """The committee that the owner needs."""

    committee_size = f.whole(_l("评标委员会人数"), least=1, most=25, hint=_l("五人以上单数，专家不少于三分之二"))
    pool = f.code(
        _l("抽取来源"), Pool, required=False,
        hint=_l("依法必须招标的项目和政府采购项目只能从省级评标专家库抽取；不选的，从省级评标专家库抽取"),
    )  # fmt: skip
    strata = f.rows(_l("各专业专家人数（按抽取顺序）"), StratumRow, most=8, blank=2)
    representatives = f.ticks(_l("招标人代表"), hint=_l("可以不派；不得超过成员总数的三分之一"))
    complex = f.yes(_l("技术是否复杂"), required=False, hint=_l("政府采购项目填写"))
    wide_effect = f.yes(_l("社会影响是否较大"), required=False, hint=_l("政府采购项目填写"))
    evaluation_at = f.moment(_l("评标开始时间"))
    beacon_at = f.moment(
        _l("公开随机信标的时间"), required=False, hint=_l("可以不用；采用的，须在揭示完成之后公布，离线时不要采用")
    )


HEX32 = r"\A[0-9a-f]{64}\Z"


def hex32(label: object, **more: object) -> ma.String:
    """64 lower-case hex digits."""
    return pattern(label, HEX32, _l("应为 64 位小写十六进制数"), maxlength=64, **more)


class CommitSchema(SignedSchema):
    """A party's commitment, made on its own machine: the end of its chain, and the value sealed to the officers."""

    anchor = hex32(_l("承诺（链尾）"))
    escrow = made_object(_l("托管信封"), hint=_l("承诺值密封至开标密钥持有人，本方失联时方可开启"))


class RevealSchema(SignedSchema):
    """A party's value of the round."""

    value = hex32(_l("本轮揭示值"))


class ConfirmSchema(SignedSchema):
    """The supervisor's signature under the exclusions."""


class WitnessSchema(SignedSchema):
    """A witness's signature under the number thrown."""


class BeaconSchema(f.StepSchema):
    """The announced round of the public beacon."""

    signature = pattern(
        _l("信标签名"), r"\A[0-9a-f]{96}\Z", _l("应为 96 位小写十六进制数"), maxlength=96,
        hint=_l("抄录约定轮次公布的签名；随机值由系统从签名算出"),
    )  # fmt: skip


class AddedRow(f.StepSchema):
    """One leaf that a person adds, with code and reason."""

    leaf = pattern(_l("名册编号"), r"^[0-9a-f]{32}$", _l("名册编号为 32 位十六进制数"), maxlength=32)
    code = f.code(_l("回避情形"), ExclusionCode, kind="select")
    reason = f.text(_l("依据"), maxlength=300)


class ExcludeSchema(SignedSchema):
    """What the centre adds to the machine's own exclusions."""

    added = f.rows(_l("另行申报的回避"), AddedRow, required=False, most=100)


class DiceSchema(f.StepSchema):
    """The number thrown in public."""

    dice = pattern(
        _l("公开掷数（20位数字）"), r"^[0-9]{20}$", _l("应为 20 位数字"), maxlength=20,
        hint=_l("用十面骰子当众掷出，依次抄录"),
    )  # fmt: skip


class AcceptSchema(f.StepSchema):
    """The expert's declaration."""

    no_conflict = f.yes(_l("我声明与本标段投标人没有应当回避的关系"))


class RefuseSchema(SignedSchema):
    """Why a seat is given back."""

    code = f.code(_l("事由"), RefusalCode, kind="select")
    leaf = f.text(_l("席位（名册编号）"), required=False, maxlength=32, hint=_l("由监管机构代为记录时选择"))
    call_record = f.prose(_l("通话记录"), required=False, hint=_l("两次通话的时间与结果；仅由监管机构填写"))
    public = hex32(_l("本次专用公钥"), required=False, kind="hidden")
    proof = pattern(
        _l("本次专用密钥的登记签名"), r"\A[0-9a-f]{128}\Z", _l("应为 128 位小写十六进制数"), required=False,
        maxlength=128, kind="hidden",
    )  # fmt: skip


class AbortSchema(SignedSchema):
    """Why a draw is aborted."""

    reason = f.prose(_l("中止理由"))
    blame = f.code(_l("责任方"), Blame)
