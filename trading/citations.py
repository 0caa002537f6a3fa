"""Short law keys written out for a reader 法规引用: "ZTBT 51(5)" becomes 《招标投标法实施条例》第五十一条第五项."""

from __future__ import annotations

import re

LAWS: dict[str, tuple[str, str]] = {
    "ZTB": ("招标投标法", "Tendering Law"),
    "ZTBT": ("招标投标法实施条例", "Implementing Regulation of the Tendering Law"),
    "CG": ("政府采购法", "Government Procurement Law"),
    "CGT": ("政府采购法实施条例", "Implementing Regulation of the Government Procurement Law"),
    "PM": ("拍卖法", "Auction Law"),
    "GZ": ("企业国有资产法", "Law on State-owned Assets of Enterprises"),
    "XZZC": ("行政事业性国有资产管理条例", "Regulation on State Assets of Public Bodies"),
    "TDT": ("土地管理法实施条例", "Implementing Regulation of the Land Administration Law"),
    "CB": ("农村土地承包法", "Rural Land Contracting Law"),
    "D12": ("评标委员会和评标方法暂行规定", "Rules on Evaluation Committees and Methods"),
    "D16": ("必须招标的工程项目规定", "Rules on Works that Must Be Tendered"),
    "D30": ("工程建设项目施工招标投标办法", "Measures on Tendering of Construction"),
    "D74": ("政府采购非招标采购方式管理办法", "Measures on Procurement Other than by Tender"),
    "D87": ("政府采购货物和服务招标投标管理办法", "Measures on Procurement Tenders for Goods and Services"),
    "财库〔2014〕214号": ("财库〔2014〕214号", "Caiku 2014 no. 214"),
    "财库〔2026〕2号": ("财库〔2026〕2号", "Caiku 2026 no. 2"),
    "国土令39": ("招标拍卖挂牌出让国有建设用地使用权规定", "Rules on Granting Land-use Rights (2007)"),
}
COUNTY_RULE = "本县规定"
TITLES = dict(LAWS.values()) | {
    COUNTY_RULE: "County rule",
    f"{COUNTY_RULE}（参照濮阳、宁波公共资源交易管理条例）": "County rule (after the Puyang and Ningbo regulations)",
    f"{COUNTY_RULE}（参照濮阳市公共资源交易管理条例）": "County rule (after the Puyang regulation)",
    f"{COUNTY_RULE}（参照重庆市招标投标条例）": "County rule (after the Chongqing tendering regulation)",
    f"评审因素合计与量化：{COUNTY_RULE}": "County rule (total and quantification of the criteria)",
    "GB 32100-2015 法人和其他组织统一社会信用代码编码规则": "GB 32100-2015 Unified Social Credit Codes",
    "保障中小企业款项支付条例": "Regulation on Payments to Small and Medium Enterprises",
    "公共资源交易平台管理暂行办法": "Interim Measures on Public Resource Trading Platforms",
    "公共资源交易平台系统数据规范（V2.0）": "Data Standard of Public Resource Trading Platforms (V2.0)",
    "关于严格执行招标投标法规制度进一步规范招标投标主体行为的若干意见": "Opinions on the Conduct of Parties to Tenders",
    "招标投标主体行为的若干意见（发改法规规〔2022〕1117号）": "Opinions on the Conduct of Parties (2022 no. 1117)",
    "工程建设项目货物招标投标办法、工程建设项目勘察设计招标投标办法":
        "Measures on Tendering of Goods for Works; Measures on Tendering of Survey and Design",
    "建设工程质量保证金管理办法": "Measures on Quality Retention in Construction",
    "建设工程质量管理条例": "Regulation on Quality of Construction Works",
    "招标公告和公示信息发布管理办法": "Measures on Publishing Tender Notices",
    "招标投标领域公平竞争审查规则（2024年第16号令）": "Rules on Fair Competition Review in Tendering (2024 order 16)",
    "政府投资条例": "Government Investment Regulation",
    "民法典": "Civil Code",
    "电子招标投标办法": "Measures on Electronic Tendering",
    "农村集体经济组织法": "Law on Rural Collective Economic Organizations",
    "土地管理法": "Land Administration Law",
    "公平竞争审查条例": "Fair Competition Review Regulation",
    "政府采购促进中小企业发展管理办法": "Measures on Small and Medium Enterprises in Government Procurement",
    "企业国有资产交易监督管理办法（2016年第32号令）": "Measures on Trading State Assets of Enterprises (2016 order 32)",
    "企业国有资产评估管理暂行办法": "Interim Measures on Valuation of State Assets of Enterprises",
    "工业用地出让最低价标准": "Least Prices for Granting Industrial Land",
    "财库〔2020〕10号": "Caiku 2020 no. 10",
    "财库〔2019〕69号": "Caiku 2019 no. 69",
    "城镇国有土地使用权出让和转让暂行条例": "Provisional Regulation on Urban Land-use Rights",
    "电子签名法": "Electronic Signature Law",
    "国办发〔2017〕97号": "General Office of the State Council 2017 no. 97",
    "财库〔2015〕124号": "Caiku 2015 no. 124",
    "财库〔2016〕198号": "Caiku 2016 no. 198",
    "财库〔2015〕135号": "Caiku 2015 no. 135",
    "依据待查": "Source not found",
    "国土资发〔2010〕34号": "Guotuzifa 2010 no. 34",
    "政府采购质疑和投诉办法": "Measures on Challenges and Complaints in Government Procurement",
    "政府采购框架协议采购方式管理暂行办法（2022年第110号令）": "Measures on Framework Agreements (2022 order 110)",
    "评标专家和评标专家库管理办法（2024年第26号令）": "Measures on Evaluation Experts and Pools (2024 order 26)",
    "财库〔2022〕19号": "Caiku 2022 no. 19",
    "财库〔2026〕12号": "Caiku 2026 no. 12",
    "国办发〔2025〕34号": "General Office of the State Council 2025 no. 34",
    "湖北省政府集中采购目录及标准": "Hubei Procurement Catalogue and Thresholds",
    "工程建设项目招标投标活动投诉处理办法（2004年第11号令）": "Measures on Works Tender Complaints (2004 order 11)",
    f"{COUNTY_RULE}（参照浙江省农村集体资产管理条例）": "County rule (after the Zhejiang regulation)",
    f"{COUNTY_RULE}（参照宁波市公共资源交易管理条例）": "County rule (after the Ningbo regulation)",
}  # fmt: skip
DIGITS = "零一二三四五六七八九"
ARTICLE = re.compile(r"(?P<first>\d+)(?:-(?P<last>\d+))?(?:\((?P<item>\d+)\))?")
COUNT = f"[{DIGITS}十百]+"
PLACE = re.compile(f"第(?P<article>{COUNT})条(?:第(?P<paragraph>{COUNT})款)?(?:第(?P<item>{COUNT})项)?")
TENS = {"十": 10, "百": 100}
COUNTY = re.compile(r"R(0[1-9]|1\d)(\.C\d+)?")


def cite(keys: str, language: str) -> str:
    """``keys`` as a reader knows them, in ``language`` ("zh", else English).

    ``keys`` lists law keys with articles, items in brackets, a range by a hyphen: "ZTB 66, ZTBT 7, 9(2)"; an article
    without a key belongs to the law before it. A rule id such as "R12.C7" is the county's own rule.
    Raises ValueError for what cannot be read.
    """
    chinese = language.startswith("zh")
    words: list[str] = []
    law = ""
    for part in keys.split(", "):
        key, _, article = part.rpartition(" ")
        if COUNTY.fullmatch(part):
            words.append(f"本县规定（{part}）" if chinese else f"county rule ({part})")
            continue
        if part in LAWS:
            words.append(_title(part, chinese))
            law = part
            continue
        if not key and not law:
            raise ValueError(f"unknown law of article: {part!r}")
        law, title = (key, _title(key, chinese)) if key else (law, "")
        words.append(f"{title}{_article(article, chinese)}".strip())
    return ("、" if chinese else "; ").join(words)


def _title(key: str, chinese: bool) -> str:
    if key not in LAWS:
        raise ValueError(f"unknown law key: {key!r}")
    zh, en = LAWS[key]
    if chinese:
        return zh if zh.endswith("号") else f"《{zh}》"
    return en


def _article(text: str, chinese: bool) -> str:
    found = ARTICLE.fullmatch(text)
    if found is None:
        raise ValueError(f"unreadable article: {text!r}")
    first, last, item = found["first"], found["last"], found["item"]
    if not chinese:
        return f" art. {first}" + (f"–{last}" if last else "") + (f" ({item})" if item else "")
    article = f"第{numeral(int(first))}条" + (f"至第{numeral(int(last))}条" if last else "")
    return article + (f"第{numeral(int(item))}项" if item else "")


def in_english(law: str, article: str = "") -> str:
    """A law as a rule names it, with its article as the statute book counts: "Tendering Law art. 51 (5)".

    Arguments:
        law: the Chinese title without its brackets.
        article: "第五十一条第五项", "第二条至第五条", "第十条、第十二条"; empty: the law alone.

    Raises ValueError for a law without an English name and for what cannot be read.
    """
    if law not in TITLES:
        raise ValueError(f"unknown law: {law!r}")
    spans = []
    for span in article.split("、") if article else []:
        ends = [PLACE.fullmatch(end) for end in span.split("至")]
        if not all(ends):
            raise ValueError(f"unreadable article: {article!r}")
        spans.append("–".join(_place(end) for end in ends if end))
    plural = len(spans) > 1 or "–" in "".join(spans)
    return f"{TITLES[law]} {'arts' if plural else 'art.'} {', '.join(spans)}" if spans else TITLES[law]


def _place(found: re.Match[str]) -> str:
    paragraph, item = found["paragraph"], found["item"]
    words = str(counted(found["article"])) + (f" para. {counted(paragraph)}" if paragraph else "")
    return words + (f" ({counted(item)})" if item else "")


def counted(words: str) -> int:
    """The number that ``words`` says as laws write it: 二百零三 is 203. Raises ValueError for other signs."""
    total, digit = 0, 0
    for sign in words:
        if sign in TENS:
            total += (digit or 1) * TENS[sign]
            digit = 0
        else:
            digit = DIGITS.index(sign)
    return total + digit


def numeral(number: int) -> str:
    """``number`` from 1 to 99 in Chinese as laws write it: 51 is 五十一. Raises ValueError beyond."""
    if not 1 <= number <= 99:
        raise ValueError("only 1 to 99")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")
