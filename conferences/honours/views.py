"""Those honoured at a conference: the list in the order of calling, where they are chosen from, one of them, script, booklet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from awards.models import Occasion
from awards.presentation.forms import HoldForm
from awards.presentation.papers import rows_of as lines_of
from documents.areas.papers import name_of
from documents.jobs.models import Job
from documents.printing.showing import inline
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from documents.steps.refusing import first_of
from documents.typesetting.apart import NotSet
from documents.typesetting.pdf import PackagesMissing
from units.columns import Column, InFile, OnPage, chosen_keys, ticks, toned
from units.lists import OfficeList
from units.pages import form_page
from units.templatetags.parts import to
from units.text import key_or_none

from ..events.models import OF_EVENT, Event, Paper
from ..events.page import find, frame, refuse_stranger
from ..events.papers import draft
from . import actions, booklet
from .actions import HONOURS
from .filters import HonourFilter
from .forms import HonourForm
from .models import Honour, is_read_by
from .rules import OPEN, beyond, cancelled, differs, occasion_of, units_of

TAB = "honours"


def _post_and_unit(row) -> str:
    return " · ".join(filter(None, (row.get_kind_display(), row.post, str(row.unit or ""))))


def _for(row) -> str:
    late = " (truy tặng)" if row.is_posthumous else ""
    return f"{row.title}{late}"


def _source(row) -> str:
    if row.award_id:
        lost = " · đã hủy" if row.award.cancelled_on or not row.award.stands else ""
        return f"{row.award.decision.number} ngày {row.award.decided_on:%d/%m/%Y}{lost}"
    return "Gương điển hình" if row.example_id else "Nêu tên tại đây"


def _presented(row):
    return toned("done", "Trao tại hội nghị") if row.is_presented else ""


class HonourList(OfficeList):
    """Those honoured at one conference, in the order in which they are called."""

    what = "người, tập thể"
    model = Honour
    filterset_class = HonourFilter
    frame = "conferences/events/base.html"
    template_name = "conferences/honours/honours.html"
    export_name = "ton-vinh"
    columns = [
        Column("TT", "position", look="nowrap", label="TT"),
        Column("Người, tập thể", "name", main=True, note=_post_and_unit),
        InFile("Là", "get_kind_display"),
        InFile("Chức vụ, công việc", "post"),
        InFile("Đơn vị", "unit"),
        Column("Vì", _for, note=_source, label="Vì"),
        InFile("Căn cứ", _source),
        Column("Trao", lambda row: "Trao tại hội nghị" if row.is_presented else "", shown=_presented, label="Trao"),
        Column("Tiểu sử, ảnh", lambda row: row.consent.label, shown=lambda row: row.consent, label="Tiểu sử, ảnh"),
    ]

    def dispatch(self, request, *args, **kwargs):
        """For everybody who sees the conference."""
        self.event: Event = find(request, kwargs["pk"])
        self.export_title = f"Tôn vinh: {self.event}"
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """Scoped before anything is filtered."""
        related = ("award__type", "award__decision", "example", "unit")
        self.queryset = Honour.objects.filter(event=self.event).select_related(*related).order_by("position", "pk")
        return super().get_queryset()

    def page_columns(self):
        """With boxes and arrows for who writes the list."""
        if not self.may_change:
            return super().page_columns()
        boxes = ticks("dong", "chosen", "Chọn mọi dòng trên trang này", called=lambda row: row.name)
        return [boxes, *super().page_columns(), OnPage("", lambda row: "", look="text-end")]

    @property
    def may_change(self) -> bool:
        """Whether this person writes the list now."""
        return actions.name_one.may(self.event, self.request.user)

    def get_context_data(self, **kwargs):
        """Adds what may be done, what is wrong, the occasion, papers."""
        event, user = self.event, self.request.user
        shown = frame(self.request, event, TAB) | _whole(event, user) | {"may_change": self.may_change}
        return super().get_context_data(**shown, **kwargs)


# So many are named above the list; how many more there are is told.
_NAMED = 8


def _whole(event, user) -> dict:
    """What the page tells of all that are honoured, without reading all of them."""
    occasion, reads = occasion_of(event), is_read_by(event, user)
    numbers = event.honours.aggregate(number=Count("pk"), presented=Count("pk", filter=Q(is_presented=True)))
    is_planned = bool(occasion) and occasion.state == Occasion.State.PLANNED
    kept = actions.KEEPING.may(event, user)
    left_out = booklet.left_out(event)
    return numbers | {
        "reads": reads,
        "left_out": left_out[:_NAMED] if reads else (),
        "left_out_more": max(left_out.count() - _NAMED, 0) if reads else 0,
        "lost": [row.name for row in cancelled(event)[:_NAMED]] if kept else (),
        "occasion": occasion if kept else None,
        "beyond": first_of(beyond(event, occasion).values_list("name", flat=True), "người, tập thể", between=", ")
        if kept and is_planned and event.state in OPEN
        else "",
        "differs": kept and is_planned and event.state in OPEN and differs(event, occasion),
        "may_hold": kept and is_planned and event.state in Event.DONE,
        "may_drop": kept and is_planned and event.state == Event.State.STOPPED,
        "papers": [one for one in OF_EVENT.of(event.pk).open_to(user) if name_of(one) == Paper.SCRIPT],
    }


# --- What is done with the list


_STEPS = {
    "out": (actions.leave_out, "Đã bỏ khỏi danh sách."),
    "present": (actions.present, "Đã đưa vào lần trao của hội nghị."),
    "unpresent": (actions.unpresent, "Đã bỏ khỏi lần trao; khen thưởng chọn được cho dịp khác."),
}
_WHOLE = {
    "sort": (actions.sort, "Đã xếp theo thứ bậc khen thưởng."),
    "follow": (actions.follow, "Lần trao nay cùng ngày, địa điểm với hội nghị."),
    "drop": (actions.drop_occasion, "Đã bỏ lần trao; khen thưởng chọn được cho dịp khác."),
}


@require_POST
def change_honours(request, pk):
    """What is done with those that were ticked, or with all."""
    found = kept(request, pk)
    name = next((name for name in (*_STEPS, *_WHOLE) if name in request.POST), None)
    if name is None:
        raise Http404
    typed = {"keys": chosen_keys(request.POST, "dong")} if name in _STEPS else {}
    step, told = (_STEPS | _WHOLE)[name]
    if attempted(request, lambda: step(found, by=request.user, **typed)):
        messages.success(request, told)
    return redirect(_back(request, found))


@require_POST
def move_honour(request, pk):
    """One up or down, or to a number."""
    found = kept(request, pk)
    key, place = key_or_none(request.POST.get("dong", "")), key_or_none(request.POST.get("cho", ""))
    attempted(request, lambda: actions.move(found, by=request.user, key=key, place=place or 1))
    return redirect(_back(request, found))


def kept(request, pk) -> Event:
    """A conference that this person keeps; 403 for others who see it."""
    found = find(request, pk)
    refuse_stranger(request, found)
    return found


def _back(request, event) -> str:
    page = key_or_none(request.POST.get("page", ""))
    return f"{list_of(event)}?page={page}" if page else list_of(event)


def list_of(event) -> str:
    """The page of all that are honoured at ``event``."""
    return reverse("honours", args=[event.pk])


# --- Named


def name_honour(request, pk):
    """Name one with a reason."""
    found = kept(request, pk)
    if told := actions.name_one.untimely(found, request.user):
        messages.error(request, told)
        return redirect(list_of(found))
    form = _form(request, found, Honour(event=found), initial={"unit": found.unit_id})
    if request.method == "POST" and form.is_valid():
        typed = {"honour": form.instance, "portrait": form.cleaned_data["files"]}
        if accepted(form, lambda: actions.name_one(found, by=request.user, **typed)):
            messages.success(request, "Đã thêm. Muốn in tiểu sử, ảnh của cá nhân thì ghi sự đồng ý.")
            return redirect(list_of(found))
        form.instance.pk = None
    return _form_page(request, found, form, "Nêu tên người, tập thể", list_of(found))


def _form(request, event, honour, **more):
    return HonourForm(
        request.POST or None, request.FILES or None, instance=honour, units=units_of(event, request.user), **more
    )


def _form_page(request, event, form, title, back):
    shown = frame(request, event, TAB)
    return form_page(request, form, title, up=to("Tôn vinh", list_of(event)), back=back, **shown)


# --- One of them


def _find(request, pk) -> Honour:
    """One honoured at a conference that this person may see; else 404."""
    seen = Event.objects.visible_to(request.user).order_by().values("pk")
    related = (
        "event__unit",
        "event__plan",
        "award__type",
        "award__decision",
        "example__picture",
        "portrait",
        "consent_file",
        "unit",
    )
    return get_object_or_404(Honour.objects.filter(event__in=seen).select_related(*related), pk=pk)


def honour(request, pk):
    """One who is honoured: for what, biography and portrait, the consent."""
    return _page(request, _find(request, pk))


def _page(request, found, refused=None):
    event, user = found.event, request.user
    reads = is_read_by(event, user)
    shown = {
        "honour": found,
        "reads": reads,
        "shows": reads or found.is_printable,
        "may_edit": actions.edit.may(found, user),
        "steps": offers(HONOURS, found, user, refused),
        "last": event.honours.count(),
        "may_move": actions.move.may(event, user),
    }
    status = 422 if refused else 200
    return render(request, "conferences/honours/honour.html", frame(request, event, TAB) | shown, status=status)


honour_step = step_view(HONOURS, _find, _page)


def edit_honour(request, pk):
    """Other words, another portrait."""
    found = _find(request, pk)
    if told := actions.edit.stranger(found, request.user):
        raise PermissionDenied(told)
    if told := actions.edit.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    form = _form(request, found.event, found)
    if request.method == "POST" and form.is_valid():
        typed = {"typed": form.instance, "portrait": form.cleaned_data["files"]}
        typed |= {"drop_portrait": form.cleaned_data.get("drop_portrait", False), "seen_version": form.seen}
        if accepted(form, lambda: actions.edit(found, by=request.user, **typed)):
            messages.success(request, "Đã lưu.")
            return redirect("honour", pk)
    return _form_page(request, found.event, form, "Sửa", found.get_absolute_url())


# --- Who took the awards, script, booklet


def hold_honours(request, pk):
    """Who took each award, after the conference was held."""
    found = kept(request, pk)
    occasion = occasion_of(found)
    if told := actions.hold.untimely(found, request.user) or _nothing_to_hold(occasion):
        messages.error(request, told)
        return redirect(list_of(found))
    form = HoldForm(request.POST or None, occasion=occasion, rows=lines_of(occasion))
    if request.method == "POST" and form.is_valid():
        taken = form.taken()
        if accepted(form, lambda: actions.hold(found, by=request.user, taken=taken)):
            messages.success(request, "Đã ghi kết quả trao. Sổ trao thưởng có lần trao này.")
            return redirect(list_of(found))
    shown = frame(request, found, TAB) | {"occasion": occasion}
    return form_page(
        request, form, "Ghi kết quả trao", template="awards/presentation/hold.html", up=to("Tôn vinh", list_of(found)),
        back=list_of(found), **shown,
    )  # fmt: skip


def _nothing_to_hold(occasion) -> str:
    is_planned = occasion and occasion.state == Occasion.State.PLANNED
    return "" if is_planned else "Hội nghị không có lần trao nào đang chờ ghi kết quả."


@require_POST
def write_script(request, pk):
    """A draft of the script of the honouring."""
    found = kept(request, pk)
    return redirect(attempted(request, lambda: draft(found, Paper.SCRIPT, by=request.user)) or list_of(found))


@require_POST
def print_booklet(request, pk):
    """The booklet: at once, or by a worker where it is long."""
    found = find(request, pk)
    size = request.POST.get("kho", booklet.Size.A5)
    if size not in booklet.Size.values:
        raise Http404
    try:
        made = attempted(request, lambda: booklet.begin(found, size, by=request.user))
    except (NotSet, PackagesMissing) as why:
        messages.error(request, str(why))
        made = None
    if made is None:
        return redirect(list_of(found))
    return redirect(made) if isinstance(made, Job) else inline(made, f"ky-yeu-{found.pk}")


urlpatterns = [
    path("hoi-nghi/<int:pk>/ton-vinh/", HonourList.as_view(), name="honours"),
    path("hoi-nghi/<int:pk>/ton-vinh/doi/", change_honours, name="change_honours"),
    path("hoi-nghi/<int:pk>/ton-vinh/chuyen/", move_honour, name="move_honour"),
    path("hoi-nghi/<int:pk>/ton-vinh/them/", name_honour, name="name_honour"),
    path("hoi-nghi/<int:pk>/ton-vinh/ket-qua/", hold_honours, name="hold_honours"),
    path("hoi-nghi/<int:pk>/ton-vinh/loi-dan/", write_script, name="write_honour_script"),
    path("hoi-nghi/<int:pk>/ton-vinh/ky-yeu/", print_booklet, name="print_booklet"),
    path("hoi-nghi/ton-vinh/<int:pk>/", honour, name="honour"),
    path("hoi-nghi/ton-vinh/<int:pk>/sua/", edit_honour, name="edit_honour"),
    path("hoi-nghi/ton-vinh/<int:pk>/buoc/", honour_step, name="honour_step"),
]
