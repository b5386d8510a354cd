"""Pages on which a conference is begun and changed: its facts, programme, people, organising board, who came."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone

from documents.steps.accepting import accepted
from units.pages import form_page
from units.permissions import writers_only
from units.templatetags.parts import to
from units.text import key_or_none

from ..plans.models import Plan
from ..plans.rules import level_of
from . import actions, held
from .forms import BeginForm, EventForm, HoldForm, MemberFormSet, OtherForm, PartFormSet, PeopleForm, VersionForm
from .models import Event
from .page import find, frame
from .rules import Asked, asked_of, missing_parts, reviews_for, units_of

USUAL_SESSIONS = ["Phiên trù bị", "Phiên chính thức"]
USUAL_ROLES = ["Trưởng ban", "Phó Trưởng ban", "Phó Trưởng ban Thường trực", "Ủy viên", "Thư ký"]


# --- Begun


@writers_only
def begin(request, pk):
    """A conference of the own unit under the plan ``pk``; ``?don-vi=`` is the other unit one may begin it for."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).prefetch_related("levels"), pk=pk)
    found = _asked(request, plan)
    if there := Event.objects.visible_to(request.user).filter(plan=plan, unit=found.unit).first():
        messages.info(request, "Đơn vị đã có hội nghị theo kế hoạch này.")
        return redirect(there)
    event = Event(unit=found.unit, plan=plan, level=found.level)
    form = BeginForm(request.POST or None, instance=event)
    back = reverse("conferences")
    shown = {"up": to(plan.name, plan), "sub": f"{found.unit} · {found.level.name}: {found.level.span}", "back": back}
    return _begun(request, form, f"Lập hội nghị của {found.unit}", **shown)


def _asked(request, plan) -> Asked:
    """For which unit; raises ``PermissionDenied`` where the plan asks nothing of those that this person writes for."""
    asked = [
        Asked(plan, unit, level_of(plan.levels.all(), unit)) for unit in units_of(request.user, timezone.localdate())
    ]
    asked = [one for one in asked if one.level and plan.state == Plan.State.ISSUED]
    if not asked:
        raise PermissionDenied("Kế hoạch này không yêu cầu đơn vị bạn tổ chức hội nghị.")
    named = key_or_none(request.GET.get("don-vi", ""))
    begun = set(Event.objects.filter(plan=plan).order_by().values_list("unit", flat=True))
    # What is named, else what is not begun.
    return min(asked, key=lambda one: (one.unit.pk != named, one.unit.pk in begun))


@writers_only
def begin_other(request):
    """A conference that no plan asks for: review of a year, of a cluster, awards presented; ``?tong-ket=``: of a campaign."""
    key = key_or_none(request.GET.get("tong-ket", ""))
    initial = _of_review(reviews_for(request.user).filter(pk=key).first() if key else None)
    event = Event(unit=request.user.unit)
    form = OtherForm(request.POST or None, instance=event, user=request.user, initial=initial)
    back = reverse("conferences")
    return _begun(request, form, "Lập hội nghị khác", up=to("Hội nghị, đại hội", back), back=back)


def _of_review(review) -> dict:
    """What a conference begins with that sums up a campaign at ``review``; nothing without one."""
    if review is None:
        return {}
    name = f"Hội nghị {review.get_kind_display().lower()} {review.campaign}"[:300]
    facts = {"kind": Event.Kind.REVIEW, "name": name, "day": review.planned_on}
    return facts | {"review": review.pk, "unit": review.campaign.unit_id}


def _begun(request, form, title, **shown):
    if request.method == "POST" and form.is_valid():
        if accepted(form, lambda: actions.begin(form.instance, by=request.user, is_past=form.cleaned_data["is_past"])):
            messages.success(request, "Đã lập. Nay ghi chương trình, số người dự, ban tổ chức.")
            return redirect(form.instance)
        # A transaction that failed leaves a key that nothing has.
        form.instance.pk = None
    return form_page(request, form, title, area="conferences", tab="conferences", **shown)


def begin_offers(user) -> list[Asked]:
    """What the list of conferences offers this person to begin: as long as its window has not ended."""
    today = timezone.localdate()
    return [one for one in asked_of(user, today) if one.level.ends_on >= today]


# --- Changed


def _for(request, pk, step) -> Event:
    """A conference for a page that takes ``step``; raises ``PermissionDenied`` for who never may."""
    found = find(request, pk)
    if told := step.stranger(found, request.user):
        raise PermissionDenied(f"{told} Cần thay đổi, hãy liên hệ đơn vị đó.")
    return found


def _changing(step, make, title, template="_parts/form_page.html", told="Đã lưu.", **more):
    """A view that takes ``step`` with what ``make(request, event)`` gives: (form, lines or None, function of what was typed)."""

    def view(request, pk):
        found = _for(request, pk, step)
        if words := step.untimely(found, request.user):
            messages.error(request, words)
            return redirect(found)
        form, lines, typed = make(request, found)
        forms = [form, *([lines] if lines is not None else [])]
        are_valid = [one.is_valid() for one in forms]
        if request.method == "POST" and all(are_valid):
            seen = form.cleaned_data["version"] or 0
            if accepted(form, lambda: step(found, by=request.user, seen_version=seen, **typed())):
                messages.success(request, told)
                return redirect(found)
        shown = frame(request, found) | {"lines": lines} | more
        up, back = to(str(found), found), found.get_absolute_url()
        page = form_page(request, form, title, template=template, up=up, back=back, **shown)
        if lines is not None and request.method == "POST":
            page.status_code = 422
        return page

    return view


def _edited(request, event):
    typed = copy(event)
    form = EventForm(request.POST or None, instance=typed)
    return form, None, lambda: {"typed": typed, "is_past": form.cleaned_data["is_past"]}


def _programme(request, event):
    rows = list(event.parts.all())
    kept = [
        {name: getattr(row, name) for name in ("minutes", "speaker", "paper", "session", "on_day", "begins_at")}
        | {"content": row.words, "required": row.required_id}
        for row in rows
    ]
    missing = missing_parts(event, {row.required_id for row in rows})
    kept += [{"content": row.words, "minutes": row.minutes or 10, "required": row.pk} for row in missing]
    form = VersionForm(request.POST or None, event=event)
    lines = PartFormSet(request.POST or None, initial=kept, prefix="phan")
    asked = {row.pk: row.words for row in event.plan.required.all()} if event.plan_id else {}
    for line in lines.forms:
        line.asked = asked.get(key_or_none(str(line["required"].value())))
    return form, lines, lambda: {"parts": lines.parts()}


def _people(request, event):
    form = PeopleForm(request.POST or None, event=event)
    return form, None, lambda: {"people": form.people()}


def _board(request, event):
    kept = [{"name": row.name, "post": row.post, "role": row.role} for row in event.organisers.all()]
    form = VersionForm(request.POST or None, event=event)
    lines = MemberFormSet(request.POST or None, initial=kept, prefix="thanh-vien")
    return form, lines, lambda: {"members": lines.members()}


def _held(request, event):
    form = HoldForm(request.POST or None, event=event)
    return form, None, lambda: {"day": form.cleaned_data["day"], "came": form.came()}


_FORMS = "conferences/events/"
edit = _changing(actions.edit, _edited, "Sửa hội nghị")
programme = _changing(actions.set_programme, _programme, "Chương trình", f"{_FORMS}programme_form.html",
                      sessions=USUAL_SESSIONS)  # fmt: skip
people = _changing(actions.set_people, _people, "Số người dự, chi phí", f"{_FORMS}people_form.html")
board = _changing(actions.set_board, _board, "Ban tổ chức", f"{_FORMS}board_form.html", roles=USUAL_ROLES)
hold = _changing(held.hold, _held, "Ghi đã tổ chức", f"{_FORMS}hold_form.html",
                 told="Đã ghi. Nay báo cáo kết quả, thêm ảnh.")  # fmt: skip

urlpatterns = [
    path("hoi-nghi/lap/", begin_other, name="begin_other_conference"),
    path("hoi-nghi/ke-hoach/<int:pk>/lap/", begin, name="begin_conference"),
    path("hoi-nghi/<int:pk>/sua/", edit, name="edit_conference"),
    path("hoi-nghi/<int:pk>/chuong-trinh/", programme, name="edit_programme"),
    path("hoi-nghi/<int:pk>/nguoi-du/", people, name="edit_headcounts"),
    path("hoi-nghi/<int:pk>/ban-to-chuc/", board, name="edit_organisers"),
    path("hoi-nghi/<int:pk>/da-to-chuc/", hold, name="hold_conference"),
]
