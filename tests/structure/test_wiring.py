"""What deals and library declare is there: links lead somewhere, readings offer a choice, names say what they mean."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from source_tree import Module, module, package

from paripassu import store
from paripassu.agreement import Agreement, links_of
from paripassu.cases import cases_of, replay_case
from paripassu.clauses.library import LIBRARY
from paripassu.loading import agreement_from
from paripassu.replay import Replayed, replay
from paripassu.values.effects import Occur
from paripassu.values.facts import fact_from
from paripassu.values.kinds import BESIDE, KINDS
from paripassu.values.market import Market
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Reading

CALENDARS = store.read_calendars()


def deals() -> Iterator[Agreement]:
    """Every deal of the package that has an agreement."""
    for name in store.deal_names():
        try:
            folder = store.read_deal(name)
        except Problem:
            continue
        if folder.agreement.value:
            yield agreement_from(folder.agreement, CALENDARS, folder.digest)


DEALS = list(deals())


# -- links


def raised(modules: Iterable[Module], agreements: Iterable[Agreement]) -> set[str]:
    """Names that occur: written in a clause as ``Occur("name", ...)``, or in a deal as what a link occurs."""
    names = set()
    for one in modules:
        for node in ast.walk(one.tree):
            if one.part == "clauses" and isinstance(node, ast.Call) and ast.unparse(node.func) == "Occur":
                names |= {inner.value for inner in ast.walk(node.args[0]) if isinstance(inner, ast.Constant)}
    for agreement in agreements:
        names |= {str(link["occurs"]) for _, _, _, link in links_of(agreement) if "occurs" in link}
    return names


def listened() -> list[tuple[Agreement, str, str, str, Mapping[str, Any]]]:
    """Every name every limb listens to: (deal, instrument, limb, name, link)."""
    return [(agreement, instrument, limb, name, link) for agreement in DEALS
            for instrument, _, limb, link in links_of(agreement) for name in link.get("on", [])]


def test_the_deals_have_links() -> None:
    assert len(listened()) >= 10


def test_a_limb_that_opens_or_closes_does_so_for_what_it_listens_to_with_a_fixed_date() -> None:
    dated = [(agreement, instrument, name, day, link) for agreement, instrument, _, _, link in listened()
             for key in ("opens", "closes") for name, day in link.get(key, {}).items()]
    assert dated
    for agreement, instrument, name, day, link in dated:
        assert name in link["on"], f"{name} opens or closes a limb that does not listen to it"
        fixed = {one for clause in agreement.instruments[instrument].clauses if type(clause).__name__ == "FixedDates"
                 for one in clause.links}
        assert day in fixed, f"{day} is no fixed date of {instrument}"


@pytest.mark.parametrize(("agreement", "instrument", "limb", "name", "link"), listened(),
                         ids=lambda value: value if isinstance(value, str) else "")
def test_every_link_leads_from_an_occurrence_or_a_finding(
    agreement: Agreement, instrument: str, limb: str, name: str, link: Mapping[str, Any]
) -> None:
    """Each link is walked: a finding of the occurrence under each paper it names raises the limb and the right."""
    assert link["of"], f"limb {limb} names no paper"
    for paper in link["of"]:
        assert paper in agreement.documents, f"limb {limb} listens to {paper}, which is no document of the deal"
        done = found(agreement, instrument, name, paper)
        events = [record.effect for record in done.state.records
                  if isinstance(record.effect, Occur) and record.effect.name == "redemption_event"]
        assert [event.details["limb"] for event in events] == [limb]
        assert done.state.get(("entitlement", "require_redemption", "alpha", events[0].subject)) is not None


def found(agreement: Agreement, instrument: str, name: str, paper: str) -> Replayed:
    """A deal in which somebody finds that something occurred under a paper."""
    rows = [
        {"kind": "issuance", "on": "1998-12-18", "instrument": instrument, "holder": "alpha", "shares": "10",
         "lot": "L1"},
        {"kind": "finding", "on": "1999-03-19", "event": name, "of": paper, "case": "C1", "by": "a person",
         "reason": "to walk the link"},
    ]
    facts = [fact_from({"source": "test", **row}, agreement.zone) for row in rows]
    return replay(agreement, facts, Market((), CALENDARS), facts[-1].effective)


def test_what_clauses_raise_by_themselves_reaches_its_limb_in_a_worked_case() -> None:
    """Occurrences that clauses compute are walked by the cases, not only by findings."""
    names = raised(package(), DEALS)
    computed = {(instrument, limb) for _, instrument, limb, name, _ in listened() if name in names}
    reached = set()
    for agreement in DEALS:
        for file in store.read_deal(agreement.name).cases:
            for case in cases_of(file):
                if "redemption_event" in str(case.then):
                    done = replay_case(case, agreement, CALENDARS)
                    reached |= {(record.instrument, record.effect.details["limb"]) for record in done.state.records
                                if isinstance(record.effect, Occur) and record.effect.name == "redemption_event"}
    assert computed <= reached, f"no worked case reaches {sorted(computed - reached)}"


def test_a_link_to_nothing_would_be_seen() -> None:
    text = 'Occur("breach", case)\nOccur("late" if a else "lost", case)'
    assert raised([module("clauses.x", text)], []) == {"breach", "late", "lost"}
    assert raised([module("views.x", text)], []) == set()


# -- readings, clauses, kinds of Problem


def unfit(readings: Iterable[Reading]) -> list[str]:
    """Readings that offer no choice, or are of no known kind."""
    return [one.id for one in readings if len(one.alternatives) < 2
            or one.kind not in ("computing", "finding", "textual") or not one.question.endswith("?")]


def test_every_reading_offers_a_choice() -> None:
    declared = [reading for clause in LIBRARY.values() for reading in clause.readings]
    assert declared and unfit(declared) == []
    assert unfit([Reading("R-X", "Which?", "computing", {"only": "one"})]) == ["R-X"]
    assert unfit([Reading("R-Y", "Which?", "guessing", {"a": "", "b": ""})]) == ["R-Y"]


def test_a_reading_is_declared_once() -> None:
    declared = [reading.id for clause in LIBRARY.values() for reading in clause.readings]
    assert len(declared) == len(set(declared))


def test_every_clause_of_the_library_is_used_by_a_deal() -> None:
    used = {type(clause).__name__ for agreement in DEALS for instrument in agreement.instruments.values()
            for clause in instrument.clauses}
    assert set(LIBRARY) - used == set()


def test_every_clause_class_is_in_the_library() -> None:
    classes = {node.name for one in package() if one.part == "clauses" for node in ast.walk(one.tree)
               if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Clause" for base in node.bases)}
    assert classes == set(LIBRARY)


def test_every_kind_of_problem_has_an_exit_code_of_its_own() -> None:
    assert clashing([(kind.code, kind.exit_code) for kind in ProblemKind]) == []
    assert clashing([("a", 10), ("b", 10)]) and clashing([("a", 10), ("a", 11)]) and clashing([("a", 2)])


def clashing(kinds: list[tuple[str, int]]) -> list[str]:
    """Codes or exit codes given twice, or that a shell or the command line takes for itself (0 to 9, above 125)."""
    found = [code for code, exit_code in kinds if not 10 <= exit_code <= 125]
    for which in (0, 1):
        seen = [kind[which] for kind in kinds]
        found += [str(one) for one in set(seen) if seen.count(one) > 1]
    return found


def test_every_kind_of_fact_is_heard_by_a_clause() -> None:
    heard = {name for agreement in DEALS for instrument in agreement.instruments.values()
             for clause in instrument.clauses for name in clause.hears()}
    assert set(KINDS) - heard == set(BESIDE) - {"amendment"}, "who did not agree to a change is not bound by it at once"
    assert all(BESIDE.values())


# -- names and documentation


def undocumented(modules: Iterable[Module]) -> list[str]:
    """Public modules, classes and functions that do not say what they mean."""
    found = []
    for one in modules:
        if ast.get_docstring(one.tree) is None and one.tree.body:
            found.append(one.name)
        for node, owner in _definitions(one.tree, ""):
            words = ast.get_docstring(node)
            sentence = one.part.startswith("cli") or (words or "").rstrip().endswith((".", ":", ")", "?"))
            if not words or not sentence:
                found.append(f"{one.name}.{owner}{node.name}")
    return found


def _definitions(tree: Any, owner: str) -> Iterator[tuple[Any, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if not any(ast.unparse(one).endswith((".command()", "overload", ".callback()"))
                       for one in node.decorator_list):
                yield node, owner
            if isinstance(node, ast.ClassDef):
                yield from _definitions(node, f"{owner}{node.name}.")


def test_every_public_name_says_what_it_means() -> None:
    assert undocumented(package()) == []


@pytest.mark.parametrize("text", [
    '"""A module."""\ndef price():\n    return 1', '"""A module."""\nclass Price:\n    pass', "x = 1",
    '"""A module."""\nclass Price:\n    """A price."""\n    def value(self):\n        return 1',
    '"""A module."""\ndef price():\n    """no sentence"""',
])
def test_a_name_that_says_nothing_is_seen(text: str) -> None:
    assert undocumented([module("clauses.bad", text)])


BANNED = ("processor", "manager", "handler", "helper", "utils", "smart")


def unsuitable(modules: Iterable[Module]) -> list[str]:
    """Names that say nothing of the field."""
    found = []
    for one in modules:
        names = [one.name, *(node.name for node in ast.walk(one.tree)
                             if isinstance(node, ast.FunctionDef | ast.ClassDef))]
        found += [f"{one.name}: {name}" for name in names if any(word in name.lower() for word in BANNED)]
    return found


def test_names_are_those_of_the_field() -> None:
    assert unsuitable(package()) == []
    assert unsuitable([module("values.utils", "x = 1")]) and unsuitable([module("a", "class FactManager: ...")])


LINES = 600


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = [one.name for one in package() if one.tree.body and (one.tree.body[-1].end_lineno or 0) > LINES]
    assert long == []
