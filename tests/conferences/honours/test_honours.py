"""Those honoured: from where they come, in which order they are called, what is presented there, the script."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.models import Occasion, Presented
from awards.presentation import actions as presenting
from awards.presentation.rules import rank
from campaigns.models import Example
from conferences.events.models import OF_EVENT, Paper
from conferences.events.papers import draft
from conferences.honours import actions
from conferences.honours.rules import award_candidates, example_candidates, occasion_of, placed
from conferences.models import Change, Honour
from documents.models import Document, DocumentType, history_of
from documents.steps.refusing import Refused
from tests.conftest import make_unit, make_user
from tests.exported import table_of
from units.models import Role, Unit

from .conftest import at, order, picture

HELD = {"state": "held", "held_on": date(2026, 6, 10), "day": date(2026, 6, 10)}


# --- From where


def test_awards_of_the_people_of_the_conference_since_the_last_congress_that_count(event, own, given):
    mine = given("LDTT")
    under = make_unit("tram-y-te", "Trạm Y tế", kind=Unit.Kind.OFFICE, superior=event.unit)
    below = given("LDTT", "Vi Văn Dưới", unit=under)
    given("LDTT", "Người Khác", unit=make_unit("xa-khac", "UBND xã Khác", kind=Unit.Kind.COMMUNE))
    given("LDTT", "Trước Đại hội", day=date(2020, 9, 9))
    given("LDTT", "Sau Hội nghị", day=date(2026, 7, 21))
    given("LDTT", "Đã Hủy", cancelled_on=date(2026, 1, 1))
    assert set(award_candidates(event, own)) == {mine, below}
    actions.choose_awards(event, by=own, keys=[mine.pk])
    assert set(award_candidates(event, own)) == {below}
    row = event.honours.get()
    assert (row.name, row.kind, row.award, row.recipient) == ("Lý Thị Mẫu", "person", mine, mine.recipient)


def test_what_is_no_candidate_is_not_chosen(event, own, given):
    award = given("LDTT")
    with pytest.raises(Refused, match="đánh dấu"):
        actions.choose_awards(event, by=own, keys=[])
    with pytest.raises(Refused, match="đã hủy, hoặc vừa được thêm"):
        actions.choose_awards(event, by=own, keys=[award.pk, 0])
    assert not event.honours.exists()


def example(unit, by, **facts):
    typed = {
        "kind": "person",
        "name": "Hoàng Văn Gương",
        "title": "Hiến đất",
        "deed": "Hiến 200 m² đất",
        "met_on": date(2026, 1, 5),
    }
    return Example.objects.create(unit=unit, by=by, sources="Báo", **typed | facts)


def test_good_examples_of_the_unit_are_chosen_once(event, own, commune):
    found = example(commune, own)
    example(make_unit("xa-khac", "UBND xã Khác"), own)
    assert list(example_candidates(event, own)) == [found]
    actions.choose_examples(event, by=own, keys=[found.pk])
    row = event.honours.get()
    assert (row.name, row.reason, row.life) == ("Hoàng Văn Gương", "Hiến đất", "Hiến 200 m² đất")
    with pytest.raises(Refused, match="vừa được thêm"):
        actions.choose_examples(event, by=own, keys=[found.pk])


def test_an_example_that_is_erased_leaves_the_name(event, own, commune):
    found = example(commune, own)
    actions.choose_examples(event, by=own, keys=[found.pk])
    found.delete()
    row = event.honours.get()
    assert (row.name, row.life, row.is_printable) == ("Hoàng Văn Gương", "", False)


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"reason": " "}, "reason", "vì thành tích"),
        ({"biography": "Số định danh 001090012345"}, "biography", "dãy số"),
        ({"kind": "collective", "is_posthumous": True}, "is_posthumous", "Chỉ cá nhân"),
    ],
)
def test_who_is_named_needs_a_reason_and_tells_no_more_than_needed(facts, field, words, named):
    with pytest.raises(Refused, match=words) as refused:
        named(**facts)
    assert refused.value.field == field


def test_a_name_in_other_marks_is_stored_as_one(named):
    assert named("Đ\u0103\u0301ng").name == "Đắng"


# --- In which order


def test_high_before_low_collectives_before_households_before_persons_the_dead_last(event, own, given, named):
    for code, name, kind, more in [
        ("LDTT", "Lao động", "person", {}),
        ("BKT", "Cá nhân", "person", {}),
        ("BKT", "Đã mất", "person", {"ended_on": date(2026, 3, 1)}),
        ("BKT", "Hộ", "household", {}),
        ("BKT", "Tập thể", "collective", {}),
        ("HCLD3", "Huân chương", "person", {}),
    ]:
        given(code, name, kind, **more)
    actions.choose_awards(event, by=own, keys=set(award_candidates(event, own).values_list("pk", flat=True)))
    named("Người nêu tên")
    named("Tập thể nêu tên", kind="collective")
    assert order(event) == [
        "Huân chương", "Tập thể", "Hộ", "Cá nhân", "Đã mất", "Lao động", "Tập thể nêu tên", "Người nêu tên",
    ]  # fmt: skip
    assert event.honours.get(name="Đã mất").is_posthumous


def test_the_occasion_calls_them_in_the_order_of_the_list(event, own, given):
    made = [given("BKT", kind, kind) for kind in ("person", "household", "collective")]
    actions.choose_awards(event, by=own, keys=[award.pk for award in made])
    assert order(event) == ["collective", "household", "person"]
    assert [row.award.name for row in sorted((Presented(award=award) for award in made), key=rank)] == order(event)


def test_what_was_moved_by_hand_stays_until_all_is_sorted_again(event, own, given):
    for code, name in [("BKT", "Một"), ("CSTDCS", "Hai"), ("LDTT", "Ba")]:
        given(code, name)
    actions.choose_awards(event, by=own, keys=set(award_candidates(event, own).values_list("pk", flat=True)))
    actions.move(event, by=own, key=event.honours.get(name="Ba").pk, place=1)
    assert order(event) == ["Ba", "Một", "Hai"]
    actions.move(event, by=own, key=event.honours.get(name="Ba").pk, place=99)
    assert order(event) == ["Một", "Hai", "Ba"]
    actions.move(event, by=own, key=event.honours.get(name="Hai").pk, place=1)
    actions.choose_awards(event, by=own, keys=[given("HCLD3", "Cao").pk])
    assert order(event) == ["Cao", "Hai", "Một", "Ba"]
    actions.sort(event, by=own)
    assert order(event) == ["Cao", "Một", "Hai", "Ba"]


def test_who_is_left_out_takes_the_portrait_along(event, own, named):
    first, second = named("Một", picture()), named("Hai")
    place = first.portrait.file.path
    actions.leave_out(event, by=own, keys=[first.pk])
    assert order(event) == ["Hai"]
    assert not Path(place).exists()
    assert second.pk


# --- Presented there


@pytest.fixture
def presented(event, own, given):
    """An award that carries no item, in the list and presented there."""
    award = given("LDTT")
    actions.choose_awards(event, by=own, keys=[award.pk])
    actions.present(event, by=own, keys=[event.honours.get().pk])
    return award


def test_an_award_presented_there_stands_in_the_record_of_items_once(event, own, given, presented):
    occasion = occasion_of(event)
    assert (occasion.kind, occasion.day, occasion.place, occasion.unit) == (
        "conference", date(2026, 7, 20), "Hội trường xã", event.unit,
    )  # fmt: skip
    assert list(occasion.awards.values_list("award", flat=True)) == [presented.pk]
    with pytest.raises(Refused, match="đều đã vào"):
        actions.present(event, by=own, keys=[event.honours.get().pk])
    second = given("CSTDCS", "Vi Văn Hai")
    actions.choose_awards(event, by=own, keys=[second.pk])
    Presented.objects.create(
        occasion=presenting.plan(
            Occasion(kind="review", name="Tổng kết", day=date(2026, 6, 30), place="Hội trường"), by=own
        ),
        award=second,
        position=1,
    )
    with pytest.raises(Refused, match=r"Tổng kết.*chỉ trao một lần"):
        actions.present(event, by=own, keys=[event.honours.get(award=second).pk])
    assert Occasion.objects.count() == 2


def test_only_awards_are_presented(event, own, named):
    row = named()
    with pytest.raises(Refused, match=r"Chỉ trao khen thưởng đã có quyết định.*Lý Thị Mẫu"):
        actions.present(event, by=own, keys=[row.pk])
    assert occasion_of(event) is None


def test_the_family_of_the_dead_comes_up(event, own, given):
    award = given("LDTT", ended_on=date(2026, 3, 1))
    actions.choose_awards(event, by=own, keys=[award.pk])
    actions.present(event, by=own, keys=[event.honours.get().pk])
    assert occasion_of(event).awards.get().is_posthumous


def test_what_is_left_out_is_free_for_another_occasion(event, own, presented):
    actions.unpresent(event, by=own, keys=[event.honours.get().pk])
    assert not Presented.objects.exists()
    actions.present(event, by=own, keys=[event.honours.get().pk])
    actions.leave_out(event, by=own, keys=[event.honours.get().pk])
    assert not Presented.objects.exists()


def test_the_occasion_follows_the_day_of_the_conference_and_is_held_with_it(event, own, presented):
    at(event, "ready", day=date(2026, 6, 10), place="Nhà văn hóa", chair="Vi Văn Chủ")
    actions.follow(event, by=own)
    occasion = occasion_of(event)
    assert (occasion.day, occasion.place, occasion.presenter) == (date(2026, 6, 10), "Nhà văn hóa", "Vi Văn Chủ")
    with pytest.raises(Refused):
        actions.hold(event, by=own, taken={})
    at(event, **HELD)
    line = occasion.awards.get()
    Occasion.objects.filter(pk=occasion.pk).update(authority="Thông báo 12/TB-SNV")
    actions.hold(event, by=own, taken={line.pk: ("self", "")})
    assert occasion_of(event).state == Occasion.State.HELD
    line.refresh_from_db()
    assert line.taken == "self"
    with pytest.raises(Refused, match="không có lần trao nào đang chờ"):
        actions.hold(event, by=own, taken={line.pk: ("self", "")})


def test_what_the_page_of_the_occasion_does_is_so_here_too(event, own, given, presented, client_of):
    occasion, row = occasion_of(event), event.honours.get()
    presenting.leave_out(occasion, by=own, keys={occasion.awards.get().pk})
    assert not event.honours.get().is_presented
    actions.present(event, by=own, keys=[row.pk])
    presenting.drop(Occasion.objects.get(pk=occasion.pk), by=own, reason="Đổi dịp")
    assert not event.honours.get().is_presented
    actions.present(event, by=own, keys=[row.pk])
    again = occasion_of(event)
    assert (again == occasion, again.state, event.honours.get().is_presented) == (False, "planned", True)
    presenting.choose(again, by=own, keys=[given("LDTT", "Vi Thị Thêm").pk])
    shown = client_of(own).get(reverse("honours", args=[event.pk])).content.decode()
    assert "ngoài danh sách tôn vinh:</strong> Vi Thị Thêm." in shown
    actions.choose_awards(event, by=own, keys=[again.awards.get(award__name="Vi Thị Thêm").award_id])
    assert [one.is_presented for one in event.honours.all()] == [True, True]
    assert "ngoài danh sách" not in client_of(own).get(reverse("honours", args=[event.pk])).content.decode()


def test_an_occasion_may_be_held_on_its_own_page_after_the_event(event, own, given, presented, client_of):
    occasion = occasion_of(event)
    assert event.get_absolute_url() in client_of(own).get(occasion.get_absolute_url()).content.decode()
    at(event, **HELD)
    Occasion.objects.filter(pk=occasion.pk).update(
        authority="Thông báo 12/TB-SNV", day=HELD["day"], presenter="Vi Văn Chủ"
    )
    line, page = occasion.awards.get(), reverse("hold_occasion", args=[occasion.pk])
    typed = {"version": Occasion.objects.get(pk=occasion.pk).version, f"taken-{line.pk}": "self"}
    assert client_of(own).post(page, typed).status_code == 302
    assert (occasion_of(event).state, event.honours.get().is_presented) == ("held", True)
    shown = client_of(own).get(reverse("honours", args=[event.pk])).content.decode()
    assert "Đã trao" in shown
    assert "Chưa ghi kết quả trao" not in shown
    assert client_of(own).get(reverse("hold_honours", args=[event.pk])).status_code == 302


def test_what_was_presented_before_the_event_is_over_is_not_taken_back(event, own, given, presented):
    Occasion.objects.filter(conference__event=event).update(state="held")
    for step in (actions.present, actions.unpresent):
        actions.choose_awards(event, by=own, keys=[given("LDTT", f"Vi {step.label}").pk])
        keys = [row.pk for row in event.honours.all() if row.is_presented == (step is actions.unpresent)]
        with pytest.raises(Refused, match="đã ghi kết quả"):
            step(event, by=own, keys=keys)
    actions.leave_out(event, by=own, keys=[row.pk for row in event.honours.all()])
    assert Presented.objects.count() == 1


def test_a_conference_that_is_stopped_frees_its_awards(event, own, presented):
    paper = Document.objects.create(
        origin="cited", type=DocumentType.objects.get(code="CV"), reference="1/UBND", issuer_name="UBND tỉnh", subject="dừng",
        year=2026, month=6,
    )  # fmt: skip
    at(event, "stopped", stopped_on=date(2026, 6, 1), stopped_by=paper, stopped_for="Dịch")
    actions.drop_occasion(event, by=own)
    assert occasion_of(event).state == Occasion.State.DROPPED
    assert not Presented.objects.exists()
    assert not event.honours.get().is_presented


def test_the_department_presents_for_the_whole_province(plan, province, officer, given):
    congress = actions.Event.objects.create(
        unit=province, plan=plan, level=plan.levels.get(is_congress=True), kind="congress", form="congress", by=officer,
        name="Đại hội", day=date(2026, 12, 1), place="Trung tâm Hội nghị tỉnh",
    )  # fmt: skip
    award = given("LDTT", day=date(2026, 6, 1))
    actions.choose_awards(congress, by=officer, keys=[award.pk])
    actions.present(congress, by=officer, keys=[congress.honours.get().pk])
    assert occasion_of(congress).is_of_province


# --- The script


def test_the_script_calls_them_in_their_order(event, own, given, named):
    at(event, "planned", chair="Vi Văn Chủ", chair_post="Chủ tịch UBND xã")
    given("BKT", "Trường Tiểu học", "collective")
    dead = given("LDTT", "Hoàng Văn Mất", ended_on=date(2026, 3, 1))
    actions.choose_awards(event, by=own, keys=set(award_candidates(event, own).values_list("pk", flat=True)))
    actions.present(event, by=own, keys=[event.honours.get(award=dead).pk])
    named("Lý Thị Nêu")
    named("Vi Thị Nêu")
    paper = draft(event, Paper.SCRIPT, by=own)
    opening, first, *lines = [line for line in paper.body.split("\n\n") if line]
    assert opening.endswith("tôn vinh 01 tập thể và 03 cá nhân tiêu biểu.")
    assert first.startswith("**Lượt 1.** Trân trọng tôn vinh tập thể đã được tặng **")
    assert first.endswith("**: Trường Tiểu học.")
    assert lines[0].startswith("Xin công bố Quyết định số")
    assert "đại diện gia đình của cá nhân lên nhận **" in lines[1]
    assert lines[1].endswith("** (truy tặng): Hoàng Văn Mất, UBND xã Ba Sơn.")
    assert lines[2:] == [
        "Kính mời Vi Văn Chủ, Chủ tịch UBND xã lên trao.",
        "**Lượt 3.** Trân trọng tôn vinh 02 cá nhân có thành tích tiêu biểu:",
        "1. Lý Thị Nêu, UBND xã Ba Sơn: Hiến đất làm đường;",
        "2. Vi Thị Nêu, UBND xã Ba Sơn: Hiến đất làm đường.",
        "Xin chúc mừng các tập thể và cá nhân được tôn vinh. Xin cảm ơn quý vị đại biểu.",
    ]
    assert OF_EVENT.of(event.pk).get() == paper
    with pytest.raises(Refused, match="Đã có"):
        draft(event, Paper.SCRIPT, by=own)


def test_post_and_unit_are_told_as_far_as_they_are_not_known(event, commune):
    other = make_unit("tram", "Trạm Y tế", superior=commune)
    for facts, told in [
        ({"unit": commune}, "UBND xã Ba Sơn"),
        ({"unit": commune, "post": "Công chức"}, "Công chức"),
        ({"unit": other, "post": "Y sĩ"}, "Y sĩ, Trạm Y tế"),
        ({"unit": other, "post": "Y sĩ Trạm Y tế"}, "Y sĩ Trạm Y tế"),
        ({"unit": other, "kind": "collective"}, "Trạm Y tế"),
        ({"unit": commune, "kind": "collective"}, ""),
        ({}, ""),
    ]:
        assert placed(Honour(name="Lý Thị Mẫu", **facts), event) == told


def test_the_script_tells_the_decisions_in_their_order_and_once(event, own, given):
    at(event, "planned", chair="Vi Văn Chủ")
    later, sooner = given("LDTT", "Hai"), given("LDTT", "Một", day=date(2025, 9, 1))
    actions.choose_awards(event, by=own, keys=[later.pk, sooner.pk])
    actions.present(event, by=own, keys=[row.pk for row in event.honours.all()])
    lines = [line for line in draft(event, Paper.SCRIPT, by=own).body.split("\n\n") if line.startswith("Xin công bố")]
    numbers = [f"Xin công bố Quyết định số {row.decision.number} " for row in (sooner, later)]
    assert [line.startswith(number) for line, number in zip(lines, numbers, strict=True)] == [True, True]


def test_the_report_of_the_conference_counts_those_honoured(event, own, given, named):
    actions.choose_awards(event, by=own, keys=[given("LDTT").pk])
    actions.present(event, by=own, keys=[event.honours.get().pk])
    named("Tổ hòa giải", kind="collective")
    at(event, **HELD, results="Tốt")
    told = "Hội nghị tôn vinh 01 tập thể và 01 cá nhân; công bố, trao 01 khen thưởng."
    assert told in draft(event, Paper.REPORT, by=own).body


def test_no_script_of_nobody_of_a_cancelled_award_or_by_a_stranger(event, own, given, officer):
    with pytest.raises(Refused, match="chưa có ai"):
        draft(event, Paper.SCRIPT, by=own)
    award = given("LDTT")
    actions.choose_awards(event, by=own, keys=[award.pk])
    award.cancelled_on = date(2026, 6, 1)
    award.save()
    with pytest.raises(Refused, match="Khen thưởng đã hủy: Lý Thị Mẫu"):
        draft(event, Paper.SCRIPT, by=own)
    with pytest.raises(Refused, match="cán bộ của UBND xã Ba Sơn soạn"):
        draft(event, Paper.SCRIPT, by=officer)
    with pytest.raises(Refused, match="Chưa soạn được «Lời dẫn tôn vinh»"):
        draft(at(event, **HELD), Paper.SCRIPT, by=own)


# --- Who may, when


@pytest.mark.parametrize(
    "step", ["choose_awards", "choose_examples", "name_one", "leave_out", "move", "sort", "present"]
)
def test_steps_are_those_of_who_keeps_the_conference_before_it(step, event, own, officer):
    taken = getattr(actions, step)
    assert taken.may(event, own)
    assert not taken.may(event, officer)
    assert not taken.may(at(event, **HELD), own)


def test_every_change_is_told_of(event, own, named):
    row = named("Một")
    actions.move(event, by=own, key=row.pk, place=1)
    told = [change.what for change in history_of("conference", event.pk)]
    assert "honour_name" in told
    assert Change.objects.count() == 0


# --- Pages


def test_the_list_is_filled_moved_and_narrowed_by_its_pages(event, own, given, client_of):
    one, two = given("BKT", "Một"), given("LDTT", "Hai")
    client, page = client_of(own), reverse("honours", args=[event.pk])
    answer = client.post(reverse("choose_honour_awards", args=[event.pk]), {"chon": [one.pk, two.pk]})
    assert answer.headers["Location"] == page
    facts = {"kind": "person", "name": "Lý Thị Nêu", "reason": "Hiến đất", "unit": event.unit_id, "files": picture()}
    client.post(reverse("name_honour", args=[event.pk]), facts)
    assert order(event) == ["Một", "Hai", "Lý Thị Nêu"]
    client.post(reverse("move_honour", args=[event.pk]), {"dong": event.honours.get(name="Hai").pk, "cho": "1"})
    assert order(event) == ["Hai", "Một", "Lý Thị Nêu"]
    client.post(reverse("change_honours", args=[event.pk]), {"sort": "1"})
    keys = [event.honours.get(name="Hai").pk]
    client.post(reverse("change_honours", args=[event.pk]), {"present": "1", "dong": keys})
    for asked, names in [
        ("", ["Một", "Hai", "Lý Thị Nêu"]),
        ("?nguon=neu", ["Lý Thị Nêu"]),
        ("?nguon=khen", ["Một", "Hai"]),
        ("?trao=True", ["Hai"]),
        ("?in_duoc=duoc", []),
        ("?q=neu", ["Lý Thị Nêu"]),
    ]:
        assert [row.name for row in client.get(page + asked).context["page_obj"]] == names
    client.post(reverse("change_honours", args=[event.pk]), {"out": "1", "dong": keys})
    assert order(event) == ["Một", "Lý Thị Nêu"]


def test_the_file_of_candidates_says_who_what_and_by_which_decision(event, own, given, client_of):
    given("BKT", "Một"), given("LDTT", "Hai")
    page = reverse("choose_honour_awards", args=[event.pk])
    rows = table_of(client_of(own).get(page, {"xuat": "xlsx"}))
    heads = ("Người, tập thể", "Chức vụ, đơn vị", "Được tặng", "Quyết định", "Ngày quyết định", "Đơn vị")
    assert rows[0] == heads
    found = award_candidates(event, own).order_by("-decided_on", "-decision", "position")
    assert [row[0] for row in rows[1:]] == [award.name for award in found] != []
    assert {(row[3], row[4].date()) for row in rows[1:]} == {
        (award.decision.number, award.decided_on) for award in found
    }


def test_what_is_no_picture_is_told_beside_its_field(event, own, client_of):
    file = SimpleUploadedFile("anh.jpg", b"khong phai anh", "image/jpeg")
    facts = {"kind": "person", "name": "Lý Thị Nêu", "reason": "Hiến đất", "unit": event.unit_id, "files": file}
    answer = client_of(own).post(reverse("name_honour", args=[event.pk]), facts)
    assert answer.status_code == 422
    assert answer.context["form"].errors["files"]
    assert answer.context["form"]["name"].value() == "Lý Thị Nêu"
    pdf = SimpleUploadedFile(
        "anh.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", "application/pdf"
    )
    answer = client_of(own).post(reverse("name_honour", args=[event.pk]), facts | {"files": pdf})
    assert answer.status_code == 422
    assert not Honour.objects.exists()


def test_who_took_each_award_is_typed_after_the_conference(event, own, presented, client_of):
    page = reverse("hold_honours", args=[event.pk])
    assert client_of(own).get(page).status_code == 302
    at(event, **HELD)
    occasion = occasion_of(event)
    Occasion.objects.filter(pk=occasion.pk).update(
        presenter="Vi Văn Chủ", authority="Thông báo 12/TB-SNV", day=date(2026, 6, 10), place="Hội trường xã"
    )
    line = occasion.awards.get()
    client = client_of(own)
    assert "Chưa ghi kết quả trao" in client.get(reverse("honours", args=[event.pk])).content.decode()
    answer = client.post(page, {"version": occasion.version, f"taken-{line.pk}": "other"})
    assert answer.status_code == 422
    client.post(page, {"version": occasion.version, f"taken-{line.pk}": "self"})
    assert occasion_of(event).state == "held"


def test_a_stranger_sees_nothing_others_change_nothing(event, own, named, officer, client_of):
    row = named()
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn"))
    for name, key in (("honours", event.pk), ("honour", row.pk), ("edit_honour", row.pk)):
        assert client_of(stranger).get(reverse(name, args=[key])).status_code == 404
    for name in ("change_honours", "move_honour", "write_honour_script"):
        assert client_of(stranger).post(reverse(name, args=[event.pk])).status_code == 404
        assert client_of(officer).post(reverse(name, args=[event.pk])).status_code == 403
    assert client_of(officer).get(reverse("honours", args=[event.pk])).status_code == 200


@pytest.mark.parametrize("name", ["a.pdf", "a.svg", "a.txt", "a.jpg", "a.png"])
def test_a_portrait_that_is_no_picture_is_refused_beside_its_field_in_words_of_pictures(name, event, own, client_of):
    typed = {"kind": "person", "name": "Lý Thị Mẫu", "unit": event.unit_id, "reason": "Hiến đất"}
    file = SimpleUploadedFile(name, b"%PDF-1.4 no picture")
    answer = client_of(own).post(reverse("name_honour", args=[event.pk]), typed | {"files": file})
    (told,) = answer.context["form"].errors["files"]
    assert answer.status_code == 422
    assert told.startswith(f"Tệp «{name}» ")
    assert told.endswith("Hãy chọn ảnh JPG hoặc PNG.")
    assert 'value="Lý Thị Mẫu"' in answer.content.decode()
    assert not event.honours.exists()
