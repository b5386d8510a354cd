"""Occasions: planned by a unit, awards chosen once, called in their order, held or dropped, who did not come; papers."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from awards.items.actions import drop as drop_due
from awards.models import Announced, Award, AwardType, Decision, Occasion, Presented
from awards.presentation import actions, papers
from awards.presentation.actions import OCCASIONS
from awards.presentation.forms import HoldForm
from awards.presentation.models import OF_OCCASION
from awards.presentation.rules import near_days, of_others, period_on, still_to_present
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.conftest import make_unit
from tests.walking import turns_of, walk

from .conftest import FACTS, everybody

FROM = {"planned": {"drop", "hold", "edit", "choose", "leave_out", "mark", "add_files", "drop_file"}, "dropped": set(),
        "held": {"reopen", "add_files", "drop_file"}}  # fmt: skip
BY_PAGE = {"hold", "edit", "choose", "leave_out", "mark", "add_files", "drop_file"}


@pytest.mark.parametrize("state", FROM)
def test_who_may_do_what_with_an_occasion(state, chosen, people, client_of):
    Occasion.objects.filter(pk=chosen.pk).update(state=state)
    steps = FROM[state] - BY_PAGE
    walk(
        OCCASIONS, lambda: Occasion.objects.get(pk=chosen.pk), turns_of(people), client_of,
        may={who: steps if who == "unit_officer" else set() for who in people}, typed={}, reasons={"drop", "reopen"},
        but=BY_PAGE, known=lambda row: Change.objects.filter(about="occasion", key=row.pk).count(),
    )  # fmt: skip


def test_what_is_chosen_is_called_high_before_low_collectives_first(collected, planned, unit_officer, composed, passed):
    awards = collected(3)
    low, team, high = awards
    Award.objects.filter(pk=team.pk).update(whom="collective")
    Award.objects.filter(pk=high.pk).update(type=AwardType.objects.get(code="CSTDT"))
    Award.objects.filter(pk=low.pk).update(type=AwardType.objects.get(code="BKT"))
    occasion = actions.choose(planned(), by=unit_officer, keys=[award.pk for award in awards])
    called = list(occasion.awards.order_by("position").values_list("award", flat=True))
    assert called == [high.pk, team.pk, low.pk]


def test_an_award_is_presented_once_and_its_decision_announced_once(collected, planned, unit_officer):
    first, second = collected(2)
    one = actions.choose(planned(), by=unit_officer, keys=[first.pk])
    with pytest.raises(Refused, match="mỗi khen thưởng chỉ trao một lần"):
        actions.choose(planned(), by=unit_officer, keys=[first.pk, second.pk])
    other = actions.choose(Occasion.objects.exclude(pk=one.pk).first(), by=unit_officer, keys=[second.pk])
    assert (one.announced.count(), other.announced.count()) == (1, 0)
    actions.drop(one, by=unit_officer, reason="Hoãn")
    assert (Presented.objects.count(), Announced.objects.count()) == (1, 0)


def test_what_the_province_announced_no_unit_announces_again(collected, planned, unit_officer, officer):
    first, second = collected(2)
    whole = planned(by=officer, is_of_province=True)
    assert not planned(is_of_province=True).is_of_province, "a unit holds none for all"
    actions.choose(whole, by=officer, keys=[first.pk])
    own = actions.choose(planned(), by=unit_officer, keys=[second.pk])
    assert (whole.announced.count(), own.announced.count()) == (1, 0)
    with pytest.raises(Refused, match=r"thuộc Sở Y tế"):
        actions.choose(planned(by=officer), by=officer, keys=[collected(1)[0].pk])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cancelled_on": DAY}, "khen thưởng đã hủy"),
        ({"decided_on": DAY + timedelta(days=1)}, "sau ngày trao"),
    ],
)
def test_what_may_not_be_chosen_is_named(collected, planned, unit_officer, change, words):
    award = collected(1)[0]
    Award.objects.filter(pk=award.pk).update(**change)
    with pytest.raises(Refused, match=words):
        actions.choose(planned(), by=unit_officer, keys=[award.pk])


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1944, 12, 31), date(2027, 11, 22), date(9999, 12, 31)])
def test_a_day_that_is_a_slip_of_the_pen_is_refused(planned, day):
    with pytest.raises(Refused, match="quá xa") as refused:
        planned(day=day)
    assert (refused.value.field, Occasion.objects.count()) == ("day", 0)


def test_what_was_not_collected_or_is_of_another_unit_is_not_chosen(ready, collected, planned, unit_officer):
    not_yet = ready(1)[0].award_id
    with pytest.raises(Refused, match="chưa nhận hiện vật"):
        actions.choose(planned(), by=unit_officer, keys=[not_yet])
    award = collected(1)[0]
    Award.objects.filter(pk=award.pk).update(unit=make_unit("so-la", "Sở Lạ"))
    with pytest.raises(Refused, match="thuộc Sở Lạ"):
        actions.choose(planned(), by=unit_officer, keys=[award.pk])


def test_what_carries_money_alone_is_chosen_and_presented_too(collected, planned, unit_officer, other_unit, client_of):
    award = collected(1)[0]
    bare = Award.objects.get(pk=award.pk)
    bare.pk = None
    bare.type, bare.position, bare.name = AwardType.objects.get(code="LDTT"), 90, "Lý Thị Tiến"
    bare.save()
    occasion = planned()
    client, page = client_of(unit_officer), reverse("choose_awards", args=[occasion.pk])
    assert "Lý Thị Tiến" not in client.get(page).content.decode()
    answer = client.get(page, {"loai": "khong"})
    assert [row.pk for row in answer.context["page_obj"]] == [bare.pk]
    # Nobody knows whether it was presented before: it waits once an occasion has it.
    assert bare not in still_to_present(Award.objects.all())
    client.post(f"{page}?loai=khong", {"all": "1"})
    assert list(occasion.awards.values_list("award", flat=True)) == [bare.pk]
    row = still_to_present(Award.objects.all()).get(pk=bare.pk)
    assert row.since == DAY
    assert "Lý Thị Tiến" in client.get(reverse("to_present")).content.decode()
    actions.hold(occasion, by=unit_officer, taken=everybody(occasion))
    assert bare not in still_to_present(Award.objects.all())
    Presented.objects.all().delete()
    for change, words in (
        ({"decided_on": DAY - timedelta(days=400)}, "quá một năm"),
        ({"decided_on": DAY + timedelta(days=1)}, "chưa nhận hiện vật"),
        ({"unit": make_unit("so-la", "Sở Lạ")}, "Sở Lạ"),
    ):
        Award.objects.filter(pk=bare.pk).update(**{"decided_on": DAY, "unit": other_unit} | change)
        with pytest.raises(Refused, match=words):
            actions.choose(planned(), by=unit_officer, keys=[bare.pk])


def test_what_is_given_no_item_is_presented_without(ready, planned, officer, unit_officer):
    award = ready(1)[0].award
    for due in award.dues.all():
        drop_due(due, by=officer, reason="Gia đình xin không nhận")
    occasion = actions.choose(planned(), by=unit_officer, keys=[award.pk])
    assert [row.award for row in occasion.awards.all()] == [award]


def test_what_an_occasion_lacks_keeps_it_from_being_held(chosen, unit_officer):
    Occasion.objects.filter(pk=chosen.pk).update(presenter="")
    with pytest.raises(Refused, match="Chưa ghi người trao"):
        actions.hold(chosen, by=unit_officer, taken=everybody(chosen))
    Occasion.objects.filter(pk=chosen.pk).update(presenter="Hứa Văn Hải", authority="", day=DAY + timedelta(days=1))
    with pytest.raises(Refused, match=r"chưa đến\. Có khen thưởng do cấp khác quyết định"):
        actions.hold(chosen, by=unit_officer, taken=everybody(chosen))


def test_the_province_presents_what_it_decided_on_by_nobodys_leave(chosen):
    province = make_unit("tinh-khac", "UBND tỉnh", kind="province")
    Decision.objects.update(unit=province)
    assert of_others(chosen)
    chosen.is_of_province = True
    assert not of_others(chosen)
    Decision.objects.filter(pk=chosen.awards.first().award.decision_id).update(unit=None)
    assert of_others(chosen)


def test_what_an_occasion_may_have_is_noted_in_one_request(chosen, settings, monkeypatch, collected, unit_officer):
    form = HoldForm(occasion=chosen, rows=list(chosen.awards.select_related("award")))
    each = (len(form.fields) - 1) / 2
    assert 10 + each * actions.MOST <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    monkeypatch.setattr(actions, "MOST", 3)
    with pytest.raises(Refused, match="nhiều nhất 3"):
        actions.choose(chosen, by=unit_officer, keys=[award.pk for award in collected(2)])


def test_of_the_dead_the_family_takes_it_and_is_named(chosen, unit_officer):
    dead = chosen.awards.first()
    chosen = actions.mark(chosen, by=unit_officer, keys=[dead.pk])
    taken = everybody(chosen)
    with pytest.raises(Refused, match="gia đình nhận") as refused:
        actions.hold(chosen, by=unit_officer, taken=taken)
    assert refused.value.field == f"taken-{dead.pk}"
    with pytest.raises(Refused, match="họ tên người nhận") as refused:
        actions.hold(chosen, by=unit_officer, taken=taken | {dead.pk: ("family", " ")})
    assert refused.value.field == f"whom-{dead.pk}"
    assert list(chosen.awards.order_by("position"))[-1].pk == dead.pk, "the families come up after the living"
    held = actions.hold(chosen, by=unit_officer, taken=taken | {dead.pk: ("family", "Vợ: Bà Lý Thị B")})
    assert (held.state, held.awards.get(pk=dead.pk).by_whom) == ("held", "Vợ: Bà Lý Thị B")


def test_who_did_not_come_gets_it_later_and_is_still_to_be_presented_until_then(chosen, unit_officer, client_of):
    absent, there = chosen.awards.all()
    held = actions.hold(chosen, by=unit_officer, taken=everybody(chosen) | {absent.pk: ("later", "")})
    assert list(still_to_present(Award.objects.all())) == [absent.award]
    page = reverse("present_later", args=[absent.pk])
    client = client_of(unit_officer)
    typed = {"version": held.version, "act": "later", "how": "Trao tại nhà"}
    assert client.post(page, typed | {"day": f"{DAY - timedelta(days=1):%d/%m/%Y}"}).status_code == 422
    assert client.post(page, typed | {"day": f"{DAY:%d/%m/%Y}"}).status_code == 302
    absent.refresh_from_db()
    assert (absent.later_on, absent.by_whom) == (DAY, "Trao tại nhà")
    assert not still_to_present(Award.objects.all()).exists()
    with pytest.raises(Refused, match="đã đến tay"):
        actions.receive_later(there, by=unit_officer, day=DAY, how="Nhầm")


def test_it_is_planned_chosen_and_held_by_pages(collected, unit_officer, client_of):
    awards, client = collected(2), client_of(unit_officer)
    typed = FACTS | {"day": f"{DAY:%d/%m/%Y}"}
    assert client.post(reverse("new_occasion"), typed | {"place": ""}).status_code == 422
    answer = client.post(reverse("new_occasion"), typed)
    occasion = Occasion.objects.get()
    assert answer["Location"] == reverse("choose_awards", args=[occasion.pk])
    assert [row.name for row in client.get(answer["Location"]).context["page_obj"]] == [row.name for row in awards]
    client.post(answer["Location"], {"khen": [award.pk for award in awards]})
    occasion.refresh_from_db()
    page = client.get(occasion.get_absolute_url())
    assert page.context["faults"] == []
    assert page.context["may_hold"]
    form = client.get(reverse("hold_occasion", args=[occasion.pk])).context["form"]
    fields = {field.html_name: field.value() or "" for field in form}
    assert client.post(reverse("hold_occasion", args=[occasion.pk]), fields).status_code == 302
    occasion.refresh_from_db()
    assert (occasion.state, set(occasion.awards.values_list("taken", flat=True))) == ("held", {"self"})


def test_a_stranger_sees_neither_occasion_nor_awards(chosen, stranger, other_unit, client_of, store_keeper):
    client = client_of(stranger)
    assert client.get(chosen.get_absolute_url()).status_code == 404
    assert not client.get(reverse("to_present")).context["page_obj"].object_list
    seen = client_of(store_keeper).get(reverse("to_present")).context["page_obj"].object_list
    assert [row.name for row in seen] == ["Lý Văn 0", "Lý Văn 1"]


def test_the_list_of_what_is_still_to_be_presented_takes_as_many_queries_for_many(
    collected, planned, store_keeper, unit_officer, client_of, django_assert_max_num_queries
):
    actions.choose(planned(), by=unit_officer, keys=[award.pk for award in collected(3)])
    client = client_of(store_keeper)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("to_present"), {"o_dau": "du-kien", "cho": "0"})
    assert page.context["paginator"].count == 3
    assert client.get(reverse("to_present"), {"o_dau": "vang"}).context["paginator"].count == 0
    assert client.get(reverse("to_present"), {"xuat": "xlsx"}).status_code == 200


def test_the_papers_name_everybody_in_their_order(chosen, unit_officer):
    dead = chosen.awards.first()
    actions.mark(chosen, by=unit_officer, keys=[dead.pk])
    programme = papers.draft(chosen, "programme", by=unit_officer)
    assert (programme.type.code, "Lý Văn 0" in programme.body) == ("CTr", True)
    assert "Điều" not in programme.subject
    assert "Công bố Quyết định số" in programme.body
    script = papers.draft(chosen, "script", by=unit_officer)
    assert "đại diện gia đình" in script.body
    assert "(truy tặng)" in script.body
    with pytest.raises(Refused, match="Chưa soạn được biên bản"):
        papers.draft(chosen, "minutes", by=unit_officer)
    held = actions.hold(chosen, by=unit_officer, taken=everybody(chosen) | {dead.pk: ("family", "Bà Lý Thị B")})
    minutes = papers.draft(held, "minutes", by=unit_officer)
    assert "Bà Lý Thị B (gia đình)" in minutes.body
    assert "theo Thông báo số 12/TB" in minutes.body
    assert OF_OCCASION.of(held.pk).count() == 3
    with pytest.raises(Refused, match="Đã soạn biên bản"):
        actions.reopen(held, by=unit_officer, reason="Ghi nhầm")


def test_days_and_kinds_come_with_their_article():
    assert [row.day for row in near_days(date(2026, 8, 1))][:1] == [date(2026, 9, 2)]
    assert period_on(date(2020, 5, 1))["citation"] == "Điều 26 Nghị định số 145/2013/NĐ-CP"
    assert period_on(date(2024, 5, 1))["citation"] == "Điều 25 Nghị định số 98/2023/NĐ-CP"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_the_same_awards_one_has_them(collected, planned, unit_officer):
    keys, start = [award.pk for award in collected(3)], Barrier(2)
    occasions = [planned(), planned()]

    def person(occasion):
        start.wait()
        try:
            return actions.choose(occasion, by=unit_officer, keys=keys).pk
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(person, occasions))
    assert sorted(type(one).__name__ for one in found) == ["int", "str"]
    assert (Presented.objects.count(), Announced.objects.count()) == (3, 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_other_awards_of_a_decision_one_announces_it(collected, planned, unit_officer):
    awards, start = collected(2), Barrier(2)
    pairs = [(planned(), awards[0]), (planned(), awards[1])]

    def person(pair):
        start.wait()
        try:
            return actions.choose(pair[0], by=unit_officer, keys=[pair[1].pk]).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(person, pairs))
    assert (Presented.objects.count(), Announced.objects.count()) == (2, 1)


def test_the_first_page_tells_what_waits(collected, planned, unit_officer, client_of):
    award, client = collected(1)[0], client_of(unit_officer)
    assert "Khen thưởng đã nhận, chưa trao" in client.get("/").content.decode()
    occasion = actions.choose(planned(), by=unit_officer, keys=[award.pk])
    page = client.get("/").content.decode()
    assert "Khen thưởng đã nhận, chưa trao" not in page
    assert "Lần trao thưởng chưa ghi kết quả" in page
    actions.hold(occasion, by=unit_officer, taken=everybody(occasion, "later"))
    page = client.get("/").content.decode()
    assert "Lần trao thưởng chưa ghi kết quả" not in page
    assert "Vắng khi trao thưởng, chưa nhận" in page


def test_photographs_are_kept_seen_by_those_who_see_the_occasion_and_taken_out(
    chosen, unit_officer, stranger, client_of
):
    client, page = client_of(unit_officer), reverse("add_occasion_files", args=[chosen.pk])
    picture = io.BytesIO()
    Image.new("RGB", (60, 40)).save(picture, "JPEG")
    assert client.post(page, {"caption": "Lễ trao"}).status_code == 422
    file = SimpleUploadedFile("le-trao.jpg", picture.getvalue())
    assert client.post(page, {"files": [file], "caption": "Lễ trao"}).status_code == 302
    row = chosen.files.get()
    assert client.get(row.upload.get_absolute_url()).status_code == 200
    assert client_of(stranger).get(row.upload.get_absolute_url()).status_code == 404
    assert "Lễ trao" in client.get(chosen.get_absolute_url()).content.decode()
    drop = reverse("drop_occasion_file", args=[chosen.pk])
    assert client_of(stranger).post(drop, {"tep": row.pk}).status_code == 404
    client.post(drop, {"tep": row.pk})
    assert not chosen.files.exists()
    client.post(drop, {"tep": row.pk})


def test_the_page_of_an_occasion_asks_as_much_for_six_as_for_two(
    collected, planned, unit_officer, client_of, django_assert_max_num_queries
):
    client, counts = client_of(unit_officer), []
    for number in (2, 6):
        occasion = actions.choose(planned(), by=unit_officer, keys=[award.pk for award in collected(number)])
        client.get(occasion.get_absolute_url())
        with django_assert_max_num_queries(40) as asked:
            client.get(occasion.get_absolute_url())
        counts.append(len(asked))
        with django_assert_max_num_queries(40):
            client.get(reverse("hold_occasion", args=[occasion.pk]))
    assert counts[0] == counts[1]
