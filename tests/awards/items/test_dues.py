"""Which items an award is owed: from the catalogue of its day, each as a kind of the store."""

from datetime import date

import pytest

from awards.items.actions import list_for
from awards.items.kinds import load
from awards.items.rules import Kinds
from awards.models import Award, AwardType, Due, ItemKind
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.awards.issuing.conftest import DAY

MANAGERS = {"officer", "leader", "administrator"}


@pytest.mark.parametrize(
    ("code", "whom", "names"),
    [
        ("BKT", "person", ["Bằng khen của Chủ tịch UBND tỉnh", "Khung bằng"]),
        ("BKT", "household", ["Bằng khen của Chủ tịch UBND tỉnh", "Khung bằng"]),
        ("GK", "person", ["Giấy khen", "Khung A4 (giấy khen, Chiến sĩ thi đua cơ sở)"]),
        ("CSTDCS", "person", ["Bằng chứng nhận Chiến sĩ thi đua cơ sở", "Khung A4 (giấy khen, Chiến sĩ thi đua cơ sở)"]),
        ("CTDT", "collective", ["Cờ thi đua của UBND tỉnh"]),
        ("LDTT", "person", []),
    ],
)  # fmt: skip
def test_a_name_of_the_catalogue_is_a_kind_of_the_store(kinds, types, code, whom, names):
    found = Kinds().carried(types[code], whom, DAY)
    assert ([kind.name for kind in found.kinds], found.unknown) == (names, [])


def test_a_kind_that_ended_is_not_carried_any_more(kinds, types):
    ItemKind.objects.filter(code="khung-a4").update(until=date(2026, 10, 31))
    assert [kind.code for kind in Kinds().carried(types["GK"], "person", DAY).kinds] == ["giay-khen", "khung-bang"]
    assert Kinds().carried(types["GK"], "person", date(2026, 10, 31)).kinds[1].code == "khung-a4"


def test_an_issued_decision_lists_what_its_awards_are_owed(owed):
    assert [(due.award.name, due.kind.code, due.state) for due in owed(2)] == [
        ("Lý Văn 0", "bang-khen-tinh", "short"),
        ("Lý Văn 0", "khung-bang", "short"),
        ("Lý Văn 1", "bang-khen-tinh", "short"),
        ("Lý Văn 1", "khung-bang", "short"),
    ]


def test_what_the_store_has_no_kind_of_gets_one_from_the_catalogue(kinds, types, officer):
    award = give(make_recipient(), "HCLD3", 2025, officer)
    assert list_for(award.decision, by=officer) == 4
    added = ItemKind.objects.get(types=AwardType.objects.get(code="HCLD3"), words="Huân chương")
    assert (added.source, added.group, added.name) == ("state", "legal", "Huân chương Lao động hạng Ba")
    assert Change.objects.filter(about="itemkind", what="add").count() == ItemKind.objects.filter(position=1000).count()
    with pytest.raises(Refused, match="đã lập danh sách"):
        list_for(award.decision, by=officer)


def test_of_a_cancelled_award_nothing_is_listed(kinds, officer):
    award = give(make_recipient(), "BKT", 2025, officer)
    Award.objects.filter(pk=award.pk).update(cancelled_on=DAY)
    with pytest.raises(Refused):
        list_for(award.decision, by=officer)


def test_kinds_are_loaded_once_and_what_the_office_changed_stays(kinds):
    ItemKind.objects.filter(code="khung-bang").update(name="Khung gỗ")
    assert load() == 0
    assert ItemKind.objects.get(code="khung-bang").name == "Khung gỗ"


def test_a_unit_sees_what_its_awards_are_owed(owed, unit_officer, stranger, store_keeper):
    rows = owed(1)
    assert set(Due.objects.visible_to(store_keeper)) == set(rows) == set(Due.objects.visible_to(unit_officer))
    assert not Due.objects.visible_to(stranger).exists()
