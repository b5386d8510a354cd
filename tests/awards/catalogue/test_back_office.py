"""The back office of the catalogue: rows are added, changed, ended, replaced, never deleted; wrong ones told beside the field."""

import threading
from datetime import date

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse

from awards.catalogue import book
from awards.catalogue.actions import replace
from awards.log import About
from awards.models import (
    Amendment,
    AwardType,
    Criterion,
    Decider,
    Definition,
    Measure,
    Need,
    Office,
    Statement,
)
from documents.models import history_of
from documents.steps.refusing import Refused

TABLES = [Amendment, AwardType, Criterion, Decider, Definition, Measure, Office, Statement]
OVERLAP = "Trùng thời gian với"


def page_of(model, page, *args):
    return reverse(f"admin:awards_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def award(db):
    return AwardType.objects.create(code="CSTDCS", form="title", level="unit", for_person=True)


@pytest.fixture
def office(client_of, administrator):
    """The back office, opened by its administrator."""
    return client_of(administrator)


@pytest.fixture
def salary(db):
    return Measure.objects.create(kind="salary", value="2340000", since=date(2024, 7, 1), place="Nghị định cũ")


def typed(row=None, **fields):
    """What the form of a measure sends: as ``row`` stands, but for ``fields``."""
    known = {"kind": "salary", "value": "2530000", "since": "01/07/2026", "place": "Nghị định mới", "seen": 1}
    if row:
        known = {
            "kind": row.kind,
            "value": row.value,
            "since": f"{row.since:%d/%m/%Y}",
            "place": row.place,
            "seen": row.version,
        }
        known |= {"until": f"{row.until:%d/%m/%Y}"} if row.until else {}
    return known | fields


def faults(answer):
    assert answer.status_code == 200
    return answer.context["adminform"].form.errors


def need(**fields):
    """What the inline of one need sends."""
    management = {"needs-TOTAL_FORMS": 1, "needs-INITIAL_FORMS": 0}
    return management | {f"needs-0-{name}": value for name, value in {"position": 1, **fields}.items()}


# --- Never deleted


def test_nobody_deletes_a_row_of_the_catalogue(catalogue, office):
    for model in TABLES:
        row = model.objects.first()
        before = model.objects.count()
        assert office.post(page_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        office.post(page_of(model, "changelist"), chosen)
        assert model.objects.count() == before
        assert not admin.site.get_model_admin(model).has_delete_permission(None)


def test_every_table_opens_with_its_pages(catalogue, office, django_assert_max_num_queries):
    for model in TABLES:
        row = model.objects.first()
        for address in (page_of(model, "changelist"), page_of(model, "add"), page_of(model, "change", row.pk)):
            with django_assert_max_num_queries(40):
                assert office.get(address).status_code == 200, address


@pytest.mark.parametrize("who", ["officer", "unit_officer", "council_member"])
def test_only_an_administrator_comes_in(salary, people, client_of, who):
    client = client_of(people[who])
    assert client.post(page_of(Measure, "add"), typed()).status_code in (302, 403)
    assert client.post(page_of(Measure, "replace", salary.pk), {"since": "01/07/2026"}).status_code in (302, 403)
    salary.refresh_from_db()
    assert (Measure.objects.count(), salary.until) == (1, None)


# --- Added, changed, logged


def test_a_row_is_added_and_the_catalogue_says_so_at_once(salary, office, administrator):
    salary.until = date(2026, 6, 30)
    salary.save()
    assert office.post(page_of(Measure, "add"), typed(value="2.530.000")).status_code == 302
    row = Measure.objects.get(since=date(2026, 7, 1))
    assert book.book_of(date(2026, 6, 30)).the("salary").value == 2_340_000
    assert book.book_of(date(2026, 7, 1)).the("salary").value == 2_530_000
    entry = history_of(About.MEASURE, row.pk).get()
    assert (entry.what, entry.by) == ("add", administrator)
    assert entry.changes["Mức"] == ["", "2530000"]


def test_a_change_is_logged_before_and_after(salary, office):
    assert (
        office.post(
            page_of(Measure, "change", salary.pk), typed(salary, place="73/2024/NĐ-CP", note="Đã đọc")
        ).status_code
        == 302
    )
    entry = history_of(About.MEASURE, salary.pk).get()
    assert entry.what == "edit"
    assert entry.changes == {"Điều, khoản, điểm": ["Nghị định cũ", "73/2024/NĐ-CP"], "Ghi chú": ["", "Đã đọc"]}
    html = office.get(page_of(Measure, "change", salary.pk)).content.decode()
    assert "Nghị định cũ → 73/2024/NĐ-CP" in html


def test_who_opened_an_old_version_is_told_and_may_save_then(salary, office):
    Measure.objects.filter(pk=salary.pk).update(version=2, note="Người khác ghi")
    answer = office.post(page_of(Measure, "change", salary.pk), typed(salary, note="Tôi ghi"))
    assert "Người khác đã lưu dòng này" in faults(answer)["__all__"][0]
    form = answer.context["adminform"].form
    assert (form["note"].value(), form["seen"].value()) == ("Tôi ghi", 2)
    assert office.post(page_of(Measure, "change", salary.pk), typed(salary, note="Tôi ghi", seen=2)).status_code == 302
    salary.refresh_from_db()
    assert (salary.note, salary.version) == ("Tôi ghi", 3)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"since": "01/08/2026"}, "since", OVERLAP),
        ({"until": "30/06/2026"}, "until", "Ngày kết thúc sớm hơn ngày bắt đầu."),
        ({"since": "31/02/2026"}, "since", "Ngày không có thật"),
        ({"value": "nhiều"}, "value", "không phải số"),
        ({"value": "2530000.5"}, "value", "phải là số nguyên"),
        ({"kind": "votes", "value": "180%", "of": "Hội đồng"}, "value", "lớn hơn toàn bộ"),
        ({"kind": "votes", "value": "80%"}, "of", "Hãy ghi tỷ lệ này tính trên tổng số nào."),
        ({"kind": "cap", "value": "15%", "of": "LĐTT"}, "of_award", "Hãy chọn giới hạn tính trên số"),
        ({"kind": "coefficient", "value": "80%"}, "value", "không phải hệ số"),
        ({"kind": "rounding", "value": "0"}, "value", "Mức phải lớn hơn 0."),
        ({"kind": "rated_from", "value": "13"}, "value", "không phải tháng"),
        ({"kind": "terms", "value": "4/3"}, "value", "lớn hơn toàn bộ"),
        ({"value": "2.53.000"}, "value", "không phải số"),
        ({"place": ""}, "law", "Hãy chọn văn bản, hoặc ghi căn cứ"),
        ({"form": "title", "award": "CSTDCS"}, "form", "không chọn cả hai"),
    ],
)
def test_a_wrong_row_is_refused_beside_its_field_and_what_was_typed_stays(salary, award, office, fields, field, words):
    if "award" in fields:
        fields = fields | {"award": award.pk}
    sent = typed(**fields)
    answer = office.post(page_of(Measure, "add"), sent)
    assert words in faults(answer)[field][0]
    form = answer.context["adminform"].form
    assert {name: str(form[name].value()) for name in sent} == {name: str(value) for name, value in sent.items()}
    assert Measure.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [("rounding", "10.000", "10000"), ("clock", "2 530 000", "2530000"), ("coefficient", "4,5", "4.5"),
     ("coefficient", "4.5", "4.5"), ("tie", "66,5%", "66.5%"), ("terms", "1/3", "1/3")],
)  # fmt: skip
def test_a_figure_is_written_as_people_write_it(salary, office, kind, written, kept):
    assert office.post(page_of(Measure, "add"), typed(kind=kind, value=written)).status_code == 302
    assert Measure.objects.get(kind=kind).value == kept


def test_a_row_that_begins_the_day_after_the_other_ended_is_no_overlap(salary, office):
    office.post(page_of(Measure, "change", salary.pk), typed(salary, until="30/06/2026"))
    assert OVERLAP in faults(office.post(page_of(Measure, "add"), typed(since="30/06/2026")))["since"][0]
    assert office.post(page_of(Measure, "add"), typed(since="01/07/2026")).status_code == 302


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"kind": "dossier", "words": ""}, "words", "Hãy ghi nội dung."),
        ({"kind": "principle", "words": "Nguyên tắc", "code": ""}, "code", "Hãy chọn lại."),
        ({"kind": "principle", "words": "Nguyên tắc", "code": "own"}, "code", "Hãy chọn lại."),
        ({"kind": "deadline", "words": "30/6", "code": "own"}, "code", "không có mã"),
    ],
)
def test_words_that_the_program_could_not_read_are_refused(db, office, fields, field, words):
    answer = office.post(page_of(Statement, "add"), {"since": "01/01/2026", "place": "Quy chế", "seen": 1, **fields})
    assert words in faults(answer)[field][0]


def test_a_way_to_an_award_is_added_with_its_needs_and_judges_at_once(award, office):
    Definition.objects.create(award=award, name="“Chiến sĩ thi đua cơ sở”", since=date(2024, 1, 1), place="Luật")
    sent = {
        "award": award.pk,
        "whom": "person",
        "since": "01/01/2027",
        "place": "Quy định mới",
        "seen": 1,
        "groups": ["worker"],
    }
    sent |= need(condition="run", of=["excellent", "CSTDCS"], least=2)
    assert office.post(page_of(Criterion, "add"), sent).status_code == 302
    row = Criterion.objects.get()
    assert (row.groups, row.needs.get().of) == ("worker", "excellent | CSTDCS")
    found = book.book_of(date(2027, 1, 1)).all("criterion", "CSTDCS", "person")
    assert [one.more["needs"] for one in found] == [[{"is": "run", "of": "excellent | CSTDCS", "least": 2}]]
    entry = history_of(About.CRITERION, row.pk).get()
    assert entry.changes["Điều kiện 1"][1].startswith("Điều kiện: run")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"condition": ""}, "condition", "Hãy điền mục này."),
        ({"condition": "run", "of": ["excellent"]}, "least", "cần ô này"),
        ({"condition": "run", "least": 2}, "of", "cần ô này"),
        ({"condition": "run", "of": ["ldtt"], "least": 2}, "of", "Không dùng được ở điều kiện này: ldtt."),
        ({"condition": "initiative", "of": ["excellent"], "least": 1}, "of", "Không dùng được"),
        ({"condition": "meets", "of": ["CSTDCS", "excellent"]}, "of", "Không dùng được"),
        ({"condition": "members", "of": ["ldtt"]}, "share", "Hãy ghi tỷ lệ"),
        ({"condition": "members", "of": ["ldtt"], "share": "nhiều"}, "share", "Tỷ lệ viết"),
        ({"condition": "attested"}, "words", "cần ô này"),
        (
            {"condition": "run", "of": ["excellent"], "least": 3, "most": 2},
            "__all__",
            "Số nhiều nhất nhỏ hơn số ít nhất.",
        ),
    ],
)
def test_a_need_that_cannot_be_counted_is_refused_beside_its_field(award, office, fields, field, words):
    sent = {"award": award.pk, "whom": "person", "since": "01/01/2027", "place": "Quy định mới", "seen": 1} | need(
        **fields
    )
    answer = office.post(page_of(Criterion, "add"), sent)
    errors = answer.context["inline_admin_formsets"][0].formset.errors[0]
    assert words in errors[field][0]
    assert not Criterion.objects.exists()


def test_what_a_unit_confirms_gets_a_code_of_its_own(award, office):
    sent = {"award": award.pk, "whom": "person", "since": "01/01/2027", "place": "Quy định mới", "seen": 1}
    sent |= need(condition="attested", words="Gương mẫu chấp hành pháp luật")
    assert office.post(page_of(Criterion, "add"), sent).status_code == 302
    assert Need.objects.get().of == "guong-mau-chap-hanh-phap-luat"


# --- Ended and replaced


def test_a_row_is_ended_the_day_before_and_its_copy_opens(salary, office, administrator):
    answer = office.post(page_of(Measure, "replace", salary.pk), {"since": "01/07/2026"})
    made = Measure.objects.exclude(pk=salary.pk).get()
    assert (answer.status_code, answer.url) == (302, page_of(Measure, "change", made.pk))
    salary.refresh_from_db()
    assert (salary.until, salary.version) == (date(2026, 6, 30), 2)
    assert (made.since, made.until, made.value, made.version) == (date(2026, 7, 1), None, "2340000", 1)
    # Until somebody changes it, the catalogue says the same; it waits to be confirmed.
    assert book.book_of(date(2026, 6, 30)).the("salary").value == book.book_of(date(2026, 7, 1)).the("salary").value
    assert made.waits
    assert [(row.what, row.by) for row in history_of(About.MEASURE, salary.pk)] == [("end", administrator)]
    assert history_of(About.MEASURE, salary.pk).get().changes == {"Đến ngày": ["", "30/06/2026"]}
    assert history_of(About.MEASURE, made.pk).get().what == "add"


def test_the_copy_of_a_criterion_has_its_needs_and_one_can_be_taken_out_while_it_waits(catalogue, office):
    row = Criterion.objects.get(award__code="HCLD3", whom="collective", after__code="BKTTG", since=date(2024, 1, 1))
    office.post(page_of(Criterion, "replace", row.pk), {"since": "01/01/2027"})
    made = Criterion.objects.latest("pk")
    assert [str(need) for need in made.needs.all()] == [str(need) for need in row.needs.all()]
    before, after = (
        book.book_of(day).all("criterion", "HCLD3", "collective") for day in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert sorted(str(one.more) for one in before) == sorted(str(one.more) for one in after)
    inline = admin.site.get_model_admin(Criterion).inlines[0](Criterion, admin.site)
    assert inline.has_delete_permission(None, made)
    row.refresh_from_db()
    assert not inline.has_delete_permission(None, row)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("01/07/2024", "Dòng này có hiệu lực từ 01/07/2024. Dòng mới phải bắt đầu sau ngày đó."),
        ("01/01/2020", "Dòng mới phải bắt đầu sau ngày đó."),
        ("01/07/2026", "Dòng này đã hết hiệu lực ngày 30/06/2026."),
        ("", "Hãy điền mục này."),
    ],
)
def test_a_day_on_which_the_row_does_not_hold_is_refused(salary, office, since, words):
    Measure.objects.filter(pk=salary.pk).update(until=date(2026, 6, 30))
    answer = office.post(page_of(Measure, "replace", salary.pk), {"since": since})
    assert words in answer.context["form"].errors["since"][0]
    assert Measure.objects.count() == 1


def test_a_row_that_there_is_not_cannot_be_replaced(db, office):
    for key in (999, "abc"):
        assert office.get(page_of(Measure, "replace", key)).status_code == 404


# --- Two at once


def at_once(*acts):
    """What each act gives or raises, all begun at the same moment in threads of their own."""
    start, found = threading.Barrier(len(acts)), []

    def take(act):
        start.wait()
        try:
            found.append(act())
        except Refused as refused:
            found.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_rows_that_overlap_and_are_added_at_once_one_is_refused(administrator):
    def add(value):
        client = Client()
        client.force_login(administrator)
        return lambda: client.post(page_of(Measure, "add"), typed(value=value)).status_code

    assert sorted(at_once(add("2530000"), add("2600000"))) == [200, 302]
    assert Measure.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_replace_a_row_at_once_one_does(salary, administrator):
    found = at_once(*[lambda: replace(salary, since=date(2026, 7, 1), by=administrator) for _ in range(2)])
    assert sorted(isinstance(one, Refused) for one in found) == [False, True]
    assert Measure.objects.count() == 2
