"""The only door for money 金额: exact yuan in, fen for the database, figures and capital numerals for people."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

LIMIT = Decimal(10) ** 13
FEN = Decimal("0.01")
WAN = Decimal(10_000)
YI = Decimal(100_000_000)
FIGURES = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")


class MoneyError(ValueError):
    """What was given is no amount of money."""


def yuan(value: Decimal | int | str) -> Decimal:
    """An amount in yuan, rounded half up to the fen.

    Args:
        value: yuan as ``Decimal``, ``int`` or text ("1234.5"; separators "1,234.50" are understood).

    Raises:
        MoneyError: for a float or bool, for anything that is no finite number, and beyond 10**13 yuan.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise MoneyError(f"money is Decimal, int or text, never {type(value).__name__}")
    amount = _read(value) if isinstance(value, str) else Decimal(value)
    if not amount.is_finite():
        raise MoneyError(f"not a finite amount: {value!r}")
    if not -LIMIT <= amount <= LIMIT:
        raise MoneyError(f"beyond {LIMIT} yuan")
    return amount.quantize(FEN, ROUND_HALF_UP) + 0


def _read(text: str) -> Decimal:
    """Plain ASCII figures only: ``Decimal`` alone would also take "1e5", "1_0" and figures of other scripts."""
    figures = text.strip()
    unsigned = figures.removeprefix("-")
    whole, _, rest = unsigned.partition(".")
    groups = whole.split(",")
    grouped_well = len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    plain = figures.isascii() and "".join(groups).isdigit() and (rest.isdigit() or "." not in unsigned)
    if not (grouped_well and plain and len(figures) <= 40):
        raise MoneyError(f"not an amount: {figures[:40]!r}")
    return Decimal(figures.replace(",", ""))


def to_fen(amount: Decimal | int | str) -> int:
    """Integer fen for the database; ``amount`` in yuan must have no part of a fen.

    Raises:
        MoneyError: as :func:`yuan`, and when rounding would lose something.
    """
    exact = yuan(amount)
    if isinstance(amount, Decimal) and exact != amount:
        raise MoneyError(f"{amount} has a part of a fen: round it with yuan() first")
    return int(exact * 100)


def from_fen(fen: int) -> Decimal:
    """Yuan of integer ``fen``.

    Raises:
        MoneyError: when ``fen`` is no integer or absurdly large.
    """
    if isinstance(fen, bool) or not isinstance(fen, int):
        raise MoneyError(f"fen are int, never {type(fen).__name__}")
    if abs(fen) > LIMIT * 100:
        raise MoneyError(f"beyond {LIMIT} yuan")
    return yuan(Decimal(fen) / 100)


def grouped(amount: Decimal) -> str:
    """元 with separators and two places: "1,234,567.00"."""
    return f"{yuan(amount):,.2f}"


def wan(amount: Decimal) -> str:
    """万元 with separators and two places, half up: 516,600,000 yuan is "51,660.00"."""
    return _scaled(amount, WAN)


def yi(amount: Decimal) -> str:
    """亿元 with two places, half up: 516,600,000 yuan is "5.17"."""
    return _scaled(amount, YI)


def _scaled(amount: Decimal, unit: Decimal) -> str:
    return f"{(yuan(amount) / unit).quantize(FEN, ROUND_HALF_UP) + 0:,.2f}"


def percent(rate: Decimal) -> str:
    """A rate already in percent, two places half up: ``Decimal("2.235")`` is "2.24%"."""
    if not isinstance(rate, Decimal) or not rate.is_finite():
        raise MoneyError(f"a rate is a finite Decimal, not {rate!r}")
    return f"{rate.quantize(FEN, ROUND_HALF_UP) + 0:.2f}%"


def capitals(amount: Decimal) -> str:
    """大写 of ``amount`` in yuan: 1,020,030.40 is "壹佰零贰万零叁拾元肆角", 5 is "伍元整", zero is "零元整".

    After 支付结算办法 annex 1 (to be verified): 整 closes an amount that ends at 元 and is left out after 角, 零 stands
    once for a run of noughts inside the number. A negative amount begins with 负.
    """
    fen = to_fen(yuan(amount))
    whole, cents = divmod(abs(fen), 100)
    tenths, hundredths = divmod(cents, 10)
    text = _whole(whole) + "元" if whole or not cents else ""
    if not cents:
        text += "整"
    if tenths:
        text += FIGURES[tenths] + "角"
    elif hundredths and whole:
        text += "零"
    if hundredths:
        text += FIGURES[hundredths] + "分"
    return ("负" if fen < 0 else "") + text


def _whole(number: int) -> str:
    """Chinese capitals of a whole number, four figures a group."""
    for size, name in ((100_000_000, "亿"), (10_000, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            joint = FIGURES[0] if rest and rest < size // 10 else ""
            return _whole(head) + name + joint + (_whole(rest) if rest else "")
    text = ""
    for place in (3, 2, 1, 0):
        figure = number // 10**place % 10
        if figure:
            text += FIGURES[figure] + PLACES[place]
        elif text and not text.endswith(FIGURES[0]):
            text += FIGURES[0]
    return text.rstrip(FIGURES[0]) or FIGURES[0]
