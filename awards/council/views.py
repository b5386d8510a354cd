"""Meetings of the council: the list, one with its agenda, members and result, steps; nominations chosen for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_page, step_view
from units.columns import Column, InFile, OnPage, chosen_keys, state, ticks, toned
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import managers_only, may_manage, may_oversee

from ..catalogue.book import book_of, called
from ..log import About
from . import actions, agenda, counting
from . import papers as meeting_papers
from .filters import CandidateFilter, ItemFilter, MeetingFilter
from .forms import AttendanceForm, MeetingForm
from .models import OF_MEETING, Council, Item, Meeting
from .rules import (
    STEPS,
    State,
    attendance,
    body_of,
    is_out,
    members_for,
    namesakes,
    ready,
    seat_of,
    seats_of,
    thresholds,
)

FRAME = {"area": "council_meetings"}


class MeetingList(OfficeList):
    """Meetings and votes in writing, the next first."""

    what = "cuộc họp"
    filterset_class = MeetingFilter
    template_name = "awards/council/meetings.html"
    export_name = "hop-hoi-dong"
    export_title = "Các cuộc họp, lấy phiếu của Hội đồng Thi đua - Khen thưởng"
    sorts = {"ngay": ["held_on"]}
    columns = [
        Column("Nội dung", "title", main=True, note=lambda row: row.council.name),
        Column("Ngày", "held_on", sort="ngay", label="Ngày", look="nowrap"),
        Column("Ai xét", lambda row: row.get_body_display() if row.body else "Theo chương trình", label="Ai xét"),
        Column("Cách làm", lambda row: "Họp" if row.way == "meeting" else "Bằng văn bản", label="Cách"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = Meeting.objects.visible_to(self.request.user).select_related("council")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds what this person may do."""
        user = self.request.user
        known = {"may_manage": may_manage(user), "has_council": Council.objects.exists(), "tab": "meetings"}
        return super().get_context_data(**known, **FRAME, **kwargs)


def find(request, pk) -> Meeting:
    """A meeting that this person may see; else 404."""
    rows = Meeting.objects.visible_to(request.user).select_related("council__unit", "author")
    return get_object_or_404(rows, pk=pk)


def meeting(request, pk):
    """One meeting: what is done next, who came, who voted, its papers."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    user = request.user
    seat = seat_of(found, user)
    context = frame(request, found, "meeting") | {
        "steps": offers(STEPS, found, user, refused),
        "seat": seat,
        "may_vote": actions.vote.may(found, user) if seat else False,
        "vote_fault": actions.vote.untimely(found, user) if seat and found.state == State.OPEN else "",
        "attendance": attendance(found),
        "awards": _awards(found),
        "papers": OF_MEETING.of(found.pk).open_to(user).order_by("pk"),
        "papers_to_draft": meeting_papers.to_draft(found) if may_manage(user) else (),
        "count_fault": counting.fault_of_counting(found, user) if found.state == State.OPEN else "",
    }
    if may_oversee(user):
        context |= {"changes": history_of(About.MEETING, found.pk)[:60], "namesakes": namesakes(found)}
    return render(request, "awards/council/meeting.html", context, status=422 if refused else 200)


def frame(request, found, tab):
    user = request.user
    may = {what for what, step in STEPS.items() if step.may(found, user)}
    shown = {"meeting": found, "tab": tab, "may": may, "seats": seats_of(found), "oversees": may_oversee(user)}
    return FRAME | shown | {"agenda_url": reverse("council_agenda", args=[found.pk])}


def _awards(found):
    """Of each award on the agenda: how many, what it needs, how many may be chosen, how many passed."""
    types = found.types
    bounds, passed = found.most_by_type, found.passed_by_type
    body = body_of(found, [row.code for row in types])
    is_open = not (found.body or types)
    whole = found.entitled or (None if is_open else len(members_for(found, body)))
    rules = thresholds(found, types, whole)
    book = book_of(found.held_on)
    rows = [(award, award.number, rules[award.pk], bounds.get(award.pk), passed.get(award.pk, 0)) for award in types]
    # Awards that the office's rule lays before all of the council, and that stand before a part of it.
    own = {row.value for award in types if (row := book.the("body", award.code))}
    return {
        "rows": rows,
        "whole": whole,
        "body": "Theo chương trình" if is_open else Meeting.Body(body).label,
        "too_small": body == Meeting.Body.STANDING and Meeting.Body.FULL in own,
        "total": sum(award.number for award in types),
        "secret": any(rule and rule.is_secret for rule in rules.values()),
    }


step = step_view(STEPS, find, _page)


def _around(request, found):
    return frame(request, found, "meeting") | {"frame": "awards/council/base.html"}


def _count_around(request, found):
    return _around(request, found) | {"silent": counting.silent(found), "attendance": attendance(found)}


cancel = step_page(actions.cancel, find, frame=_around)
annul = step_page(counting.annul, find, frame=_around)


count = step_page(counting.count, find, frame=_count_around, template="awards/council/count.html")


@managers_only
def new_meeting(request):
    """Prepare one."""
    today = timezone.localdate()
    every = list(Council.objects.all())
    council = next((row for row in every if row.in_force(today)), None) or next(iter(every), None)
    if council is None:
        messages.error(request, "Chưa có Hội đồng nào. Hãy ghi Hội đồng và thành viên theo quyết định thành lập trước.")
        return redirect("new_council")
    form = MeetingForm(request.POST or None, instance=Meeting(council=council, held_on=today), councils=every)
    return _edit(request, form, "Lập cuộc họp, lấy phiếu")


@managers_only
def edit_meeting(request, pk):
    """Change it before it is called."""
    found = find(request, pk)
    if told := actions.edit.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    return _edit(request, MeetingForm(request.POST or None, instance=found), "Sửa cuộc họp, lấy phiếu")


def _edit(request, form, title):
    is_new, back = form.instance.pk is None, form.instance if form.instance.pk else "council_meetings"
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: actions.save(form.instance, by=request.user, seen_version=form.seen)):
            messages.success(request, "Đã lập. Hãy chọn đề nghị đưa vào chương trình." if is_new else "Đã lưu.")
            return redirect("council_candidates", form.instance.pk) if is_new else redirect(form.instance)
        form.instance.pk = None if is_new else form.instance.pk
    return form_page(request, form, title, back=back, **FRAME)


# --- The agenda


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


# --- Who came, papers


def attend(request, pk):
    """Who takes part and how."""
    found = find(request, pk)
    if told := actions.attend.stranger(found, request.user):
        raise PermissionDenied(told)
    if told := actions.attend.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    form = AttendanceForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _attend(found, request.user, form)):
        messages.success(request, "Đã ghi điểm danh.")
        return redirect(found)
    context = frame(request, found, "meeting") | {"attendance": attendance(found), "back": found}
    return form_page(request, form, "Điểm danh", template="awards/council/attend.html", up=found, **context)


def _attend(found, user, form):
    actions.attend(found, by=user, **form.typed())


@require_POST
@managers_only
def draft_paper(request, pk, kind):
    """Have the invitation, the minutes or the submission drafted."""
    found = find(request, pk)
    if kind not in meeting_papers.TYPES:
        raise Http404
    document = attempted(request, lambda: meeting_papers.draft(found, kind, by=request.user))
    if document:
        messages.success(request, "Đã soạn dự thảo.")
    return redirect(document or found)
