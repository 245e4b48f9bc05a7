"""Rules that one section is enough to show: each with the fault planted, and with the fault cured."""

import pytest
from proof_samples import paper, rules, the

CASES = [
    # class, rule, faulty, cured
    (
        "a1",
        "reference-to-nothing",
        "Grain is weighed as Section 7.4 says.",
        "Grain is weighed as Section 2.2 says.",
    ),
    (
        "a3",
        "singular-head",
        "(a) wheat, (b) rye or (c) oats, and in case of clause (a) and (b) only, on Friday.",
        "(a) wheat, (b) rye or (c) oats, and in case of clauses (a) and (b) only, on Friday.",
    ),
    (
        "a3",
        "level-misnamed",
        "The keys pass as provided in Article 2.2 and no sooner.",
        "The keys pass as provided in Section 2.2 and no sooner.",
    ),
    (
        "a3",
        "section-number-missing",
        "Nothing in this Section (f) binds the miller.",
        "Nothing in this Section binds the miller.",
    ),
    (
        "a3",
        "described-nowhere",
        "The Purchaser shall hold the certificate described in Section 2.2 until noon.",
        "A certificate is sealed. The Purchaser shall hold the certificate described in Section 1.1 till noon.",
    ),
    (
        "a2",
        "this-section-elsewhere",
        "A payment under this Section 2.1 is late on Monday.",
        "A payment under this Section 1.1 is late on Monday.",
    ),
    (
        "b1",
        "term-not-defined",
        "The miller owns the Storage Silo. The Storage Silo is full and its storage is dry.",
        'The miller owns the storage silo (the "STORAGE SILO"). The Storage Silo is full and its storage is dry.',
    ),
    (
        "b1",
        "acronym-not-defined",
        "Grain is moved by the MRBC on request of the miller and at his cost.",
        'Grain is moved by the Middle River Boat Club ("MRBC") at cost. The MRBC may ask for help.',
    ),
    (
        "b1",
        "defined-nowhere",
        "Delivery is in the Dry Season (as hereinafter defined) of each year.",
        'Delivery is in the Dry Season (as hereinafter defined). "DRY SEASON" means May and June.',
    ),
    (
        "b2",
        "defined-never-used",
        'The loading place (the "LOADING WHARF") is repaired each spring by the miller.',
        'The loading place (the "LOADING WHARF") is repaired each spring. The Loading Wharf is old.',
    ),
    (
        "b3",
        "defined-twice",
        'Wheat and rye (the "WINTER CROP") are cut. Later the oats (the "WINTER CROP") are cut. The '
        "Winter Crop is sold.",
        'Wheat and rye (the "WINTER CROP") are cut. The Winter Crop is sold.',
    ),
    (
        "b4",
        "two-names-given",
        'The barge is the "RIVER VESSEL" or the "GRAIN BOAT" below. A River Vessel or Grain Boat floats.',
        'The barge is the "RIVER VESSEL" below. A River Vessel floats.',
    ),
    (
        "b4",
        "name-rearranged",
        'A paper asking for grain (a "NOTICE OF LOADING") is sent. The Loading Notice is kept. A Notice '
        "of Loading is short.",
        'A paper asking for grain (a "NOTICE OF LOADING") is sent. A Notice of Loading is short.',
    ),
    (
        "b4",
        "owners-under-two-names",
        "The stockholders vote. The stockholders meet. A shareholder may speak.",
        "The stockholders vote. The stockholders meet. A stockholder may speak.",
    ),
    (
        "b6",
        "plural-of-one-person",
        "The Purchasers inspect the mill. The Purchaser pays, the Purchaser loads, the Purchaser sails "
        "and the Purchaser returns.",
        "The Purchaser inspects the mill. The Purchaser pays, the Purchaser loads and the Purchaser sails.",
    ),
    (
        "b6",
        "unit-under-another-word",
        "Grain is priced each trading day and on the trading date before a holiday.",
        "Grain is priced each trading day and on the trading day before a holiday.",
    ),
    (
        "b6",
        "capital-without-definition",
        'Corn (the "WINTER GRAIN") is cut. Winter Grain is dry. Any Summer Grain is wet; summer grain '
        "rots, summer grain leaks and summer grain burns.",
        'Corn (the "WINTER GRAIN") is cut. Winter Grain is dry. Any summer grain is wet; summer grain rots.',
    ),
    (
        "c1",
        "list-shorter-than-promised",
        "Grain is (i) weighed, (ii) cleaned, and (iii) stored, and clauses (i) - (iv) of this Section 1.1 apply.",
        "Grain is (i) weighed, (ii) cleaned, and (iii) stored, and clauses (i) - (iii) of this Section 1.1 apply.",
    ),
    (
        "c1",
        "item-without-first",
        "The miller sells wheat at a fixed price or (b) rye at any price on that day.",
        "The miller sells (a) wheat at a fixed price or (b) rye at any price on that day.",
    ),
    (
        "c1",
        "labels-used-twice",
        "The miller shall (i) weigh the grain and (ii) store it; provided that (i) wet grain is dried "
        "and (ii) old grain is sold.",
        "The miller shall (i) weigh the grain and (ii) store it; provided that (A) wet grain is dried "
        "and (B) old grain is sold.",
    ),
    (
        "c1",
        "label-misplaced",
        "The price is (i) ten dollars for each sack (ii) plus any toll.",
        "The price is (i) ten dollars for each sack plus (ii) any toll.",
    ),
    (
        "c2",
        "bracket-open",
        "The grain (whether wet or dry is weighed at the mill.",
        "The grain (whether wet or dry) is weighed at the mill.",
    ),
    (
        "c2",
        "bracket-surplus",
        "The grain, wet or dry), is weighed at the mill.",
        "The grain (wet or dry), is weighed at the mill.",
    ),
    (
        "c4",
        "word-doubled",
        "The miller weighs the the grain.",
        "The miller weighs the grain.",
    ),
    (
        "c4",
        "determiner-doubled",
        "Grain is stored during the such period.",
        "Grain is stored during such period.",
    ),
    (
        "c4",
        "to-missing",
        "No grain was sold in the week prior June 4, 1999.",
        "No grain was sold in the week prior to June 4, 1999.",
    ),
    (
        "c4",
        "figure-after-the-noun",
        "The miller answers within two business (2) days.",
        "The miller answers within two (2) business days.",
    ),
    (
        "c4",
        "shares-of-missing",
        "The total number of Common Stock is small.",
        "The total number of shares of Common Stock is small.",
    ),
    (
        "c4",
        "article-missing",
        "This needs the consent of majority of the millers.",
        "This needs the consent of a majority of the millers.",
    ),
    (
        "c4",
        "preposition-missing",
        "Payment is made the fifth (5th) business day after harvest.",
        "Payment is made on the fifth (5th) business day after harvest.",
    ),
    (
        "c4",
        "comma-after-either",
        "Grain is kept at either, the mill or the wharf.",
        "Grain is kept at either the mill or the wharf.",
    ),
    (
        "c4",
        "case-of-one",
        "After the harvest, as the case may be, the mill shuts.",
        "After the harvest or the flood, as the case may be, the mill shuts.",
    ),
    (
        "c4",
        "and-missing-before-label",
        "The lesser of (x) the toll the (y) the rent is due.",
        "The lesser of (x) the toll and (y) the rent is due.",
    ),
    (
        "c4",
        "said-and-remaining",
        "The mill is shut without breach of said remaining Section.",
        "The mill is shut without breach of said Section.",
    ),
    (
        "c4",
        "list-comma-missing",
        "Free of mites, moulds and weeds. Also free of fires, mites moulds and weeds.",
        "Free of mites, moulds and weeds. Also free of fires, mites, moulds and weeds.",
    ),
    (
        "c4",
        "joining-word-missing",
        "The mill is (i) dry, (ii) clean, (iii) lit at night.",
        "The mill is (i) dry, (ii) clean, and (iii) lit at night.",
    ),
    (
        "c4",
        "comma-after-opening-missing",
        "No later than two (2) days after the arrival of the barge at the Wharf the Company shall weigh it.",
        "No later than two (2) days after the arrival of the barge at the Wharf, the Company shall weigh it.",
    ),
    (
        "c4",
        "such-without-antecedent",
        "The mill may refuse grain upon any such flooding.",
        "A flooding stops the mill. The mill may refuse grain upon any such flooding.",
    ),
    (
        "c5",
        "misspelt",
        "The miller keeps the certifacate.",
        "The miller keeps the certificate.",
    ),
    (
        "c5",
        "set-phrase-missed",
        "The mills, taken on a whole, are sound.",
        "The mills, taken as a whole, are sound.",
    ),
    (
        "c5",
        "number-of-the-verb",
        "Each of the promises of the miller were true then.",
        "Each of the promises of the miller was true then.",
    ),
    (
        "c5",
        "both-ways",
        "The number of shares is increased by a split or combination.",
        "The number of shares is decreased by a combination.",
    ),
    (
        "c6",
        "amount-restated-as-amount",
        "The miller converts $____ of stock (i.e., $____).",
        "The miller converts $____ of stock (i.e., ten shares).",
    ),
    (
        "d3",
        "words-and-figures-differ",
        "The miller answers within ten (15) days.",
        "The miller answers within fifteen (15) days.",
    ),
    (
        "d3",
        "to-all-or-to-each",
        "The Company shall pay to all Millers, in the case of a flood, an amount equal to ten dollars.",
        "The Company shall pay to all Millers, in the case of a flood, an amount equal to ten dollars each.",
    ),
    (
        "d4",
        "no-such-date",
        "The toll is due on February 30, 2000.",
        "The toll is due on February 29, 2000.",
    ),
    (
        "d4",
        "weekday-wrong",
        "The toll is due on Monday, May 4, 1999.",
        "The toll is due on Tuesday, May 4, 1999.",
    ),
    (
        "d4",
        "due-on-a-closed-day",
        "The toll is paid on or before May 8, 1999.",
        "The toll is paid on or before May 7, 1999.",
    ),
    (
        "d1",
        "two-times-of-one-day",
        "The offer ends at 5:00 p.m. Ohio time on May 7, 1999. It ends at 4:00 p.m. Ohio time on May 7, 1999.",
        "The offer ends at 5:00 p.m. Ohio time on May 7, 1999. It ends at 5:00 p.m. Ohio time on May 7, 1999.",
    ),
    (
        "d5",
        "promise-for-another",
        "The Purchaser covenants and agrees that the Company shall file the deed.",
        "The Company covenants and agrees that it shall file the deed.",
    ),
]


@pytest.mark.parametrize(("code", "rule", "faulty", "cured"), CASES, ids=[case[1] for case in CASES])
def test_a_planted_fault_is_found_and_its_cure_is_not(code: str, rule: str, faulty: str, cured: str) -> None:
    assert the(rule, paper(faulty)).rule_class.code == code
    assert rule not in rules(paper(cured))
