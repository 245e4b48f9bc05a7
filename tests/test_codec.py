import pytest

from paripassu import codec
from paripassu.values.problems import Problem, ProblemKind


def problem_of(action):
    with pytest.raises(Problem) as raised:
        action()
    return raised.value


def test_yaml_scalars_stay_text_and_know_their_lines():
    parsed = codec.parse_yaml("price: 6.03\nday: 1999-08-06\nyes: no\nlist: [1, ~]\nnested:\n  deep: 0x1F\n", "a.yaml")
    assert parsed.value == {"price": "6.03", "day": "1999-08-06", "yes": "no", "list": ["1", "~"],
                            "nested": {"deep": "0x1F"}}
    assert parsed.place("nested", "deep").line == 6
    assert parsed.place("nested", "absent").line == 5


def test_a_key_given_twice_is_named_with_its_line():
    problem = problem_of(lambda: codec.parse_yaml("a: 1\nb: 2\na: 3\n", "a.yaml"))
    assert problem.kind is ProblemKind.DUPLICATE and problem.place.line == 3


def test_text_that_is_not_yaml_is_a_problem_with_its_line():
    problem = problem_of(lambda: codec.parse_yaml("a: [1, 2\nb: 3\n", "a.yaml"))
    assert problem.kind is ProblemKind.UNREADABLE and problem.place.source == "a.yaml" and problem.place.line


@pytest.mark.parametrize("line", ["[1]", "{", '"text"', "nonsense"])
def test_a_line_that_is_no_object_is_a_problem(line):
    problem = problem_of(lambda: list(codec.parse_json_lines('{"a": 1}\n\n' + line, "f.jsonl")))
    assert problem.kind is ProblemKind.UNREADABLE and problem.place.line == 3


def test_rows_of_a_table_keep_their_lines_past_comments():
    rows = list(codec.parse_csv('# note\na,b\n1,"x, y"\n\n2,z\n', "p.csv"))
    assert [(row, place.line) for row, place in rows] == [({"a": "1", "b": "x, y"}, 3), ({"a": "2", "b": "z"}, 5)]
    assert problem_of(lambda: list(codec.parse_csv("a,b\n1,2,3\n", "p.csv"))).place.line == 2
    assert problem_of(lambda: list(codec.parse_csv("# only\n", "p.csv"))).kind is ProblemKind.UNREADABLE


def test_json_out_is_sorted_and_ends_its_line():
    assert codec.to_json({"b": "1/3", "a": ["é"]}) == '{\n  "a": [\n    "é"\n  ],\n  "b": "1/3"\n}\n'
