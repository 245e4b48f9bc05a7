from datetime import date

from paripassu.values.moments import Place, end_of, moment

DAY = date(1999, 8, 6)


def test_a_day_begins_with_its_opening_and_ends_after_everything():
    moments = [moment(DAY, place) for place in Place]
    assert min(moments) == moment(DAY, Place.OPENING)
    assert max(moments) == moment(DAY, Place.END_OF_DAY) < end_of(DAY) < moment(date(1999, 8, 7), Place.OPENING)


def test_the_order_within_a_day():
    order = [Place.OPENING, Place.CORPORATE_ACTION, Place.REPORT, Place.ISSUANCE, Place.ALLOCATION, Place.TRANSFER,
             Place.PAPER, Place.ACT, Place.CLOSE_OF_BUSINESS, Place.DAILY_TEST, Place.END_OF_DAY]
    assert sorted(order, key=lambda place: moment(DAY, place)) == order == list(Place)


def test_a_known_instant_stands_before_and_after_the_nominal_one():
    noon = moment(DAY, Place.PAPER)
    assert moment(DAY, Place.PAPER, 11 * 3600) < noon < moment(DAY, Place.PAPER, 13 * 3600)
    assert moment(DAY, Place.PAPER, 18 * 3600) > moment(DAY, Place.DAILY_TEST)


def test_every_place_has_a_rank_of_its_own_and_a_reason():
    assert sorted(place.rank for place in Place) == list(range(len(Place)))
    assert all(place.reason for place in Place)


def test_a_moment_knows_its_date():
    assert moment(DAY, Place.ACT).date == DAY
