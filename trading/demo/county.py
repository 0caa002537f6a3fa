"""The demonstration county 示范县: its organisations, people, experts and a year of works, all from one fixed seed.

Every name is invented; the totals are those of the 2010 county report: 94 projects, control prices of 51,660.00万元 and
savings of 1,154.76万元, hence 5.17亿元 and 2.24 %.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from trading.codelists import District, Role, Specialty

SEED = b"wutong demonstration county 1"
AWARDED = 94
CONTROL_TOTAL = Decimal("516600000.00")
SAVED_TOTAL = Decimal("11547600.00")
OWNERS = (
    "巴东县水利局", "巴东县交通运输局", "巴东县住房和城乡建设局", "巴东县教育局", "巴东县卫生健康局",
    "巴东县农业农村局", "信陵镇人民政府", "野三关镇人民政府", "沿渡河镇人民政府", "官渡口镇人民政府",
)  # fmt: skip
AGENCIES = ("三峡工程咨询有限公司", "清江招标代理有限公司")
BIDDERS = (
    "巴山建设集团有限公司", "神农溪水利水电工程有限公司", "清江路桥工程有限公司", "三峡市政工程有限公司",
    "楚天建筑工程有限公司", "鄂西公路工程有限公司", "恩施州长江建设有限公司", "武陵园林工程有限公司",
    "绿葱坡土石方工程有限公司", "野三关建筑安装有限公司", "巫峡水务工程有限公司",
    "金果坪建设工程有限公司", "大支坪路桥有限公司", "水布垭机电安装有限公司",
)  # fmt: skip
SELLERS = (
    "信陵镇五里堆社区居民委员会", "巴东县自然资源和规划局", "巴东县国有资产经营有限公司", "巴东县机关事务服务中心",
)  # fmt: skip
BUYERS = (
    "鲜农优选商贸有限公司", "神农溪文化旅游有限公司", "三峡仓储物流有限公司", "巴山绿野农业开发有限公司",
)  # fmt: skip
KINDS = (
    ("{place}农村饮水安全巩固提升工程", "取水、净水、输配水管网及入户安装", Specialty.WATER),
    ("{place}通村公路改建工程", "路基、路面、桥涵及安全设施施工", Specialty.HIGHWAY),
    ("{place}小型水库除险加固工程", "大坝防渗、溢洪道及放水设施改造", Specialty.WATER),
    ("{place}中心小学教学综合楼工程", "土建、装饰、安装及室外附属工程", Specialty.HOUSING),
    ("{place}卫生院业务用房工程", "土建、装饰、安装及室外附属工程", Specialty.HOUSING),
    ("{place}集镇污水处理及配套管网工程", "污水处理站及配套管网施工", Specialty.MUNICIPAL),
    ("{place}集镇街道改造工程", "道路、排水、照明及绿化工程施工", Specialty.MUNICIPAL),
    ("{place}高标准农田建设工程", "土地平整、灌排渠系及机耕道施工", Specialty.WATER),
    ("{place}滑坡体治理工程", "抗滑桩、挡土墙及截排水施工", Specialty.MUNICIPAL),
    ("{place}便民服务中心工程", "土建、装饰及安装工程施工", Specialty.HOUSING),
    ("{place}河道综合治理工程", "护岸、清淤及生态修复施工", Specialty.WATER),
    ("{place}公园绿化提升工程", "园林绿化、园路及景观照明施工", Specialty.LANDSCAPE),
)  # fmt: skip
SURNAMES = "向谭黄邓田税宋郑周许覃冯陈李王张刘徐朱费焦贺"
GIVEN = (
    "家荣", "明远", "先琼", "启航", "秀英", "德胜", "文斌", "晓梅", "国栋", "永红", "建华", "春燕",
    "志刚", "丽君", "承志", "雨桐", "子墨",
)  # fmt: skip
TITLES = ("高级工程师", "正高级工程师", "副教授", "研究员级高级工程师")
STAFF = (
    ("centre", Role.CENTRE), ("centre2", Role.CENTRE), ("supervisor", Role.SUPERVISOR),
    ("supervisor2", Role.SUPERVISOR),
    ("authority", Role.AUTHORITY), ("oversight", Role.OVERSIGHT), ("officer", Role.OPENING_OFFICER),
    ("officer2", Role.OPENING_OFFICER), ("officer3", Role.OPENING_OFFICER), ("officer4", Role.OPENING_OFFICER),
    ("notary", Role.NOTARY),
    ("admin", Role.ADMINISTRATOR), ("bank", Role.BANK),
)  # fmt: skip
OFFICERS = ("officer", "officer2", "officer3", "officer4")


def draw(*about: object) -> int:
    """A number that depends on the seed and on what it is about, nothing else."""
    text = "/".join(str(one) for one in about).encode()
    return int.from_bytes(hmac.digest(SEED, text, hashlib.sha256)[:8], "big")


def pick(options: Sequence[str], *about: object) -> str:
    """One of ``options``."""
    return options[draw(*about) % len(options)]


def person(*about: object) -> str:
    """A name."""
    return SURNAMES[draw("surname", *about) % len(SURNAMES)] + pick(GIVEN, "given", *about)


def name_of(serial: int) -> str:
    """A name that nobody else has: heads of two bidders who are one person would bar both (R10.C13)."""
    return SURNAMES[serial % len(SURNAMES)] + GIVEN[serial % len(GIVEN)]


@dataclass(frozen=True)
class Work:
    """One works lot of the year."""

    number: int
    title: str
    scope: str
    specialty: Specialty
    district: District
    owner: int
    ceiling: Decimal
    price: Decimal
    bidders: tuple[int, ...]


def parts(total: Decimal, weights: Sequence[int], unit: Decimal) -> list[Decimal]:
    """``total`` cut in whole units by ``weights``; the last takes what is left."""
    whole = sum(weights)
    cut = [(total * weight / whole / unit).to_integral_value() * unit for weight in weights[:-1]]
    return [*cut, total - sum(cut, Decimal(0))]


def works() -> list[Work]:
    """The ninety-four awarded lots of the year."""
    ceilings = parts(CONTROL_TOTAL, [40 + draw("size", number) % 160 for number in range(AWARDED)], Decimal(10000))
    weights = [int(ceiling) // 1000 * (50 + draw("thrift", number) % 100) for number, ceiling in enumerate(ceilings)]
    saved = parts(SAVED_TOTAL, weights, Decimal(100))
    return [
        work(number, ceiling, ceiling - saving)
        for number, (ceiling, saving) in enumerate(zip(ceilings, saved, strict=True), 1)
    ]


def work(number: int, ceiling: Decimal, price: Decimal) -> Work:
    """One lot of the year, with its bidders."""
    districts = list(District)
    district = districts[draw("district", number) % len(districts)]
    title, scope, specialty = KINDS[draw("kind", number) % len(KINDS)]
    count = 3 + draw("bidders", number) % 4
    ranked = sorted(range(len(BIDDERS)), key=lambda one: draw("ranked", number, one))
    valley = pick(tuple("溪坪坝岭湾垭河"), "place", number) + pick(tuple("东西南北中"), "side", number)
    place = f"{district.zh}{valley}片"
    return Work(
        number, title.format(place=place), scope, specialty, district, draw("owner", number) % len(OWNERS), ceiling,
        price, tuple(ranked[:count]),
    )  # fmt: skip


def other_prices(one: Work) -> list[Decimal]:
    """The prices of the bidders behind the winner: above his, within the ceiling, none alike."""
    room = one.ceiling - one.price
    count = len(one.bidders) - 1
    return [one.price + (room * (index + 1) / (count + 1)).quantize(Decimal("0.01")) for index in range(count)]
