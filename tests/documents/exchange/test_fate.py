"""Another body recalls, changes, replaces its paper over the axis: what differs is shown, one click notes it on both papers."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.exchange import actions, taking
from documents.exchange.actions import answer_of
from documents.exchange.edxml import NEW, RECALL, REPLACE, UPDATE, File, Organ, Package, written
from documents.exchange.reading import parsed
from documents.exchange.taking import package_in, take
from documents.models import Arrival, AxisOrgan, AxisPackage, Document, DocumentType, Effect
from documents.steps.refusing import Refused
from tests.documents.issued import scan

pytestmark = pytest.mark.django_db
SCAN = scan().read()
MINISTRY = Organ("G12.00.00", "Bộ Nội vụ")


def package(**changes) -> Package:
    """A letter of the ministry."""
    facts = {
        "sender": MINISTRY, "to": (Organ("000.00.12.H37", "Sở Nội vụ"),), "number": "15", "notation": "BNV-TĐKT",
        "place": "Hà Nội", "day": date(2020, 2, 20), "type_code": "18", "type_name": "Công văn", "subject": "tổng kết phong trào",
        "signer": "Trần Anh", "files": (File("15.pdf", SCAN),),
    }  # fmt: skip
    return Package(**facts | changes)


KEY = package().key


@pytest.fixture
def page_of(client_of, clerk):
    """A function (row) → (client, address of its page)."""
    return lambda row: (client_of(clerk), reverse("enter_package", args=[row.pk]))


def typed(found, arrived="25/02/2020", **changes):
    """What the form of the book sends."""
    facts = {
        "type": DocumentType.objects.get(code="CV").pk, "reference": found.reference, "date": f"{found.day:%d/%m/%Y}",
        "issuer_name": found.sender.name, "subject": found.subject, "den-arrived_on": arrived,
    }  # fmt: skip
    return facts | changes


@pytest.fixture
def entered(clerk, page_of):
    """The letter in the book."""
    row = take(written(package()), by=clerk)
    client, page = page_of(row)
    assert client.post(page, typed(package())).status_code == 302
    return Arrival.objects.get().document


def recall(**changes):
    """The package that recalls it."""
    facts = {
        "business": RECALL,
        "reason": "Nhầm số liệu",
        "about": (KEY,),
        "files": (),
        "sent_at": datetime(2020, 3, 1, 8),
    }
    return package(**facts | changes)


def test_a_recall_shows_the_paper_and_one_click_notes_it(clerk, entered, page_of, client_of):
    row = take(written(recall(subject="tổng kết phong trào năm 2019")), by=clerk)
    client, page = page_of(row)
    shown = client.get(page).content.decode()
    assert entered.get_absolute_url() in shown
    assert "Nhầm số liệu" in shown
    assert "tổng kết phong trào năm 2019" in shown  # what differs, though a recall changes no facts
    assert client.post(page).status_code == 302
    entered.refresh_from_db()
    assert (entered.state, entered.effective_to) == ("recalled", date(2020, 3, 1))
    assert entered.subject == "tổng kết phong trào"
    row.refresh_from_db()
    assert (row.outcome, row.document, row.done_by) == ("recalled", entered, clerk)
    # On the paper, in the list, the search, the book.
    assert "đã thu hồi văn bản này qua trục liên thông" in client.get(entered.get_absolute_url()).content.decode()
    assert "Đã thu hồi" in client.get(reverse("documents"), {"q": "15/BNV"}).content.decode()
    assert "Đã thu hồi" in client.get(reverse("find"), {"q": "15/BNV"}).content.decode()
    assert "Đã thu hồi" in client.get(reverse("book_in"), {"tu": "01/01/2020"}).content.decode()
    told = entered.edits[0]
    assert "Nhầm số liệu" in told.reason
    # By mistake: it holds again, and the package waits.
    assert client.post(reverse("reopen_package", args=[row.pk])).status_code == 302
    entered.refresh_from_db()
    row.refresh_from_db()
    assert (entered.state, entered.effective_to, row.outcome, row.done_at) == ("issued", None, "waiting", None)


def test_a_recall_of_what_is_recalled_is_only_seen(clerk, entered, page_of):
    for reason in ("một", "hai"):
        row = take(written(recall(reason=reason)), by=clerk)
        client, page = page_of(row)
        client.post(page)
    assert "đã ở trạng thái «Đã thu hồi»" in client.get(page).content.decode()
    row.refresh_from_db()
    assert row.outcome == "waiting"
    assert client.post(page, {"seen": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.outcome, row.document) == ("seen", None)


def test_an_update_is_taken_over_with_its_files(clerk, entered, page_of):
    files = (File("15.pdf", SCAN), File("phu-luc.pdf", scan(words="phu luc").read()))
    changed = package(
        business=UPDATE, reason="Thêm phụ lục", about=(KEY,), subject="tổng kết phong trào 2019", files=files
    )
    row = take(written(changed), by=clerk)
    client, page = page_of(row)
    shown = client.get(page).content.decode()
    assert "Tệp mới: phu-luc.pdf." in shown
    assert "Trích yếu" in shown
    assert client.post(page).status_code == 302
    entered.refresh_from_db()
    assert (entered.subject, entered.state) == ("tổng kết phong trào 2019", "issued")
    assert sorted(entered.uploads.values_list("name", flat=True)) == ["15.pdf", "phu-luc.pdf"]
    told = client.get(entered.get_absolute_url()).content.decode()
    assert "Nơi gửi đã cập nhật văn bản này" in told
    assert "Thêm phụ lục" in told


def test_an_update_with_a_mark_of_secrecy_is_refused(clerk, entered, page_of):
    row = take(written(package(business=UPDATE, reason="x", subject="MẬT: danh sách", about=(KEY,))), by=clerk)
    client, page = page_of(row)
    assert "MẬT" in client.post(page, follow=True).content.decode()
    row.refresh_from_db()
    assert row.outcome == "waiting"


def test_a_replacement_goes_into_the_book_and_stands_on_both_papers(clerk, entered, page_of):
    new = package(number="21", day=date(2020, 2, 28), business=REPLACE, reason="Sai biểu", about=(KEY,))
    row = take(written(new), by=clerk)
    client, page = page_of(row)
    shown = client.get(page).content.decode()
    assert entered.get_absolute_url() in shown
    assert "được ghi là bị văn bản này thay thế" in shown
    assert client.post(page, typed(new, "01/03/2020")).status_code == 302
    entered.refresh_from_db()
    effect = Effect.objects.get(target=entered)
    assert (entered.state, effect.kind, effect.reason, effect.paper.reference) == (
        "replaced", "replaces", "Sai biểu", "21/BNV-TĐKT",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.outcome, row.document) == ("replaced", effect.paper)
    assert "21/BNV-TĐKT" in client.get(entered.get_absolute_url()).content.decode()
    assert "15/BNV-TĐKT" in client.get(effect.paper.get_absolute_url()).content.decode()


def test_what_was_replaced_before_keeps_no_paper_out_of_the_book(clerk, entered, page_of):
    for number, day in (("21", 28), ("22", 29)):
        new = package(number=number, day=date(2020, 2, day), business=REPLACE, reason="Sai biểu", about=(KEY,))
        client, page = page_of(take(written(new), by=clerk))
        shown = client.get(page).content.decode()
        assert client.post(page, typed(new, "01/03/2020")).status_code == 302
    assert "đã ở trạng thái «Đã bị thay thế» nên không ghi lần nữa" in shown
    assert "được ghi là bị văn bản này" not in shown
    assert Effect.objects.get(target=entered).paper.reference == "21/BNV-TĐKT"
    assert [*AxisPackage.objects.order_by("pk").values_list("outcome", flat=True)] == ["entered", "replaced", "entered"]


def test_one_paper_may_replace_several(clerk, entered, page_of):
    other = package(number="16")
    client, page = page_of(take(written(other), by=clerk))
    client.post(page, typed(other))
    new = package(number="21", day=date(2020, 2, 28), business=REPLACE, reason="Gộp", about=(KEY, other.key, f"{KEY}x"))
    client, page = page_of(take(written(new), by=clerk))
    shown = client.get(page).content.decode()
    assert shown.count("được ghi là bị văn bản này") == 2
    told = client.post(page, typed(new, "01/03/2020"), follow=True).content.decode()
    assert "Đã ghi thay thế Công văn số 15/BNV-TĐKT, Công văn số 16/BNV-TĐKT." in told
    assert {row.target.reference for row in Effect.objects.all()} == {"15/BNV-TĐKT", "16/BNV-TĐKT"}


@pytest.mark.parametrize("business", [RECALL, UPDATE])
def test_what_comes_before_its_paper_is_in_the_book_is_told_on_both_pages(clerk, page_of, business):
    first = take(written(package()), by=clerk)
    # A recall may have the number and day of a letter of its own.
    later = take(written(recall(business=business, number="30", day=date(2020, 3, 1))), by=clerk)
    for one, other in ((first, later), (later, first)):
        client, page = page_of(one)
        assert f'href="{other.get_absolute_url()}"' in client.get(page).content.decode()
    client, page = page_of(first)
    client.post(page, typed(package()))
    client, page = page_of(later)
    shown = client.get(page).content.decode()
    assert Arrival.objects.get().document.get_absolute_url() in shown
    assert "đang chờ xử lý" not in shown


def test_a_recall_holds_from_today_however_late_its_system_thinks_it_is(clerk, entered, page_of):
    client, page = page_of(take(written(recall(sent_at=datetime(2099, 1, 1))), by=clerk))
    client.post(page)
    entered.refresh_from_db()
    assert (entered.state, entered.effective_to) == ("recalled", timezone.localdate())


@pytest.mark.parametrize(("business", "code"), [(NEW, "02"), (REPLACE, "02"), (RECALL, "16"), (UPDATE, "16")])
def test_a_package_that_is_not_taken_goes_back_with_a_reason(clerk, page_of, business, code):
    AxisOrgan.objects.create(code="000.00.12.H37", name="Sở Nội vụ", unit=clerk.unit)
    row = take(written(package(business=business, reason="x", about=() if business == NEW else (KEY,))), by=clerk)
    client, page = page_of(row)
    back = reverse("give_back_package", args=[row.pk])
    assert f'href="{back}"' in client.get(page).content.decode()
    assert client.post(back, {"reason": " "}).status_code == 422
    assert (
        "Không thuộc thẩm quyền"
        in client.post(back, {"reason": "Không thuộc thẩm quyền"}, follow=True).content.decode()
    )
    row.refresh_from_db()
    assert (row.outcome, row.document, row.done_by) == ("returned", None, clerk)
    told = parsed(answer_of(row, package_in(row))[1])
    assert (told.code, told.words, told.key) == (code, "Không thuộc thẩm quyền", KEY)
    # From a page that was left open; then taken back.
    again = client.post(back, {"reason": "x"})
    assert again.status_code == 422
    assert "vừa xử lý" in again.content.decode()
    client.post(reverse("reopen_package", args=[row.pk]))
    row.refresh_from_db()
    assert (row.outcome, row.note, row.done_at) == ("waiting", "", None)


def test_a_sender_without_a_name_is_told_by_its_code(clerk, page_of):
    content = written(package()).replace("<OrganName>Bộ Nội vụ</OrganName>".encode(), b"")
    row = take(content, by=clerk)
    assert row.sender == "G12.00.00"
    client, page = page_of(row)
    assert (
        "G12.00.00 chưa có trong danh sách cơ quan trên trục; gói cũng không ghi tên."
        in client.get(page).content.decode()
    )
    with pytest.raises(Refused, match=r"của G12\.00\.00 đã nhận"):
        take(content + b"\n", by=clerk)


def test_a_replacement_dated_before_what_it_replaces_is_refused_whole(clerk, entered, page_of):
    new = package(number="9", day=date(2020, 2, 1), business=REPLACE, reason="x", about=(KEY,))
    client, page = page_of(take(written(new), by=clerk))
    answer = client.post(page, typed(new, "26/02/2020"))
    assert answer.status_code == 422
    assert "sớm hơn văn bản này" in answer.content.decode()
    assert Arrival.objects.count() == 1


def test_a_paper_that_came_on_paper_is_found_and_one_that_is_not_is_named(clerk, page_of, client_of):
    client = client_of(clerk)
    came = client.post(reverse("new_received"), typed(package()))
    assert came.status_code == 302
    document = Document.objects.get(reference="15/BNV-TĐKT")
    client, page = page_of(take(written(recall()), by=clerk))
    assert document.get_absolute_url() in client.get(page).content.decode()
    client, page = page_of(take(written(recall(number="77", about=())), by=clerk))
    assert "Không tìm thấy trong sổ" in client.get(page).content.decode()
    assert client.post(page, follow=True).status_code == 200
    document.refresh_from_db()
    assert document.state == "issued"
    named = f"{page}?paper=15/BNV-TĐKT"
    assert document.get_absolute_url() in client.get(named).content.decode()
    assert "Sổ chưa có văn bản số này" in client.get(f"{page}?paper=1/X").content.decode()
    client.post(named)
    document.refresh_from_db()
    assert document.state == "recalled"


def test_nobody_recalls_the_paper_of_another(clerk, entered, page_of):
    row = take(written(recall(sender=Organ("G99.00.00", "Bộ Khác"))), by=clerk)
    client, page = page_of(row)
    assert entered.get_absolute_url() not in client.get(page).content.decode()


def test_what_others_keep_is_not_noted_here(clerk, page_of, unit_officer):
    paper = Document.objects.filter(origin="cited").exclude(reference="").first()
    with pytest.raises(Refused, match="không do đơn vị bạn ghi"):
        actions.mark(take(written(recall()), by=unit_officer), recall(), paper, by=unit_officer)


def test_files_are_looked_into_once(clerk, page_of, monkeypatch):
    seen, look = [], taking.inspect
    monkeypatch.setattr(taking, "inspect", lambda file: seen.append(file.name) or look(file))
    monkeypatch.setattr(
        "documents.uploads.actions.inspect", lambda file: seen.append(f"again {file.name}") or look(file)
    )
    row = take(written(package(files=(File("15.pdf", scan().read()), File("a.exe", b"MZ\0")))), by=clerk)
    client, page = page_of(row)
    shown = client.get(page).content.decode()
    assert "Không giữ được: Tệp «a.exe»" in shown
    client.post(page, typed(package()))
    assert Arrival.objects.get().document.uploads.get().name == "15.pdf"
    assert seen == ["15.pdf", "a.exe"]


def test_the_sender_is_told_what_became_of_it(
    clerk, entered, page_of, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.EXCHANGE_DIR = str(tmp_path)
    first = AxisPackage.objects.get(business=NEW)
    assert answer_of(first, package_in(first)) is None  # the own unit has no code yet
    AxisOrgan.objects.create(code="000.00.12.H37", name="Sở Nội vụ", unit=clerk.unit)
    _, content = answer_of(first, package_in(first))
    told = parsed(content)
    assert (told.sender, told.key, told.code) == ("000.00.12.H37", KEY, "03")
    row = take(written(recall()), by=clerk)
    client, page = page_of(row)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page)
    (place,) = (tmp_path / "gui").iterdir()
    assert (parsed(place.read_bytes()).code, place.name[:10]) == ("15", "trang-thai")
    fetched = client.get(reverse("answer_package", args=[row.pk]))
    assert parsed(fetched.content).key == KEY


def test_a_package_for_others_or_of_our_own_is_refused_and_a_strange_sender_told(clerk, page_of):
    row = take(written(package()), by=clerk)
    client, page = page_of(row)
    shown = client.get(page).content.decode()
    assert "Nơi gửi G12.00.00 chưa có trong danh sách" in shown
    assert "Chưa ghi mã định danh của đơn vị bạn" in shown
    AxisOrgan.objects.create(code="000.00.99.H37", name="Sở Nội vụ", unit=clerk.unit)
    with pytest.raises(Refused, match=r"<To>: gói gửi cho Sở Nội vụ \(000.00.12.H37\), không gửi cho đơn vị bạn"):
        take(written(package(number="16")), by=clerk)
    with pytest.raises(Refused, match="<From>: gói này do chính đơn vị bạn gửi"):
        take(written(package(sender=Organ("000.00.99.H37", "Sở Nội vụ"))), by=clerk)
    AxisOrgan.objects.create(code="G12.00.00", name="Bộ Nội vụ và Lao động")
    assert "trong danh sách là Bộ Nội vụ và Lao động" in client.get(page).content.decode()


def test_the_list_waits_on_the_first_page(clerk, client_of):
    take(written(package()), by=clerk)
    home = client_of(clerk).get(reverse("home")).content.decode()
    assert "Gói liên thông chờ xử lý" in home
