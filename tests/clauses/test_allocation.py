"""Portions of an account that pass with shares: whole shares, the odd one to the larger remainder."""

import pytest

from paripassu.clauses.allocation import exact_portion, unused_portion, whole_portion
from paripassu.values.arithmetic import ratio


@pytest.mark.parametrize(("transferred", "held_before", "whole"), [
    (1, 3, 33),  # 33 1/3: the transferor keeps 66 2/3, the larger remainder
    (2, 3, 67),  # 66 2/3: the transferee has the larger remainder
    (1, 8, 12),  # 12 1/2: equal remainders, so the odd share stays with the transferor
    (3, 8, 37),
    (1, 4, 25),
])
def test_a_portion_moves_in_whole_shares(transferred, held_before, whole):
    exact = unused_portion(ratio(100), ratio(0), ratio(transferred), ratio(held_before))
    assert exact == ratio(100 * transferred, held_before) and exact_portion(exact) == exact
    assert whole_portion(exact) == whole
