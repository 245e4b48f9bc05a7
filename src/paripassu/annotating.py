"""The verb that annotates an agreement: the statement of a date, section by section, beside the words of a filing."""

from __future__ import annotations

from paripassu import service, store
from paripassu.agreement import DocumentInfo
from paripassu.documents import provenance
from paripassu.documents.digests import Section
from paripassu.documents.passages import passages
from paripassu.documents.provenance import CitedDocument
from paripassu.documents.reading import read
from paripassu.loading import cited_documents_from, sections_from
from paripassu.render.annotated import annotated_page
from paripassu.service import Loaded, Question
from paripassu.values.annotated import AnnotatedAgreement
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.sheets import Sheet
from paripassu.views.agreement import term_literals
from paripassu.views.annotated import Beside, annotated, contents_sheet, with_words
from paripassu.views.statement import statement

NOT_COUNTED = 0
"""Provisions a statement says are not carried out: here each paper counts its own."""


def annotate(question: Question, document: str = "") -> tuple[AnnotatedAgreement, Sheet]:
    """The agreement annotated as of a date, one paper of it or all, and the sheet of its contents.

    Raises Problem UNKNOWN_NAME for a paper that the deal does not have, and any Problem of loading and replay.
    """
    loaded = service.load(question)
    papers = _papers(loaded, document)
    done = service.replayed(loaded, question)
    made = annotated(done, statement(done, loaded.facts, NOT_COUNTED), sections_from(loaded.folder.sections), papers)
    receipt = service.receipt(loaded, question).printed()
    made = with_words(made, _beside(loaded, question.filing, made), receipt)
    return made, contents_sheet(made)


def _papers(loaded: Loaded, document: str) -> list[tuple[DocumentInfo, CitedDocument]]:
    """The papers asked for, in the order of the agreement, each with its sections in the order of its text."""
    cited = {one.name: one for one in cited_documents_from(loaded.folder.provenance)}
    known = loaded.agreement.documents
    if document and document not in known:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"{loaded.agreement.name} has no paper {document!r}", "use " + ", ".join(known)
        )
    return [(info, cited.get(name) or _as_cited(loaded, info))
            for name, info in known.items() if document in ("", name)]


def _as_cited(loaded: Loaded, info: DocumentInfo) -> CitedDocument:
    """A paper whose place in a filing nobody recorded, with the sections that entries and clauses cite, as they do."""
    paths = [raw["section"] for raw in sections_from(loaded.folder.sections).get(info.name, {}).values()]
    for instrument in loaded.agreement.instruments.values():
        if instrument.document == info.name:
            for clause in instrument.clauses:
                terms = (term.section for term in clause.values.values())
                paths += [clause.section, *clause.sections.values(), *terms]
    spans = tuple(Section(path, at, at + 1, "") for at, path in enumerate(dict.fromkeys(paths)))
    return CitedDocument(info.name, info.exhibit, "", spans)


def _beside(loaded: Loaded, filing: str, made: AnnotatedAgreement) -> Beside:
    """The words of the sections listed and where they are not those cited; nothing without a filing."""
    if not filing:
        return Beside()
    cited = cited_documents_from(loaded.folder.provenance)
    attached = read(store.read_text(filing), filing)
    listed = {paper.name: [one.citation.section for one in paper.sections] for paper in made.papers}
    differences: dict[str, tuple[str, ...]] = {}
    for found in provenance.check(cited, term_literals(loaded.agreement), attached):
        if not found.is_ok:
            differences[found.document] = (*differences.get(found.document, ()), found.says)
    return Beside(store.name_of(filing), passages(cited, attached, listed), differences)


def page_of(made: AnnotatedAgreement) -> str:
    """An annotated agreement as one self-contained HTML page."""
    style = store.read_template("page.css") + store.read_template("annotated.css")
    return annotated_page(made, store.read_template("annotated.html"), style)


def write_annotated(made: AnnotatedAgreement, path: str) -> None:
    """Write an annotated agreement as one self-contained HTML page; raises Problem MISSING_FILE, UNWRITABLE."""
    store.write_text(path, page_of(made))
