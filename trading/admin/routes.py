"""Where the pages of accounts, organisations, entrustments and the expert pool stand 主体与账户管理的路由."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint

from trading.admin import (
    account_pages,
    calendar_pages,
    key_pages,
    organization_pages,
    pool_pages,
    reported_pages,
    schemas,
)
from trading.admin.pages import FormPage, mount_form
from trading.codelists import Role
from trading.web.fields import NothingAsked

blueprint = Blueprint("admin", __name__, description="主体与账户 Accounts and organisations")
KEEPER = (Role.ADMINISTRATOR,)


def to_account(_answer: Any = None, *, account: str) -> str:
    """The page of an account."""
    return url_for("admin.account", account=account)


def to_organization(_answer: Any = None, *, organization: str) -> str:
    """The page of an organisation."""
    return url_for("admin.organization", organization=organization)


def to_new_organization(answer: dict[str, Any]) -> str:
    """The page of the organisation that was entered."""
    return url_for("admin.organization", organization=answer["id"])


def to_entrustments(_answer: Any = None, *, project: str) -> str:
    """The entrustments of a project."""
    return url_for("admin.entrust", project=project)


def to_home(_answer: Any = None) -> str:
    """The first page of this room."""
    return url_for("admin.home")


FORMS = (
    FormPage(
        "new_account", "/admin/accounts/new", _l("开立账户"), _l("开立账户"), schemas.AccountSchema, KEEPER,
        account_pages.open_account, account_pages.told_once, offer=account_pages.organizations_offered,
        lead=_l("临时密码只显示一次，由本人首次登录时修改。系统管理员只管理账户，不办理任何业务。"), cancel=to_home,
    ),
    FormPage(
        "new_expert_account", "/admin/accounts/new-expert", _l("为专家开立账户"), _l("开立账户"),
        schemas.ExpertAccountSchema, KEEPER, account_pages.open_expert_account, account_pages.told_once,
        lead=_l("账户与专家库中的编号关联，姓名取自专家库。"), cancel=to_home,
    ),
    FormPage(
        "reset_password", "/admin/accounts/<string:account>/password", _l("重置密码"), _l("重置密码"),
        NothingAsked, KEEPER, account_pages.reset_password, account_pages.told_once,
        find=account_pages.find_user, lead=_l("重置后该账户的所有登录立即失效，本人会收到通知。"), danger=True,
        cancel=to_account,
    ),
    FormPage(
        "activate", "/admin/accounts/<string:account>/active", _l("停用或启用账户"), _l("保存"), schemas.ActiveSchema,
        KEEPER, account_pages.set_active, to_account, find=account_pages.find_user,
        lead=_l("停用后该账户的所有登录立即失效；已有记录不受影响。"), done=_l("账户状态已更新。"), cancel=to_account,
    ),
    FormPage(
        "new_organization", "/admin/organizations/new", _l("登记主体"), _l("登记"), schemas.NewOrganizationSchema,
        KEEPER, organization_pages.enter_organization, to_new_organization, lead=_l("投标人自行注册，不在此登记。"),
        done=_l("主体已登记。"), cancel=to_home,
    ),
    FormPage(
        "check_identity", "/admin/organizations/<string:organization>/identity", _l("核验身份"), _l("提交核验结论"),
        schemas.IdentitySchema, (Role.CENTRE,), organization_pages.check_identity, to_organization,
        find=organization_pages.find_organization,
        lead=_l("只核验身份信息是否真实一致，不审查资格、业绩和资信。"), done=_l("核验结论已送达。"),
        cancel=to_organization,
    ),
    FormPage(
        "decide_appeal", "/admin/organizations/<string:organization>/appeal", _l("处理身份核验申诉"), _l("作出决定"),
        schemas.IdentityDecisionSchema, (Role.SUPERVISOR,), organization_pages.decide_appeal, to_organization,
        find=organization_pages.find_organization, done=_l("决定已送达。"), cancel=to_organization,
    ),
    FormPage(
        "import_experts", "/admin/experts/import", _l("导入专家库抽取清单"), _l("导入"), schemas.PoolSchema,
        (Role.CENTRE, Role.ADMINISTRATOR), pool_pages.import_pool, pool_pages.after_import,
        lead=_l("清单由省级评标专家库导出。任何一行有误则全部不导入。"), cancel=to_home,
    ),
    FormPage(
        "import_calendar", "/admin/calendars/import", _l("导入节假日安排"), _l("导入"), schemas.HolidayNoticeSchema,
        KEEPER, calendar_pages.import_notice, calendar_pages.after_import,
        lead=_l("按国务院办公厅的通知导入一个年度。任何一行有误则全部不导入；导入后立即生效，不能更改。"),
        done=_l("节假日安排已导入，立即生效。"), cancel=calendar_pages.after_import,
    ),
    FormPage(
        "report_contract", "/admin/reported/new", _l("报告场外合同"), _l("报告"), schemas.ReportedContractSchema,
        reported_pages.REPORTERS, reported_pages.report_contract, reported_pages.after_report,
        lead=_l("报告后不能更改；是否在本平台交易由系统按交易标识码核对。"), done=_l("合同已记录。"),
        cancel=reported_pages.after_report,
    ),
    FormPage(
        "entrust", "/projects/<string:project>/entrust", _l("委托代理机构"), _l("委托"), schemas.EntrustSchema,
        (Role.OWNER,), pool_pages.entrust, to_entrustments, find=pool_pages.own_project,
        offer=pool_pages.agencies_offered, done=_l("委托已生效，代理机构已收到通知。"), template="admin/entrust.html",
        beside=pool_pages.entrustments_shown,
    ),
)  # fmt: skip
for _form in FORMS:
    mount_form(blueprint, _form)

blueprint.add_url_rule("/admin", "home", organization_pages.home)
blueprint.add_url_rule("/admin/accounts", "accounts", account_pages.list_accounts)
blueprint.add_url_rule("/admin/accounts/<string:account>", "account", account_pages.show_account)
blueprint.add_url_rule("/admin/organizations", "organizations", organization_pages.list_organizations)
blueprint.add_url_rule(
    "/admin/organizations/<string:organization>", "organization", organization_pages.show_organization
)
blueprint.add_url_rule("/admin/calendars", "calendars", calendar_pages.show_calendars)
blueprint.add_url_rule("/api/v1/admin/calendars", "calendars_json", calendar_pages.calendars_json)
blueprint.add_url_rule("/account/keys", "keys", key_pages.show_keys)
blueprint.add_url_rule("/api/v1/keys", "keys_json", key_pages.keys_json)
blueprint.add_url_rule("/api/v1/keys", "register_key_json", key_pages.register_json, methods=["POST"])
blueprint.add_url_rule("/api/v1/keys/revoke", "revoke_key_json", key_pages.revoke_json, methods=["POST"])
blueprint.add_url_rule("/api/v1/officer-keys", "recipient_json", key_pages.recipient_json, methods=["POST"])
blueprint.add_url_rule("/admin/reported", "reported", reported_pages.reported)
blueprint.add_url_rule("/admin/experts", "experts", pool_pages.list_experts)
blueprint.add_url_rule(
    "/projects/<string:project>/entrust/<string:entrustment>/end", "end_entrustment", pool_pages.end_entrustment,
    methods=["POST"],
)  # fmt: skip
