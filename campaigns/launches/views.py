"""Launching: by a paper made here or elsewhere, on the basis of others; and who has launched and who has not."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from documents.models import Document
from documents.steps.accepting import accepted, attempted
from documents.steps.forms import StepForm
from documents.steps.pages import step_page
from units.columns import Column, InFile, OnPage
from units.excel_out import excel
from units.lists import OfficeList
from units.models import Unit
from units.permissions import managers_only, may_manage, may_oversee, overseers_only
from units.text import key_or_none

from ..campaign.models import Campaign
from ..campaign.page import find, frame, refuse_stranger
from ..campaign.rules import FIRST_DAY, LAST_DAY, faults_of
from . import actions as launching
from . import duties as launch_duties
from . import papers
from .filters import LaunchFilter
from .forms import DutyForm
from .progress import matrix, missing_units, of_year, rows_of, units_of_year


def launch(request, pk):
    """Have the launch drafted, or name the paper that was made outside the program."""
    if request.POST.get("type") in papers.TYPES:
        found = find(request, pk)
        refuse_stranger(request, found)
        return _drafted(request, found, lambda: papers.draft_launch(found, request.POST["type"], by=request.user))
    return _launched_elsewhere(request, pk)


def _before_launching(request, campaign) -> dict:
    return frame(request, campaign, "launch") | {
        "faults": faults_of(campaign),
        "types": papers.TYPES,
        "has_paper": campaign.document and campaign.document.state not in Document.OVER,
    }


_launched_elsewhere = step_page(
    launching.launch, find, frame=_before_launching, template="campaigns/launches/launch.html"
)
correct_paper = step_page(launching.correct_paper, find, frame=frame)


def _drafted(request, found, draft):
    """Go to the paper that ``draft`` made, or tell why there is none."""
    if paper := attempted(request, draft):
        return redirect(paper)
    return redirect("launch_campaign" if found.is_draft else "campaign_launches", found.pk)


@require_POST
def take_up(request, pk):
    """A draft of the own unit on the basis of a campaign."""
    found = find(request, pk)
    made = attempted(request, lambda: launching.take_up([found], by=request.user))
    if not made:
        return redirect(found)
    messages.success(request, "Đã lập bản của đơn vị từ phong trào này. Hãy sửa phần riêng của đơn vị, rồi phát động.")
    return redirect("edit_campaign", made.pk)


# --- Who has launched


class _UnitList(OfficeList):
    """Units that were asked to launch on the basis of campaigns, with what they did."""

    what = "đơn vị"
    model = Unit
    filterset_class = LaunchFilter
    sorts = {"don-vi": ["sort_text"], "loai": ["kind", "sort_text"]}
    paginate_by = 50

    def get_queryset(self):
        """As ``OfficeList``; the filter knows the campaigns."""
        self.filterset = LaunchFilter(
            self.request.GET or None, queryset=self.units(), request=self.request, campaigns=self.campaigns
        )
        rows, name = self.filterset.qs, self.request.GET.get("sap", "")
        order = self.sorts.get(name.lstrip("-"))
        sign = "-" if name.startswith("-") else ""
        return (
            rows.order_by(*(f"{sign}{field}" for field in order), "pk") if order else rows.order_by("sort_text", "pk")
        )


_MISSING = SafeString('<span class="badge bg-red-lt">Chưa phát động</span>')


def _child(found):
    """Row → ``found`` of its campaign on the basis of this one; nothing where there is none."""
    return lambda row: found(row.cells[0].child) if row.cells[0].child else ""


class CampaignLaunches(_UnitList):
    """Who has launched on the basis of one campaign, since when, and who has not."""

    frame = "campaigns/campaign/base.html"
    template_name = "campaigns/launches/launches.html"
    export_name = "phat-dong"
    columns = [
        Column("Đơn vị", "unit", main=True, to=lambda row: "", sort="don-vi"),
        InFile("Loại đơn vị", "unit.get_kind_display"),
        Column("Phong trào của đơn vị", _child(str), label="Phong trào"),
        OnPage("Văn bản", _child(lambda child: child.document and child.document.reference), label="Văn bản"),
        InFile("Trạng thái", lambda row: (row.cells[0].child and row.cells[0].child.phase) or "Chưa phát động"),
        Column("Ngày phát động", _child(lambda child: child.launched_on), label="Ngày", look="nowrap"),
        InFile("Văn bản", _child(lambda child: child.document and child.document.name)),
        OnPage("Trạng thái", lambda row: (row.cells[0].child and row.cells[0].child.standing) or _MISSING),
    ]

    def dispatch(self, request, *args, **kwargs):
        """For everybody who sees the campaign; ``units`` says whose rows they read."""
        self.campaign = find(request, kwargs["pk"])
        self.campaigns = [self.campaign]
        self.export_title = f"Phát động trên cơ sở {self.campaign}"
        return super().dispatch(request, *args, **kwargs)

    def units(self):
        """Those that were asked: all for who keeps the campaign and for the department, the own and those below for others."""
        asked, user = self.campaign.asked_units().select_related("superior"), self.request.user
        if self.campaign.is_kept_by(user) or may_oversee(user):
            return asked
        return asked.filter(Q(pk__in=user.inherited_units) | Q(superior__in=user.inherited_units))

    def get(self, request, *args, **kwargs):
        """The page, or with ``?xuat=xlsx`` the same rows as an Excel file."""
        if request.GET.get("xuat") == "xlsx":
            rows = rows_of(self.campaign, list(self.get_queryset()), request.user)
            return excel(self.export_name, self.file_columns(), rows, self.export_heading())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Adds the rows of the page and how many are missing."""
        context = super().get_context_data(**kwargs)
        user = self.request.user
        seen = set(Campaign.objects.visible_to(user).filter(parents=self.campaign).values_list("pk", flat=True))
        asked = self.units().count() if context["filtered"] else context["paginator"].count
        missing = self.units().filter(pk__in=missing_units(self.campaign).values("pk")).count()
        return (
            context
            | frame(self.request, self.campaign, "launches")
            | {
                "rows": rows_of(self.campaign, context["object_list"], user),
                "seen": seen,
                "asked": asked,
                "missing": missing,
                "launched": asked - missing,
                "reminders": _reminders(self.campaign, user),
                "duty_form": self._duty_form(),
                "tied": self.campaign.launch_duties.select_related("duty__document__type"),
            }
        )

    def _duty_form(self):
        """For who runs the year, while a duty may be tied."""
        if may_manage(self.request.user) and not launch_duties.fault_of(self.campaign):
            return DutyForm(user=self.request.user, campaign=self.campaign)
        return None


def _reminders(campaign, user):
    """Letters that asked who had not launched."""
    return papers.REMINDER.of(campaign.pk).visible_to(user)[:5]


launches = CampaignLaunches.as_view()


class YearMatrix(_UnitList):
    """All units beside each other: who launched on the basis of which campaign of the province in a year."""

    template_name = "campaigns/launches/matrix.html"
    export_name = "bang-phat-dong"
    # Campaigns beside each other on one page; more are not read on a screen.
    columns_a_page = 10

    def dispatch(self, request, *args, **kwargs):
        """For the department."""
        self.year = kwargs.get("year", timezone.localdate().year)
        if not FIRST_DAY.year <= self.year <= LAST_DAY.year:
            raise Http404(f"Chương trình giữ các năm từ {FIRST_DAY.year} đến {LAST_DAY.year}.")
        self.campaigns = list(of_year(self.year))
        self.export_title = f"Phát động thi đua của các đơn vị năm {self.year}"
        return super().dispatch(request, *args, **kwargs)

    def units(self):
        """Units that any of the campaigns asks."""
        return units_of_year(self.year, self.campaigns)

    def get(self, request, *args, **kwargs):
        """The page, or with ``?xuat=xlsx`` the same rows with the columns of all pages as an Excel file."""
        if request.GET.get("xuat") == "xlsx":
            columns = [("Đơn vị", lambda row: row.unit.name)]
            columns += [
                (str(row), lambda line, n=n: _cell_value(line.cells[n])) for n, row in enumerate(self.campaigns)
            ]
            rows = matrix(self.campaigns, list(self.get_queryset()), request.user)
            return excel(f"{self.export_name}-{self.year}", columns, rows, self.export_heading())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Adds the cells of the page: those of its rows and of its columns."""
        context, columns = super().get_context_data(**kwargs), self._columns()
        return context | {
            "rows": matrix(columns.object_list, context["object_list"], self.request.user),
            "campaigns": columns.object_list,
            "columns": columns,
            "row_page": self.request.GET.get("page"),
            "filtered": any(self.request.GET.get(name) for name in self.filterset.form.fields),
            "year": self.year,
            "years": [year for year in (self.year - 1, self.year + 1) if FIRST_DAY.year <= year <= LAST_DAY.year],
            "area": "campaigns",
            "tab": "matrix",
        }

    def _columns(self) -> Page:
        """The campaigns that ``?cot=`` asks for; of a page that is none, the nearest."""
        paginator = Paginator(self.campaigns, self.columns_a_page)
        try:
            number = int(self.request.GET.get("cot", 1))
        except ValueError:
            number = 1
        return paginator.page(min(max(number, 1), paginator.num_pages))


def _cell_value(cell):
    """The day of a unit's launch, or what stands in its place."""
    if cell.child and not cell.child.is_draft:
        return cell.child.launched_on
    return "chưa phát động" if cell.asked else ""


year_matrix = overseers_only(YearMatrix.as_view())


@require_POST
def remind(request, pk):
    """Have the letter drafted that asks who launched nothing."""
    found = find(request, pk)
    refuse_stranger(request, found)
    return _drafted(request, found, lambda: papers.draft_reminder(found, by=request.user))


@require_POST
@managers_only
def tie_duty(request, pk):
    """A duty that units do by launching on the basis of this campaign."""
    found = find(request, pk)
    form = DutyForm(request.POST, user=request.user, campaign=found)
    if form.is_valid() and accepted(
        form, lambda: launch_duties.tie(form.cleaned_data["duty"], [found], by=request.user)
    ):
        messages.success(request, "Đã gắn: đơn vị phát động phong trào của mình thì nhiệm vụ được báo xong.")
    else:
        refused = form.non_field_errors() or form.errors.get("duty", ())
        messages.error(request, f"Chưa gắn được: {refused[0]}")
    return redirect("campaign_launches", pk)


@managers_only
def untie_duty(request, pk, duty):
    """Launching on the basis of this campaign does a duty no more; asked with a reason."""
    found, key = find(request, pk), key_or_none(duty)
    if key is None:
        raise Http404("Không có nhiệm vụ này.")
    row = found.launch_duties.filter(duty=key).select_related("duty__document__type").first()
    if row is None:
        messages.info(request, "Nhiệm vụ này không còn gắn với phong trào.")
        return redirect("campaign_launches", pk)
    step = launch_duties.untie
    form = StepForm(request.POST or None, step=step, row=found, user=request.user)
    form.hint = "\n\n".join(_told_before_untying(row, found))
    if form.is_valid() and accepted(form, lambda: step(found, by=request.user, duty=row.duty, **form.typed())):
        messages.success(request, step.told)
        return redirect("campaign_launches", pk)
    context = frame(request, found, "launches") | {"step": step, "form": form, "row": found}
    return render(request, "_parts/step_page.html", context, status=422 if form.errors else 200)


def _told_before_untying(row, campaign):
    """Which duty, what stays, and what units do from then on."""
    duty = row.duty
    done = duty.assignments.exclude(done_at=None).count()
    others = row.campaigns.exclude(pk=campaign.pk).order_by("launched_on", "pk")
    yield f"{duty.document.name}, {duty}"
    yield f"Đơn vị đã được báo xong vẫn giữ là đã xong ({done}/{duty.assignments.count()} đơn vị)."
    if others:
        names = "; ".join(f"«{other}»" for other in others)
        yield f"Nhiệm vụ còn gắn với {names}: đơn vị phát động trên cơ sở đó thì vẫn được báo xong."
    else:
        yield "Từ nay đơn vị phát động phong trào của mình thì nhiệm vụ này không được báo xong nữa; đơn vị phải tự báo."
