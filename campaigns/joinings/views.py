"""Joining a campaign: who did, the own registration with its targets, and what became of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, FilteredRelation, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from documents.steps.accepting import accepted
from documents.steps.pages import step_page
from units.columns import Column, InFile
from units.lists import OfficeList
from units.models import Unit
from units.permissions import writers_only

from ..campaign.models import Campaign
from ..campaign.page import frame
from . import actions as acts
from .filters import JoiningFilter
from .forms import USUAL_MEASURES, GoalFormSet, JoiningForm
from .models import Joining


def campaign_or_404(request, pk) -> Campaign:
    """A launched campaign that this person may see; a draft is joined by nobody."""
    rows = Campaign.objects.visible_to(request.user).with_names().exclude(state=Campaign.State.DRAFT)
    return get_object_or_404(rows, pk=pk)


def _joining(row):
    return row.joining and reverse("joining", args=[row.joining])


def _goals(row):
    return row.goals if row.joining else None


class JoiningList(OfficeList):
    """The units that were asked or joined, each with what it registered; a unit by itself reads its own."""

    what = "đơn vị"
    frame = "campaigns/campaign/base.html"
    template_name = "campaigns/joinings/joinings.html"
    filterset_class = JoiningFilter
    sorts = {"ten": ["sort_text"], "loai": ["kind"], "ngay": ["joined_on"], "nguoi": ["people"]}
    export_name = "don-vi-huong-ung"
    columns = [
        Column("Đơn vị", "name", main=True, to=_joining, note="get_kind_display", sort="ten"),
        InFile("Loại đơn vị", "get_kind_display"),
        Column("Ngày đăng ký", "joined_on", sort="ngay", look="nowrap"),
        Column("Cá nhân", "people", file="Số cá nhân", sort="nguoi", label="Cá nhân", look="points"),
        Column("Tập thể", "collectives", file="Số tập thể", label="Tập thể", look="points"),
        Column("Chỉ tiêu", _goals, file="Số chỉ tiêu", label="Chỉ tiêu", look="points"),
        InFile("Cách làm, việc đăng ký", "words"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.campaign = campaign_or_404(self.request, self.kwargs["pk"])
        self.export_title = f"Đơn vị hưởng ứng {self.campaign}"
        self.all = acts.sees_all(self.campaign, self.request.user)
        self.seen = self.campaign.joinings.filter(pk__in=_seen(self.request.user))
        joined = Unit.objects.filter(pk__in=self.seen.order_by().values("unit"))
        rows = (self.campaign.asked_units() | joined).distinct() if self.all else joined
        rows = Unit.objects.filter(pk__in=rows.order_by().values("pk"))
        rows = rows.annotate(own=FilteredRelation("joinings", condition=Q(joinings__campaign=self.campaign)))
        self.queryset = rows.annotate(
            joining=F("own__pk"),
            joined_on=F("own__joined_on"),
            people=F("own__people"),
            collectives=F("own__collectives"),
            words=F("own__words"),
            goals=Count("own__goals"),
        ).order_by("sort_text", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds how many joined, and what the person's own unit may do."""
        user = self.request.user
        own = self.campaign.joinings.filter(unit__in=user.inherited_units).first() if user.unit_id else None
        return super().get_context_data(
            campaign=self.campaign,
            sees_all=self.all,
            is_open=acts.takes_part(self.campaign),
            joined=self.campaign.joinings.count(),
            missing=acts.not_joined(self.campaign).count(),
            own=own,
            may_join=acts.may_join(self.campaign, user),
            area="campaigns",
            tab="joinings",
            **kwargs,
        )


def _seen(user):
    return Joining.objects.visible_to(user).order_by().values("pk")


@writers_only
def join(request, pk):
    """Register the own unit. Who did already is led to what was registered."""
    campaign = campaign_or_404(request, pk)
    own = campaign.joinings.filter(unit__in=request.user.inherited_units).first()
    if own and request.method == "GET":
        messages.info(request, "Đơn vị đã đăng ký phong trào này. Có thể sửa ở đây.")
        return redirect(own)
    fault = acts.fault_of(campaign, request.user.unit)
    if fault and request.method == "GET":
        messages.error(request, fault)
        return redirect("campaign_joinings", pk)
    form = JoiningForm(request.POST or None, instance=Joining(campaign=campaign))
    lines = GoalFormSet(request.POST or None, prefix="chi-tieu")
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]) and _joined(request, form, lines):
        messages.success(request, "Đã đăng ký hưởng ứng phong trào.")
        return redirect(form.instance)
    return _form_page(request, campaign, form, lines)


def _joined(request, form, lines) -> bool:
    """Whether the unit was registered."""
    done = accepted(form, lambda: acts.join(form.instance, lines.goals(), by=request.user))
    if not done:
        # A transaction that failed leaves a key that nothing has.
        form.instance.pk = None
    return done


def _form_page(request, campaign, form, lines):
    context = {
        "campaign": campaign,
        "form": form,
        "lines": lines,
        "goals": acts.usual_goals(campaign),
        "measures": USUAL_MEASURES,
        "area": "campaigns",
    }
    wrong = request.method == "POST" and (form.errors or any(lines.errors) or lines.non_form_errors())
    return render(request, "campaigns/joinings/join.html", context, status=422 if wrong else 200)


def find(request, pk) -> Joining:
    """A joining that this person may read; else 404."""
    rows = Joining.objects.visible_to(request.user).select_related("unit", "campaign__unit", "by")
    return get_object_or_404(rows, pk=pk)


def edit(request, pk):
    """Change who takes part and the targets."""
    found = find(request, pk)
    if not found.is_kept_by(request.user):
        raise PermissionDenied(f"Bản đăng ký này do {found.unit} sửa.")
    fault = acts.fault_of_change(found.campaign)
    if request.method == "GET" and fault:
        messages.info(request, fault)
        return redirect(found)
    kept = [
        {"key": row.pk, "content": row.content, "measure": row.measure, "planned": row.planned}
        for row in found.goals.all()
    ]
    form = JoiningForm(request.POST or None, instance=found)
    lines = GoalFormSet(request.POST or None, initial=kept, prefix="chi-tieu")
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]) and _changed(request, form, lines):
        messages.success(request, "Đã lưu bản đăng ký.")
        return redirect(found)
    return _form_page(request, found.campaign, form, lines)


def _changed(request, form, lines) -> bool:
    """Whether the change was stored."""
    seen, row = form.seen, form.instance
    return accepted(form, lambda: acts.change(row, typed=row, goals=lines.goals(), by=request.user, seen_version=seen))


withdraw = step_page(acts.withdraw, find, frame=lambda request, row: frame(request, row.campaign, "joinings"))
