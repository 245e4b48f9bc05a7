"""Names asked at a point, on an instrument of three small clauses."""

from dataclasses import dataclass
from datetime import date

import pytest

from paripassu.agreement import Agreement, Choice, subjects_of, wire
from paripassu.asking import names_for
from paripassu.explaining import explain
from paripassu.values.arithmetic import ratio
from paripassu.values.bindings import ByDate, ByReading, DayOfPoint, EachPart, Formula, History, names_asked
from paripassu.values.calendars import Calendars
from paripassu.values.dependence import Dependences
from paripassu.values.effects import Set
from paripassu.values.market import Market
from paripassu.values.moments import Place, moment
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.state import State
from paripassu.values.terms import Clause, Reading, Term
from paripassu.values.undetermined import LARGEST, Undetermined, extent

COUNTED = []


def fee(rate, amount):
    """The rate of the amount."""
    COUNTED.append(amount)
    return rate * amount


def early(fee):
    """The whole fee."""
    return fee


def late(fee):
    """Half the fee."""
    return fee / 2


def per_day(fee, days):
    """The fee for each day."""
    return fee / days


def is_large(fee):
    """A fee of a hundred is large whatever it is above."""
    return fee >= 0


@dataclass(frozen=True)
class Fee(Clause):
    """A fee."""

    readings = (Reading("R-HALF", "Whole or half?", "computing", {"whole": "all", "half": "one half"}),)

    def formulas(self):
        return {
            "fee": Formula(fee, "usd"), "amount": History("usd", by="case", waits_for="invoice"),
            "due_fee": ByDate("usd", ((None, early), ("late_from", late))), "late_from": History("date"),
            "chosen_fee": ByReading("R-HALF", "usd", {"whole": early, "half": late}),
            "daily_fee": Formula(per_day, "usd"), "days": History("days"), "on": DayOfPoint(),
            "is_large": Formula(is_large, "yes or no"),
        }


RATE = {"rate": Term("rate", ratio(1, 10), "of", "1")}
AS_OF = date(2000, 1, 31)


def built(*clauses):
    return wire("i", "I", "doc", "UTC", clauses or [Fee("fee", "i", RATE, "1")])


@pytest.fixture
def asked():
    instrument = built()
    agreement = Agreement("d", "D", "UTC", {}, "x", {}, {"i": instrument})
    state = State(AS_OF, None)
    return names_for(agreement, state, Market((), Calendars({})))["i"]


def put(names, name, subject, value, day=1):
    state = names.state
    when = moment(date(2000, 1, day), Place.ACT)
    state.log(when, "i", "fee", Set(name, subject, value), None)
    state.set_value(name, subject, value)
    names.now_day = date(2000, 1, day)


def test_a_value_is_computed_once_until_what_it_rests_on_changes(asked):
    put(asked, "amount", "A", ratio(50))
    COUNTED.clear()
    assert [asked("fee", case="A"), asked("fee", case="A"), asked("due_fee", case="A")] == [5, 5, 5]
    assert COUNTED == [50]
    put(asked, "days", "", 5)
    assert asked("fee", case="A") == 5 and COUNTED == [50]
    put(asked, "amount", "A", ratio(70))
    assert asked("fee", case="A") == 7 and COUNTED == [50, 70]


def test_what_was_asked_earlier_sees_what_stood_then(asked):
    put(asked, "amount", "A", ratio(50), 1)
    then = asked.source("fee", case="A")
    put(asked, "amount", "A", ratio(70), 2)
    assert asked.at_point("fee", then.point) == 5 and asked("fee", case="A") == 7
    assert asked("fee", on=date(2000, 1, 1), case="A") == 5
    assert explain(asked, "fee", then.point).value == 5


@dataclass(frozen=True)
class Ledger(Clause):
    """The fees of all cases, each as it was due on its day."""

    def formulas(self):
        return {"invoices": History("cases"), "due_fees": EachPart("due_fee", "invoices", "case", "usd")}


def test_each_part_is_asked_on_its_own_day_as_it_stood_that_day():
    instrument = built(Fee("fee", "i", RATE, "1"), Ledger("ledger", "i", {}, "2"))
    agreement = Agreement("d", "D", "UTC", {}, "x", {}, {"i": instrument})
    asked = names_for(agreement, State(AS_OF, None), Market((), Calendars({})))["i"]
    put(asked, "late_from", "", date(2000, 1, 3), 1)
    put(asked, "amount", "A", ratio(50), 1)
    put(asked, "amount", "A", ratio(90), 2)
    put(asked, "amount", "B", ratio(50), 4)
    put(asked, "invoices", "", (("B", date(2000, 1, 4)), ("A", date(2000, 1, 1))), 5)
    assert asked("due_fees") == (ratio(5, 2), 5)
    figure = explain(asked, "due_fees", asked.point(None, None, {}))
    assert figure.value == (ratio(5, 2), 5) == tuple(one.value for one in figure.inputs)
    put(asked, "invoices", "", (("A", date(2000, 1, 1)), ("C", date(2000, 1, 4))), 5)
    assert [need.subject for need in asked("due_fees").needs] == ["C"]
    assert subjects_of(instrument, "due_fees") == ()


def test_what_is_given_stands_for_the_name_at_that_point_only(asked):
    put(asked, "amount", "A", ratio(50))
    assert asked("fee", case="A", given={"rate": ratio(1, 2)}) == 25
    assert asked("fee", given={"amount": ratio(8)}) == ratio(4, 5)
    assert asked("fee", case="A") == 5
    assert asked("fee", case="A", given={"fee": 1}) == 1


def test_a_name_bound_by_date_changes_on_that_date(asked):
    put(asked, "amount", "A", ratio(50))
    put(asked, "late_from", "", date(2000, 1, 20), 2)
    days = [date(2000, 1, 19), date(2000, 1, 20)]
    assert [asked("due_fee", on=day, case="A") for day in days] == [5, ratio(5, 2)]


def test_a_reading_counts_as_consulted_once_a_name_that_turns_on_it_is_asked(asked):
    put(asked, "amount", "A", ratio(50))
    asked("due_fee", case="A")
    asked("chosen_fee", case="A", given={"chosen_fee": 1})
    assert asked.consulted == set()
    asked("chosen_fee", case="A")
    assert asked.consulted == {"R-HALF"}


def test_a_reading_chooses_the_function(asked):
    put(asked, "amount", "A", ratio(50))
    assert asked("chosen_fee", case="A") == 5
    half = asked.agreement.with_choices([Choice("R-HALF", "i", "half", "", "")])
    other = names_for(half, asked.state, asked.market)["i"]
    other.now_day = asked.now_day
    assert other("chosen_fee", case="A") == ratio(5, 2)
    with pytest.raises(Problem):
        asked.agreement.with_choices([Choice("R-HALF", "i", "third", "", "")])


def test_an_unknown_is_named_and_does_not_block_what_it_cannot_change(asked):
    value = asked("fee", case="A")
    assert isinstance(value, Undetermined) and [need.name for need in value.needs] == ["invoice"]
    assert asked("is_large", case="A") is True
    assert explain(asked, "is_large", asked.point(None, None, {"case": "A"})).value is True


def test_dividing_by_zero_is_a_problem_that_names_the_zero(asked):
    put(asked, "amount", "A", ratio(50))
    put(asked, "days", "", ratio(0))
    for ask in (lambda: asked("daily_fee", case="A"),
                lambda: explain(asked, "daily_fee", asked.point(None, None, {"case": "A"}))):
        with pytest.raises(Problem) as raised:
            ask()
        assert "days is 0" in raised.value.what


def test_a_name_or_subject_that_is_not_there_is_a_problem(asked):
    for action, kind in ((lambda: asked("fees"), ProblemKind.UNKNOWN_NAME),
                         (lambda: asked("fee"), ProblemKind.INCOMPLETE_FACT)):
        with pytest.raises(Problem) as raised:
            action()
        assert raised.value.kind is kind


def test_dependence_follows_from_the_bindings(asked):
    found = Dependences(asked.instrument.bindings)
    assert found.of("fee").names == {"fee", "rate", "amount"}
    assert found.of("fee").subjects == {"case"} and not found.of("fee").on_day
    assert found.of("due_fee").on_day and ("value", "late_from") in found.of("due_fee").histories
    assert found.is_stored("rate") and found.is_stored("amount") and not found.is_stored("fee")
    assert set(names_asked(asked.instrument.bindings["due_fee"])) == {"fee", "late_from"}


@dataclass(frozen=True)
class Clash(Clause):
    """Binds a name twice."""

    def formulas(self):
        return {"fee": Formula(early, "usd")}


def round_about(first):
    return first


def there_and_back(second):
    return second


@dataclass(frozen=True)
class Circle(Clause):
    """Two names that ask for each other."""

    def formulas(self):
        return {"second": Formula(round_about, "usd"), "first": Formula(there_and_back, "usd")}


@dataclass(frozen=True)
class Undeclared(Clause):
    """A reading that is nowhere declared."""

    def formulas(self):
        return {"x": ByReading("R-NONE", "usd", {"a": early}), "fee": Formula(fee, "usd"), "rate": History("of"),
                "amount": History("usd")}


@pytest.mark.parametrize(("clauses", "words"), [
    ([Fee("fee", "i", RATE, "1"), Clash("clash", "i", {}, "2")], "fee is bound by fee and by clash"),
    ([Fee("fee", "i", {}, "1")], "asks for rate, which no clause binds"),
    ([Circle("circle", "i", {}, "1")], "second asks for first asks for second"),
    ([Undeclared("u", "i", {}, "1")], "R-NONE"),
])
def test_wiring_that_does_not_hold_is_a_problem(clauses, words):
    with pytest.raises(Problem) as raised:
        built(*clauses)
    assert raised.value.kind is ProblemKind.WIRING and words in raised.value.what


# -- names used of another instrument


def twice(fee): return 2 * fee


class Surcharge(Clause):
    def formulas(self):
        return {"surcharge": Formula(twice, "usd")}


@pytest.fixture
def two():
    first = built()
    second = wire("j", "J", "doc-j", "UTC", [Surcharge("surcharge", "j", {}, "2")], {"fee": first})
    agreement = Agreement("d", "D", "UTC", {}, "x", {}, {"i": first, "j": second})
    return names_for(agreement, State(AS_OF, None), Market((), Calendars({})))


def test_a_name_used_of_another_instrument_has_its_value_there(two):
    put(two["i"], "amount", "A", ratio(50))
    two["j"].now_day = two["i"].now_day
    assert two["j"]("surcharge", case="A") == 10
    put(two["i"], "amount", "A", ratio(70))
    assert two["j"]("surcharge", case="A") == 14
    assert two["j"]("surcharge", case="A", given={"fee": 1}) == 2
    assert subjects_of(two["j"].instrument, "surcharge") == ("case",)


def test_the_explanation_of_a_used_name_cites_the_paper_it_stands_in(two):
    put(two["i"], "amount", "A", ratio(50))
    figure = explain(two["j"], "surcharge", two["j"].point(date(2000, 1, 31), {}, {"case": "A"}))
    assert figure.value == 10 and figure.citation.document == "doc-j"
    assert figure.inputs[0].citation.document == "doc" and figure.inputs[0].inputs


def test_bounds_are_sought_across_instruments(two):
    value = two["j"]("surcharge", case="B")
    assert isinstance(value, Undetermined) and [need.name for need in value.needs] == ["invoice"]
    assert value.low == 0


def part_covered(assets, dues):
    """How much of what is due the assets cover."""
    return min(1, assets / (100 + dues))


@dataclass(frozen=True)
class WindingUp(Clause):
    """One fact says what there is and what is due; what it was before is nothing unless reported."""

    def formulas(self):
        return {
            "part_covered": Formula(part_covered, "of what is due"),
            "assets": History("usd", waits_for="winding_up"), "dues": History("usd", waits_for="winding_up"),
            "less": History("usd", waits_for="winding_up", bounded_at_zero=True), "net": Formula(net, "usd"),
        }


def net(assets, less):
    """Assets, less what was there before."""
    return assets - less


def test_two_values_of_one_fact_do_not_move_together():
    """Much may be left where little is due, and little where much is: all of it is covered, or nothing."""
    instrument = built(WindingUp("winding-up", "i", {}, "1"))
    agreement = Agreement("d", "D", "UTC", {}, "x", {}, {"i": instrument})
    names = names_for(agreement, State(AS_OF, None), Market((), Calendars({})))["i"]
    covered = names("part_covered")
    assert (covered.low, covered.high) == (0, 1)
    assert {str(need) for need in covered.needs} == {"winding up"}
    assert extent(names("net")) == (0, LARGEST), "what cannot be more than nothing has no range of its own"
    known = names("part_covered", given={"dues": ratio(0)})
    assert (known.low, known.high) == (0, 1)


def test_a_name_used_must_be_bound_there_and_nowhere_else():
    first = built()
    with pytest.raises(Problem, match="which no clause of i binds"):
        wire("j", "J", "doc", "UTC", [], {"tax": first})
    with pytest.raises(Problem, match="bound by i and by fee"):
        wire("j", "J", "doc", "UTC", [Fee("fee", "j", RATE, "1")], {"fee": first})
