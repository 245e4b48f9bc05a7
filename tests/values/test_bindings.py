from paripassu.values.bindings import (
    ByClass,
    ByDate,
    ByReading,
    EachDay,
    EachPart,
    Formula,
    History,
    Holding,
    ObservedWindow,
    Restated,
    SumOver,
    names_asked,
    parameters,
    reading_of,
    unit_of,
)


def total(price, shares):
    return price * shares


def half(price):
    return price / 2


def test_a_formula_asks_for_its_parameters_in_order():
    assert parameters(total) == ("price", "shares") == names_asked(Formula(total, "usd"))


def test_every_alternative_counts_in_what_may_be_asked():
    assert names_asked(ByReading("R", "usd", {"a": total, "b": half})) == ("price", "shares")
    assert names_asked(ByDate("usd", ((None, half), ("from", total)))) == ("price", "shares", "from")


def test_bindings_over_days_parts_and_histories_ask_for_theirs():
    assert set(names_asked(ObservedWindow(("bid",), "count", "days", "usd"))) == {"count", "days"}
    assert set(names_asked(SumOver("exact", "parts", "lot", "held", "shares"))) == {"exact", "parts"}
    assert set(names_asked(EachDay("price", "first", "last", "usd"))) == {"price", "first", "last"}
    assert set(names_asked(EachPart("price", "sales", "sale", "usd"))) == {"price", "sales"}
    assert names_asked(Restated("locks", "usd")) == ("locks",)
    assert names_asked(ByClass("pref", "price")) == ("price",)
    assert names_asked(Holding("pref", "holder", "shares")) == () == names_asked(History("usd"))


def test_unit_and_reading_where_there_are_any():
    assert unit_of(Formula(total, "usd")) == "usd" and unit_of(ByClass("pref", "price")) == ""
    assert reading_of(ByReading("R", "usd", {"a": half})) == "R" and reading_of(History("usd")) == ""
