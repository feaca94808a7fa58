"""How the locations of a chain are cut into pages: no database."""

from visita.tenancy.models import Location
from visita.web.desk.views.chain import PAGE, Pages, cut

KNOWN = {pk: Location(pk=pk, organization_id=1, name=f"B{pk}") for pk in range(1, 21)}


def _ids(pages: Pages) -> list[list[int]]:
    return [[each.pk for each in page] for page in pages.pages]


def test_every_location_stands_on_one_page() -> None:
    pages = cut(KNOWN, (), (), 1)
    assert _ids(pages) == [list(range(1, 9)), list(range(9, 17)), [17, 18, 19, 20]]
    assert (pages.first, pages.last, pages.all, pages.others) == (1, 8, 20, 12)


def test_where_one_works_comes_first_and_fills_up_the_page() -> None:
    assert _ids(cut(KNOWN, (), (12, 12, 5, 99), 1))[0] == [12, 5, 1, 2, 3, 4, 6, 7]


def test_chosen_ones_have_pages_of_their_own() -> None:
    pages = cut(KNOWN, (20, 3, 99), (7,), 2)
    assert _ids(pages)[:2] == [[20, 3], [1, 2, 4, 5, 6, 7, 8, 9]]
    assert (pages.first, pages.last, pages.chosen) == (3, 10, (20, 3))


def test_a_page_too_many_is_the_last_one() -> None:
    assert cut(KNOWN, (), (), 99).shown == cut(KNOWN, (), (), 3).shown
    assert cut({}, (), (), 5).shown == ()


def test_one_more_stands_in_front_of_those_on_the_page() -> None:
    assert cut(KNOWN, (), (), 1).with_(15) == [15, *range(1, PAGE)]
    assert cut(KNOWN, tuple(range(1, 11)), (), 1).with_(15) == [15, *range(1, 11)]
    assert cut(KNOWN, (4, 15, 5), (), 2).with_(15) == [15, 4, 5]
