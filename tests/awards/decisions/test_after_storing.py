"""What follows from storing a list, and what becomes of one that nobody goes on with."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.decisions import actions
from awards.models import Award, Decision, Double, Entry, Recipient
from awards.recipients import doubles
from documents.models import Change, Upload
from documents.steps.refusing import Refused
from tests.awards.decisions.lists import begun, mixed, sent
from tests.awards.decisions.test_excel import row
from tests.conftest import make_unit

pytestmark = pytest.mark.django_db


def person(name="Lý Thị Hòa", **facts):
    return Recipient.objects.create(kind="person", name=name, **facts)


def test_doubles_of_who_is_new_are_looked_for_and_told(types, officer, client_of):
    unit = make_unit("so-mau", "Sở Mẫu")
    old = person(unit=unit, began_year=1980)
    both = [person("Vi Văn Cũ", unit=unit), person("Vi Văn Cũ", unit=unit)]
    decision = begun(officer)
    entry = sent(decision, mixed(row("Lý Thị Hoà"), row("Lê Văn Mới")), officer)
    actions.choose(decision, {"2": 0}, by=officer)
    client = client_of(officer)
    page = client.post(reverse("store_list", args=[decision.pk]), {"version": decision.version}, follow=True)
    new = Recipient.objects.get(name="Lý Thị Hoà")
    assert list(Double.objects.values_list("first", "second")) == [(old.pk, new.pk)]
    assert "Có 1 cặp người nhận có thể trùng" in page.content.decode()
    address = reverse("doubles") + "?quyet_dinh=88/QĐ-UBND"
    assert address.replace("Đ", "%C4%90") in page.content.decode()
    assert "Lý Thị Hoà" in client.get(address).content.decode()
    assert "Lý Thị Hoà" not in client.get(reverse("doubles") + "?quyet_dinh=99").content.decode()
    assert not Double.objects.filter(first__in=both).exists()
    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_pairs_of_new_ones_among_themselves_and_by_their_codes(types, django_assert_max_num_queries):
    unit = make_unit("so-mau", "Sở Mẫu")
    made = [person(unit=unit), person(unit=unit), person("Lê A", staff_code="CB1"), person("Vi B")]
    known = person("Lê Ánh", staff_code="CB1")
    pairs = {(made[0].pk, made[1].pk), (made[2].pk, known.pk)}
    with django_assert_max_num_queries(5):
        assert doubles.store_new(row.pk for row in made) == 1
    assert set(Double.objects.values_list("first", "second")) == pairs
    assert doubles.store_new([known.pk]) == 1
    Double.objects.update(state=Double.State.APART)
    doubles.store_new([row.pk for row in made])
    assert set(Double.objects.values_list("state", flat=True)) == {"apart"}


def test_what_nobody_goes_on_with_is_cleared_when_the_next_one_is_begun(types, officer, client_of):
    left, fresh = begun(officer, number="1/QĐ"), begun(officer, number="2/QĐ")
    sent(left, mixed(row("Lý A")), officer)
    sent(fresh, mixed(row("Lý B")), officer)
    page = client_of(officer).get(left.get_absolute_url()).content.decode()
    assert f"xóa sau ngày {timezone.localdate() + actions.KEPT:%d/%m/%Y}" in page
    Entry.objects.filter(decision=left).update(changed_at=timezone.now() - actions.KEPT - timedelta(minutes=1))
    Entry.objects.filter(decision=fresh).update(changed_at=timezone.now() - actions.KEPT + timedelta(minutes=9))
    begun(officer, number="3/QĐ")
    assert set(Decision.objects.values_list("number", flat=True)) == {"2/QĐ", "3/QĐ"}
    assert Upload.objects.count() == 1
    told = Change.objects.get(what="clear")
    assert "90 ngày" in str(told)


def test_what_was_stored_is_never_cleared(types, officer):
    decision = begun(officer, number="1/QĐ", award=types["BKT"])
    actions.type_rows(decision, [{"whom": "Cá nhân", "name": "Lý A"}], by=officer)
    actions.store(decision, by=officer)
    Decision.objects.update(at=timezone.now() - 9 * actions.KEPT)
    assert actions.clear() == 0
    assert Award.objects.count() == 1


def test_what_was_made_here_offers_no_undoing(types, officer, client_of):
    decision = begun(officer, award=types["BKT"])
    actions.type_rows(decision, [{"whom": "Cá nhân", "name": "Lý A"}], by=officer)
    actions.store(decision, by=officer)
    client = client_of(officer)
    assert "Gỡ cả danh sách" in client.get(decision.get_absolute_url()).content.decode()
    Decision.objects.update(origin=Decision.Origin.MADE)
    assert "Gỡ cả danh sách" not in client.get(decision.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="bằng văn bản"):
        actions.undo(decision, by=officer, reason="Nhầm")
