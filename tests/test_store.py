import pytest

from paripassu import store
from paripassu.values.problems import Problem, ProblemKind


def kind_of(action):
    with pytest.raises(Problem) as raised:
        action()
    return raised.value.kind


def test_a_deal_by_name_has_its_files_and_a_digest():
    folder = store.read_deal("valence-1998")
    assert folder.name == "valence-1998" and len(folder.digest) == 64
    assert folder.agreement.value["deal"] == "valence-1998" and folder.facts and folder.cases
    assert folder.digest == store.read_deal("valence-1998").digest


def test_the_digest_changes_with_one_character_of_the_agreement(tmp_path):
    path = tmp_path / "deal"
    path.mkdir()
    (path / "agreement.yaml").write_text("deal: x\n", encoding="utf-8")
    before = store.read_deal(str(path)).digest
    (path / "agreement.yaml").write_text("deal: y\n", encoding="utf-8")
    assert store.read_deal(str(path)).digest != before


def test_what_is_not_there_is_a_problem(tmp_path):
    assert kind_of(lambda: store.read_deal("no-such-deal")) is ProblemKind.UNKNOWN_NAME
    assert kind_of(lambda: store.read_deal(str(tmp_path))) is ProblemKind.MISSING_FILE
    assert kind_of(lambda: store.read_facts(str(tmp_path / "f.jsonl"))) is ProblemKind.MISSING_FILE
    assert kind_of(lambda: store.write_text(str(tmp_path / "no" / "page.html"), "")) is ProblemKind.MISSING_FILE


def test_what_is_not_utf_8_or_too_large_is_a_problem(tmp_path, monkeypatch):
    path = tmp_path / "f.jsonl"
    path.write_bytes(b'{"a": "\xff"}')
    assert kind_of(lambda: store.read_facts(str(path))) is ProblemKind.UNREADABLE
    monkeypatch.setattr(store.folders, "LARGEST_FILE", 3)
    assert kind_of(lambda: store.read_facts(str(path))) is ProblemKind.TOO_LARGE


def test_text_is_written_with_the_line_ends_given(tmp_path):
    path = tmp_path / "page.html"
    store.write_text(str(path), "a\nb é\n")
    assert path.read_bytes() == "a\nb é\n".encode()
