"""The pages and operations of the follow-up phase 后续管理阶段."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint

from trading.phases.follow_up import (
    archiving,
    changing,
    contracting,
    deposits,
    forfeiting,
    joint_signing,
    looking,
    paying,
    performing,
    refunding,
    sale_pages,
    schemas,
)
from trading.steps import Step
from trading.web.fields import NothingAsked
from trading.web.steps import StepPage, mount

blueprint = Blueprint("follow_up", __name__, description="后续管理 Follow-up")
EFFECTS_OF = (
    archiving, changing, contracting, forfeiting, joint_signing, paying, performing, refunding,
    *sale_pages.EFFECTS_OF,
)  # fmt: skip
PAGES = (
    StepPage(
        Step.DRAFT_CONTRACT,
        schemas.DraftContractSchema,
        offer=looking.guarantee_of_works_alone,
        initial=looking.contract_from_bid,
        lead=_l("标的、价款、质量、期限等主要条款应当与交易文件和中标（成交）人的投标（响应）文件一致。"),
    ),
    StepPage(
        Step.SIGN_CONTRACT,
        schemas.SignContractSchema,
        initial=looking.shown_digest,
        aside=looking.contract_shown,
        lead=_l("您签订的就是下面显示的全部内容；内容变动后须重新核对。"),
    ),
    StepPage(
        Step.SIGN_AS_MEMBER,
        schemas.SignContractSchema,
        initial=looking.shown_digest,
        aside=looking.contract_shown,
        lead=_l("联合体各方共同签订合同：成员先签，牵头人最后签。"),
    ),
    StepPage(Step.FILE_CONTRACT, schemas.FileContractSchema, aside=looking.contract_shown),
    StepPage(
        Step.REFUND_BOND,
        schemas.RefundBondSchema,
        subject=True,
        aside=deposits.bond_shown,
        lead=_l("利息由系统按公式计算；银行实付不同的，记载实付数额并说明差异。"),
    ),
    StepPage(
        Step.FORFEIT_BOND,
        schemas.ForfeitBondSchema,
        subject=True,
        offer=deposits.grounds,
        aside=deposits.deposit_shown,
        danger=True,
        lead=_l("仅限法定事由或者文件载明的事由；决定送达当事人并记入台账。"),
    ),
    StepPage(Step.RETURN_GUARANTEE, NothingAsked, subject=True, aside=deposits.deposit_shown),
    StepPage(Step.TRANSFER_DEPOSIT, schemas.TransferDepositSchema, subject=True, aside=deposits.deposit_shown),
    StepPage(Step.PROPOSE_CHANGE, schemas.ProposeChangeSchema, aside=looking.changes_shown),
    StepPage(Step.DECIDE_CHANGE, schemas.DecideChangeSchema, subject=True, aside=looking.changes_shown),
    StepPage(Step.RECORD_PAYMENT, schemas.PaymentSchema, aside=looking.payments_shown),
    StepPage(Step.ACCEPT_WORKS, schemas.AcceptanceSchema, aside=looking.changes_shown),
    StepPage(Step.RATE_PERFORMANCE, schemas.PerformanceSchema),
    StepPage(Step.ARCHIVE, NothingAsked, aside=looking.missing_shown),
)
for _page in (*PAGES, *sale_pages.PAGES):
    mount(blueprint, _page)
blueprint.add_url_rule("/lots/<string:code>/contract", "contract", looking.contract_page)
blueprint.add_url_rule("/lots/<string:code>/bonds", "bonds", deposits.bonds_page)
blueprint.add_url_rule("/api/v1/lots/<string:code>/bonds", "bonds_json", deposits.bonds_json)
