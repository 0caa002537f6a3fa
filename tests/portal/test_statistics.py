"""The statistics: sums before rates, the base named, the two sides apart, the CSV the same sums."""

import csv
import io
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.portal.records import DAY, make_awards
from trading.beijing import BEIJING
from trading.codelists import Category, District, ProjectType, Status

WAN = 10_000


def ledger_of_94(base="51660.00", saved="1154.76"):
    """94 lots whose bases and savings sum to the given totals in 万元, none of them alike."""
    bases = [Decimal(400 + number) * WAN for number in range(93)]
    gains = [Decimal(8 + number % 7) * WAN for number in range(93)]
    bases.append(Decimal(base) * WAN - sum(bases))
    gains.append(Decimal(saved) * WAN - sum(gains))
    return [
        {"base": one, "price": one - gain, "at": DAY - timedelta(days=3 * number)}
        for number, (one, gain) in enumerate(zip(bases, gains, strict=True))
    ]


@pytest.mark.both_databases
@pytest.mark.parametrize(("base", "rate"), [("51660.00", "2.24"), ("51700.00", "2.23")])
def test_v19_ninety_four_lots_print_the_rate_of_their_sums(app, client, base, rate):
    make_awards(app, *ledger_of_94(base))
    told = client.get("/api/v1/statistics").json
    purchase = next(line for line in told["total"] if line["side"] == "purchase")
    assert told["rate_base"] == "CONTROL"
    assert (purchase["lots"], purchase["rate"]) == (94, rate)
    assert purchase["gained"] == "11547600.00"
    page = client.get("/statistics").text
    assert f"{rate}%" in page
    assert "1,154.76" in page
    assert "5.17" in page
    assert "以控制价为基数" in page


def test_the_rate_is_no_mean_of_rates(app, client):
    make_awards(app, {"base": Decimal(100), "price": Decimal(50)}, {"base": Decimal(900), "price": Decimal(900)})
    assert client.get("/api/v1/statistics").json["total"][0]["rate"] == "5.00"


def test_the_csv_sums_to_the_page(app, client):
    make_awards(app, *ledger_of_94())
    told = client.get("/api/v1/statistics").json["total"][0]
    rows = list(csv.DictReader(io.StringIO(client.get("/statistics.csv").get_data().decode("utf-8-sig"))))
    assert len(rows) == told["lots"]
    for column, name in (("base_yuan", "base"), ("price_yuan", "price"), ("gained_yuan", "gained")):
        assert sum(Decimal(row[column]) for row in rows) == Decimal(told[name])


def test_every_breakdown_sums_to_the_whole(app, client):
    places, kinds = list(District), list(Category)
    given = [one | {"district": places[n % 5], "category": kinds[n % 3]} for n, one in enumerate(ledger_of_94())]
    make_awards(app, *given)
    told = client.get("/api/v1/statistics").json
    for part in ("by_category", "by_district"):
        assert sum(Decimal(line["gained"]) for line in told[part]) == Decimal(told["total"][0]["gained"])
        assert sum(line["lots"] for line in told[part]) == 94


def test_purchase_and_disposal_are_never_netted(app, client):
    make_awards(
        app,
        {"base": Decimal(1000), "price": Decimal(900)},
        {"base": Decimal("120000"), "price": Decimal("234000"), "type": ProjectType.RURAL},
    )
    purchase, disposal = client.get("/api/v1/statistics").json["total"]
    assert (purchase["gained"], purchase["rate"]) == ("100.00", "10.00")
    assert (disposal["gained"], disposal["rate"]) == ("114000.00", "95.00")
    assert "增值率" in client.get("/statistics").text


def test_a_lot_counts_in_the_beijing_year_of_its_confirmation(app, client):
    last = datetime(2025, 12, 31, 23, 59, 59, tzinfo=BEIJING)
    price = {"base": Decimal(1000), "price": Decimal(900)}
    make_awards(app, price | {"at": last}, price | {"at": last + timedelta(seconds=1)})
    for year in (2025, 2026):
        told = client.get(f"/api/v1/statistics?year={year}").json
        assert told["total"][0]["lots"] == 1
        months = {"2025-12"} if year == 2025 else {"2026-01"}
        assert {line["group"] for line in told["by_month"]} == months
    assert client.get("/api/v1/statistics?year=2024").json["total"][0]["lots"] == 0
    assert client.get("/statistics?year=2024").status_code == 200


def test_ended_lots_do_not_count(app, client):
    price = {"base": Decimal(1000), "price": Decimal(900)}
    make_awards(app, price, price | {"status": Status.TERMINATED}, price | {"status": Status.FAILED})
    assert client.get("/api/v1/statistics").json["total"][0]["lots"] == 1


def test_a_name_that_looks_like_a_formula_is_harmless_in_a_spreadsheet(app, client):
    make_awards(app, {"base": Decimal(1000), "price": Decimal(900), "name": "=1+1"})
    assert ",'=1+1," in client.get("/statistics.csv").text


@pytest.mark.parametrize("year", ["1989", "2201", "x", "1e3"])
def test_a_year_that_is_none_is_refused(client, year):
    assert client.get(f"/api/v1/statistics?year={year}").status_code == 400
    assert client.get(f"/statistics?year={year}").status_code == 400
    assert client.get(f"/statistics.csv?year={year}").status_code == 400
