"""What is asked of prequalification and first stage 资格预审与第一阶段表单, and of the order-87 steps 政府采购表单."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from marshmallow import validate

from trading.codelists import Specialty
from trading.phases.process_supervision.variants.invite_schemas import DICE
from trading.rules.r07_notice import Medium
from trading.web import fields as f


class RoundSchema(f.StepSchema):
    """The notice of a prequalification or of a first stage."""

    requirements = f.prose(_l("资格要求或者技术要求"), maxlength=4000)
    sale_ends_at = f.moment(_l("文件获取截止时间"), hint=_l("北京时间；发售期不少于5日"))
    until = f.moment(
        _l("申请或者技术建议递交截止时间"),
        hint=_l("北京时间；工程项目距文件停止发售不少于5日，政府采购距公告不少于5个工作日"),
    )
    contact = f.text(_l("联系人及联系方式"), maxlength=120)
    media = f.codes(_l("发布媒介"), Medium, hint=_l("依法必须招标的，应当包括国家或者省级平台"))
    documents = f.uploads(_l("资格预审文件或者第一阶段招标文件"), required=True)


class ChangeRoundSchema(f.StepSchema):
    """A change of the documents of a round."""

    text = f.prose(_l("澄清与修改的内容"))
    affects_preparation = f.yes(
        _l("是否可能影响申请文件编制"), hint=_l("选“是”且距截止不足3日的，截止时间自动顺延")
    )
    documents = f.uploads(_l("更新的文件"))


class ApplicationSchema(f.StepSchema):
    """An application."""

    files = f.uploads(_l("资格预审申请文件"), required=True)


class ProposalSchema(f.StepSchema):
    """A technical proposal."""

    states_price = f.yes(_l("技术建议是否载明报价"), hint=_l("第一阶段的技术建议不得载明报价"))
    files = f.uploads(_l("技术建议"), required=True)


class ExaminersSchema(f.StepSchema):
    """Who examines the applications."""

    representatives = f.several(_l("项目单位人员"))
    experts = f.whole(
        _l("随机抽取的专家人数"), hint=_l("国有资金控股或者主导的依法必须招标项目，5人以上单数，专家不少于三分之二")
    )
    specialties = f.codes(_l("专家专业"), Specialty, required=False)
    dice = f.text(_l("公开掷数"), required=False, maxlength=20, hint=_l("抽取专家的填写：当众掷出的 20 位数字"))
    dice.validators.append(validate.Regexp(DICE, error=_l("应为 20 位数字")))


class FindingRow(f.StepSchema):
    """What is found of one application."""

    application = f.fixed(_l("申请人"))
    passed = f.yes(_l("是否通过"))
    reason = f.text(_l("不通过的理由"), required=False, maxlength=500)


class FindingsSchema(f.StepSchema):
    """An examiner's findings."""

    findings = f.given_rows(_l("审查意见"), FindingRow)


class RevisionSchema(f.StepSchema):
    """What comes of a first stage."""

    revision = f.prose(_l("确定的技术标准和要求"))
    tender_document = f.uploads(_l("第二阶段招标文件"), required=True)
    drawings = f.uploads(_l("图纸与工程量清单"))
    contract_draft = f.uploads(_l("合同草案"))


class ExtendDocumentsSchema(f.StepSchema):
    """Until when the documents are offered."""

    documents_until = f.moment(_l("新的获取截止时间"), hint=_l("北京时间；获取文件的供应商不足三家的方可顺延"))


class QualifiedRow(f.StepSchema):
    """Whether one bidder is qualified."""

    bid = f.fixed(_l("投标人"))
    qualified = f.yes(_l("资格审查是否合格"))
    reason = f.text(_l("不合格的理由"), required=False, maxlength=500)


class QualificationSchema(f.StepSchema):
    """The buyer's check of qualification."""

    checks = f.given_rows(_l("资格审查"), QualifiedRow)


class RoomSchema(f.StepSchema):
    """What was recorded in the rooms."""

    opening_recorded = f.yes(_l("开标全过程已录音录像"))
    evaluation_recorded = f.yes(_l("评标全过程已录音录像"))
    members_at_opening = f.yes(_l("评标委员会成员是否参加了开标"))
    kept_as = f.text(_l("音像资料编号及存放地点"), maxlength=200)


class LotLimitSchema(f.StepSchema):
    """How many lots one bidder may win."""

    most = f.whole(_l("一个投标人最多可中标的标段数"), least=1, most=50)
    order = f.text(_l("标段评审和定标顺序"), maxlength=200, hint=_l("标段序号，以逗号分隔，例如：1,2,3"))
