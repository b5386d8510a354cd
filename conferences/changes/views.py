"""Changes of conferences: all of them as a list, those of one beside what was planned; a new one typed, shown with everything
that depends on it, confirmed or made into a letter; requests decided."""

from datetime import date

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from documents.areas.papers import name_of
from documents.models import Document
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from documents.steps.refusing import Refused
from units.columns import Column, InFile, state
from units.lists import OfficeList
from units.permissions import may_manage, may_oversee
from units.workdays import Calendar

from ..events.models import Event, Role
from ..events.page import find, frame, stopped
from ..plans.rules import day_warnings
from . import actions, papers
from .consequences import consequences
from .filters import ChangeFilter
from .forms import ChangeForm, asked_kind
from .models import Change
from .rules import kept_by, kinds_for

Kind = Change.Kind
_SHOWN = {"day": "Ngày", "until": "Đến ngày", "begins_at": "Giờ", "place": "Địa điểm"}


class ChangeList(OfficeList):
    """Changes that one may see, the latest first."""

    what = "lần rút gọn, hoãn, dừng"
    filterset_class = ChangeFilter
    template_name = "conferences/changes/changes.html"
    export_name = "rut-gon-hoan-dung"
    export_title = "Rút gọn, hoãn, dừng hội nghị"
    sorts = {"ngay": ["day"], "don-vi": ["event__unit__sort_text"]}
    columns = [
        Column("Hội nghị", "event.name", main=True, clip=True, note="reason"),
        InFile("Lý do", "reason"),
        Column("Đơn vị", "event.unit", sort="don-vi", label="Đơn vị"),
        Column("Việc", "get_kind_display", label="Việc"),
        Column("Từ ngày", "day", sort="ngay", look="nowrap", label="Từ"),
        InFile("Văn bản", "document.name"),
        InFile("Được tự quyết định vì", "right"),
        InFile("Ý kiến của Sở Nội vụ", "decided_for"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Of conferences that one may see."""
        seen = Event.objects.visible_to(self.request.user).order_by().values("pk")
        rows = Change.objects.filter(event__in=seen).select_related("event__unit", "document__type")
        self.queryset = rows.order_by("-at", "-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is, and how many wait for the department."""
        waiting = None
        if may_oversee(self.request.user):
            waiting = Change.objects.filter(state=Change.State.FLAGGED).count()
        return super().get_context_data(area="conferences", tab="changes", waiting=waiting, **kwargs)


# --- Those of one conference


def _rows_of(event, user) -> list[Change]:
    """Its changes, the latest first, each with ``told``: (what, before, after) of what it changed, and its paper where open."""
    related = ["document__type", "instead__type", "by__unit", "decided_by__unit"]
    # What steps ask of the conference, once for all of them.
    prefetch_related_objects([event], Prefetch("adjustments", Change.objects.select_related(*related)), "headcounts")
    rows = list(event.adjustments.all())
    keys = {key for row in rows for key in (row.document_id, row.instead_id) if key}
    opened = set(Document.objects.open_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    for row in rows:
        row.event, row.told = event, list(_told(row))
        row.opens, row.opens_instead = row.document_id in opened, row.instead_id in opened
    return rows


def _told(row):
    for name, label in _SHOWN.items():
        if row.before[name] != row.after[name]:
            yield label, _value(name, row.before[name]), _value(name, row.after[name])
    if row.before["is_full"] != row.after["is_full"]:
        yield "Họp", "toàn thể", "đại biểu"
    for role, number in row.before["people"].items():
        if row.after["people"].get(role, number) != number:
            yield Role(role).label, number, row.after["people"][role]


def _value(name, value):
    if not value:
        return "để trống"
    return (
        f"{date.fromisoformat(value):%d/%m/%Y}"
        if name in ("day", "until")
        else value[:5]
        if name == "begins_at"
        else value
    )


def event_changes(request, pk):
    """What was planned, what it became, what was done."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    user, rows = request.user, _rows_of(found, request.user)
    for row in rows:
        row.steps = offers(actions.CHANGES, row, user, refused if refused and refused.row.pk == row.pk else None)
        row.may_answer = may_manage(user) and row.state in (Change.State.ALLOWED, Change.State.REFUSED)
        row.may_answer = row.may_answer and row.decided_by_id is not None
    heads = list(found.headcounts.all())
    shown = (
        frame(request, found, "changes")
        | stopped(request, found)
        | {
            "rows": rows,
            "heads": heads,
            "first": sum(row.first or row.number for row in heads),
            "planned": sum(row.number for row in heads),
            "came": sum(row.came or 0 for row in heads),
            "kept": kept_by(found, found.parts.all()) if found.state in Event.COMING else [],
            "kinds": [kind for kind in kinds_for(found) if _may(found, kind, user)],
            "letters": papers.letters_of(found, user),
        }
    )
    return render(request, "conferences/changes/event.html", shown, status=422 if refused else 200)


def _may(event, kind, user) -> bool:
    try:
        actions.refuse_who(event, actions.Wish(kind), user)
    except Refused:
        return False
    return True


def _find_change(request, pk) -> Change:
    seen = Event.objects.visible_to(request.user).order_by().values("pk")
    rows = Change.objects.filter(event__in=seen).select_related("event__unit__sector", "event__plan", "event__level")
    return get_object_or_404(rows, pk=pk)


change_step = step_view(
    actions.CHANGES, _find_change, lambda request, row, refused: _page(request, find(request, row.event_id), refused),
    onward=lambda row: reverse("conference_changes", args=[row.event_id]),
)  # fmt: skip


@require_POST
def draft_answer(request, pk):
    """The letter by which the department answers a request."""
    row = _find_change(request, pk)
    paper = attempted(request, lambda: papers.draft_answer(row, by=request.user))
    return redirect(paper or reverse("conference_changes", args=[row.event_id]))


# --- A new one


def new_change(request, pk):
    """What is to become of a conference: typed, shown with everything that depends on it, confirmed; or made into a letter."""
    found = find(request, pk)
    kinds = [kind for kind in kinds_for(found) if _may(found, kind, request.user)]
    if not kinds:
        return _not_so(request, found)
    if request.method == "POST":
        step = "switch" if "to" in request.POST else request.POST.get("step", "")
        return _STEPS.get(step, _review)(request, found, kinds)
    kind = asked_kind(request.GET.get("viec", ""), kinds)
    form = _form(request, found, kind if kind in kinds else kinds[0], initial={"paper": request.GET.get("van-ban", "")})
    return _form_page(request, found, form, kinds)


def _not_so(request, event):
    if event.state in Event.COMING:
        words = f"Việc này do cán bộ của {event.unit} làm."
    else:
        words = f"Hội nghị đang ở bước «{event.get_state_display()}» nên không rút gọn, hoãn, dừng được nữa."
    messages.error(request, words)
    return redirect("conference_changes", event.pk)


def _form(request, event, kind, **options) -> ChangeForm:
    return ChangeForm(event=event, user=request.user, kind=kind, **options)


def _typed(request, event, kinds, **options) -> ChangeForm:
    kind = asked_kind(request.POST.get("kind", ""), kinds)
    return _form(request, event, kind, data=request.POST, **options)


def _form_page(request, event, form, kinds):
    letters = list(papers.letters_of(event, request.user))
    for letter in letters:
        letter.tells = name_of(letter)
    shown = frame(request, event, "changes") | {
        "form": form,
        "tabs": [tab for tab in form.tabs if tab[0] in kinds],
        "letters": letters,
        "kept": kept_by(event, event.parts.all()) if form.chosen == Kind.REDUCE else [],
    }
    return render(request, "conferences/changes/change.html", shown, status=422 if form.errors else 200)


def _switch(request, event, kinds):
    kind = asked_kind(request.POST.get("to", "") or request.POST.get("kind", ""), kinds)
    return _form_page(request, event, _form(request, event, kind, initial=request.POST.dict()), kinds)


def _review(request, event, kinds):
    """The page that shows everything that depends on it."""
    form = _typed(request, event, kinds)
    if not (form.is_valid() and accepted(form, lambda: actions.check(event, form.wish(), **_seen(request, form)))):
        return _form_page(request, event, form, kinds)
    wish = form.wish()
    heads = event.headcounts.all() if form.chosen == Kind.REDUCE else ()
    shown = frame(request, event, "changes") | {
        "form": form,
        "wish": wish,
        "people": [(row.get_role_display(), row.number, wish.people.get(row.role, row.number)) for row in heads],
        "right": actions.right_for(event, wish, request.user),
        "told": consequences(event, form.chosen, wish.people),
        "warnings": _days_off(wish),
    }
    return render(request, "conferences/changes/confirm.html", shown)


def _days_off(wish) -> list[str]:
    """On which of the new days offices do not work."""
    if wish.new_day is None:
        return []
    return day_warnings(wish.new_day, wish.new_until, Calendar(wish.new_day, wish.new_until or wish.new_day))


def _seen(request, form) -> dict:
    return {"by": request.user, "seen_version": form.cleaned_data.get("version") or 0}


def _confirm(request, event, kinds):
    form, made = _typed(request, event, kinds), []
    if form.is_valid() and accepted(
        form, lambda: made.append(actions.change(event, form.wish(), **_seen(request, form)))
    ):
        waits = made[0].state == Change.State.FLAGGED
        messages.success(request, "Đã gửi đề nghị, chờ Sở Nội vụ quyết định." if waits else "Đã ghi.")
        return redirect("conference_changes", event.pk)
    return _form_page(request, event, form, kinds)


def _draft(request, event, kinds):
    form, made = _typed(request, event, kinds, drafting=True), []
    if form.is_valid() and accepted(form, lambda: made.append(papers.draft(event, form.wish(), by=request.user))):
        messages.success(request, "Đã soạn dự thảo. Khi công văn đã ban hành, hãy quay lại ghi số của công văn.")
        return redirect(made[0])
    return _form_page(request, event, form, kinds)


_STEPS = {"switch": _switch, "review": _review, "confirm": _confirm, "draft": _draft}

urlpatterns = [
    path("hoi-nghi/thay-doi/", ChangeList.as_view(), name="changes_of_conferences"),
    path("hoi-nghi/<int:pk>/thay-doi/", event_changes, name="conference_changes"),
    path("hoi-nghi/<int:pk>/thay-doi/ghi/", new_change, name="change_conference"),
    path("hoi-nghi/thay-doi/<int:pk>/buoc/", change_step, name="change_step"),
    path("hoi-nghi/thay-doi/<int:pk>/tra-loi/", draft_answer, name="draft_change_answer"),
]
