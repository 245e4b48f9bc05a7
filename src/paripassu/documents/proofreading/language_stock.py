"""Word lists the rules share: words without content, names that need no definition, the field's own vocabulary, and
set phrases of the field. All are general to securities papers; none is taken from a particular one.
"""

from __future__ import annotations

CONTENT_FREE = frozenset(
    (
        "above", "after", "against", "also", "among", "another", "because", "been", "before", "being", "below",
        "between", "both", "each", "either", "else", "every", "from", "have", "hereby", "herein", "hereof",
        "hereunder", "hereto", "into", "less", "more", "must", "neither", "only", "other", "over", "pursuant", "same",
        "shall", "should", "such", "than", "that", "their", "them", "then", "there", "thereof", "these", "they",
        "this", "those", "through", "under", "until", "upon", "were", "what", "when", "where", "which", "while",
        "will", "with", "within", "without", "would", "they", "does", "described", "referred", "specified",
        "required", "contemplated", "provided", "provisions", "provision", "section", "article", "terms", "term",
        "forth", "made", "make", "limitations", "limitation", "conditions", "condition", "procedures", "remedies",
        "obligations", "obligation", "rights", "right", "event", "events", "type",
    )
)  # fmt: skip

_ENDINGS = ("izations", "ization", "ations", "ation", "ances", "ance", "ences", "ence", "ments", "ment", "ities",
            "ity", "ings", "ing", "ives", "ive", "ions", "ion", "ies", "ied", "ers", "ors", "er", "or", "ed", "es",
            "ly", "al", "s", "y", "e")  # fmt: skip


def stem(word: str) -> str:
    """A word without its ending, for comparing words of one family; at least three letters stay."""
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


NAMES_KNOWN = frozenset(
    (
        "annual report", "quarterly report", "quarterly reports", "current report", "current reports",
        "board of directors", "board", "chief executive officer", "chief financial officer", "president", "chairman",
        "vice president", "secretary", "treasurer", "general counsel", "director", "directors",
        "executive vice president", "senior vice president", "united states", "securities and exchange commission",
        "commission", "internal revenue service", "secretary of state", "state", "county", "district",
        "district of columbia", "city", "new york", "new york stock exchange", "american stock exchange",
        "nasdaq national market", "nasdaq national market system", "nasdaq smallcap market",
        "nasdaq small cap market", "nasdaq capital market", "nasdaq global market", "nasdaq global select market",
        "nasdaq stock market", "new york city", "exchange", "stock exchange", "the depository trust company",
        "depository trust company", "national association of securities dealers", "federal reserve bank",
        "federal reserve", "wall street journal", "bloomberg financial markets", "bloomberg",
        "national quotation bureau", "eastern time", "pacific time", "central time", "eastern standard time",
        "pacific standard time", "congress", "sunday", "saturday", "monday", "tuesday", "wednesday", "thursday",
        "friday", "christmas", "governor", "court of chancery", "delaware", "nevada", "california", "texas",
        "chicago", "illinois", "palo alto", "i", "esq", "mr", "mrs", "ms", "dr", "telecopy", "attention", "attn",
        "facsimile", "fax", "telephone", "email", "e-mail", "suite", "floor", "street", "avenue", "road", "drive",
        "way", "north", "south", "east", "west", "northern", "southern", "gaap",
        "generally accepted accounting principles", "english", "act", "code", "rules", "rule", "regulation",
        "regulations", "form", "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december", "north america", "canada", "england", "wales", "federal", "america", "u.s",
        "nasdaq", "nyse", "amex", "finra", "edgar", "cusip", "usa", "ceo", "cfo", "cpa", "inc", "llc", "llp", "ltd",
        "corp", "ladies", "gentlemen", "re", "dear sir", "sir", "very truly yours", "sincerely", "no", "pink sheets",
        "bulletin board", "otc bulletin board", "dow jones", "black-scholes", "reports", "report", "annual",
        "quarterly", "current", "now", "therefore", "whereas", "witness", "in witness whereof", "provided", "however",
        "pari passu", "articles", "article", "section", "sections", "schedule", "schedules", "exhibit", "exhibits",
        "annex", "appendix", "attachment", "clause", "clauses", "paragraph", "recital", "recitals", "signature",
        "name", "title", "date", "address", "social security", "securities act", "exchange act",
        "uniform commercial code", "internal revenue code",
        "national association of securities dealers automated quotation system", "cayman islands",
        "british virgin islands", "amended", "restated", "amended and restated", "series", "time",
        "new york city time", "new york time", "city time", "certificate of incorporation",
        "articles of incorporation", "by-laws", "bylaws", "charter", "one", "two", "three", "four", "five", "six",
        "seven", "eight", "nine", "ten", "dollars", "cents", "thousand dollars", "hundred dollars",
        "one thousand dollars", "fast automated securities transfer", "fast automated securities transfer program",
        "internet", "web", "god", "new castle", "federal reserve system", "federal trade commission",
        "department of justice", "patent and trademark office", "american arbitration association",
        "wall street journal", "london interbank offered rate", "internal revenue", "social security administration",
        "medicare", "medicaid", "agreement", "this agreement", "year", "years",
        "united states patent and trademark office", "united states department of justice", "executive order",
        "rules of civil procedure", "federal rules of civil procedure", "civil procedure", "federal rules",
        "united kingdom", "hong kong", "silicon valley", "real", "el camino real", "northern district",
        "southern district",
    )
)  # fmt: skip
"""Capitalised names that need no definition: offices, markets, places, authorities, days, parts of a paper."""

PARTY_NAMES = frozenset(
    (
        "company", "borrower", "borrowers", "bank", "banks", "lender", "lenders", "agent", "executive", "employee",
        "purchaser", "purchasers", "holder", "holders", "investor", "investors", "buyer", "seller", "issuer",
        "licensor", "licensee", "landlord", "tenant", "parent", "guarantor", "guarantors", "trustee", "employer",
        "party", "parties", "undersigned", "corporation",
    )
)  # fmt: skip
"""The usual names of parties."""

TIME_UNITS = ("business day", "trading day", "banking day")
"""Units of time whose meaning a paper must supply."""

FIELD_WORDS = frozenset(
    (
        "acquirable", "acknowledgment", "annum", "assignee", "beneficially", "bona", "designee", "designees",
        "dilutive", "antidilutive", "debenture", "debentures", "derivatively", "exercisability", "exercisable",
        "convertible", "escrowed", "fide", "herefrom", "pendens", "mandatary", "onsite", "offsite", "plat",
        "incumber", "versa", "dated", "contendere", "nolo", "nunc", "tunc", "inter", "alia", "arguendo", "certiorari",
        "hereinabove", "hereinafter", "hereinbefore", "herewith", "interdealer", "indemnitee", "indemnitees",
        "indemnitor", "issuances", "issuable", "lienholder", "mutatis", "mutandis", "nonappealable", "nonassessable",
        "nonpublic", "obligor", "obligee", "pari", "passu", "payor", "pledgee", "pledgor", "ratably", "rateable",
        "reclassification", "reclassifications", "recapitalization", "redemptions", "redeemable", "replevin",
        "sequestrator", "telecopy", "telecopier", "therefor", "thereto", "thereunder", "tradable", "unenforceability",
        "unlegended", "unpatentable", "unpatented", "untrue", "vesting", "whatsoever", "wheresoever", "subclause",
        "subparagraph", "subsection", "supermajority", "syndicated", "underwriter", "warrantholder", "warrantholders",
        "viii", "xiii", "xvii", "xviii", "xiv", "xvi", "vii", "prorated", "proviso", "pursuant", "sublicense",
        "sublicensee", "sublicensees", "vis", "emptive", "preemptive", "mortgagee", "lessor", "sublessee", "optionee",
        "optionees", "rescissory", "refiling", "recordation", "encumbrancer", "attestations", "resales", "resale",
        "writedown", "paydown", "rollover", "timeframe", "website", "noncompliance", "noncompetition",
        "nondisclosure", "nonpayment", "intercompany", "intraday", "buyback", "lockup", "spinoff", "earnout",
        "clawback", "tranche", "tranches", "unvested", "unaudited", "unexercised", "unconverted", "uncured",
        "unreimbursed", "delisting", "delisted", "deregistration", "affiliate", "affiliates", "conformed",
        "facsimile", "facsimiles", "countersigned", "subscript", "exculpation", "exculpatory", "garnishment",
        "laches", "situs", "ultra", "vires", "prima", "facie", "novation", "estoppel", "enjoin", "consummated",
        "consummate", "consummation", "indemnification", "indemnities",
    )
)  # fmt: skip
"""Words of the field that general dictionaries lack; never reported as misspelt."""

SET_PHRASES: tuple[tuple[str, str], ...] = (
    ("taken as a whole", r"taken (?:on|at|in|is|has|with) a whole"),
    ("validly existing and in good standing", r"(?:validity|valid|validated) existing"),
    ("validly issued", r"(?:validity|valid) issued"),
    ("duly organized", r"(?:due|dully|dual) organized"),
    ("duly authorized", r"(?:due|dully|dual) (?:and validly )?authorized"),
    ("fully paid and non-assessable", r"(?:full|fuller) paid and non-?assessable"),
    ("may be", r"\b(?:may|shall|will|must|would|should|could) he \w+"),
    ("shall be", r"\bshall by (?:deemed|paid|made|delivered|given|issued|entitled|subject|in|the)\b"),
    ("nor shall any", r"\bnot shall (?:any|the|it|such|either)\b"),
    ("nor any", r"\bneither [^.;]{3,60} not (?:the|any|its)\b"),
    ("in lieu of", r"\bin lieu or\b|\bin lieu thereto\b"),
    ("in accordance with", r"\bin accordance (?:to|of|which)\b"),
    ("with respect to", r"\bwith respect (?:the|of|in)\b|\bwith respects to\b|\bwith the respect to\b"),
    ("pursuant to", r"\bpursuant (?:of|the|with|by|hereto to)\b|\bpursuance to\b"),
    ("in the event that", r"\bin the even (?:that|of)\b|\bin the event than\b"),
    ("to the extent", r"\bto the extend\b|\bto the extent than\b"),
    ("on behalf of", r"\bon behalf or\b|\bon behalf the\b|\bin behalf or\b"),
    ("hold harmless", r"\bhold harmful\b|\bheld harmless and indemnify from and again\b"),
    ("from and against", r"\bfrom and again\b|\bform and against\b"),
    ("arising out of", r"\barising our of\b|\barising out off\b"),
    ("set forth in", r"\bset fort(?:h)? on in\b|\bset fort in\b|\bset froth\b"),
    ("by and between", r"\bby an between\b|\bby and betwen\b"),
    ("best efforts", r"\bbest effort to\b|\bbest effects\b"),
    ("principal amount", r"\bprinciple (?:amount|balance|office|executive|place|market|securities|trading)\b"),
    ("by and among", r"\bby an among\b"),
    (
        "subject to",
        r"\bsubject of the (?:terms|provisions|conditions)\b|\bsubject the (?:terms|provisions|conditions)\b",
    ),
    ("prior written consent", r"\bprior writen consent\b|\bprior written content\b|\bprior written comment\b"),
    ("without its consent", r"\bwithout (?:its|his|her|their|the|such [a-z]{3,20}'s) (?:comment|content|consents)\b"),
    ("Deposit/Withdrawal At Custodian", r"\bdeposit[ /]+withdrawal agent commission\b"),
    ("shares of", r"\bshare of (?:common|preferred) stock (?:are|were|have)\b"),
    ("including, without limitation", r"\bincluding, with limitation\b|\bincluding without limit,"),
    ("provided, however", r"\bprovided, how ever\b"),
    ("good faith", r"\bgood fate\b|\bin god faith\b"),
    ("their respective", r"\bthere respective\b"),
    ("its successors", r"\bit's (?:successors|obligations|subsidiaries|affiliates|terms|sole|own)\b"),
    ("than", r"\b(?:less|more|greater|other|later|rather|sooner|earlier|fewer) then (?:the|a|an|as|any|such|\d)\b"),
    ("whether or not", r"\bweather or not\b"),
    ("cease to be", r"\bseize to be\b"),
    ("waived", r"\bwaved (?:by|in)\b"),
    (
        "affect",
        r"\b(?:shall|will|may|not) effect (?:the (?:validity|enforceability|rights|obligations|interpretation))\b",
    ),
    ("effect", r"\bin full force and affect\b"),
    ("in full force and effect", r"\bin full forced and effect\b"),
)
"""Set phrases of the field, each with the near misses that are certainly slips."""
