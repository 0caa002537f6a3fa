"""The bank's own word on a sub-account 子账户余额与撤回退还: its balance day by day, and refunds of withdrawn bids."""

from __future__ import annotations

from sqlalchemy import select

from trading.errors import InvalidInput, NotFound
from trading.models import BankBalance, BankLine
from trading.steps import Step
from trading.workflow.deposit_alarms import check_balance
from trading.workflow.refunds import give_back
from trading.workflow.secrecy import bonds_may_be_told
from trading.workflow.taking import Taking, effect


@effect(Step.REPORT_BALANCE)
def report_balance(taking: Taking) -> None:
    """Keep what the bank says stood on the sub-account at the end of a day; what does not add up opens an alarm.

    While the payers are sealed nothing is compared aloud: the deadline watch does it once they may be told.
    """
    day, lot = taking.data["day"], taking.lot
    if day > taking.today:
        raise InvalidInput.of("day", "余额日期不能晚于今天", "The day may not lie in the future")
    row = taking.session.scalar(select(BankBalance).where(BankBalance.lot_id == lot.id, BankBalance.day == day))
    if row is None:
        row = BankBalance(lot_id=lot.id, day=day)
        taking.session.add(row)
    row.balance, row.reported_at = taking.data["balance"], taking.now
    taking.session.flush()
    if bonds_may_be_told(lot):
        check_balance(taking.session, lot, taking.now, lambda kind, body: taking.record(kind, body, "system"))


@effect(Step.REFUND_WITHDRAWN)
def refund_withdrawn(taking: Taking) -> None:
    """The bank, which knows the payer anyway, pays back the deposit of a withdrawn bid while the payers are sealed."""
    line = taking.session.get(BankLine, taking.subject)
    if line is None or line.lot_id != taking.lot.id or line.refund_due_at is None:
        raise NotFound("没有待退还的这笔保证金", "There is no such deposit to refund")
    taking.subject = line.organization_id
    give_back(taking, line)
