"""The way of items, from a decision to the hands of who is honoured: 30 awards of six kinds, three units, and what goes wrong.

After every step the ledger has of each kind what the story says, and no more is kept than there is.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse

from awards.certificates.layouts import load as load_layouts
from awards.handover.models import OF_NOTICE
from awards.items.kinds import load
from awards.models import (
    Award,
    Certificate,
    Decision,
    Due,
    Handover,
    ItemCase,
    ItemKind,
    Notice,
    Occasion,
    Office,
    Round,
    StockLine,
)
from awards.stock.ledger import levels
from documents.models import Document
from tests.conftest import make_unit
from tests.days import TODAY
from tests.documents.jobs.workers import done_by_worker
from units.models import Capacity, Official, Term

from .conftest import make_recipient

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("day_of_the_run"),
]
GIVEN = [("CTDT", "collective", 3), ("CSTDT", "person", 6), ("TTLDXS", "collective", 5), ("XPTB", "collective", 3),
         ("DVQT", "collective", 3), ("BKT", "person", 10)]  # fmt: skip
BOUGHT = {"phoi-bang-khen": 15, "phoi-bang-chung-nhan": 20, "khung-bang": 40, "huy-hieu-cstd-tinh": 10, "hop-huy-hieu": 10,
          "co-thi-dua-tinh": 5}  # fmt: skip


class Ledger:
    """What there should be of each kind, and whether it is so."""

    def __init__(self):
        self.there = dict.fromkeys(ItemKind.objects.values_list("code", flat=True), 0)

    def moves(self, **changes):
        """So many came (or went) of each kind; then the ledger says the same, and all that is kept is there."""
        for code, number in changes.items():
            self.there[code.replace("_", "-")] += number
        codes = dict(ItemKind.objects.values_list("pk", "code"))
        found = {codes[key]: number for key, number in StockLine.objects.on_hand().items()}
        assert found == {code: number for code, number in self.there.items() if number or code in found}
        assert all(level.on_hand >= level.kept >= 0 for level in levels().values())
        out = Due.objects.filter(state="handed").count()
        assert out == sum(due.lines.count() > 0 for due in Due.objects.filter(state="handed").prefetch_related("lines"))


@pytest.fixture
def decision(types, officer, unit_officer):
    """Thirty awards of three units, by one decision of today that was entered; the department has a head who signs."""
    head = Official.objects.create(name="Hà Văn Vinh")
    Term.objects.create(
        official=head, unit=officer.unit, post="Giám đốc", capacity=Capacity.OWN, since=date(2021, 1, 1)
    )
    load()
    load_layouts()
    units = [unit_officer.unit, make_unit("don-vi-hai", "Đơn vị Hai"), make_unit("don-vi-ba", "Đơn vị Ba")]
    office = Office.objects.get(code="province")
    made = Decision.objects.create(number="12/QĐ-UBND", day=TODAY, office=office, subject="khen thưởng", by=officer)
    place = 0
    for code, kind, number in GIVEN:
        for n in range(number):
            place += 1
            person = kind == "person"
            name = f"{'Nông Văn' if person else 'Tập thể'} {code} {n}"
            who = make_recipient(kind, name, unit=units[place % 3], post="Chuyên viên" if person else "")
            Award.objects.create(
                decision=made, recipient=who, type=types[code], position=place, name=name, post=who.post, unit=who.unit,
                year=TODAY.year - 1, decided_on=TODAY, deed="Đã có thành tích xuất sắc",
            )  # fmt: skip
    return made


def day_in(page, name):
    """Type today into a field."""
    page.fill(f"[name={name}]", f"{TODAY:%d/%m/%Y}")
    page.keyboard.press("Escape")


def open_step(page, label):
    """Open the form of a step where it is folded, once the page is whole."""
    page.wait_for_load_state()
    summary = page.locator("summary", has_text=label).first
    if summary.count() and not summary.evaluate("one => one.parentElement.open"):
        summary.click()


def tell(desk, head, clerk):
    """By pages: a round for all that lies in the store, its notices drafted, submitted, approved, issued."""
    desk.goto(reverse("collection_rounds"))
    desk.get_by_role("link", name="Lập đợt thông báo").first.click()
    desk.fill("[name=place]", "Tầng 1")
    for name, days in (("begins_on", 0), ("ends_on", 14)):
        desk.fill(f"[name={name}]", f"{TODAY + timedelta(days):%d/%m/%Y}")
        desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Lập đợt").click()
    desk.get_by_text("Đã lập đợt thông báo cho 3 đơn vị").wait_for()
    page = Round.objects.get().get_absolute_url()
    desk.get_by_role("button", name="Soạn thông báo").click()
    desk.wait_for_url(lambda url: not url.endswith(page))
    done_by_worker()
    for who, label in ((desk, "Trình duyệt"), (head, "Duyệt"), (clerk, "Phát hành")):
        who.goto(page)
        open_step(who, f"{label} 3 thông báo")
        who.get_by_role("button", name=label).first.click()
        who.wait_for_url(lambda url: not url.endswith(page))
        done_by_worker()


def hand(page, words, but=None):
    """At the counter: the unit found by ``words``, all that lies there for it handed over ``but`` one item."""
    page.goto(reverse("handovers"))
    page.get_by_role("link", name="Giao hiện vật").click()
    page.fill("#q", words)
    page.get_by_role("button", name="Tìm").click()
    if but:
        page.locator(f"[name=chosen][value='{but.pk}']").uncheck()
    page.fill("[name=receiver]", "Nguyễn Thị Nhận")
    page.get_by_role("button", name="Giao", exact=True).click()
    page.get_by_text("Đã giao").first.wait_for()


def went(handover):
    """How many of each kind are on the sheet of a handover."""
    return Counter(code.replace("-", "_") for code in handover.lines.values_list("due__kind__code", flat=True))


def test_thirty_awards_from_the_decision_to_the_hands(
    decision, store_keeper, officer, leader, clerk, unit_officer, open_page, phone_page, login
):
    ledger = Ledger()
    desk, store = login(open_page(1366, 768), officer), login(open_page(1366, 768), store_keeper)

    # What is needed is listed; nothing is there.
    desk.goto(decision.get_absolute_url())
    desk.get_by_role("button", name="Lập danh sách hiện vật").click()
    desk.get_by_text("Đã lập danh sách 69 hiện vật").wait_for()
    assert set(Due.objects.values_list("state", flat=True)) == {"short"}
    ledger.moves()

    # A receipt of all that is bought: what waits for it is kept.
    store.goto(reverse("receive_items"))
    store.select_option("[name=sort]", "bought")
    for folded in store.locator("form details:not([open]) > summary").all():
        folded.click()
    for kind in ItemKind.objects.filter(code__in=BOUGHT):
        store.fill(f"[name=kind-{kind.pk}]", str(BOUGHT[kind.code]))
    store.fill("[name=paper]", "Hóa đơn 12")
    day_in(store, "day")
    store.get_by_role("button", name="Lưu").click()
    store.get_by_text("Đã nhập kho").wait_for()
    ledger.moves(**{code.replace("-", "_"): number for code, number in BOUGHT.items()})
    assert Due.objects.filter(state="reserved").count() == 42

    # Certificates, layout by layout.
    store.goto(reverse("certificates_of", args=[decision.pk]))
    print_all = store.locator("form[action$='/in/'] button.btn-primary")
    while print_all.count():
        print_all.first.click()
        store.wait_for_url("**/luot/**")
        store.goto(reverse("certificates_of", args=[decision.pk]))
    assert Certificate.objects.filter(state="printed").count() == 27
    ledger.moves(
        phoi_bang_khen=-10,
        phoi_bang_chung_nhan=-17,
        bang_khen_tinh=10,
        bang_cstd_tinh=6,
        bang_ttldxs=8,
        bang_xa_phuong=3,
    )
    assert set(Due.objects.values_list("state", flat=True)) == {"reserved"}

    # Units are told: a round, its notices drafted, approved, numbered and issued together.
    tell(desk, login(open_page(1366, 768), leader), login(open_page(1366, 768), clerk))
    notices = Notice.objects.exclude(sent_on=None)
    assert (notices.count(), sum(notice.dues.count() for notice in notices)) == (3, 69)
    assert sorted(Document.objects.filter(area=OF_NOTICE.kind).values_list("number", "state")) == [
        (number, "issued") for number in (1, 2, 3)
    ]
    ledger.moves()

    # The first unit comes with its code; one certificate stays at the counter. The others are found by their names.
    kept = (
        Due.objects.filter(award__unit=unit_officer.unit, kind__code="bang-khen-tinh")
        .order_by("award__position")
        .first()
    )
    unit = login(open_page(1366, 768), unit_officer)
    own = notices.get(unit=unit_officer.unit)
    unit.locator(f'a[href="{own.get_absolute_url()}"]').first.click()
    unit.get_by_role("img", name="Mã thông báo").wait_for()
    phone = login(phone_page, store_keeper)
    given = Counter()
    for page, words, but in (phone, own.code, kept), (store, "don vi hai", None), (store, "don vi ba", None):
        hand(page, words, but)
        lines = went(Handover.objects.latest("pk"))
        given += lines
        ledger.moves(**{code: -number for code, number in lines.items()})
    assert given == {
        "bang_khen_tinh": 9, "bang_cstd_tinh": 6, "bang_ttldxs": 8, "bang_xa_phuong": 3, "khung_bang": 27,
        "huy_hieu_cstd_tinh": 6, "hop_huy_hieu": 6, "co_thi_dua_tinh": 3,
    }  # fmt: skip
    assert Due.objects.exclude(state="handed").get() == kept
    first = Handover.objects.get(unit=unit_officer.unit)
    unit.goto(reverse("home"))
    unit.locator(f'a[href="{first.get_absolute_url()}"]').first.click()
    unit.get_by_role("button", name="Xác nhận đã nhận").click()
    unit.get_by_text("Đã xác nhận.").wait_for()
    first.refresh_from_db()
    assert (first.giver, first.confirmed_by) == (store_keeper, unit_officer)
    ledger.moves()

    # The unit presents what it has; one did not come.
    unit.goto(reverse("new_occasion"))
    unit.select_option("[name=kind]", "review", force=True)
    unit.fill("[name=name]", "Hội nghị tổng kết năm")
    unit.fill("[name=place]", "Hội trường")
    unit.fill("[name=presenter]", "Hứa Văn Hải")
    unit.fill("[name=authority]", "Thông báo số 1/TB-SNV")
    day_in(unit, "day")
    unit.get_by_role("button", name="Lưu").click()
    unit.get_by_role("button", name="Thêm cả 10 khen thưởng").click()
    unit.get_by_text("xếp theo thứ tự gọi trao").wait_for()
    ledger.moves()
    occasion = Occasion.objects.get()
    called = list(occasion.awards.order_by("position").values_list("award__type__code", flat=True))
    assert called == sorted(called, key=["CTDT", "CSTDT", "DVQT", "TTLDXS", "XPTB", "BKT"].index)
    unit.get_by_role("link", name="Ghi đã trao").click()
    last = occasion.awards.order_by("position").last()
    unit.select_option(f"[name=taken-{last.pk}]", "later", force=True)
    unit.get_by_role("button", name="Lưu").click()
    unit.get_by_text("Đã ghi kết quả trao").wait_for()
    unit.get_by_role("link", name="Ghi nhận sau").click()
    unit.fill("[name=how]", "Nhận tại nhà")
    unit.locator("form button[type=submit]", has_text="nhận sau").last.click()
    unit.get_by_text("Đã ghi nhận sau.").wait_for()
    ledger.moves()

    # The certificate that stayed is spoiled and printed again.
    sheet = Certificate.objects.get(due=kept, state="printed")
    store.goto(sheet.get_absolute_url())
    open_step(store, "Hỏng, in lại")
    store.fill("#spoil_reason", "Rách góc")
    store.locator("#step-spoil button[type=submit]").click()
    store.get_by_text("Đã ghi tờ hỏng").wait_for()
    assert Certificate.objects.get(due=kept, state="printed").code != sheet.code
    ledger.moves(phoi_bang_khen=-1)

    # A certificate of the unit was misprinted: the old one back, another printed, both go out.
    misprinted = (
        Due.objects.filter(award__unit=unit_officer.unit, kind__code="bang-khen-tinh", state="handed").first().award
    )
    unit.goto(reverse("award", args=[misprinted.pk]))
    unit.get_by_role("link", name="Cấp đổi, cấp lại").click()
    unit.select_option("[name=why]", "our_print", force=True)
    unit.get_by_label("Bằng khen của Chủ tịch UBND tỉnh").check()
    unit.fill("[name=letter]", "ngày hôm nay")
    unit.get_by_role("button", name="Lưu").click()
    unit.get_by_text("Đã nhận hồ sơ.").wait_for()
    case = ItemCase.objects.get()
    desk.goto(case.get_absolute_url())
    desk.fill("#confirm_archive", "Hộp 3")
    desk.locator("#step-confirm button[type=submit]").click()
    desk.get_by_text("Đã ghi kết quả đối chiếu.").wait_for()
    open_step(desk, "Nhận lại hiện vật cũ")
    desk.fill("#take_old_day", f"{TODAY:%d/%m/%Y}")
    desk.keyboard.press("Escape")
    desk.fill("#take_old_giver", misprinted.name)
    desk.locator("#step-take_old button[type=submit]").click()
    desk.get_by_text("Đã nhận lại và ghi sổ kho.").wait_for()
    ledger.moves()
    desk.locator("#step-grant button[type=submit]").click()
    desk.get_by_text("Đã cấp: bằng in lại").wait_for()
    ledger.moves(phoi_bang_khen=-1, bang_khen_tinh=1)
    phone.goto(reverse("hand_over", args=[unit_officer.unit.code]))
    assert phone.locator("[name=chosen]:checked").count() == 2
    phone.fill("[name=receiver]", "Nguyễn Thị Nhận")
    phone.get_by_role("button", name="Giao", exact=True).click()
    phone.get_by_text("Đã giao 2 hiện vật").wait_for()
    case.refresh_from_db()
    assert case.state == "done"
    ledger.moves(bang_khen_tinh=-2)

    # An award of another unit is cancelled; what it had comes back.
    lost = Award.objects.filter(unit__code="don-vi-hai", type__code="BKT").first()
    desk.goto(reverse("award", args=[lost.pk]))
    open_step(desk, "Ghi quyết định hủy")
    desk.fill("#cancel_number", "20/QĐ-UBND")
    desk.fill("#cancel_day", f"{TODAY:%d/%m/%Y}")
    desk.keyboard.press("Escape")
    desk.select_option("#cancel_ground", "forged", force=True)
    desk.fill("#cancel_reason", "Giấy tờ giả")
    desk.locator("#step-cancel button[type=submit]").click()
    desk.get_by_text("Đã ghi việc hủy.").wait_for()
    ledger.moves()
    desk.goto(reverse("award", args=[lost.pk]))
    desk.fill("#take_back_day", f"{TODAY:%d/%m/%Y}")
    desk.keyboard.press("Escape")
    desk.fill("#take_back_giver", lost.name)
    desk.fill("#take_back_paper", "Biên bản 1")
    for box in desk.locator("#step-take_back input[name=parts]").all():
        box.check()
    desk.locator("#step-take_back button[type=submit]").click()
    desk.get_by_text("Đã ghi thu hồi.").wait_for()
    ledger.moves(khung_bang=1)
    assert set(lost.dues.values_list("state", flat=True)) == {"back"}

    # The pages of those people tell it all.
    desk.goto(misprinted.recipient.get_absolute_url())
    told = desk.locator(".years").inner_text()
    for words in (
        "Đã giao đơn vị",
        "Hội nghị tổng kết năm",
        "Đổi do in sai so với quyết định: đã giao",
        "đã cấp đổi, cấp lại",
    ):
        assert words in told, told
    desk.goto(lost.recipient.get_absolute_url())
    told = desk.locator(".years").inner_text()
    for words in ("Đã thu hồi", "Hủy theo Quyết định số 20/QĐ-UBND"):
        assert words in told, told
