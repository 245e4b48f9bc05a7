from datetime import date

from paripassu.values.arithmetic import Rational, ratio
from paripassu.values.effects import Move, Set
from paripassu.values.facts import fact_from
from paripassu.values.grades import Grade
from paripassu.values.moments import Place, moment
from paripassu.values.state import State
from paripassu.values.undetermined import Need, Undetermined, extent


def fresh():
    state = State(date(2000, 1, 1), None)
    state.track("pref", "price")
    return state


def apply(state, effect, day=1, cause=None):
    when = moment(date(1999, 1, day), Place.ACT)
    state.log(when, "pref", "clause", effect, cause, cause)
    if isinstance(effect, Set):
        state.set_value(effect.name, effect.subject, effect.value)
    else:
        state.move(
            effect.asset, effect.source, effect.target, effect.lot, effect.quantity, reverses=effect.reverses
        )


def two_holders():
    state = fresh()
    apply(state, Set("price", "L1", 6))
    apply(state, Move("pref", "(issuer)", "a", 7, "L1"), 2)
    apply(state, Move("pref", "a", "b", 3, "L1"), 3)
    return state


def test_positions_lots_and_totals_as_of_each_place():
    state = two_holders()
    assert [state.position("pref", "a", "L1", place) for place in (1, 2, 3)] == [0, 7, 4]
    assert [state.total("pref", "", place) for place in (1, 2, 3)] == [0, 7, 7]
    assert state.lots("pref", "b", 2) == {} and state.lots("pref", "b") == {"L1": 3}
    assert state.position("pref", "(issuer)", "L1") == -7
    assert state.holders("pref") == ["a", "b"] and state.owners("pref") == ["(issuer)", "a", "b"]


def test_an_unknown_number_that_is_taken_back_leaves_what_is_known():
    state, unknown = fresh(), Undetermined(frozenset({Need("closing_bid", "", date(1999, 1, 2))}), 10, 20)
    apply(state, Move("common", "(issuer)", "a", 5), 1)
    apply(state, Move("common", "(issuer)", "a", unknown), 2)
    assert extent(state.total("common", "a")) == (15, 25)
    apply(state, Move("common", "a", "(issuer)", unknown, reverses=True), 3)
    assert state.total("common", "a") == state.total("common", "") == 5
    assert state.position("common", "(issuer)", "") == -5


def test_what_is_held_without_lots_is_one_lot_without_a_name():
    state = fresh()
    assert state.lots("common", "a") == {}
    apply(state, Move("common", "(issuer)", "a", 7))
    assert state.lots("common", "a") == {"": 7} and state.position("common", "a") == 7
    apply(state, Move("common", "a", "b", 7), 2)
    assert state.lots("common", "a") == {} and state.lots("common", "a", 1) == {"": 7}


def test_quotients_of_whole_positions_are_exact():
    state = two_holders()
    assert isinstance(state.position("pref", "a", "L1"), Rational)
    assert state.position("pref", "a", "L1") / state.total("pref", "") == ratio(4, 7)
    assert isinstance(state.position("pref", "nobody"), Rational)


def test_a_lot_that_changes_its_price_changes_class_for_every_holder():
    state = two_holders()
    apply(state, Set("price", "L1", 5), 4)
    assert state.class_totals("pref", "price", "", 3) == {6: 7} and state.class_totals("pref", "price", "") == {5: 7}
    assert state.class_totals("pref", "price", "b") == {5: 3}


def test_places_of_days():
    state = two_holders()
    assert [state.place_at_end_of(date(1999, 1, day)) for day in (1, 2, 3)] == [1, 2, 3]
    assert state.place_at_end_of(date(1998, 12, 31)) == 0


def test_the_effect_behind_a_value_is_found_by_place():
    state = two_holders()
    apply(state, Set("price", "L1", 5), 4)
    key = ("value", "price", "L1")
    assert state.set_at(key, 0) is None
    assert state.set_at(key, 3).effect.value == 6 and state.set_at(key, 4).effect.value == 5
    assert state.set_at(("value", "price", "L9"), 4) is None


def test_movements_by_owner_and_of_all_persons():
    state = two_holders()
    assert [one.effect.quantity for one in state.moves("pref", "a")] == [7, 3]
    assert [one.effect.quantity for one in state.moves("pref", "a", 2)] == [7]
    assert [one.effect.quantity for one in state.moves("pref")] == [7]


def test_the_worst_grade_of_what_moved_an_asset():
    row = {"kind": "issuer_sale", "on": "1999-01-02", "shares": "1", "total_price": "1", "source": "s"}
    state = fresh()
    for grade in ("filing", "assumed", "public record"):
        apply(state, Move("common", "(issuer)", "a", 1), cause=fact_from({**row, "grade": grade}, "UTC"))
    assert [state.worst_grade_moved("common", place) for place in (0, 1, 2, 3)] == [
        Grade.FILING, Grade.FILING, Grade.ASSUMED, Grade.ASSUMED]


def test_a_memory_is_emptied_when_its_history_is_set_and_only_then():
    state, memory = two_holders(), {"kept": 1}
    state.forget_on_change(("value", "price"), memory)
    apply(state, Set("other", "L1", 5), 4)
    assert memory
    apply(state, Set("price", "L2", 5), 4)
    assert not memory


def test_histories_by_name():
    state = two_holders()
    assert state.keys("value", "price") == [("value", "price", "L1")]
    assert state.keys("value", "unknown") == [] == state.keys("obligation")
