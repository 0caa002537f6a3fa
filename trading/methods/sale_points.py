"""What the notice of a disposal must say 处置公告必备内容, by type of project; the names are the notice's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trading.codelists import ProjectType

COMMON = (
    "seller", "object", "price", "conditions", "documents", "application", "bidding", "winner", "deposit", "contact",
)  # fmt: skip
REQUIRED: dict[ProjectType, tuple[str, ...]] = {
    ProjectType.LAND: (*COMMON, "use"),
    ProjectType.SOE: (*COMMON, "approval"),
    ProjectType.ADMIN: (*COMMON, "approval"),
    ProjectType.RURAL: (*COMMON, "approval"),
}
NAMES = {
    "seller": "出让人（转让方、出租方）的名称和地址",
    "object": "标的概况、面积、界址和现状",
    "use": "用途、使用年期和规划条件",
    "approval": "批准或者民主决策情况",
    "price": "起始价和加价幅度",
    "conditions": "竞买人资格要求和报名办法",
    "documents": "获取文件的时间、地点和方式",
    "application": "报名和保证金截止时间",
    "bidding": "竞价的时间、地点、期限和方式",
    "winner": "确定买受人的标准和方法",
    "deposit": "竞买保证金",
    "contact": "联系人及联系方式",
}
NO_LIMITS = frozenset({"", "无", "不限", "无限制", "不设资格条件", "不设受让方资格条件", "不设竞买人资格条件"})


def missing_points(type_: ProjectType, told: Mapping[str, Any]) -> tuple[str, ...]:
    """The points that a notice of this type must have and has not, by their names.

    Source for land: 国有建设用地招标拍卖挂牌出让规定 art. 9, to be verified.
    """
    return tuple(NAMES[name] for name in REQUIRED.get(type_, COMMON) if not told.get(name))


def limits(conditions: str | None) -> tuple[str, ...]:
    """The conditions that limit who may buy; words that say there are none are none."""
    told = (conditions or "").strip().rstrip("。")
    return () if told in NO_LIMITS else (told,)
