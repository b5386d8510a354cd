"""Delegates of a conference: the list, one of them, typed, changed; what they are together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_page, step_view
from documents.steps.refusing import first_of
from units.columns import chosen_keys, ticks
from units.lists import OfficeList
from units.pages import form_page
from units.templatetags.parts import to

from ..events.page import find
from ..log import About
from . import actions
from .adding import OPEN, add_all
from .filters import DelegateFilter
from .forms import DelegateForm, DutyForm
from .models import Delegate
from .page import columns_of, find_delegate, frame, frame_of, headline, kept, rows_of, trait_words
from .qualifying import flagged, flags_of
from .rules import composition


class DelegateList(OfficeList):
    """The delegates of one conference, by name; a unit sees its own alone."""

    what = "đại biểu"
    filterset_class = DelegateFilter
    template_name = "conferences/delegates/delegates.html"
    frame = "conferences/events/base.html"
    paginate_by = 50
    sorts = {"ten": ["sort_text"], "doan": ["delegation__unit__sort_text", "sort_text"]}

    def setup(self, request, *args, **kwargs):
        """Which conference, and which units went into its unit."""
        super().setup(request, *args, **kwargs)
        self.event = find(request, kwargs["pk"])
        self.own = self.event.unit.with_predecessors(request.user.whole_pairs)
        self.columns = columns_of(self.event, self.own)
        self.export_name, self.export_title = "dai-bieu", f"Danh sách đại biểu {self.event}"
        self.decides = actions.keeps(self.event, request.user) and self.event.state in OPEN

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = rows_of(self.event, self.request.user)
        self.filterset = DelegateFilter(
            self.request.GET or None, queryset=rows, request=self.request, event=self.event, own=self.own
        )
        order = self.sorts.get(self.request.GET.get("sap", "").lstrip("-"), ["sort_text"])
        sign = "-" if self.request.GET.get("sap", "").startswith("-") else ""
        return self.filterset.qs.order_by(*(f"{sign}{name}" for name in order), "pk")

    def page_columns(self):
        """With boxes for who decides."""
        boxes = ticks("nguoi", "chosen", "Chọn mọi đại biểu trên trang này", called=lambda row: row.name)
        return [*([boxes] if self.decides else []), *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds how many there are, and what this person may do."""
        rows = Delegate.objects.filter(event=self.event).visible_to(self.request.user)
        more = {
            "counts": self._counts(),
            "to_look_at": flagged(rows, self.own).count(),
            "decides": self.decides,
            "duty_form": DutyForm() if self.decides else None,
        }
        return super().get_context_data(**frame(self.request, self.event), **more, **kwargs)

    def _counts(self):
        """How many come as what, for who keeps the conference: others see a part of them."""
        return headline(self.event) if self.event.is_kept_by(self.request.user) else []


@require_POST
def act_on_delegates(request, pk):
    """Accept those who were ticked, or give them a duty."""
    event = kept(request, pk)
    form, keys = DutyForm(request.POST), chosen_keys(request.POST, "nguoi")
    if not form.is_valid() or not keys:
        messages.error(request, "Hãy đánh dấu ít nhất một đại biểu rồi chọn việc.")
        return redirect("conference_delegates", pk)
    rows, act = Delegate.objects.filter(event=event, pk__in=keys), form.cleaned_data["act"]
    if act == "accept":
        outcome = attempted(request, lambda: actions.take_with(actions.accept, rows, by=request.user))
    else:
        duty = act.removeprefix("duty-")
        outcome = attempted(request, lambda: actions.take_with(actions.give_duty, rows, by=request.user, duty=duty))
    if outcome:
        _tell(request, outcome)
    return redirect("conference_delegates", pk)


def _tell(request, outcome):
    if outcome.done:
        messages.success(request, f"Đã ghi cho {len(outcome.done)} đại biểu.")
    if outcome.refused:
        told = first_of((f"{row}: {why}" for row, why in outcome.refused), "người", between=" ")
        messages.warning(request, f"{len(outcome.refused)} người chưa ghi được. {told}")


def delegates_composition(request, pk):
    """What the delegates of a conference are, against the plan's shares."""
    event = find(request, pk)
    if not event.is_kept_by(request.user):
        raise PermissionDenied(f"Cơ cấu đại biểu do cán bộ của {event.unit} theo dõi.")
    duties = Delegate.objects.filter(event=event).counted().exclude(duty="").order_by("sort_text", "pk")
    rows = list(duties)
    posts = [(post.label, [row for row in rows if row.duty == post]) for post in Delegate.Post]
    context = frame(request, event, "composition") | {"found": composition(event), "posts": posts}
    return render(request, "conferences/delegates/composition.html", context)


# --- One


def delegate(request, pk):
    """One delegate."""
    return _page(request, find_delegate(request, pk))


def _page(request, row, refused=None):
    own = row.event.unit.with_predecessors(request.user.whole_pairs)
    writes = actions.edit.may(row, request.user)
    counted = row.state in Delegate.COUNTED
    context = frame_of(request, row) | {
        "row": row,
        "traits": trait_words(row),
        "flags": flags_of(row, row.event, own) if counted else [],
        "other": Delegate.objects.filter(instead_of=row).first(),
        "steps": offers(actions.DELEGATES, row, request.user, refused),
        "may_edit": writes,
        "changes": history_of(About.DELEGATE, row.event_id).filter(of=row.pk)[:50],
    }
    return render(request, "conferences/delegates/delegate.html", context, status=422 if refused else 200)


delegate_step = step_view(actions.DELEGATES, find_delegate, _page)
replace_delegate = step_page(
    actions.replace, find_delegate, frame=lambda request, row: frame(request, row.event),
    template="conferences/delegates/replace.html",
)  # fmt: skip


def new_delegate(request, pk):
    """Type a delegate who is not among those whose awards are known: a guest, somebody who serves."""
    event = kept(request, pk)
    row = Delegate(event=event, role="guest")
    form = DelegateForm(request.POST or None, instance=row, event=event, user=request.user)
    if request.method == "POST" and form.is_valid():
        row.traits = form.cleaned_data["traits"]
        if accepted(form, lambda: add_all(event, [row], by=request.user)):
            messages.success(request, f"Đã thêm {row.name}.")
            return redirect("new_delegate" if "again" in request.POST else "conference_delegates", pk)
    shown = frame(request, event)
    template = "conferences/delegates/new.html"
    return form_page(
        request, form, "Thêm khách mời, người phục vụ", template=template, up=to("Đại biểu", _list_of(event)),
        back=_list_of(event), save="Thêm", **shown,
    )  # fmt: skip


def _list_of(event) -> str:
    return reverse("conference_delegates", args=[event.pk])


def edit_delegate(request, pk):
    """Change what is told of one."""
    row = find_delegate(request, pk)
    if told := actions.edit.stranger(row, request.user):
        raise PermissionDenied(told)
    if told := actions.edit.untimely(row, request.user):
        messages.error(request, told)
        return redirect(row)
    typed = Delegate.objects.select_related("delegation__unit", "event").get(pk=row.pk)
    form = DelegateForm(request.POST or None, instance=typed, event=row.event, user=request.user)
    if request.method == "POST" and form.is_valid():
        typed.traits = form.cleaned_data["traits"]
        if accepted(form, lambda: actions.edit(row, by=request.user, seen_version=form.seen, typed=typed)):
            messages.success(request, "Đã lưu.")
            return redirect(row)
    back = row.get_absolute_url()
    return form_page(request, form, "Sửa đại biểu", up=to(row.name, back), back=back, **frame_of(request, row))


urlpatterns = [
    path("hoi-nghi/<int:pk>/dai-bieu/", DelegateList.as_view(), name="conference_delegates"),
    path("hoi-nghi/<int:pk>/dai-bieu/viec/", act_on_delegates, name="act_on_delegates"),
    path("hoi-nghi/<int:pk>/dai-bieu/them/", new_delegate, name="new_delegate"),
    path("hoi-nghi/<int:pk>/co-cau/", delegates_composition, name="composition"),
    path("hoi-nghi/dai-bieu/<int:pk>/", delegate, name="delegate"),
    path("hoi-nghi/dai-bieu/<int:pk>/sua/", edit_delegate, name="edit_delegate"),
    path("hoi-nghi/dai-bieu/<int:pk>/thay/", replace_delegate, name="replace_delegate"),
    path("hoi-nghi/dai-bieu/<int:pk>/buoc/", delegate_step, name="delegate_step"),
]
