"""Slips of the pen that a pattern finds wherever they stand: each with what is wrong and the cure."""

from __future__ import annotations

from dataclasses import dataclass

from paripassu.documents.patterns import Pattern, compiled
from paripassu.documents.proofreading.findings import Confidence, RuleClass

_COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|forty-five"
    r"|sixty|ninety)"
)


@dataclass(frozen=True, slots=True)
class Slip:
    """A pattern that is certainly a slip: the class and name of the rule, what is wrong, the cure."""

    rule_class: RuleClass
    rule: str
    pattern: Pattern
    wrong: str
    reading: str
    confidence: Confidence = Confidence.CERTAIN


def _slip(
    rule_class: RuleClass, rule: str, pattern: str, wrong: str, reading: str, sure: Confidence = Confidence.CERTAIN
) -> Slip:
    return Slip(rule_class, rule, compiled(pattern), wrong, reading, sure)


_G = RuleClass.GRAMMAR
_W = RuleClass.WRONG_WORD
SLIPS: tuple[Slip, ...] = (
    _slip(
        _G,
        "figure-after-the-noun",
        rf"\b{_COUNT} (?:business|trading|calendar|consecutive) \(\d{{1,3}}\) days?\b",
        "the figure stands inside the name of the unit",
        "word, figure, unit",
    ),
    _slip(
        _G,
        "to-missing",
        r"\bprior (?:(?:January|February|March|April|May|June|July|August|September|October|November|December) \d"
        r"|(?:the|such|any|its|their|this|an?|each) [A-Za-z])",
        '"to" is missing',
        '"prior to"',
    ),
    _slip(
        _G,
        "determiner-doubled",
        r" (?:the (?:such|this|that|an|any|its|each)|such (?:the|this)|an? "
        r"(?:the|an|such|any)|this the|each the|any the|of of|to to|and and|or or|in "
        r"in|by by|for for|is is|be be|that that the|with with|on on|as as|at at|shall "
        r"shall|from from|if if) [a-z]",
        "two words where one is meant",
        "delete one",
    ),
    _slip(
        _G,
        "and-missing-before-label",
        r"\bthe \((?:y|ii|b|z|iii|c)\) (?:the|an?|such|any)\b",
        '"and" is missing before the label',
        '"and"',
    ),
    _slip(
        _G,
        "shares-of-missing",
        r"\b(?:total |aggregate |maximum )?number of "
        r"(?:Common|Preferred|common|preferred|Capital|capital) [Ss]tock\b",
        "a kind of stock cannot be counted",
        '"number of shares of"',
    ),
    _slip(
        _G,
        "article-missing",
        r"\bholders of majority\b|\b(?:approved by|consent of|vote "
        r"of|by|representing|constituting) majority of\b",
        '"a" is missing',
        '"a majority"',
    ),
    _slip(
        _G,
        "preposition-missing",
        r"\b(?:made|paid|delivered|given|due|effective|payable) the (?:[a-z-]{3,12}(?: "
        r"\(\d{1,3}(?:st|nd|rd|th)\))?|\d{1,2}(?:st|nd|rd|th)) (?:business |trading "
        r"|calendar )?day (?:after|following|before|prior|from|next|succeeding)\b",
        "a preposition is missing",
        '"on or before the"',
    ),
    _slip(
        _G,
        "said-and-remaining",
        r"\bsaid (?:remaining|such|the|same) [A-Z][a-z]+\b",
        "two pointing words together",
        "keep one",
    ),
    _slip(
        _G,
        "comma-after-either",
        r"\b(?:either|neither|both|either of), (?:the|an?|such|of|to|its)\b",
        "stray comma",
        "delete it",
    ),
    _slip(
        _G,
        "comma-splits-preposition",
        r"\b(?P<one>of|to|in|by|for|with), and [a-z]{3,20}, "
        r"(?:of|to|in|by|for|with) ",
        "the comma separates the noun from its preposition",
        "move the comma behind the preposition",
    ),
    _slip(
        _G,
        "stop-before-bracket",
        r"[a-zA-Z]\.[\"”] \([a-z]{2,}",
        "a full stop before a parenthesis that belongs to the sentence",
        "move the stop behind it",
    ),
    _slip(
        _G,
        "comma-before-verb",
        r"\bby which (?:any|the|such|an?|its) [^,.;()]{10,160}, (?:is|are|was|were|may be) "
        r"(?:bound|affected|subject)",
        "a comma parts the verb from its subject",
        "delete it",
    ),
    _slip(
        _G,
        "article-before-set-phrase",
        r"\b(?:by|via|sent by) the (?:first "
        r"class|first-class|certified|registered|overnight|regular) "
        r"(?:mail|courier)\b",
        '"the" is one word too many',
        '"by first class mail"',
    ),
    _slip(
        _G,
        "this-before-contemplated",
        r"\bthis transactions? contemplated\b",
        "garbled: this transaction, or the transactions contemplated",
        '"the transactions contemplated"',
    ),
    _slip(
        _G,
        "receipt-to",
        r"\b(?:receipt|delivery|acceptance) (?:of [a-z ]{3,24})?to (?:Notice|notice)\b",
        "garbled",
        '"of"',
    ),
    _slip(
        _G,
        "verb-repeats-noun",
        r"\bthe occurrence of [^.;]{5,220}? (?:has|have) occurred\b",
        "an occurrence cannot occur",
        "delete one",
    ),
    _slip(
        _G,
        "comma-before-bracket",
        r"\b[a-z]+, \((?:except|other than|provided)\b",
        "stray comma before the parenthesis",
        "delete it",
    ),
    _slip(
        _G,
        "blank-before-stop",
        r"\b(?:Section|Article|Agreement|Warrant) [.,;](?: |$)",
        "a number is missing, or a blank stands before the stop",
        "restore the number or close up",
    ),
    _slip(
        _G,
        "two-stops",
        r"[a-z)](?:,,|;;|\.\. |,;|;,|,\. )",
        "two stops where one is meant",
        "delete one",
        Confidence.PROBABLE,
    ),
    _slip(
        _G,
        "modal-missing-verb",
        r"\b(?:shall|will|may|must) (?:the|an|such|of|and|or)\b [a-z]+ (?:is|be|shall)\b",
        "the verb is missing or out of place",
        "restore it",
        Confidence.PROBABLE,
    ),
    _slip(
        _G,
        "to-be-missing",
        r"\b(?:shall|will|may) not "
        r"(?:required|obligated|entitled|deemed|permitted|prohibited|limited)\b|\b(?:shall"
        r"|will|may|must) (?:deemed|required|entitled|obligated|paid|delivered|issued)\b",
        '"be" is missing',
        '"be"',
    ),
    _slip(
        _G,
        "article-with-plural",
        r"\ba (?:new )?(?:Warrants|Notes|Debentures|Holders|Purchasers|Certificates)\b",
        "an article before a plural",
        "singular",
    ),
    _slip(
        _G,
        "prepositions-doubled",
        r"\bof (?:at|by|to|from) (?:the|a|such|any)\b",
        "two prepositions where one is meant",
        "delete one",
    ),
    _slip(
        _G,
        "of-missing",
        r"\b(?:terms|provisions|conditions) this "
        r"(?:Section|Agreement|Warrant|Article|Certificate|Note)\b",
        '"of" is missing',
        '"of this"',
    ),
    _slip(
        _G,
        "be-missing",
        r"\b(?:is|are) to (?:made|paid|given|delivered|issued|taken|brought|filed|held)\b",
        '"be" is missing',
        '"to be"',
    ),
    _slip(
        _G,
        "comma-before-of",
        r"\b(?:delivery|receipt|payment|surrender|exercise|conversion), of "
        r"(?:an?|the|such)\b",
        "the comma separates the noun from its object",
        "delete it",
    ),
    _slip(
        _G,
        "comma-before-hereof",
        r"\bSections? [\d.]{1,6}(?:\([a-z]\))?, (?:hereof|above|below)\b",
        "stray comma",
        "delete it",
    ),
    _slip(
        _W,
        "person-of-things",
        r"\bany person of (?:the )?[A-Z]",
        "a person is not of securities",
        '"holder of" or "seller of"',
    ),
    _slip(
        _W,
        "number-of-the-verb",
        r"\b[Ee]ach of the [^.;:]{3,180}? (?:were|have|are) "
        r"(?:true|been|complied|in|duly|not|accurate)\b",
        '"each" takes a verb in the singular',
        "singular verb",
    ),
    _slip(
        _W,
        "change-of-change",
        r"\b(?:have|has|having) (?:such )?an? (?:such )?material adverse change\b",
        "a thing has an effect, not a change",
        '"result in"',
    ),
    _slip(
        _W,
        "persons-not-statements",
        r"\b(?:by|any of|and|or|through) (?:\w+ or any of )?(?:its|his|her|their|such "
        r"\w+'s) representations(?: or agents| shall| may| will| has| have|, "
        r"agents)\b",
        '"representations" where persons are meant',
        '"representatives"',
    ),
    _slip(
        _W,
        "statements-not-persons",
        r"\brepresentatives and warranties\b|\brepresentations and "
        r"warrants\b|\brepresentation and warranties of\b",
        "the set phrase is representations and warranties",
        '"representations and warranties"',
    ),
    _slip(
        _W,
        "preposition-of-rights",
        r"\brights? (?:which |that )?(?:the )?\w+ (?:may|might) have with any (?:\w+ "
        r"){0,7}laws?\b",
        "rights are had under laws",
        '"under"',
    ),
    _slip(
        _W,
        "both-ways",
        r"\b(?:increased|increase|subdivided) (?:by|through|as a result of) "
        r"[^.;]{0,80}\bcombination\b",
        "a combination reduces the number of shares",
        "delete it here",
    ),
    _slip(
        _W,
        "principle-for-principal",
        r"\bprinciple (?:executive|office|amount|place)\b",
        "principle for principal",
        "principal",
    ),
    _slip(
        RuleClass.SENSELESS,
        "amount-restated-as-amount",
        r"\$[_\d,.]+ [^.;]{0,140}\(i\.e\.,? \$[_\d]",
        "an amount of money is explained by an amount of money",
        "a number of shares",
    ),
)
