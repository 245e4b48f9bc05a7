"""The verb that draws up a paper: a certificate to be signed, a form to be sent, filled from the state of a date."""

from __future__ import annotations

from paripassu import service
from paripassu.notices.adjustment_certificate import AdjustmentCertificate, adjustment_certificate, certificate_sheet
from paripassu.notices.exercise_form import ExerciseForm, exercise_form, form_sheet
from paripassu.service import Question
from paripassu.values.arithmetic import Rational
from paripassu.values.sheets import Sheet


def certificate(question: Question, lot: str, event: int | None) -> tuple[AdjustmentCertificate, Sheet]:
    """The certificate of one adjustment of a warrant, the latest where no event is named; and the paper.

    Raises Problem UNKNOWN_NAME, IMPOSSIBLE_FACT, INCOMPLETE_FACT, and any Problem of loading.
    """
    loaded = service.load(question)
    done = service.replayed(loaded, question)
    made = adjustment_certificate(done, lot, event)
    return made, certificate_sheet(done, made, service.receipt(loaded, question).printed())


def exercise(question: Question, lot: str, shares: Rational, form: str, holder: str) -> tuple[ExerciseForm, Sheet]:
    """The form of an exercise of so many shares of a warrant, by cash or cashless; and the paper.

    Raises Problem UNKNOWN_NAME, IMPOSSIBLE_FACT, INCOMPLETE_FACT, and any Problem of loading.
    """
    loaded = service.load(question)
    done = service.replayed(loaded, question)
    made = exercise_form(done, lot, shares, form, holder)
    return made, form_sheet(done, made, service.receipt(loaded, question).printed())
