"""Deposits leave the sub-account 保证金的去向: refunded on the clock, or turned into earnest money or price."""

from __future__ import annotations

from sqlalchemy import select

from trading.codelists import DepositUse, Movement, ProjectType
from trading.errors import InvalidInput, NotFound, Refused
from trading.models import Award, BankLine, Deal, Entrant, Guarantee, Lot
from trading.money import grouped
from trading.steps import Step
from trading.workflow.deposit_record import move
from trading.workflow.refunds import give_back, still_held
from trading.workflow.secrecy import bonds_may_be_told
from trading.workflow.taking import Taking, effect


def must_be_told(lot: Lot) -> None:
    """Stop while the payers are sealed, whether or not there is such a line.

    Raises:
        Refused: before the opening, or before live bidding is over.
    """
    if not bonds_may_be_told(lot):
        raise Refused("sealed", "开标前保证金缴纳信息密封，不能办理退还", "Until the opening the payers are sealed")


def line_of(taking: Taking) -> BankLine:
    """The bank line that the step is about.

    Raises:
        Refused: before the opening, whether or not there is such a line.
        NotFound: there is none on this lot.
    """
    must_be_told(taking.lot)
    line = taking.session.get(BankLine, taking.subject)
    if line is None or line.lot_id != taking.lot.id:
        raise NotFound("没有这笔保证金", "There is no such bond")
    return line


def guarantee_of(taking: Taking) -> Guarantee:
    """The guarantee that the step is about; errors as :func:`line_of`."""
    must_be_told(taking.lot)
    row = taking.session.get(Guarantee, taking.subject)
    if row is None or row.lot_id != taking.lot.id:
        raise NotFound("没有这份保函或者保单", "There is no such guarantee")
    return row


@effect(Step.REFUND_BOND)
def refund_bond(taking: Taking) -> None:
    """The centre refunds one line with what the formula gives, or puts on record what the bank really paid."""
    give_back(taking, line_of(taking))


@effect(Step.RETURN_GUARANTEE)
def return_guarantee(taking: Taking) -> None:
    """The centre gives a guarantee or policy back, or lets it end; one that was claimed does not come back."""
    row = guarantee_of(taking)
    if row.claimed_at is not None or row.returned_at is not None:
        raise Refused("settled", "该保函或者保单已经索赔或者退还", "This guarantee is claimed or returned already")
    row.returned_at = taking.now
    taking.record("bond.guarantee_returned", {"guarantee": row.id, "amount": str(row.amount)})
    taking.tell(
        ("保函已退还", f"“{taking.lot.name}”的{row.form.zh}（{row.number}）已退还。"),
        ("Guarantee returned", f"Your guarantee {row.number} on “{taking.lot.name}” is returned."),
        organizations=[row.organization_id],
    )


def winner_of(taking: Taking) -> str | None:
    """The organisation that won: by award, or by the deal of a disposal."""
    session, lot = taking.session, taking.lot
    won = session.scalar(select(Award.organization_id).where(Award.lot_id == lot.id))
    deal = select(Entrant.organization_id).join(Deal, Deal.entrant_id == Entrant.id).where(Deal.lot_id == lot.id)
    return won or session.scalar(deal)


@effect(Step.TRANSFER_DEPOSIT)
def transfer_deposit(taking: Taking) -> None:
    """The winner's deposit becomes earnest money, in land always, or part of the price (R09.C12, C13)."""
    line, use, type_ = line_of(taking), taking.data["use"], taking.lot.project.type
    if line.organization_id is None or line.organization_id != winner_of(taking):
        raise Refused("not_winner", "只有成交人的保证金可以转作定金或者价款", "The winner's deposit alone is turned so")
    if type_ is ProjectType.LAND and use is not DepositUse.EARNEST:
        raise InvalidInput.of("use", "土地竞得人的保证金转作定金", "In land it becomes earnest money")
    still_held(line)
    line.transferred_at, line.transferred_as, line.refund_due_at = taking.now, use.value, None
    move(taking.session, line, Movement.TRANSFERRED, line.amount, taking.now, taking.now)
    taking.record("bond.transferred", {"line": line.id, "amount": str(line.amount), "use": use.value})
    taking.receipt.update(amount=line.amount)
    taking.tell(
        ("保证金已转付", f"“{taking.lot.name}”保证金{grouped(line.amount)}元已转作{use.zh}。"),
        (
            "Deposit turned over",
            f"Your {grouped(line.amount)} yuan on “{taking.lot.name}” are now: {use.en}.",
        ),
        organizations=[line.organization_id],
    )
