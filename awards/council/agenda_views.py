"""The agenda of a meeting: nominations chosen for it and taken off; after the count what became of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from documents.steps.accepting import attempted
from units.columns import Column, InFile, OnPage, chosen_keys, state, ticks, toned
from units.lists import OfficeList

from ..catalogue.book import called
from . import actions, agenda
from .filters import CandidateFilter, ItemFilter
from .models import Item, Meeting
from .rules import STEPS, is_out, ready
from .views import FRAME, find, frame


def _votes(item):
    return f"{item.agreed}/{item.meeting.entitled}" if item.agreed is not None else ""


def _is_out(item) -> bool:
    """Whether it was withdrawn; of a meeting that was given up nothing goes on, and what was counted stays to be read."""
    return item.meeting.state not in Meeting.VOID and is_out(item)


def result_of(item) -> str:
    """What became of an item, in words."""
    if _is_out(item):
        return f"Không xét: {item.nomination.get_state_display().lower()}"
    if item.agreed is None:
        return ""
    if item.chosen is None:
        return "Ngang phiếu, chờ Chủ tịch Hội đồng"
    if item.chosen:
        return "Thông qua (Chủ tịch Hội đồng chọn)" if item.by_chair else "Thông qua"
    return "Không đủ phiếu" if item.agreed < item.needed else "Đủ phiếu, quá số lượng"


_TONES = {True: "done", False: "late", None: "wait"}


def shown_result(item):
    words = result_of(item)
    return (
        toned("not_asked" if _is_out(item) or item.meeting.state in Meeting.VOID else _TONES[item.chosen], words)
        if words
        else ""
    )


def _needed(item):
    return f"{item.needed}/{item.meeting.entitled}, {item.percent}" if item.needed else ""


class ItemList(OfficeList):
    """The agenda, after the count with its result."""

    what = "đề nghị"
    filterset_class = ItemFilter
    template_name = "awards/council/items.html"
    frame = "awards/council/base.html"
    paginate_by = 50
    export_name = "ket-qua-hoi-dong"
    columns = [
        Column("STT", "position", label="STT"),
        Column(
            "Người được đề nghị",
            "nomination.name",
            main=True,
            note="nomination.post",
            to=lambda row: row.get_absolute_url(),
        ),
        Column("Danh hiệu, hình thức", lambda row: called(row.nomination.type), label="Đề nghị"),
        Column("Đơn vị đề nghị", "nomination.dossier.unit", label="Đơn vị"),
        InFile("Phải đạt", _needed),
        OnPage("Đồng ý", _votes, label="Đồng ý", look="nowrap", note=lambda row: row.needed and f"cần {row.needed}"),
        InFile("Đồng ý", "agreed"),
        InFile("Không đồng ý", "against"),
        Column("Kết quả", result_of, shown=shown_result, label="Kết quả"),
    ]

    def get_queryset(self):
        """Scoped by the meeting."""
        self.meeting = find(self.request, self.kwargs["pk"])
        self.export_title = f"{self.meeting.title}, {self.meeting.held_on:%d/%m/%Y}"
        rows = Item.objects.filter(meeting=self.meeting)
        self.queryset = rows.select_related(
            "meeting", "nomination__type", "nomination__dossier__unit", "nomination__unit"
        )
        return super().get_queryset()

    def page_columns(self):
        """Who may take items off ticks them; votes stand there once they are counted."""
        columns = super().page_columns()
        if self.meeting.counted_at is None:
            columns = [column for column in columns if column.head not in ("Đồng ý", "Kết quả")]
            columns.append(OnPage("Ghi chú", shown_result, label="Ghi chú"))
        may = actions.STEPS["take_off"].may(self.meeting, self.request.user)
        boxes = ticks("muc", "chosen", "Chọn mọi đề nghị trên trang này", called=lambda row: row.nomination.name)
        return [boxes, *columns] if may else columns

    def get_context_data(self, **kwargs):
        """Adds the meeting."""
        return super().get_context_data(**frame(self.request, self.meeting, "agenda"), **kwargs)


class CandidateList(OfficeList):
    """The nominations that may be put on the agenda; who manages ticks them, or takes all that the filter leaves."""

    what = "đề nghị"
    filterset_class = CandidateFilter
    template_name = "awards/council/candidates.html"
    frame = "awards/council/base.html"
    paginate_by = 50
    export_name = "de-nghi-cho-xet"
    export_title = "Đề nghị đủ điều kiện, chờ Hội đồng xét"
    sorts = {"don-vi": ["dossier__unit__sort_text"], "loai": ["type__position"]}
    columns = [
        Column("Người được đề nghị", "name", main=True, note="post"),
        Column("Danh hiệu, hình thức", lambda row: called(row.type), sort="loai", label="Đề nghị"),
        Column("Đơn vị đề nghị", "dossier.unit", sort="don-vi", label="Đơn vị"),
        Column("Hồ sơ", "dossier.name", label="Hồ sơ"),
        Column("Đang ở", state),
    ]

    def dispatch(self, request, *args, **kwargs):
        """For those who prepare meetings, as long as it is prepared."""
        self.meeting = find(request, kwargs["pk"])
        add = STEPS["add"]
        if told := add.stranger(self.meeting, request.user):
            raise PermissionDenied(told)
        if told := add.untimely(self.meeting, request.user):
            messages.error(request, told)
            return redirect(self.meeting)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """What waits for a council, by the rank of awards."""
        rows = ready().select_related("type", "dossier__unit", "recipient")
        self.queryset = rows.order_by("type__form", "type__position", "dossier__unit__sort_text", "dossier", "position")
        return super().get_queryset()

    def page_columns(self):
        """With boxes."""
        boxes = ticks("de_nghi", "chosen", "Chọn mọi đề nghị trên trang này", called=lambda row: row.name)
        return [boxes, *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds the meeting."""
        return super().get_context_data(**frame(self.request, self.meeting, "candidates"), **kwargs)

    def post(self, request, *args, **kwargs):
        """Put on the agenda what was ticked, or all that the filter of the address leaves."""
        all_of_them = "all" in request.POST
        chosen = (
            list(self.get_queryset().values_list("pk", flat=True))
            if all_of_them
            else chosen_keys(request.POST, "de_nghi")
        )
        done = attempted(request, lambda: agenda.add(self.meeting, by=request.user, keys=chosen))
        if done is None:
            return redirect(request.get_full_path())
        words, onward = f"Chương trình nay có {done.items.count()} đề nghị.", reverse("council_agenda", args=[done.pk])
        if len(done.left_out) > agenda.NAMED:
            context = FRAME | {"left": done.left_out, "done": words, "onward": onward}
            return render(request, "awards/left_out.html", context)
        if done.left_out:
            messages.warning(request, agenda.left_words(done.left_out))
        messages.success(request, words)
        return redirect(onward)


@require_POST
def take_off(request, pk):
    """Take what was ticked off the agenda."""
    found = find(request, pk)
    if attempted(request, lambda: agenda.take_off(found, by=request.user, keys=chosen_keys(request.POST, "muc"))):
        messages.success(request, "Đã bỏ khỏi chương trình; các đề nghị đó trở lại chờ xét.")
    return redirect("council_agenda", pk)
