"""The catalogue in the database says what its files say, on every day, and is read anew when a row changes."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from awards.catalogue import book, loading
from awards.catalogue.storing import store
from awards.log import About
from awards.models import AwardType, Criterion, Measure, Statement
from documents.steps.log import record, words_of

DAYS = [date(2017, 10, 1), date(2018, 6, 30), date(2020, 2, 25), date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 30),
        date(2025, 7, 1), date(2025, 8, 5), date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 28)]  # fmt: skip


def said(found, day):
    """All rows of a day as words, with what pages print of them."""
    on = found.on(day)
    rows = [row for row in (*found.rows, *found.criteria) if row.is_on(day)]
    return sorted(
        f"{row.kind}|{row.award}|{row.whom}|{row.by}|{row.value}|{row.span}|{on.citation(row)}|{row.doubt}|{row.note}|"
        f"{json.dumps(row.more, sort_keys=True)}"
        for row in rows
    )


def test_the_database_says_what_the_files_say(catalogue):
    files = loading.read()
    for day in DAYS:
        assert said(catalogue, day) == said(files, day), day
    assert len(catalogue.unsure()) == len(files.unsure()) > 50
    assert {text.code: text for text in catalogue.texts} == {text.code: text for text in files.texts}


def test_loading_again_adds_nothing_and_keeps_what_the_office_changed(catalogue, officer):
    row = Measure.objects.filter(kind=Measure.Kind.CAP, doubt__gt="").first()
    row.confirmed_on, row.confirmed_by, row.note = date(2026, 11, 1), officer, "Đã đọc nghị định."
    row.save()
    loaded = store(loading.read())
    assert (loaded.added, loaded.changed, len(loaded.left)) == (0, 0, 1)
    row.refresh_from_db()
    assert row.note == "Đã đọc nghị định."
    assert not row.waits


def test_loading_again_mends_what_nobody_touched_and_says_what_it_left(catalogue, officer, capsys):
    old = Measure.objects.filter(kind=Measure.Kind.SALARY, until=None).get()
    Measure.objects.filter(pk=old.pk).update(value="1")
    kept = Measure.objects.filter(kind=Measure.Kind.CAP).first()
    before = words_of(kept, ["value"])
    Measure.objects.filter(pk=kept.pk).update(value="99")
    record(About.MEASURE, kept, "Sửa", by=officer, what="edit", before=before, after={"Giá trị": "99"})
    gone = Statement.objects.create(kind="other", code="old", words="Cũ", since=date(2024, 1, 1), place="Quy chế cũ")
    criterion = Criterion.objects.filter(needs__isnull=False).first()
    needs = [need.condition for need in criterion.needs.all()]
    criterion.needs.all().delete()
    flag = AwardType.objects.get(code="CTDT")
    AwardType.objects.filter(pk=flag.pk).update(is_flag=False)
    call_command("load_catalogue")
    told = capsys.readouterr().out
    assert "thêm 0 dòng, cập nhật 3, để nguyên 2." in told
    assert "Quy chế cũ · từ 01/01/2024 (không còn trong tệp" in told
    assert Measure.objects.get(pk=old.pk).value == old.value
    assert Measure.objects.get(pk=kept.pk).value == "99"
    assert [need.condition for need in criterion.needs.all()] == needs
    assert AwardType.objects.get(pk=flag.pk).is_flag
    assert Statement.objects.filter(pk=gone.pk).exists()


def test_a_change_is_read_at_once(catalogue, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert book.catalogue() is catalogue
    salary = Measure.objects.get(kind=Measure.Kind.SALARY, until=None)
    salary.until = date(2026, 12, 31)
    salary.save()
    Measure.objects.create(
        kind=Measure.Kind.SALARY, value="2700000", since=date(2027, 1, 1), place="mức lương cơ sở mới"
    )
    assert book.book_of(date(2026, 12, 31)).the("salary").value == 2_530_000
    assert book.book_of(date(2027, 1, 1)).the("salary").value == 2_700_000


def test_reading_takes_a_few_queries(catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        book._read()


@pytest.mark.parametrize("value", ["", "một", "-1", "1/0", "80%%"])
def test_a_measure_without_a_figure_is_refused(db, value):
    row = Measure(kind=Measure.Kind.VOTES, value=value, since=date(2026, 1, 1), place="Quy chế")
    with pytest.raises(Exception, match=r"không phải số"):
        row.clean()


def test_two_rows_of_one_thing_on_one_day_are_refused(catalogue):
    row = Measure(kind=Measure.Kind.SALARY, value="2600000", since=date(2026, 8, 1), place="mức khác")
    with pytest.raises(Exception, match="Trùng thời gian"):
        row.clean()
    twin = Statement(
        kind=Statement.Kind.DOSSIER, words="Thêm một giấy", since=date(2026, 8, 1), place="Quy định của tỉnh"
    )
    twin.clean()  # dossiers may have several parts
