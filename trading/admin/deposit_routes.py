"""Where the pages of deposits across lots stand 保证金管理的路由: banks, issuers, refunds, reconciliation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint

from trading.admin import bank_pages, reconcile_pages, refund_pages
from trading.admin import deposit_schemas as schemas
from trading.admin.pages import FormPage, mount_form
from trading.codelists import Role
from trading.web.fields import NothingAsked

blueprint = Blueprint("deposits", __name__, description="保证金 Deposits")
CENTRE = (Role.CENTRE,)

FORMS = (
    FormPage(
        "new_profile", "/deposits/banks/new", _l("登记银行流水格式"), _l("保存"), schemas.ProfileSchema,
        bank_pages.KEEPERS, bank_pages.keep_profile, bank_pages.to_banks,
        lead=_l("声明银行流水文件中各列的列名；没有的列留空。保存后先用样本文件试读。"), done=_l("格式已保存。"),
        cancel=bank_pages.to_banks,
    ),
    FormPage(
        "edit_profile", "/deposits/banks/<string:profile>", _l("修改银行流水格式"), _l("保存"), schemas.ProfileSchema,
        bank_pages.KEEPERS, bank_pages.keep_profile, bank_pages.to_banks, find=bank_pages.find_profile,
        initial=bank_pages.typed, done=_l("格式已保存。"), cancel=bank_pages.to_banks,
    ),
    FormPage(
        "try_profile", "/deposits/banks/<string:profile>/try", _l("试读银行流水文件"), _l("试读"), schemas.TrySchema,
        bank_pages.KEEPERS, bank_pages.try_profile, bank_pages.tried, find=bank_pages.find_profile,
        lead=_l("按该格式读取文件并显示结果，不保存任何内容。"), cancel=bank_pages.to_banks,
    ),
    FormPage(
        "new_issuer", "/deposits/issuers/new", _l("列入担保机构名录"), _l("列入"), schemas.IssuerSchema, CENTRE,
        bank_pages.list_issuer, bank_pages.to_banks,
        lead=_l("名录仅用于提示；未列入名录的机构出具的保函、保单仍应接受，并标明“未列入中心名录”。"),
        done=_l("已列入名录。"), cancel=bank_pages.to_banks,
    ),
    FormPage(
        "end_issuer", "/deposits/issuers/<string:issuer>/end", _l("移出担保机构名录"), _l("移出"), NothingAsked,
        CENTRE, bank_pages.end_issuer, bank_pages.to_banks, find=bank_pages.find_issuer, done=_l("已移出名录。"),
        danger=True, cancel=bank_pages.to_banks,
    ),
    FormPage(
        "instruct", "/deposits/refunds/instruct", _l("生成退款指令"), _l("生成"), schemas.InstructSchema, CENTRE,
        refund_pages.make_instruction, refund_pages.to_refunds, offer=refund_pages.offered,
        initial=refund_pages.all_due, lead=_l("保证金原路退回付款账户；利息由系统按公式计算。"),
        done=_l("退款指令已生成，请下载并交银行办理。"), cancel=refund_pages.to_refunds,
    ),
    FormPage(
        "confirm", "/deposits/refunds/<string:number>/confirm", _l("导入银行退款结果"), _l("导入"),
        schemas.ConfirmationSchema, CENTRE, refund_pages.take_confirmation, refund_pages.to_refunds,
        find=refund_pages.find_instruction, lead=_l("任何一行有误则全部不导入；退款失败的款项重新待退。"),
        done=_l("退款结果已导入。"), cancel=refund_pages.to_refunds,
    ),
)  # fmt: skip
for _form in FORMS:
    mount_form(blueprint, _form)

blueprint.add_url_rule("/deposits/banks", "banks", bank_pages.banks)
blueprint.add_url_rule("/api/v1/deposits/banks", "banks_json", bank_pages.banks_json)
blueprint.add_url_rule("/deposits/refunds", "refunds", refund_pages.refunds)
blueprint.add_url_rule("/api/v1/deposits/refunds", "refunds_json", refund_pages.refunds_json)
blueprint.add_url_rule("/deposits/refunds/<string:number>.csv", "instruction_csv", refund_pages.instruction_csv)
blueprint.add_url_rule("/deposits/reconciliation", "reconciliation", reconcile_pages.reconciliation)
blueprint.add_url_rule("/api/v1/deposits/reconciliation", "reconciliation_json", reconcile_pages.reconciliation_json)
blueprint.add_url_rule("/deposits/reconciliation.csv", "reconciliation_csv", reconcile_pages.reconciliation_csv)
blueprint.add_url_rule("/deposits/reconciliation.pdf", "reconciliation_pdf", reconcile_pages.reconciliation_pdf)
