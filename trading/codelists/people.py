"""What the pool of experts knows of its people 专家库代码."""

from __future__ import annotations

from trading.codelists.code import Code


class Specialty(Code):
    """Specialties of works experts, by name; all of the classification: experts/specialties.toml."""

    HOUSING = "A0101", "房屋建筑工程施工", "Building construction"
    MUNICIPAL = "A0102", "市政公用工程施工", "Municipal works"
    HIGHWAY = "A0103", "公路工程施工", "Highway works"
    WATER = "A0104", "水利水电工程施工", "Water works"
    LANDSCAPE = "A0105", "园林绿化工程施工", "Landscaping"
    COST = "A0201", "工程造价", "Construction cost"
    SUPERVISION = "A0202", "工程监理", "Works supervision"
    ECONOMICS = "A0301", "工程经济", "Engineering economics"


class Pool(Code):
    """From which list an expert comes: the pool of record is provincial (R11, 0.7)."""

    PROVINCIAL = "provincial", "省级评标专家库", "Provincial pool"
    COUNTY = "county", "县级专家名录", "County list"


class TitleLevel(Code):
    """The professional level that an applicant declares (ZTB 37)."""

    SENIOR = "senior", "高级职称", "Senior title"
    EQUAL = "equal", "同等专业水平", "Equal professional level"
    BELOW = "below", "尚不具备", "Neither"


class PoolAct(Code):
    """What may be decided about an expert of the pool."""

    SUSPEND = "suspend", "暂停参加评标", "Suspended"
    RESTORE = "restore", "恢复参加评标", "Restored"
    REMOVE = "remove", "移出专家名录", "Removed"


class SheetSide(Code):
    """Who fills a sheet about each expert after an evaluation."""

    OWNER = "owner", "项目单位或者代理机构", "Owner or agency"
    CENTRE = "centre", "交易中心", "Trading centre"
    SUPERVISOR = "supervisor", "监管机构", "Supervisor"
