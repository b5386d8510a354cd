"""What the first page tells of awards: files and questions that wait for one person, days that are near."""

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from documents.areas.waiting import Kind, Row
from units.permissions import may_keep_store, may_manage

from .area import AWARDS
from .certificates.waits import WAITS as OF_CERTIFICATES
from .handover.waits import WAITS as OF_ITEMS
from .issuing.rules import asked_of, unanswered
from .models import Decision, Dossier, Due, ItemCase, ItemKind, NameCheck, Nomination, Opinion, Order, StockCount
from .presentation import told as presenting
from .stock.ledger import IS_LOW, with_levels

State = Dossier.State
_FACTS = ("pk", "subject", "year", "unit__name", "due_on")


def _dossier(verb):
    def row(today, key, subject, year, unit, due_on):
        until = f" · hạn {due_on:%d/%m/%Y}" if due_on else ""
        words, late = subject or f"Hồ sơ khen thưởng năm {year}", bool(due_on and due_on < today)
        return Row(words, reverse("dossier", args=[key]), f"{unit}{until}", verb, is_late=late)

    return row


def _returned(user, today):
    """Files of the unit that came back to be completed."""
    rows = (
        Dossier.objects.filter(unit__in=user.inherited_units, state=State.RETURNED)
        if user.unit_id
        else Dossier.objects.none()
    )
    return rows.order_by("due_on", "pk")


def _to_receive(user, today):
    rows = Dossier.objects.filter(state=State.SUBMITTED)
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk") if may_manage(user) else rows.none()


def _to_appraise(user, today):
    """Those that this officer has."""
    return Dossier.objects.filter(state=State.RECEIVED, officer=user.pk).order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )


def _unanswered(user, today):
    """Questions whose time is over."""
    rows = Opinion.objects.filter(Q(state=Opinion.State.OPEN), due_on__lt=today)
    return rows.order_by("due_on", "pk") if may_manage(user) else rows.none()


def _opinion(today, key, kind, unit, body, due_on):
    whom = unit or body or Opinion.Kind(kind).label
    return Row(f"Lấy ý kiến: {whom}", reverse("opinion", args=[key]), f"hết hạn {due_on:%d/%m/%Y}", "Ghi trả lời")


def _names(user, today):
    """Drafts with names of the unit of which it has said nothing yet."""
    rows = unanswered(asked_of(user)).filter(decision=OuterRef("pk"))
    return Decision.objects.filter(Exists(rows)).order_by("draft__names_until", "pk")


def _decision_names(today, subject, until):
    return Row(f"Quyết định {subject}", reverse("names"), f"hạn {until:%d/%m/%Y}", "Xác nhận", is_late=until < today)


def _asked_names(user, today):
    """Rows of drafts whose unit wants another name."""
    rows = Nomination.objects.filter(
        state=Nomination.State.PRESENTED, decision__state="draft", name_check__state=NameCheck.State.OTHER
    )
    return rows.order_by("pk") if may_manage(user) else rows.none()


def _asked_name(today, key, name, unit):
    return Row(name, reverse("draft_row", args=[key]), f"{unit} đề nghị sửa tên", "Trả lời")


def _falling_back(user, today):
    """Nominations that came to nothing and have another award to be looked at for, in files that go on."""
    rows = Nomination.objects.falling_back().order_by("since", "pk")
    return rows if may_manage(user) else rows.none()


def _fallen(today, key, name, unit):
    return Row(name, reverse("nomination", args=[key]), f"{unit} · không được, còn danh hiệu xét thay", "Xét thay")


# --- The store


def _for_keepers(user, today):
    return may_keep_store(user)


def _open_counts(user, today):
    rows = StockCount.objects.filter(state=StockCount.State.OPEN)
    return rows.order_by("day", "pk") if may_keep_store(user) else rows.none()


def _open_count(today, key, day):
    words, page = f"Kiểm kê kho ngày {day:%d/%m/%Y}", reverse("stock_count", args=[key])
    return Row(words, page, "chưa chốt", "Ghi số đếm", reverse("enter_count", args=[key]))


def _waiting_decisions(user, today):
    """Decisions whose awards wait for items that the store has not, other than what is printed here."""
    if not may_keep_store(user):
        return Decision.objects.none()
    short = Due.objects.filter(state=Due.State.SHORT).exclude(kind__source=ItemKind.Source.PRINTED).order_by()
    # What is short is looked through once, not once for every decision that there is.
    rows = Decision.objects.filter(pk__in=short.values("award__decision"), state=Decision.State.STANDING)
    return rows.order_by("day", "pk")


def _waiting_decision(today, key, number, subject):
    page = f"{reverse('dues')}?state={Due.State.SHORT}&quyet_dinh={key}"
    return Row(subject, page, f"{number} · còn hiện vật chưa có trong kho", "Xem")


def _low_kinds(user, today):
    rows = ItemKind.objects.there_on(today)
    if not may_keep_store(user):
        return rows.none()
    return with_levels(rows.filter(least__gt=0)).filter(IS_LOW).order_by("position", "name")


def _low_kind(today, key, name, free, least, measure):
    note = f"còn {free} {measure} chưa giữ, tối thiểu {least}"
    return Row(name, reverse("item_kind", args=[key]), note, "Đặt thêm", reverse("new_order"))


def _sent_orders(user, today):
    rows = Order.objects.filter(state=Order.State.SENT)
    return rows.order_by("pk") if may_keep_store(user) else rows.none()


def _sent_order(today, key, subject, to):
    page = f"{reverse('receive_items')}?de_nghi={key}"
    return Row(subject, reverse("stock_order", args=[key]), f"đã gửi {to}, chờ hàng", "Nhập kho", page)


# --- Awards presented; items exchanged


def _to_present(today, *columns):
    return Row(*presenting.waiting_decision(today, *columns))


def _over(today, key, name, day):
    page = reverse("occasion", args=[key])
    note = f"ngày {day:%d/%m/%Y}, chưa ghi kết quả"
    return Row(name, page, note, "Ghi đã trao", reverse("hold_occasion", args=[key]), is_late=day < today)


def _absent(today, key, occasion, name, day):
    page = reverse("occasion", args=[occasion])
    return Row(name, page, f"vắng ngày {day:%d/%m/%Y}, chưa nhận", "Ghi nhận sau", reverse("present_later", args=[key]))


def _cases(user, today):
    """Cases that wait for the department."""
    rows = ItemCase.objects.filter(state__in=[ItemCase.State.ASKED, ItemCase.State.CONFIRMED])
    return rows.order_by("due_on", "pk") if may_manage(user) else rows.none()


def _case(today, key, name, why, due_on):
    note = f"{ItemCase.Why(why).label} · hạn {due_on:%d/%m/%Y}"
    return Row(name, reverse("item_case", args=[key]), note, "Giải quyết", is_late=due_on < today)


def _files(title, rows, verb, more):
    return Kind(
        title, "dossiers", rows, _FACTS, _dossier(verb), since="due_on", more=lambda *columns: f"{reverse('dossiers')}?{more}"
    )  # fmt: skip


AWARDS.waits += [
    _files("Hồ sơ khen thưởng bị trả lại", _returned, "Bổ sung", f"state={State.RETURNED}"),
    _files("Hồ sơ khen thưởng chờ tiếp nhận", _to_receive, "Tiếp nhận", f"state={State.SUBMITTED}"),
    _files("Hồ sơ khen thưởng bạn đang thẩm định", _to_appraise, "Thẩm định", "viec=toi"),
    Kind(
        "Lấy ý kiến đã hết hạn trả lời", "dossiers", _unanswered, ("pk", "kind", "unit__name", "body", "due_on"), _opinion,
        since="due_on", more=lambda *columns: f"{reverse('opinions')}?state=open",
    ),
    Kind(
        "Tên ghi trong quyết định chờ đơn vị xác nhận", "names", _names, ("subject", "draft__names_until"), _decision_names,
        more=lambda *columns: reverse("names"),
    ),
    Kind(
        "Không được, còn danh hiệu xét thay", "dossiers", _falling_back, ("pk", "name", "dossier__unit__name"), _fallen,
        since="since", more=lambda *columns: f"{reverse('nominations')}?kiem_tra=thay",
    ),
    Kind(
        "Đề nghị sửa tên chờ trả lời", "deciding", _asked_names, ("pk", "name", "dossier__unit__name"), _asked_name,
        more=lambda *columns: reverse("deciding"),
    ),
    Kind(
        "Kiểm kê kho chưa chốt", "items", _open_counts, ("pk", "day"), _open_count,
        more=lambda *columns: reverse("stock_counts"), asked=_for_keepers,
    ),
    Kind(
        "Khen thưởng chờ hiện vật", "items", _waiting_decisions, ("pk", "number", "subject"), _waiting_decision,
        since="day", more=lambda *columns: f"{reverse('dues')}?state={Due.State.SHORT}", asked=_for_keepers,
    ),
    Kind(
        "Hiện vật đến mức tối thiểu", "items", _low_kinds, ("pk", "name", "free", "least", "measure"), _low_kind,
        more=lambda *columns: f"{reverse('store')}?muc=toi-thieu", asked=_for_keepers,
    ),
    Kind(
        "Đề nghị mua, cấp đang chờ hàng", "items", _sent_orders, ("pk", "subject", "to"), _sent_order,
        more=lambda *columns: f"{reverse('stock_orders')}?state=sent", asked=_for_keepers,
    ),
    Kind(
        "Khen thưởng đã nhận, chưa trao", "items", presenting.waiting_decisions, ("pk", "number", "subject"), _to_present,
        since="day", more=lambda *columns: f"{reverse('to_present')}?o_dau=chua",
    ),
    Kind(
        "Lần trao thưởng chưa ghi kết quả", "items", presenting.over, ("pk", "name", "day"), _over, since="day",
        more=lambda *columns: f"{reverse('occasions')}?state=planned",
    ),
    Kind(
        "Vắng khi trao thưởng, chưa nhận", "items", presenting.absent, ("pk", "occasion", "award__name", "occasion__day"),
        _absent, since="occasion__day", more=lambda *columns: f"{reverse('to_present')}?o_dau=vang",
    ),
    Kind(
        "Cấp đổi, cấp lại hiện vật chờ giải quyết", "items", _cases, ("pk", "award__name", "why", "due_on"), _case,
        since="due_on", more=lambda *columns: reverse("item_cases"),
    ),
]  # fmt: skip
AWARDS.waits += [*OF_CERTIFICATES, *OF_ITEMS]
