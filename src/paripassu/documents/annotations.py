"""Everything a document mentions, gathered once for the rules and faces that ask."""

from __future__ import annotations

from dataclasses import dataclass

from paripassu.documents.actors import actors
from paripassu.documents.definitions import definitions
from paripassu.documents.figures import amounts, dates, percentages, periods
from paripassu.documents.model import (
    Actor,
    Amount,
    DateMention,
    Definition,
    Document,
    Percentage,
    Period,
    Reference,
    Sentence,
)
from paripassu.documents.places import Places
from paripassu.documents.references import references
from paripassu.documents.sentences import sentences


@dataclass(frozen=True)
class Annotations:
    """A document's sentences and what they mention, each in the order of the text."""

    sentences: tuple[Sentence, ...]
    definitions: tuple[Definition, ...]
    references: tuple[Reference, ...]
    amounts: tuple[Amount, ...]
    percentages: tuple[Percentage, ...]
    dates: tuple[DateMention, ...]
    periods: tuple[Period, ...]
    actors: tuple[Actor, ...]


def annotate(document: Document, places: Places | None = None) -> Annotations:
    """Find everything the document mentions; ``places`` may be given where the caller has made it already."""
    places = places or Places(document)
    return Annotations(
        sentences(document, places),
        definitions(places),
        references(places),
        tuple(amounts(places)),
        tuple(percentages(places)),
        tuple(dates(places)),
        tuple(periods(places)),
        tuple(actors(places)),
    )
