"""Bid bonds go back 退还投标保证金, with interest and on the clock; kept only on a listed ground."""

from __future__ import annotations

from trading.errors import InvalidInput, NotFound, Refused
from trading.models import BankLine
from trading.money import grouped
from trading.steps import Step
from trading.workflow.secrecy import bonds_may_be_told
from trading.workflow.taking import Taking, effect


def line_of(taking: Taking) -> BankLine:
    """The bank line that the step is about.

    Raises:
        Refused: before the opening, whether or not there is such a line.
        NotFound: there is none on this lot.
    """
    if not bonds_may_be_told(taking.lot):
        raise Refused("sealed", "开标前保证金缴纳信息密封，不能办理退还", "Until the opening the payers are sealed")
    line = taking.session.get(BankLine, taking.subject)
    if line is None or line.lot_id != taking.lot.id:
        raise NotFound("没有这笔保证金", "There is no such bond")
    return line


@effect(Step.REFUND_BOND)
def refund_bond(taking: Taking) -> None:
    """The centre refunds one line with interest, or keeps it on a listed ground."""
    line, data = line_of(taking), taking.data
    if line.refunded_at is not None or line.forfeited_ground is not None:
        raise Refused("settled", "这笔保证金已经退还或者不予退还", "This bond is settled already")
    if data["ground"] is not None:
        forfeit(taking, line)
        return
    if data["interest"] is None:
        raise InvalidInput.of("interest", "请填写银行同期存款利息", "State the interest of the bank")
    line.refunded_at, line.interest = taking.now, data["interest"]
    taking.record(
        "bond.refunded",
        {"line": line.id, "amount": str(line.amount), "interest": str(line.interest)},
    )
    taking.receipt.update(amount=line.amount, interest=line.interest)
    if line.organization_id:
        words = f"{grouped(line.amount)}元，利息{grouped(data['interest'])}元"
        taking.tell(
            ("投标保证金已退还", f"“{taking.lot.name}”投标保证金{words}已退还。"),
            (
                "Bid bond refunded",
                f"Your bond on “{taking.lot.name}” was refunded: {grouped(line.amount)} yuan, "
                f"interest {grouped(data['interest'])} yuan.",
            ),
            organizations=[line.organization_id],
        )


def forfeit(taking: Taking, line: BankLine) -> None:
    """Keep the bond on a listed ground, and say what shows it."""
    ground, explanation = taking.data["ground"], taking.data["explanation"]
    if not explanation:
        raise InvalidInput.of(
            "explanation", "不予退还的，必须说明事由", "Say what shows the ground for keeping the bond"
        )
    line.forfeited_ground, line.settled_reason = ground.value, explanation
    taking.record("bond.forfeited", {"line": line.id, "amount": str(line.amount), "ground": ground.value})
    if line.organization_id:
        taking.tell(
            ("投标保证金不予退还", f"“{taking.lot.name}”投标保证金不予退还，事由：{ground.zh}。{explanation}"),
            ("Bid bond kept", f"Your bond on “{taking.lot.name}” is kept: {ground.en}. {explanation}"),
            organizations=[line.organization_id],
        )
