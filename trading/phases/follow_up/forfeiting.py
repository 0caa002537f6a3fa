"""A deposit is kept 不予退还保证金: by the owner's decision, on a listed ground, with evidence."""

from __future__ import annotations

from trading.codelists import Code, DocumentKind, Movement
from trading.errors import InvalidInput, Refused
from trading.models import BankLine, Guarantee
from trading.money import grouped
from trading.phases.follow_up.refunding import line_of, must_be_told
from trading.rules.forfeit_grounds import ground_of, receiver_of
from trading.steps import Step
from trading.workflow.deposit_record import move
from trading.workflow.papers import keep_files
from trading.workflow.refunds import still_held
from trading.workflow.taking import Taking, effect


def ground_given(taking: Taking) -> Code:
    """The ground, if it stands on the list of the lot's type.

    Raises:
        InvalidInput: it does not.
    """
    found = ground_of(taking.lot.project.type, taking.data["ground"])
    if found is None:
        raise InvalidInput.of("ground", "除所列事由外不得不予退还", "A deposit is kept on a listed ground alone")
    return found


@effect(Step.FORFEIT_BOND)
def forfeit_bond(taking: Taking) -> None:
    """The owner decides to keep a deposit, or to claim a guarantee; the bidder is told the ground and the evidence."""
    must_be_told(taking.lot)
    ground = ground_given(taking)
    guarantee = taking.session.get(Guarantee, taking.subject)
    if guarantee is not None and guarantee.lot_id == taking.lot.id:
        claim(taking, guarantee, ground)
    else:
        forfeit(taking, line_of(taking), ground)
    keep_files(taking, DocumentKind.EVIDENCE, taking.data["evidence"], supersede=False)


def forfeit(taking: Taking, line: BankLine, ground: Code) -> None:
    """Keep a deposit that was paid: it leaves the sub-account for who gets it by law."""
    still_held(line)
    receiver = receiver_of(taking.lot.project.type)
    line.forfeited_ground, line.settled_reason = ground.value, taking.data["explanation"]
    line.forfeited_at, line.forfeited_to, line.refund_due_at = taking.now, receiver, None
    move(taking.session, line, Movement.FORFEITED, line.amount, taking.now, taking.now)
    told = {"line": line.id, "amount": str(line.amount), "ground": ground.value, "to": receiver.value}
    taking.record("bond.forfeited", told)
    taking.receipt.update(amount=line.amount)
    if line.organization_id:
        tell(taking, line.organization_id, ground, f"{grouped(line.amount)}元，转付{receiver.zh}")


def claim(taking: Taking, row: Guarantee, ground: Code) -> None:
    """Claim a guarantee: what its issuer pays goes to who gets it by law.

    Raises:
        Refused: it was claimed or returned already, or is no longer valid.
    """
    if row.claimed_at is not None or row.returned_at is not None:
        raise Refused("settled", "该保函或者保单已经索赔或者退还", "This guarantee is claimed or returned already")
    if row.valid_until < taking.today:
        raise Refused("expired", "该保函或者保单有效期已过，不能索赔", "This guarantee is no longer valid")
    row.claimed_at, row.claim_ground, row.claim_reason = taking.now, ground.value, taking.data["explanation"]
    receiver = receiver_of(taking.lot.project.type)
    told = {"guarantee": row.id, "amount": str(row.amount), "ground": ground.value, "to": receiver.value}
    taking.record("bond.claimed", told)
    taking.receipt.update(amount=row.amount)
    tell(taking, row.organization_id, ground, f"{row.form.zh}{row.number}，{grouped(row.amount)}元，付{receiver.zh}")


def tell(taking: Taking, organization: str, ground: Code, what: str) -> None:
    """Tell the bidder what is kept, on what ground, and why."""
    name, why = taking.lot.name, taking.data["explanation"]
    taking.tell(
        ("保证金不予退还", f"“{name}”保证金不予退还（{what}），事由：{ground.zh}。{why}"),
        ("Deposit kept", f"Your deposit on “{name}” is kept: {ground.en}. {why}"),
        organizations=[organization],
    )
