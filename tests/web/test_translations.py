"""The interface in two languages 双语界面: every Chinese text has its English one, and no page mixes the two."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask
from marshmallow import Schema, fields

import trading
from tests.builders import a_lot, client_as, people
from trading.codelists import Code, Status
from trading.database import db
from trading.errors import InvalidInput
from trading.models.base import Base
from trading.rules import RULES
from trading.values import load as load_values
from trading.web.exchange import load
from trading.web.fields import StepSchema

ROOT = Path(trading.__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CATALOGUE = ROOT / "trading" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
SAID = re.compile(r"_\((?P<sign>['\"]).*?(?P=sign)", re.DOTALL)
NOTE = re.compile(r"\{#.*?#\}", re.DOTALL)
UNREACHABLE = {"validator_failed", "invalid_utf8", "format", "invalid_awareness"}
SWITCH = "中文"
TOLD = {"ledger_entry", "message", "alarm", "compliance_record"}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The English catalogue as it is kept."""
    with CATALOGUE.open(encoding="utf-8") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text that code and templates mark as the reader's, with a file that says it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")
    keywords = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None}
    found = extract_from_dir(ROOT, methods, options, keywords)
    return {str(text): file for file, _line, text, _comments, _context in found}


def entries(catalogue: Catalog) -> dict[str, str]:
    """Chinese text → English text."""
    return {str(one.id): str(one.string) for one in catalogue if one.id}


def test_every_text_of_code_and_templates_has_an_english_one(catalogue: Catalog, texts: dict[str, str]) -> None:
    said = entries(catalogue)
    missing = {text: file for text, file in texts.items() if not said.get(text, "").strip(" ") and text.strip()}
    assert not missing, "./dev translate adds these to the catalogue; then say them in English: " + repr(missing)


def test_the_catalogue_holds_no_text_that_nobody_says_any_more(catalogue: Catalog, texts: dict[str, str]) -> None:
    assert sorted(set(entries(catalogue)) - set(texts)) == [], "./dev translate takes these out"
    assert list(catalogue.obsolete) == [], "./dev translate takes these out"


def test_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert [one.id for one in catalogue if one.id and one.fuzzy] == []


def test_the_english_text_has_the_placeholders_of_the_chinese_one(catalogue: Catalog) -> None:
    def marks(text: str) -> tuple[list[str], int]:
        return sorted(PLACEHOLDER.findall(text)), PLACEHOLDER.sub("", text).count("%")

    assert [zh for zh, en in entries(catalogue).items() if marks(zh) != marks(en)] == []


def test_the_english_text_has_no_chinese_in_it(catalogue: Catalog) -> None:
    assert {zh: en for zh, en in entries(catalogue).items() if CHINESE.search(en)} == {}


def test_the_head_of_the_catalogue_names_nobody_and_no_day() -> None:
    head = CATALOGUE.read_text(encoding="utf-8").split("\n\n")[0]
    assert "@" not in head and "-Date" not in head and "Translator" not in head


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_says_chinese_past_the_catalogue(path: Path) -> None:
    bare = SAID.sub("", NOTE.sub("", path.read_text(encoding="utf-8")))
    assert [found for found in CHINESE.findall(bare) if found != SWITCH] == []


def everything_below(kind: type) -> Iterator[type]:
    """All classes made from ``kind``, once every module of the house is loaded."""
    for module in pkgutil.walk_packages(trading.__path__, "trading."):
        import_module(module.name)
    waiting = list(kind.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        yield one


def test_every_code_has_its_word_in_both_languages() -> None:
    members = [member for codelist in everything_below(Code) for member in codelist]
    wrong = [repr(one) for one in members if not one.en or CHINESE.search(one.en) or not CHINESE.search(one.zh)]
    assert len(members) > 200 and wrong == []


def test_every_rule_condition_and_number_has_its_words_in_both_languages() -> None:
    pairs = [(rule.zh, rule.en) for rule in RULES] + [(rule.requires_zh, rule.requires_en) for rule in RULES]
    pairs += [(one.zh, one.en) for rule in RULES for one in rule.conditions]
    facts = load_values().facts.values()
    pairs += [(one.text, one.text_en) for rule in RULES for condition in rule.conditions for one in condition.sources]
    pairs += [(one.label_zh, one.label_en) for one in facts] + [(one.source, one.source_en) for one in facts]
    assert [(zh, en) for zh, en in pairs if not zh or not en or CHINESE.search(en)] == []


def asked(schema: Schema) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Each field of a schema, and the fields inside its lists."""
    for name, field in schema.fields.items():
        yield name, field
        if isinstance(field, fields.List):
            yield f"{name}[]", field.inner


def test_no_field_falls_back_on_the_english_of_the_library() -> None:
    english = [
        f"{kind.__name__}.{name}: {said}"
        for kind in everything_below(StepSchema)
        for name, field in asked(kind())
        for key, said in field.error_messages.items()
        if key not in UNREACHABLE and not (key == "required" and name.endswith("[]")) and isinstance(said, str)
        and not (key == "type" and isinstance(field, fields.Nested))
    ]  # fmt: skip
    assert english == []


@pytest.mark.parametrize("raw", [{"unheard_of": 1}, [], 7, {"reason": 7}, {"reason": None}, {"files": [None]}])
def test_what_is_wrong_is_said_in_chinese_whatever_is_sent(app: Flask, raw: Any) -> None:
    with app.test_request_context("/"):
        for kind in everything_below(StepSchema):
            try:
                load(kind(), raw)
            except InvalidInput as wrong:
                told = str(wrong.told("zh"))
                assert not re.search("[A-Za-z]{3,} [a-z]", told), f"{kind.__name__}: {told}"


def strings(value: Any) -> Iterator[str]:
    """The texts inside a value of a record."""
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines())
    elif isinstance(value, dict):
        yield from (text for one in value.items() for part in one for text in strings(part))
    elif isinstance(value, list):
        yield from (text for one in value for text in strings(one))


def data(app: Flask) -> list[str]:
    """Every Chinese text that is kept as data, the longest first: names, addresses, notices."""
    kept = [table for table in Base.metadata.sorted_tables if table.name not in TOLD]
    with app.app_context():
        rows = [row for table in kept for row in db.session.execute(table.select())]
    found = {text for row in rows for value in row for text in strings(value) if CHINESE.search(text)}
    return sorted(found, key=len, reverse=True)


PUBLIC = (
    "/", "/lots", "/notices", "/statistics", "/rules", "/verify", "/credit", "/login", "/register", "/nowhere",
    "/lots/{code}", "/lots/{code}/record", "/lots/{code}/documents",
)  # fmt: skip
OWN = {
    None: PUBLIC,
    "bidder1": ("/my-work", "/account", "/inbox", "/lots/{code}", "/lots/{code}/submit-bid", "/lots/{code}/object",
                "/lots/{code}/ask", "/lots/{code}/register-guarantee", "/lots/{code}/my-bid"),
    "owner": ("/my-work", "/projects", "/projects/new", "/lots/{code}", "/lots/{code}/prepare-terms",
              "/lots/{code}/clarify", "/lots/{code}/plan-draw", "/lots/{code}/terminate", "/lots/{code}/fail"),
    "supervisor": ("/my-work", "/oversight", "/oversight/reads", "/lots/{code}", "/lots/{code}/suspend",
                   "/lots/{code}/answer-filing"),
    "centre": ("/my-work", "/lots/{code}", "/lots/{code}/open-bids", "/admin", "/admin/experts"),
    "administrator": ("/admin", "/admin/accounts", "/admin/accounts/new", "/admin/organizations"),
}  # fmt: skip


@pytest.mark.parametrize("status", [Status.REGISTERED, Status.PUBLISHED, Status.OPENED])
def test_a_page_in_english_has_no_chinese_outside_data(app: Flask, status: Status) -> None:
    trade = a_lot(app, people(app), status)
    browsers = {who: client_as(app, trade.people[who] if who else None) for who in OWN}
    read = [
        (f"{who}: {path}", browsers[who].get(f"{path.format(code=trade.code)}?lang=en").text)
        for who, paths in OWN.items() for path in paths
    ]  # fmt: skip
    laws = {source.text for rule in RULES for one in rule.conditions for source in one.sources}
    laws |= set(load_values().calendar_years.values())
    names = [*data(app), *sorted(laws, key=len, reverse=True), SWITCH]
    mixed = {}
    for page, text in read:
        bare = unescape(text)
        for name in names:
            bare = bare.replace(name, "")
        if found := CHINESE.findall(bare):
            mixed[page] = found
    assert mixed == {}
