"""Rounds of notices: what lies in the store, one notice a unit, their papers approved and issued together; a unit's notice."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from documents.jobs.actions import print_many
from documents.life import many
from documents.life.actions import STEPS
from documents.models import history_of
from documents.printing.showing import made_pdf
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from documents.typesetting.qr import qr
from units.columns import Column, InFile, state
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import may_keep_store, may_manage, may_see_store, store_keepers_only, store_only
from units.templatetags.parts import to

from ..items.models import Due
from ..log import About
from . import papers, rounds, sheet
from .filters import NoticeFilter, RoundFilter
from .forms import ManyForm, RoundForm
from .models import OF_NOTICE, OF_ROUND, Handover, Notice, Round
from .rules import live

FRAME = {"area": "items", "tab": "handover", "part": "rounds"}
_HELD = Q(dues__state=Due.State.RESERVED, dues__award__stands=True, dues__award__cancelled_on=None)


class RoundList(OfficeList):
    """Rounds, the latest first."""

    what = "đợt thông báo"
    filterset_class = RoundFilter
    template_name = "awards/handover/rounds.html"
    export_name = "dot-thong-bao-nhan-hien-vat"
    export_title = "Các đợt thông báo nhận hiện vật"
    sorts = {"ngay": ["begins_on"]}
    columns = [
        Column("Đợt thông báo", "subject", main=True, note="place"),
        InFile("Nơi nhận", "place"),
        Column("Nhận từ", "begins_on", sort="ngay", look="nowrap", label="Từ"),
        Column("Đến hết", "ends_on", look="nowrap", label="Đến"),
        Column("Số đơn vị", "units", look="points", label="Đơn vị"),
        Column("Đã thông báo", "told", look="points", label="Đã thông báo"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """All rounds: the list is the department's."""
        sent = Count("notices", filter=Q(notices__sent_on__isnull=False))
        self.queryset = Round.objects.annotate(units=Count("notices"), told=sent).order_by("-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds how much lies in the store and is not told of."""
        context = super().get_context_data(sees_store=True, **FRAME, **kwargs)
        return context | {"waiting": rounds.dues_of().count(), "may_keep": may_keep_store(self.request.user)}


@store_keepers_only
def new_round(request):
    """A round of what lies in the store, of some decisions or of a span of days."""
    form = RoundForm(request.POST or None, instance=Round())
    made = []
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("decisions", "since", "until")}
        accepted(form, lambda: made.extend(rounds.make(form.instance, by=request.user, **chosen)))
    if made:
        messages.success(request, f"Đã lập đợt thông báo cho {made[0].notices.count()} đơn vị.")
        if made[1]:
            messages.warning(request, f"Chưa rõ đơn vị nào nhận thay: {'; '.join(made[1][:5])}.")
        return redirect(made[0])
    up = to("Thông báo nhận hiện vật", reverse("collection_rounds"))
    return form_page(
        request, form, "Lập đợt thông báo nhận hiện vật", up=up, back="collection_rounds", save="Lập đợt", **FRAME
    )


def find(request, pk) -> Round:
    """A round; else 404. Units see their notice alone."""
    if not may_see_store(request.user):
        raise Http404
    return get_object_or_404(Round.objects.select_related("by__unit"), pk=pk)


@store_keepers_only
def edit_round(request, pk):
    """Place, days, hours, words; units get their turns anew."""
    found = find(request, pk)
    if told := rounds.edit.stranger(found, request.user) or rounds.edit.untimely(found, request.user):
        messages.error(request, told)
        return redirect(found)
    form = RoundForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        fresh, facts = Round.objects.get(pk=pk), form.typed()
        if accepted(form, lambda: rounds.edit(fresh, by=request.user, seen_version=form.seen, **facts)):
            messages.success(request, "Đã lưu; giờ nhận của các đơn vị xếp lại.")
            return redirect(found)
    back = found.get_absolute_url()
    return form_page(request, form, "Sửa đợt thông báo", up=to(found.subject, back), back=back, **FRAME)


class RoundPage(OfficeList):
    """One round: its notices, its papers and what may be done with all of them."""

    what = "đơn vị"
    filterset_class = NoticeFilter
    template_name = "awards/handover/round.html"
    paginate_by = 50
    sorts = {"gio": ["slot"], "don-vi": ["unit__sort_text"]}
    columns = [
        Column("Đơn vị", "unit.name", main=True, sort="don-vi"),
        Column("Giờ nhận", "slot", sort="gio", look="nowrap", label="Giờ nhận"),
        Column("Hiện vật", "number", look="points", label="Hiện vật"),
        Column("Chưa nhận", "left", look="points", label="Chưa nhận"),
        Column("Thông báo ngày", "sent_on", look="nowrap", label="Thông báo"),
    ]

    def get_queryset(self):
        """The notices of the round."""
        self.round = find(self.request, self.kwargs["pk"])
        self.export_name = f"dot-thong-bao-{self.round.pk}"
        self.export_title = f"Đợt thông báo {self.round.subject}"
        counted = {"number": Count("dues", distinct=True), "left": Count("dues", filter=_HELD, distinct=True)}
        rows = self.round.notices.select_related("unit", "round").annotate(**counted)
        self.queryset = rows.order_by("slot", "unit__sort_text")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds papers, and the steps with one or with all of them."""
        user, found = self.request.user, self.round
        every = rounds.papers_of(found)
        open_to = every.open_to(user)
        writes = may_manage(user) and found.state != Round.State.DROPPED
        missing = 0
        if writes:
            missing = (
                int(not OF_ROUND.standing(found.pk).exists()) if found.for_all else papers.without_paper(found).count()
            )
        asked = many.offered(open_to, user) if not found.for_all else {}
        told = self.refused if isinstance(self.refused, ManyForm) else None
        return super().get_context_data(**FRAME, **kwargs) | {
            "round": found,
            "decisions": found.decisions.all(),
            "papers": open_to[:3],
            "paper_number": open_to.count(),
            "missing": missing,
            "many": [(STEPS[what], number, _many_form(what, told)) for what, number in asked.items()],
            "steps": offers(rounds.ROUNDS, found, user, None if told else self.refused),
            "may_edit": rounds.edit.may(found, user),
            "sees_store": True,
            "changes": history_of(About.COLLECTION, found.pk)[:40],
        }


def _many_form(what, told):
    return told if told is not None and told.what == what else ManyForm(what=what, auto_id=f"{what}_%s")


collection_round = RoundPage.as_view()


def _page(request, found, refused=None):
    return RoundPage.again(request, refused, pk=found.pk)


step = step_view(rounds.ROUNDS, find, _page)


@require_POST
@store_keepers_only
def write_papers(request, pk):
    """The one paper of a round, or those of all its units by a worker."""
    found = find(request, pk)
    make = papers.draft_for_all if found.for_all else papers.draft_each
    return redirect(attempted(request, lambda: make(found, by=request.user)) or found)


@require_POST
def many_papers(request, pk, act):
    """One step with all papers of a round that wait for it, by a worker."""
    found = find(request, pk)
    if act not in many.MANY:
        raise Http404
    form, made = ManyForm(request.POST, what=act, auto_id=f"{act}_%s"), []
    form.what = act
    rows = rounds.papers_of(found).open_to(request.user)
    facts = {"by": request.user, "back": found.get_absolute_url()}
    if form.is_valid():
        accepted(form, lambda: made.append(many.ask(act, rows, **facts, **form.cleaned_data)))
    return redirect(made[0]) if made else _page(request, found, form)


@require_POST
def print_papers(request, pk):
    """The PDFs of all papers of a round in one file, by a worker."""
    found = find(request, pk)
    return redirect(print_many(documents=rounds.papers_of(found).open_to(request.user), by=request.user))


@store_keepers_only
def parcel_labels(request, pk):
    """Labels of the parcels of a round, one a unit."""
    found = find(request, pk)
    rows = list(found.notices.select_related("unit", "round").annotate(number=Count("dues")).order_by("slot", "pk"))

    return made_pdf(request, lambda: sheet.parcel_labels(rows), f"nhan-goi-hang-{pk}", found)


# --- The notice of a unit


def find_notice(request, **by) -> Notice:
    """A notice that this person may see; else 404."""
    rows = Notice.objects.visible_to(request.user).select_related("unit", "round")
    return get_object_or_404(rows, **by)


def notice(request, pk):
    """What a unit collects, when and where, with its code to show at the counter."""
    found, user = find_notice(request, pk=pk), request.user
    dues = found.dues.select_related("award__type", "award__decision", "kind").order_by(
        "award__decided_on", "award__decision", "award__position", "kind__position"
    )
    every = OF_ROUND.of(found.round_id) if found.round.for_all else OF_NOTICE.of(found.pk)
    context = FRAME | {
        "notice": found,
        "round": found.round,
        "dues": dues,
        "papers": every.open_to(user),
        "code": qr(found.public_address, "Mã thông báo, để quét khi nhận"),
        "handovers": Handover.objects.visible_to(user).filter(notice=found).select_related("unit"),
        "may_keep": may_keep_store(user),
        "sees_store": may_see_store(user),
        "left": live(found.dues.filter(state=Due.State.RESERVED)).count(),
    }
    return render(request, "awards/handover/notice.html", context)


def notice_code(request, code):
    """What the code of a notice opens: at the counter the handover, for its unit the notice."""
    found = find_notice(request, code=code)
    if may_keep_store(request.user):
        return redirect(f"{reverse('counter')}?q={code}")
    return redirect(found)


urlpatterns = [
    path("khen-thuong/hien-vat/thong-bao/", store_only(RoundList.as_view()), name="collection_rounds"),
    path("khen-thuong/hien-vat/thong-bao/lap/", new_round, name="new_collection_round"),
    path("khen-thuong/hien-vat/thong-bao/<int:pk>/", collection_round, name="collection_round"),
    path("khen-thuong/hien-vat/thong-bao/<int:pk>/sua/", edit_round, name="edit_collection_round"),
    path("khen-thuong/hien-vat/thong-bao/<int:pk>/buoc/", step, name="collection_round_step"),
    path("khen-thuong/hien-vat/thong-bao/<int:pk>/soan/", write_papers, name="write_collection_papers"),
    path("khen-thuong/hien-vat/thong-bao/<int:pk>/nhieu/<slug:act>/", many_papers, name="many_collection_papers"),
    path("khen-thuong/hien-vat/thong-bao/<int:pk>/in/", print_papers, name="print_collection_papers"),
    path("khen-thuong/hien-vat/thong-bao/<int:pk>/nhan-goi/", parcel_labels, name="parcel_labels"),
    path("khen-thuong/hien-vat/thong-bao/don-vi/<int:pk>/", notice, name="collection_notice"),
    path("tra-ma/thong-bao/<slug:code>/", notice_code, name="notice_code"),
]
