"""The desk's pages about papers in the hands of units: received, read, answered; followed and reminded by the sender."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from units.acting import left_alone
from units.columns import Column, InFile, OnPage, ticks, toned
from units.lists import OfficeList
from units.models import Unit
from units.permissions import writers_only

from ..papers.models import Document
from ..steps.accepting import accepted
from .actions import (
    Pending,
    answer,
    confirm_reminder,
    mark_read,
    may_follow_up,
    pending,
    remind,
    sent_by,
)
from .filters import FollowFilter, ReceivedFilter
from .forms import AnswerForm, RemindForm, asking, follow_groups
from .models import Answer, Delivery, Reminder

# What rooms above tell of the units that got a paper: functions (paper) → a column, or None where there is nothing.
BESIDE: list[Callable] = []


def keys(request, name) -> set[int]:
    """The keys of the rows that were ticked."""
    return {int(key) for key in request.POST.getlist(name) if key.isascii() and key.isdecimal() and len(key) < 19}


def with_answers(deliveries):
    """Deliveries with what was answered and the files of it, in three queries."""
    answers = Answer.objects.select_related("by").prefetch_related("uploads")
    return deliveries.select_related("unit", "read_by").prefetch_related(Prefetch("answers", answers))


class ReceivedList(OfficeList):
    """Papers that came to this person's unit, and to those that went into it."""

    what = "văn bản"
    filterset_class = ReceivedFilter
    template_name = "documents/deliveries/received.html"
    sorts = {"so": ["document__reference"], "ngay": ["document__dated"], "nhan": ["delivered_at"]}
    export_name = "van-ban-nhan-duoc"
    export_title = "Văn bản nhận được"
    columns = [
        Column("Số, ký hiệu", "document.reference", sort="so", look="nowrap"),
        Column("Ngày", "document.date_cell", sort="ngay", label="Ngày", look="nowrap"),
        InFile("Loại", "document.type"),
        Column("Trích yếu", "document.subject", shown=lambda row: capfirst(row.document.subject), main=True, clip=True),
        InFile("Cơ quan ban hành", "document.issuer_name"),
        InFile("Trạng thái", "document.get_state_display"),
        InFile("Đơn vị nhận", "unit"),
        Column("Nhận lúc", "delivered_at", file="Ngày nhận", sort="nhan", label="Nhận", look="nowrap muted"),
        InFile("Ngày đọc", "read_at"),
        InFile("Ngày trả lời", "answered_at"),
        OnPage("Xử lý", lambda row: ""),
    ]
    extra_context = {"area": "received"}

    def get_queryset(self):
        """Scoped before anything is filtered; the newest first."""
        rows = Delivery.objects.filter(unit__in=self.request.user.inherited_units)
        self.queryset = rows.select_related("document__type", "unit").order_by("-delivered_at", "-pk")
        return super().get_queryset()


def _own(request, pk) -> Delivery:
    """A delivery to this person's unit, else 404."""
    rows = Delivery.objects.filter(unit__in=request.user.inherited_units)
    return get_object_or_404(rows.select_related("document__type", "unit"), pk=pk)


@require_POST
@writers_only
def confirm_read(request, pk):
    """Confirm that the unit has read the paper."""
    delivery = _own(request, pk)
    mark_read(delivery, by=request.user)
    messages.success(request, "Đã xác nhận đọc.")
    return redirect(delivery)


@writers_only
def answer_paper(request, pk):
    """Answer a paper; where the answer is refused, a page of its own keeps the words and says why."""
    delivery = _own(request, pk)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if form.is_valid() and accepted(form, lambda: answer(delivery, by=request.user, **form.cleaned_data)):
        messages.success(request, "Đã gửi trả lời.")
        return redirect(delivery)
    context = {"delivery": delivery, "document": delivery.document, "form": form, "area": "received"}
    return render(request, "documents/deliveries/answer.html", context, status=422 if form.errors else 200)


@require_POST
@writers_only
def reminder_seen(request, pk):
    """Confirm that the unit has seen a reminder."""
    own = Reminder.objects.filter(unit__in=request.user.inherited_units)
    reminder = get_object_or_404(own.select_related("document"), pk=pk)
    confirm_reminder(reminder, by=request.user)
    messages.success(request, "Đã xác nhận xem lời nhắc.")
    return redirect(reminder.document)


def counts_of(document) -> dict:
    """How many units got a paper, read it and answered it."""
    return document.deliveries.aggregate(total=Count("pk"), read=Count("read_at"), answered=Count("answered_at"))


def sent_paper(request, pk) -> Document:
    """A paper that this person's unit has issued, else 404."""
    return get_object_or_404(sent_by(request.user), pk=pk)


def remind_by(request, form, document, units) -> bool:
    """Whether ``units`` were reminded as ``form`` says; tells the person either way."""
    link = request.build_absolute_uri(document.get_absolute_url())
    typed = {name: form.cleaned_data[name] for name in ("words", "mail")}
    return accepted(form, lambda: _tell(request, remind(document, units, by=request.user, link=link, **typed)))


def _tell(request, done):
    """Tell the person what a reminder made."""
    told = f"Đã nhắc {len(done.reminders)} đơn vị."
    if done.skipped:
        told += f" Bỏ qua {len(done.skipped)} đơn vị vừa được nhắc bằng đúng lời này."
    if done.mails:
        told += f" {len(done.mails)} thư đang chờ ở Hộp thư đi; hãy đọc lại rồi bấm Gửi."
    messages.success(request, told)
    if done.without_address:
        named = ", ".join(unit.name for unit in done.without_address)
        messages.warning(request, f"Chưa có địa chỉ thư điện tử, chỉ nhắc trong chương trình: {named}.")


def _read(row):
    return row.read_at or toned("wait", "Chưa đọc")


class FollowList(OfficeList):
    """Who got a paper, who has read it, what was answered; and reminders to those who have not."""

    what = "đơn vị"
    filterset_class = FollowFilter
    template_name = "documents/deliveries/follow.html"
    paginate_by = 50
    sorts = {"ten": ["unit__sort_text"], "doc": ["read_at"], "tra-loi": ["answered_at"]}
    export_name = "theo-doi-van-ban"
    columns = [
        Column("Đơn vị", "unit", main=True, to=lambda row: "", sort="ten", look="wide"),
        InFile("Loại đơn vị", "unit.get_kind_display"),
        InFile("Ngày chuyển", "delivered_at"),
        Column(
            "Đã đọc", "read_at", file="Ngày đọc", shown=_read, note="read_by", sort="doc", label="Đọc", look="nowrap"
        ),
        InFile("Người đọc", "read_by"),
        InFile("Ngày trả lời", "answered_at"),
        OnPage("Trả lời", lambda row: "", sort="tra-loi", label="Trả lời", look="wide"),
        InFile("Nội dung trả lời", lambda row: "\n".join(answer.words for answer in row.answers.all() if answer.words)),
        InFile(
            "Tệp", lambda row: "\n".join(file.name for answer in row.answers.all() for file in answer.uploads.all())
        ),
    ]
    extra_context = {"area": "documents"}
    form = None

    def dispatch(self, request, *args, **kwargs):
        """Scoped before anything else: to the sender."""
        self.document = sent_paper(request, kwargs["pk"])
        self.counts = counts_of(self.document)
        self.may_remind = may_follow_up(request.user, self.document) and self.document.state == Document.State.ISSUED
        self.chosen = keys(request, "don_vi")
        self.export_title = f"Theo dõi việc nhận, trả lời {self.document.name}"
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """The deliveries of this paper."""
        self.queryset = with_answers(self.document.deliveries.order_by("unit__sort_text", "unit__code"))
        return super().get_queryset()

    def page_columns(self):
        """Who may remind ticks those whom."""
        every = "Chọn mọi đơn vị trên trang này"
        boxes = ticks("don_vi", "remind", every, of="unit_id", chosen=self.chosen, called=lambda row: row.unit)
        return [*([boxes] if self.may_remind else ()), *super().page_columns(), *self._beside()]

    def file_columns(self):
        """With what rooms above tell."""
        return [*super().file_columns(), *((column.head, column.of) for column in self._beside())]

    def _beside(self):
        return [column for told in BESIDE if (column := told(self.document))]

    def get_context_data(self, **kwargs):
        """Adds the paper, its counts, and the form for reminding."""
        paper, may_remind = self.document, self.may_remind
        words = asking(paper, "đọc và trả lời")
        form = self.form or RemindForm(groups=follow_groups(self.counts), initial={"words": words})
        context = super().get_context_data(**kwargs)
        alone = left_alone(row.unit_id for row in context["page_obj"]) if may_remind else set()
        told = {"document": paper, "counts": self.counts, "form": form, "may_remind": may_remind}
        return context | told | {"alone": alone}

    @method_decorator(writers_only)
    def post(self, request, *args, **kwargs):
        """Remind the units that were ticked, or all that have not read, or not answered."""
        self.form = RemindForm(request.POST, groups=follow_groups(self.counts))
        if self.form.is_valid() and remind_by(request, self.form, self.document, self._units()):
            return redirect(f"{reverse('follow', args=[self.document.pk])}#thong-bao")
        response = super().get(request, *args, **kwargs)
        response.status_code = 422
        return response

    def _units(self):
        """The units that the form speaks of."""
        to = self.form.cleaned_data["to"]
        if to == RemindForm.CHOSEN:
            return Unit.objects.filter(pk__in=keys(self.request, "don_vi"))
        deliveries = self.document.deliveries.all()
        return Unit.objects.filter(
            deliveries__in=deliveries if to == RemindForm.ALL else pending(deliveries, Pending(to))
        )
