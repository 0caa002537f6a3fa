"""docs/profiles.md: what may be traded and how, from the profiles of types and methods."""

from __future__ import annotations

from trading.methods import METHODS, TradingMethod
from trading.methods.profile import Profile
from trading.methods.profiles import PROFILES

HEAD = """# Types and methods 项目类型与交易方式

Printed from `trading/methods/profiles/` and `trading/methods/` by `trading docs`; do not edit. Grounds and who decides
on a method other than the first: `trading/methods/proposal.py`; the numbers behind the names: `trading/values.toml`.
"""


def described(profile: Profile) -> list[str]:
    """One type as a list of what it says of itself."""
    bond = profile.bond
    shares = ", ".join(f"`{name}`" for name in (bond.least, bond.most) if name) or "—"
    rows = (
        ("methods 交易方式", "、".join(one.zh for one in profile.methods)),
        ("lots are 标段类别", "、".join(one.zh for one in profile.categories)),
        ("papers with the registration 登记材料", "、".join(one.zh for one in profile.papers)),
        ("thresholds 限额", ", ".join(f"`{name}`" for name in profile.thresholds) or "—"),
        ("bond 保证金", f"{bond.base.zh}, {shares}; refund `{bond.refund}`"),
        ("committee 评审组织", f"`{profile.committee}`" if profile.committee else "—"),
        ("evaluation 评审办法", "、".join(one.zh for one in profile.evaluations)),
        ("publicity 公示", f"{profile.publicity.zh}, `{profile.publicity_length}`"),
        ("result papers 结果文书", "、".join(one.zh for one in profile.result_papers)),
        ("statistics 统计", profile.side.zh),
    )
    head = [f"## {profile.type.zh} — {profile.type.en}", "", profile.zh, "", profile.en, "", "| | |", "|---|---|"]
    return [*head, *(f"| {name} | {value} |" for name, value in rows), ""]


def method_line(method: TradingMethod) -> str:
    """One method as a table row."""
    periods = ", ".join(f"`{name}`" for name in method.periods) or "—"
    least = method.minimum_participants or "—"
    source = f"{method.source} ({method.mark.value})"
    name = f"{method.method.zh}<br>{method.method.en}"
    return f"| {name} | {method.course.zh} | {least} | {periods} | {method.words.winner.zh} | {source} |"


def profiles_page() -> str:
    """The whole page."""
    parts = [HEAD]
    for profile in PROFILES.values():
        parts += described(profile)
    parts += [
        "## Methods 交易方式",
        "",
        "| method | course | least bidders | periods | winner | source |",
        "|---|---|---|---|---|---|",
        *(method_line(one) for one in METHODS.values()),
    ]
    return "\n".join(parts).rstrip() + "\n"
