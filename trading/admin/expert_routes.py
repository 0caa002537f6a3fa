"""Where the pages of the expert pool stand 专家库的路由: the expert's own, and those of the office."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint

from trading.admin import expert_office, expert_pages
from trading.admin import expert_schemas as schemas
from trading.admin.pages import FormPage, mount_form
from trading.codelists import Role
from trading.web.fields import NothingAsked

blueprint = Blueprint("experts", __name__, description="专家库 Expert pool")
EXPERT, AUTHORITY, SUPERVISOR = (Role.EXPERT,), (Role.AUTHORITY,), (Role.SUPERVISOR,)

FORMS = (
    FormPage(
        "register", "/experts/register", _l("申请成为评标专家"), _l("开立申请账户"), schemas.ApplicantSchema, None,
        expert_pages.register, expert_pages.to_application,
        lead=_l("先开立账户，再填写申请、提交资格证明材料。申请列入的是县级专家名录；省级评标专家库由省级组建单位受理。"),
        done=_l("账户已开立，请填写入库申请。"),
    ),
    FormPage(
        "apply", "/experts/application", _l("专家入库申请"), _l("提交申请"), schemas.ApplicationSchema, EXPERT,
        expert_pages.hand_in, expert_pages.to_me,
        lead=_l("由行业主管部门审核，结果及理由送达收件箱。审核人不得与申请人同单位。"),
        done=_l("申请已提交。"), cancel=expert_pages.to_me,
    ),
    FormPage(
        "withdraw", "/experts/application/withdraw", _l("撤回入库申请"), _l("撤回"), NothingAsked, EXPERT,
        expert_pages.withdraw, expert_pages.to_me, done=_l("申请已撤回。"), danger=True, cancel=expert_pages.to_me,
    ),
    FormPage(
        "leave", "/experts/me/leave", _l("请假"), _l("登记请假"), schemas.LeaveSchema, EXPERT,
        expert_pages.take_leave, expert_pages.to_me,
        lead=_l("请假期间（首尾两日均计入）的评标不会抽取到您。已被抽取的，请先答复邀请。"),
        done=_l("请假已登记。"), cancel=expert_pages.to_me,
    ),
    FormPage(
        "come_back", "/experts/me/leave/<string:leave>/end", _l("提前销假"), _l("销假"), NothingAsked, EXPERT,
        expert_pages.come_back, expert_pages.to_me, find=expert_pages.own_leave, done=_l("已销假。"),
        cancel=expert_pages.to_me,
    ),
    FormPage(
        "declare", "/experts/me/declaration", _l("维护单位与利害关系"), _l("保存"), schemas.DeclarationSchema, EXPERT,
        expert_pages.declare, expert_pages.to_me, initial=expert_pages.declared,
        lead=_l("抽取时据此核查回避。每次变更均留存变更前后内容；更换单位的，原单位自动列入工作经历。"),
        done=_l("已保存。"), cancel=expert_pages.to_me,
    ),
    FormPage(
        "object", "/experts/me/decisions/<string:decision>/objection", _l("对处理决定提出异议"), _l("提交异议"),
        schemas.ExpertObjectionSchema, EXPERT, expert_pages.object_to, expert_pages.to_me,
        find=expert_pages.own_decision, lead=_l("异议由监管机构另行指定人员答复。"), done=_l("异议已提交。"),
        cancel=expert_pages.to_me,
    ),
    FormPage(
        "decide_application", "/experts/applications/<string:application>/decide", _l("审核入库申请"),
        _l("作出决定"), schemas.VerdictSchema, AUTHORITY, expert_office.decide_application,
        expert_office.to_application, find=expert_office.find_application, done=_l("决定已送达申请人。"),
        template="admin/expert_decide.html", beside=expert_office.to_be_examined, cancel=expert_office.to_application,
    ),
    FormPage(
        "decide", "/experts/pool/<string:expert>/decide", _l("对专家作出处理决定"), _l("作出决定"),
        schemas.PoolDecisionSchema, AUTHORITY, expert_office.decide, expert_office.to_expert,
        find=expert_office.find_expert, lead=_l("决定及理由送达专家本人，本人可以提出异议，由监管机构答复。"),
        done=_l("决定已送达。"), danger=True, cancel=expert_office.to_expert,
    ),
    FormPage(
        "answer_objection", "/experts/decisions/<string:decision>/answer", _l("答复专家异议"), _l("答复"),
        schemas.ObjectionAnswerSchema, SUPERVISOR, expert_office.answer_objection, expert_office.to_year,
        find=expert_office.find_decision, done=_l("答复已送达。"), template="admin/expert_objection.html",
        beside=expert_office.beside_objection,
    ),
    FormPage(
        "train", "/experts/trainings/new", _l("登记专家培训"), _l("登记"), schemas.TrainingSchema, AUTHORITY,
        expert_office.record_training, expert_office.to_year,
        lead=_l("县级名录专家每个培训周期应当满规定学时（本县规定），不足的不参加抽取。任何一行有误则全部不登记。"),
        done=_l("培训已登记。"),
    ),
)  # fmt: skip
for _form in FORMS:
    mount_form(blueprint, _form)

PAGES = (
    ("/experts/applications", "applications", expert_office.applications),
    ("/experts/applications/<string:application>", "application", expert_office.application),
    ("/experts/pool/<string:expert>", "expert", expert_office.expert),
    ("/experts/year", "year", expert_office.year),
)
for _path, _endpoint, _view in PAGES:
    blueprint.add_url_rule(_path, _endpoint, _view)
    blueprint.add_url_rule("/api/v1" + _path, f"{_endpoint}_json", _view)
blueprint.add_url_rule("/experts/office", "office", expert_office.office)
blueprint.add_url_rule("/experts/me", "me", expert_pages.me)
blueprint.add_url_rule("/api/v1/experts/me", "me_json", expert_pages.me_json)
blueprint.add_url_rule(
    "/experts/applications/<string:application>/papers/<string:number>", "paper", expert_office.application_paper
)
