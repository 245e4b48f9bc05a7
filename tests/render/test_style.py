"""The style sheet: colours that can be read in both schemes, and paper that is always light."""

from __future__ import annotations

import re
from importlib import resources

import pytest

STYLE = (resources.files("paripassu") / "templates" / "page.css").read_text(encoding="utf-8")
WORDS = [
    ("ink", "page"), ("ink", "soft"), ("muted", "page"), ("muted", "soft"), ("link", "page"), ("link", "soft"),
    ("ink", "warn-soft"), ("ink", "bad-soft"), ("ink", "good-soft"), ("ink", "due-soft"), ("ink", "event-soft"),
    *((tone, "page") for tone in ("good", "warn", "bad", "due", "event")), ("warn", "soft"),
    ("warn", "warn-soft"), ("bad", "bad-soft"),
]
SHAPES = [(f"series-{place}", "page") for place in range(4)] + [("good", "good-soft"), ("muted", "page")]


def scheme(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


LIGHT, DARK = (scheme(block) for block in re.findall(r":root \{(.*?)\}", STYLE, re.S))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_the_standard_counts_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), WORDS)
def test_words_have_the_contrast_that_double_a_asks(colours, front, back):
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_shapes_have_the_contrast_that_double_a_asks(colours, front, back):
    assert contrast(colours[front], colours[back]) >= 3


def test_both_schemes_name_the_same_colours_and_no_other_is_used():
    assert LIGHT.keys() == DARK.keys()
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", STYLE)) - {"serif", "sans"}
    assert used <= LIGHT.keys()


def test_the_dark_scheme_is_for_screens_only():
    assert "prefers-color-scheme" in STYLE
    assert all("screen" in rule for rule in re.findall(r"@media[^{]*prefers-color-scheme[^{]*", STYLE))
