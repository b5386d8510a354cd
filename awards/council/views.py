"""Meetings of the council: the list, one with its members and result, steps; who came, papers."""

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
from units.columns import Column, state
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import managers_only, may_manage, may_oversee

from ..catalogue.book import book_of
from ..log import About
from . import actions, counting
from . import papers as meeting_papers
from .filters import MeetingFilter
from .forms import AttendanceForm, MeetingForm
from .models import OF_MEETING, Council, Meeting
from .rules import (
    STEPS,
    State,
    attendance,
    body_of,
    members_for,
    namesakes,
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
