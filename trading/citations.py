"""Short law keys written out for a reader 法规引用: "ZTBT 51(5)" becomes 《招标投标法实施条例》第五十一条第五项."""

from __future__ import annotations

import re

LAWS: dict[str, tuple[str, str]] = {
    "ZTB": ("招标投标法", "Tendering Law"),
    "ZTBT": ("招标投标法实施条例", "Regulation on the Tendering Law"),
    "CG": ("政府采购法", "Government Procurement Law"),
    "CGT": ("政府采购法实施条例", "Regulation on the Government Procurement Law"),
    "PM": ("拍卖法", "Auction Law"),
    "GZ": ("企业国有资产法", "Law on State-owned Assets of Enterprises"),
    "XZZC": ("行政事业性国有资产管理条例", "Regulation on State Assets of Public Bodies"),
    "TDT": ("土地管理法实施条例", "Regulation on the Land Administration Law"),
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
DIGITS = "零一二三四五六七八九"
ARTICLE = re.compile(r"(?P<first>\d+)(?:-(?P<last>\d+))?(?:\((?P<item>\d+)\))?")
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


def numeral(number: int) -> str:
    """``number`` from 1 to 99 in Chinese as laws write it: 51 is 五十一. Raises ValueError beyond."""
    if not 1 <= number <= 99:
        raise ValueError("only 1 to 99")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")
