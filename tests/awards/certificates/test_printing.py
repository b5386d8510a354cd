"""Certificates of a decision: what keeps them from being printed, printed, printed again, taken back; the ledger at each step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from unittest import mock

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from awards.certificates import actions, making
from awards.certificates.drafting import save_layout
from awards.certificates.rules import groups
from awards.decisions import cancelling  # noqa: F401  what hears of it is there
from awards.models import Award, Certificate, Due, Layout, Movement, Run
from awards.stock.ledger import Level, levels
from documents.jobs import working
from documents.jobs.models import Job, Worker
from documents.models import Change, Upload
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY

from .conftest import on_hand, sheets_due

State = Certificate.State


@pytest.fixture
def printed(decision, store_keeper):
    """A function: the run of a decision whose certificates were made."""

    def make(number=2, spare=1, **facts):
        made = decision(number, spare)
        layout = groups(made)[0].layout
        return actions.make(actions.begin(made, layout, by=store_keeper, day=DAY, **facts))

    return make


def texts_of(pdf):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def levels_of(code):
    found = levels()
    from awards.models import ItemKind

    return found.get(ItemKind.objects.get(code=code).pk, Level())


# --- Before


def test_what_is_to_be_printed_is_told_by_layout_with_its_blanks(decision, layouts):
    made = decision(3, spare=-1)
    (group,) = groups(made)
    assert group.layout == layouts["bang-khen-tinh"]
    assert [row.due.award.position for row in group.ready] == [1, 2, 3]
    assert [(kind.code, needed, there) for kind, needed, there in group.short] == [("phoi-bang-khen", 3, 2)]
    assert group.possible == 2
    assert ("cách xưng (giới tính)", 3) in group.lacks
    texts = group.rows[0].texts
    assert texts["decision"] == f"Quyết định số {made.number} ngày 20/11/2026"
    assert texts["golden"] == "Số sổ vàng: 1"
    assert texts["place_date"] == "Lạng Sơn, ngày 20 tháng 11 năm 2026"
    assert (texts["signer_title"], texts["signer"]) == ("CHỦ TỊCH", "Hoàng Văn Mẫu")


def test_a_person_is_addressed_a_collective_and_a_household_are(decision):
    made = decision(1)
    award = Award.objects.get(decision=made)
    for gender, told in (("male", "Ông"), ("female", "Bà"), ("", "")):
        type(award.recipient).objects.filter(pk=award.recipient_id).update(gender=gender)
        assert groups(made)[0].rows[0].texts["address"] == told
    for whom, name, told in (
        ("collective", "Phòng Nội vụ", "Tập thể"),
        ("household", "Hộ ông Lý Văn A", ""),
        ("household", "Ông Lý Văn A", "Hộ gia đình"),
    ):
        Award.objects.filter(pk=award.pk).update(whom=whom, name=name)
        assert groups(made)[0].rows[0].texts["address"] == told


def test_a_name_that_does_not_fit_is_told_and_the_others_are_printed(decision, store_keeper):
    made = decision(2)
    Award.objects.filter(decision=made, position=1).update(name="Nguyễn " * 25)
    (group,) = groups(made)
    assert [row.due.award.position for row in group.faulty] == [1]
    assert "tên người nhận dài quá chỗ in" in group.faulty[0].faults[0]
    run = actions.make(actions.begin(made, group.layout, by=store_keeper, day=DAY))
    assert [sheet.number for sheet in run.certificates.all()] == [2]
    with pytest.raises(Refused, match=r"Chưa in được tờ nào: Nguyễn .*dài quá chỗ in"):
        actions.begin(made, group.layout, by=store_keeper, day=DAY)


def test_without_a_layout_nothing_is_printed(decision, layouts, store_keeper):
    made = decision(1)
    layouts["bang-khen-tinh"].types.clear()
    (group,) = groups(made)
    assert (group.layout, group.ready, group.rows[0].faults) == (None, [], ["chưa có mẫu in"])
    with pytest.raises(Refused, match="Không còn tờ nào"):
        actions.begin(made, layouts["bang-khen-tinh"], by=store_keeper, day=DAY)


def test_the_layout_is_that_of_the_day_and_of_whom_it_is_for(decision, small_layout):
    made = decision(1)
    assert groups(made)[0].layout == small_layout
    Layout.objects.filter(pk=small_layout.pk).update(since=DAY + timedelta(1))
    assert groups(made)[0].layout.code == "bang-khen-tinh"
    Layout.objects.filter(pk=small_layout.pk).update(since=None, whom="collective")
    assert groups(made)[0].layout.code == "bang-khen-tinh"


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"day": DAY + timedelta(1)}, "day", "chưa đến"),
        ({"day": date(2026, 11, 19)}, "day", "sau ngày in"),
    ],
)
def test_days_on_which_nothing_is_printed(decision, store_keeper, facts, field, words):
    made = decision(1)
    with pytest.raises(Refused, match=words) as refused:
        actions.begin(made, groups(made)[0].layout, by=store_keeper, **facts)
    assert (refused.value.field, Run.objects.count()) == (field, 0)


def test_too_few_blanks_are_told_and_as_many_as_there_are_can_be_printed(decision, store_keeper):
    made = decision(3, spare=-1)
    layout = groups(made)[0].layout
    with pytest.raises(Refused, match=r"còn 2 tờ, cần 3\. Hãy nhập kho, hoặc in 2 tờ") as refused:
        actions.begin(made, layout, by=store_keeper, day=DAY)
    assert refused.value.field == "most"
    run = actions.make(actions.begin(made, layout, by=store_keeper, day=DAY, most=2))
    assert (run.state, run.certificates.count(), on_hand("phoi-bang-khen")) == ("done", 2, 0)


def test_a_unit_prints_nothing(decision, unit_officer):
    made = decision(1)
    with pytest.raises(Refused, match="thủ kho"):
        actions.begin(made, groups(made)[0].layout, by=unit_officer, day=DAY)


# --- Printed


def test_printing_takes_blanks_and_keeps_each_certificate_for_its_award(printed):
    run = printed(3)
    assert (run.state, run.certificates.count()) == ("done", 3)
    assert (on_hand("phoi-bang-khen"), on_hand("bang-khen-tinh")) == (1, 3)
    assert levels_of("bang-khen-tinh") == Level(3, 3, 0)
    movement = Movement.objects.get(sort="printed")
    assert (str(movement), movement.paper, movement.by) == ("NK 2/2026", str(run.decision), run.by)
    dues = list(sheets_due(run.decision))
    assert {due.state for due in dues} == {"reserved"}
    assert sorted(movement.lines.exclude(due=None).values_list("due", "quantity")) == [(due.pk, 1) for due in dues]
    assert groups(run.decision) == []
    assert {change.what for change in Change.objects.filter(about="run")} == {"begin", "made"}


def test_each_sheet_has_a_number_of_its_own_and_a_code_nobody_guesses(printed):
    sheets = list(printed(3).certificates.order_by("number"))
    assert [sheet.number for sheet in sheets] == [1, 2, 3]
    assert len({sheet.code for sheet in sheets}) == 3
    assert {len(sheet.code) for sheet in sheets} == {26}
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            due=sheets[0].due, layout=sheets[0].layout, look=sheets[0].look, run=sheets[0].run, number=1, by=sheets[0].by
        )  # fmt: skip


def test_the_pdf_has_a_page_for_each_with_its_words_and_code(printed, settings):
    settings.PUBLIC_ADDRESS = "https://thidua.example.vn"
    run = printed(2)
    sheets = list(making.of_batch(run, 1))
    pages = texts_of(making.pdf_of(sheets, run.look))
    for page, sheet in zip(pages, sheets, strict=True):
        assert sheet.due.award.name in page
        assert f"Số sổ vàng: {sheet.number}" in page
        assert sheet.code in page.replace(" ", "")


@pytest.fixture
def moved(store_keeper):
    """A function: store a layout whose first field is the only one left, 10 mm further down, with a picture or without."""

    def save(layout, **pictures):
        layout = Layout.objects.get(pk=layout.pk)
        name = layout.fields.get(prints="name")
        name.top += 10
        return save_layout(layout, layout.types.all(), [name], by=store_keeper, seen=layout.version, pictures=pictures)

    return save


def test_what_was_printed_is_printed_again_as_it_was_whatever_became_of_the_layout(printed, moved, store_keeper):
    run = printed(3, spare=2)
    sheets = list(making.of_batch(run, 1))
    before = texts_of(making.pdf_of(sheets, run.look))
    moved(run.layout)
    run = Run.objects.get(pk=run.pk)
    assert texts_of(making.pdf_of(sheets, run.look)) == before
    # One that is printed again has the layout of today: it is printed alone.
    actions.SHEETS["spoil"](sheets[0], by=store_keeper, reason="Kẹt giấy")
    new = Certificate.objects.get(replaces=sheets[0])
    assert (new.look.version, [field["prints"] for field in new.look.facts["fields"]]) == (2, ["name"])
    assert [sheet.number for sheet in making.of_batch(run, 1)] == [2, 3]
    (page,) = texts_of(making.pdf_of([new], new.look))
    assert page.strip() == new.due.award.name


def test_a_run_that_was_begun_has_the_layout_of_its_beginning(decision, moved, store_keeper):
    made = decision(1)
    run = actions.begin(made, groups(made)[0].layout, by=store_keeper, day=DAY)
    moved(run.layout)
    actions.make(Run.objects.get(pk=run.pk))
    sheet = run.certificates.get()
    assert (sheet.look_id, sheet.look.version) == (run.look_id, 1)
    assert "golden" in sheet.texts


def sent(picture):
    return SimpleUploadedFile("quoc-huy.png", picture.read())


def test_the_emblem_with_which_sheets_were_printed_stays(printed, moved, picture, layouts):
    moved(layouts["bang-khen-tinh"], emblem=sent(picture()))
    run = printed(1)
    first = run.look.emblem
    moved(run.layout, emblem=None)
    assert Layout.objects.get(pk=run.layout_id).emblem is None
    first.refresh_from_db()
    assert first.file.read()
    # One with which nothing was printed goes.
    moved(run.layout, emblem=sent(picture(size=(50, 50))))
    other = Layout.objects.get(pk=run.layout_id).emblem
    moved(run.layout, emblem=None)
    assert list(Upload.objects.filter(pk__in=[first.pk, other.pk])) == [first]


def test_a_run_is_made_in_batches_and_goes_on_where_it_ended(decision, store_keeper, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    made = decision(5)
    run = actions.begin(made, groups(made)[0].layout, by=store_keeper, day=DAY)
    told = []

    def died(done):
        told.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.make(run, tell=died)
    # What is there can be printed by now.
    assert [sheet.number for sheet in making.of_batch(run, 1)] == [1, 2]
    assert on_hand("bang-khen-tinh") == 2
    run = actions.make(run, tell=told.append)
    assert told == [2, 4, 5]
    assert [len(making.of_batch(run, number)) for number in (1, 2, 3, 4)] == [2, 2, 1, 0]
    assert (run.state, on_hand("bang-khen-tinh"), on_hand("phoi-bang-khen")) == ("done", 5, 1)


def test_a_run_stops_where_blanks_are_gone_and_says_so(decision, store_keeper, monkeypatch, kinds):
    from awards.stock.actions import enter

    monkeypatch.setattr(actions, "BATCH", 2)
    made = decision(4, spare=0)
    run = actions.begin(made, groups(made)[0].layout, by=store_keeper, day=DAY)
    enter("written_off", {kinds["phoi-bang-khen"]: 1}, by=store_keeper, day=DAY, paper="Biên bản 1")
    run = actions.make(run)
    assert (run.state, run.certificates.count(), on_hand("bang-khen-tinh")) == ("stopped", 2, 2)
    assert "còn 1 tờ" in run.stopped_for


def test_a_worker_makes_a_long_run_and_the_pdf_of_all(decision, store_keeper):
    made = decision(3)
    run = actions.begin(made, groups(made)[0].layout, by=store_keeper, day=DAY)
    job = making.apart(run)
    worker = working.enlist()
    assert working.work_once(worker)
    job.refresh_from_db()
    assert (job.state, job.done, job.message) == (Job.State.DONE, 3, "")
    assert len(texts_of(job.result.read())) == 3
    assert Worker.objects.count() == 1


def test_what_another_run_printed_meanwhile_is_not_printed_twice(decision, store_keeper):
    made = decision(2)
    layout = groups(made)[0].layout
    first, second = (actions.begin(made, layout, by=store_keeper, day=DAY) for _ in range(2))
    actions.make(first)
    second = actions.make(second)
    assert (second.state, second.certificates.count(), on_hand("bang-khen-tinh")) == ("stopped", 0, 2)
    assert "đã in ở lượt khác" in second.stopped_for


# --- Printed again, taken back


def test_a_spoiled_sheet_is_printed_again_with_the_reason_and_the_stock_knows(printed, store_keeper):
    run = printed(2)
    old = run.certificates.get(number=1)
    old = actions.SHEETS["spoil"](old, by=store_keeper, reason="Kẹt giấy")
    new = Certificate.objects.get(replaces=old)
    assert (old.state, old.lost_for, new.state, new.number) == ("spoiled", "Kẹt giấy", "printed", 1)
    assert new.code != old.code
    assert (on_hand("phoi-bang-khen"), on_hand("bang-khen-tinh")) == (0, 2)
    movement = Movement.objects.get(sort="spoiled")
    assert (movement.note, [line.quantity for line in movement.lines.all()]) == ("Kẹt giấy", [-1])
    assert [sheet.pk for sheet in making.of_batch(run, 1)] == [new.pk, run.certificates.get(number=2).pk]
    # Without a blank more it cannot be printed a third time, and nothing of it is written.
    with pytest.raises(Refused, match="còn 0 tờ"):
        actions.SHEETS["spoil"](new, by=store_keeper, reason="Kẹt giấy")
    assert Certificate.objects.filter(state="printed").count() == 2


def test_a_sheet_without_a_blank_is_counted_out_and_in(printed, store_keeper, kinds):
    run = printed(1)
    type(kinds["bang-khen-tinh"]).objects.filter(code="bang-khen-tinh").update(blank=None)
    actions.SHEETS["spoil"](run.certificates.get(), by=store_keeper, reason="Nhòe mực")
    assert (on_hand("bang-khen-tinh"), on_hand("phoi-bang-khen")) == (1, 1)
    assert [row.sort for row in Movement.objects.order_by("pk")] == ["bought", "printed", "printed", "spoiled"]


def test_a_sheet_that_was_handed_over_is_not_spoiled_here(printed, store_keeper):
    run = printed(1)
    sheets_due(run.decision).update(state="handed")
    with pytest.raises(Refused, match="đã giao đơn vị"):
        actions.SHEETS["spoil"](run.certificates.get(), by=store_keeper, reason="Rách")


def test_a_corrected_name_is_printed_again_as_it_is_now(printed, store_keeper):
    run = printed(1, spare=2)
    Award.objects.filter(decision=run.decision).update(name="Lý Văn Đúng")
    actions.SHEETS["spoil"](run.certificates.get(), by=store_keeper, reason="Sai tên")
    assert Certificate.objects.get(state="printed").texts["name"] == "Lý Văn Đúng"
    Award.objects.filter(decision=run.decision).update(name="Lý " * 60)
    with pytest.raises(Refused, match="Chưa in lại được: tên người nhận dài quá"):
        actions.SHEETS["spoil"](Certificate.objects.get(state="printed"), by=store_keeper, reason="Sai tên")


def test_a_sheet_is_exchanged_after_it_was_handed_over(printed, store_keeper):
    run = printed(1)
    sheets_due(run.decision).update(state="handed")
    old = run.certificates.get()
    new = actions.exchange(old, by=store_keeper, reason="Cháy nhà")
    old.refresh_from_db()
    assert (old.state, new.number, sheets_due(run.decision).get().state) == ("replaced", 1, "reserved")
    assert (on_hand("phoi-bang-khen"), on_hand("bang-khen-tinh")) == (0, 2)
    with pytest.raises(Refused, match="đã cấp đổi"):
        actions.exchange(old, by=store_keeper, reason="Cháy nhà")
    assert actions.recover(new, by=store_keeper, reason="Hủy khen thưởng").state == "recovered"


def test_a_run_that_was_not_printed_is_taken_back_as_a_whole(printed, store_keeper):
    run = printed(2)
    actions.RUNS["undo"](run, by=store_keeper, reason="Máy in hỏng")
    assert (on_hand("phoi-bang-khen"), on_hand("bang-khen-tinh")) == (3, 0)
    assert set(run.certificates.values_list("state", flat=True)) == {"undone"}
    assert {due.state for due in sheets_due(run.decision)} == {"short"}
    again = actions.make(actions.begin(run.decision, run.layout, by=store_keeper, day=DAY))
    assert (again.state, on_hand("bang-khen-tinh")) == ("done", 2)
    assert not set(run.certificates.values_list("code", flat=True)) & set(
        again.certificates.values_list("code", flat=True)
    )


def test_a_run_of_which_a_sheet_was_spoiled_or_handed_over_is_not_taken_back(printed, store_keeper):
    run = printed(2)
    Due.objects.filter(pk=run.certificates.first().due_id).update(state="handed")
    with pytest.raises(Refused, match="không hủy được cả lượt"):
        actions.RUNS["undo"](run, by=store_keeper, reason="Máy in hỏng")
    assert on_hand("bang-khen-tinh") == 2


def test_a_batch_is_all_or_nothing(decision, store_keeper):
    made = decision(2)
    run = actions.begin(made, groups(made)[0].layout, by=store_keeper, day=DAY)
    with mock.patch.object(actions, "keep", side_effect=RuntimeError), pytest.raises(RuntimeError):
        actions.make(run)
    assert (Certificate.objects.count(), on_hand("bang-khen-tinh"), on_hand("phoi-bang-khen")) == (0, 0, 3)


# --- A piece that bears a name


def test_a_certificate_of_an_award_that_is_dropped_goes_to_nobody_else(
    printed, passed, composed, issued, officer, store_keeper
):
    from awards.items.actions import drop, want
    from awards.stock.keeping import keep_for_waiting

    run = printed(1)
    due = sheets_due(run.decision).get()
    drop(due, by=officer, reason="Gia đình xin không nhận")
    other = issued(composed(passed("Lý Văn Khác")))
    keep_for_waiting([due.kind_id])
    assert sheets_due(other).get().state == "short"
    assert levels_of("bang-khen-tinh") == Level(1, 1, 1)
    want(due, by=officer, reason="Gia đình nhận lại")
    assert sheets_due(run.decision).get().state == "reserved"
    with pytest.raises(Refused, match="còn phải cấp"):
        actions.SHEETS["destroy"](run.certificates.get(), by=store_keeper, reason="Thừa")
    drop(sheets_due(run.decision).get(), by=officer, reason="Gia đình xin không nhận")
    sheet = actions.SHEETS["destroy"](run.certificates.get(), by=store_keeper, reason="Không cấp")
    assert (sheet.state, on_hand("bang-khen-tinh"), Movement.objects.first().sort) == ("recovered", 0, "written_off")


def test_a_certificate_that_was_let_go_is_kept_again_on_its_page(printed, store_keeper):
    from awards.stock.keeping import keep_for_waiting, release

    run = printed(2)
    release(sheets_due(run.decision).get(award__position=1), by=store_keeper, reason="Nhầm")
    keep_for_waiting([sheets_due(run.decision).first().kind_id])
    assert [due.state for due in sheets_due(run.decision)] == ["short", "reserved"]
    # It is there, and is not printed a second time.
    assert groups(run.decision) == []
    actions.SHEETS["keep"](run.certificates.get(number=1), by=store_keeper)
    assert {due.state for due in sheets_due(run.decision)} == {"reserved"}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_three_who_print_the_same_at_once_each_certificate_is_printed_once(decision, store_keeper, officer, leader):
    made = decision(4, spare=0)
    layout = groups(made)[0].layout
    runs = [actions.begin(made, layout, by=by, day=DAY) for by in (store_keeper, officer, leader)]
    start = Barrier(3)

    def work(run):
        start.wait()
        try:
            return actions.make(run).state
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        states = sorted(threads.map(work, runs))
    assert states == ["done", "stopped", "stopped"]
    assert Certificate.objects.filter(state="printed").count() == 4
    assert (on_hand("phoi-bang-khen"), on_hand("bang-khen-tinh")) == (0, 4)
