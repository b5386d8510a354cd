"""Campaigns: the list, one with what it says and what became of it, drafted and changed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils.text import Truncator

from documents.models import Document
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, OnPage, hinted
from units.lists import OfficeList
from units.permissions import may_oversee, may_write

from ..adjustments.actions import adjustments_of
from ..adjustments.models import Adjustment
from ..campaign.actions import history
from ..campaign.models import Campaign
from ..campaign.page import find, frame, refuse_stranger
from ..campaign.rules import faults_of
from ..endings.actions import STEPS
from ..joinings import actions as joining
from ..launches import actions as launching
from ..launches.filters import CampaignFilter
from ..launches.forms import CampaignForm


def _kind_and_parents(row):
    """What it is, and what it rests on of what one may see."""
    parents = ", ".join(f"«{Truncator(parent.name).chars(60)}»" for parent in row.seen_parents)
    return " · trên cơ sở ".join(filter(None, (row.get_kind_display(), parents)))


def _launched_by(row):
    return row.document and hinted(
        row.document.reference, f"ngày {row.launched_on:%d/%m/%Y}" if row.launched_on else ""
    )


class CampaignList(OfficeList):
    """Campaigns that one sees, the latest first."""

    what = "phong trào"
    filterset_class = CampaignFilter
    template_name = "campaigns/overview/campaigns.html"
    export_name = "phong-trao"
    export_title = "Phong trào thi đua"
    sorts = {"ten": ["name"], "tu": ["begins_on"], "den": ["ends_on"], "don-vi": ["unit__sort_text"], "muc": ["state"]}
    columns = [
        Column("Phong trào", "name", file="Tên phong trào", main=True, note=_kind_and_parents, sort="ten"),
        Column("Đơn vị phát động", "unit", sort="don-vi", label="Đơn vị"),
        OnPage("Thời gian", "span", sort="tu", label="Thời gian", look="nowrap"),
        OnPage("Văn bản", _launched_by, label="Văn bản", look="nowrap"),
        InFile("Cấp", "get_level_display"),
        InFile("Loại", "get_kind_display"),
        InFile("Phạm vi", "get_scope_display"),
        InFile("Trên cơ sở", lambda row: "; ".join(str(parent) for parent in row.seen_parents)),
        InFile("Văn bản phát động", "document.name"),
        InFile("Ngày phát động", "launched_on"),
        InFile("Từ ngày", "begins_on"),
        InFile("Đến ngày", "ends_on"),
        Column("Trạng thái", "standing", sort="muc"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        visible = Campaign.objects.visible_to(self.request.user)
        rows = visible.with_names().prefetch_related(
            Prefetch("parents", visible.order_by("pk"), to_attr="seen_parents")
        )
        self.queryset = rows.order_by("-begins_on", "-pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds who may make one."""
        return super().get_context_data(
            area="campaigns", tab="campaigns", may_write=may_write(self.request.user), **kwargs
        )


def campaign(request, pk):
    """One campaign: what it says, what it rests on, what rests on it, what became of it."""
    return _page(request, find(request, pk))


def _page(request, found, refused=None):
    user = request.user
    visible = Campaign.objects.visible_to(user)
    adjustments = adjustments_of(found, user)
    # None takes effect before the one entered earlier, so that the latest is the one that may be taken back.
    last = next((row for row in adjustments if not row.undone_at), None)
    own = Campaign.objects.standing().filter(parents=found, unit=user.unit_id).first()
    context = frame(request, found, "campaign") | {
        "parents": found.parents.filter(pk__in=visible.values("pk")).with_names(),
        "children": found.children.filter(pk__in=visible.values("pk")).with_names()[:8],
        "children_count": found.children.filter(pk__in=visible.values("pk")).count(),
        "adjustments": adjustments,
        "last": last,
        "undoable": found.is_kept_by(user) and last,
        "steps": offers(STEPS, found, user),
        "faults": faults_of(found) if found.is_draft else [],
        "own": own,
        "may_take_up": _may_take_up(found, user) and not own,
        "may_join": not found.is_draft and joining.may_join(found, user),
        "papers_shown": found.document and _sees(user, found.document),
        "decision_seen": found.commended_by and _sees(user, found.commended_by),
        "sections": [
            ("Mục đích, yêu cầu", found.aims),
            ("Nội dung thi đua", found.contents),
            ("Tiêu chí, tiêu chuẩn", found.criteria),
            ("Đối tượng tham gia", found.participants),
        ],
        "tied": _tied(found, user),
        "of_launch": {step.what: form for step, form in offers(launching.STEPS, found, user, refused)},
        "replaced": visible.filter(adjustments__in=Adjustment.objects.holding().filter(successor=found)).with_names(),
    }
    if found.is_kept_by(user) or may_oversee(user):
        context["changes"] = history(found)
    return render(request, "campaigns/overview/campaign.html", context, status=422 if refused else 200)


def _tied(campaign, user):
    """The duties that are done by launching on its basis, of papers that ``user`` may open."""
    rows = campaign.launch_duties.filter(duty__document__in=Document.objects.open_to(user).values("pk"))
    return [row.duty for row in rows.select_related("duty__document__type")]


def _may_take_up(campaign, user) -> bool:
    """Whether the unit of ``user`` may launch on its basis, as long as it has not."""
    return may_write(user) and campaign.may_be_taken_up and campaign.unit_id != user.unit_id


def _sees(user, document) -> bool:
    return type(document).objects.visible_to(user).filter(pk=document.pk).exists()


def edit(request, pk=None):
    """A new campaign, or the facts of one."""
    user = request.user
    if pk:
        found = find(request, pk)
        refuse_stranger(request, found)
    elif may_write(user):
        found = Campaign(author=user)
    else:
        raise PermissionDenied("Tài khoản này chỉ được xem. Cần lập phong trào, hãy liên hệ người quản trị.")
    form = CampaignForm(request.POST or None, instance=found, user=user)
    if request.method == "POST" and form.is_valid() and _stored(request, form):
        messages.success(request, "Đã lưu phong trào.")
        return redirect(form.instance)
    context = {"form": form, "campaign": found if pk else None, "area": "campaigns"}
    return render(request, "campaigns/launches/edit.html", context, status=422 if form.errors else 200)


def _stored(request, form) -> bool:
    """Whether the campaign was stored; what kept it from being so stands in the form."""
    is_new = form.instance.pk is None
    told = {"parents": form.chosen_parents(), "seen_version": form.seen}
    stored = accepted(form, lambda: launching.save(form.instance, by=request.user, **told))
    if is_new and not stored:
        # A transaction that failed leaves a key that nothing has.
        form.instance.pk = None
    return stored


remove = step_view(launching.STEPS, find, _page, what="remove_campaign")
