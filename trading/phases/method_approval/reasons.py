"""Why a mandatory tender is invited or left out 例外理由公布: told to the public before it is done (R05.C2)."""

from __future__ import annotations

from sqlalchemy import select

from trading.codelists import Method, NoticeKind
from trading.errors import Refused
from trading.models import MethodBasis
from trading.steps import Step
from trading.workflow.taking import Taking, effect


@effect(Step.PUBLISH_REASONS)
def publish_reasons(taking: Taking) -> None:
    """Publish the reasons and the legal basis of a method that is no open tender."""
    lot = taking.lot
    basis = taking.session.scalar(select(MethodBasis).where(MethodBasis.lot_id == lot.id))
    if basis is None or lot.method is None or lot.method is Method.OPEN_TENDER:
        raise Refused("no_exception", "本标段未采用例外交易方式", "No exceptional method is used for this lot")
    reasons, law = taking.data["reasons"], taking.data["basis"]
    text = f"一、交易方式。{lot.method.zh}。\n二、理由。{reasons}\n三、法律依据。{law}".replace("。。", "。")
    facts = {"method": lot.method.value, "basis": law}
    taking.publish(NoticeKind.EXCEPTION, f"{lot.name}采用{lot.method.zh}的理由公示"[:200], text, facts)
    basis.reasons_published_at = taking.now
    lot.noticed_at = lot.noticed_at or taking.now
