"""What the diary prints under *if missed*: the duty's own consequence, its clause's words, or that of any duty."""

from carrying_out import HOLDER, carry_out, fact, notice

from paripassu.views.diary import diary

ANY = "where material, redemption event ten business days after a written notice (VIII.A(iv))"
ARRIVED = fact("certificates_delivered", "1999-08-04", notice="N1")


def told(when: str, *facts: dict[str, object], what: str) -> str:
    (entry,) = [one for one in diary(carry_out(when, *facts)) if one.what.startswith(what)]
    return entry.or_else


def test_shares_not_delivered_are_a_conversion_default_with_its_sections() -> None:
    said = told("1999-08-04", notice(), ARRIVED, what="deliver the common shares")
    assert [section in said for section in ("(VII.A)", "(VII.B)", "(VII.C)", "(VIII.A(iii))")] == [True] * 4


def test_a_delivery_whose_day_is_not_known_says_the_same() -> None:
    assert told("1999-08-02", notice(), what="deliver the common") == told(
        "1999-08-04", notice(), ARRIVED, what="deliver the common")


def test_a_duty_of_the_company_without_its_own_consequence_may_be_a_material_breach() -> None:
    asked = fact("report_requested", "1999-08-02", case="Q1", holder=HOLDER)
    assert told("1999-08-02", asked, what="deliver the report") == ANY


def test_a_duty_of_the_holder_is_no_breach_of_the_company() -> None:
    confirmed = fact("confirmation_of_receipt", "1999-08-02", notice="N1")
    said = told("1999-08-02", notice(), confirmed, what="hand")
    assert said == "delivery waits for the certificates (IV.C)"


def test_a_moment_at_which_nobody_owes_anything_has_the_words_of_its_clause() -> None:
    said = told("1999-08-02", what="maturity date")
    assert said == "where a condition fails the shares stay outstanding"
