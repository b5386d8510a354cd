"""Reviews of a campaign: planned, stopped, held, and summed up over the units that joined."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_page
from units.columns import InFile, OnPage
from units.excel_out import excel
from units.lists import OfficeList
from units.pages import form_page
from units.templatetags.parts import to

from ..area import REPORT
from ..campaign.models import Campaign
from ..campaign.page import frame, refuse_stranger
from ..joinings.actions import sees_all
from ..joinings.filters import ReviewFilter
from ..joinings.models import Joining
from ..joinings.views import campaign_or_404
from . import actions as reviewing
from . import results
from .conferences import conferences_of
from .forms import ReviewForm
from .models import Result, Review
from .papers import REMINDER, draft_reminder, draft_report
from .rules import may_be_reviewed
from .sums import Line, counts_of, lines_of, told_at, totals

# So many names of those who did not report stand in the list of reviews; all stand on the page of one.
_MOST_NAMES = 8


def review_or_404(request, pk) -> Review:
    """A review of a campaign that this person may see; else 404."""
    rows = Review.objects.select_related("document__type", "stopped_by__type")
    found = get_object_or_404(rows, pk=pk)
    found.campaign = campaign_or_404(request, found.campaign_id)
    return found


def joinings_of(request, campaign):
    """The joinings of ``campaign`` that this person may read."""
    seen = Joining.objects.visible_to(request.user).order_by().values("pk")
    return campaign.joinings.filter(pk__in=seen)


def _own(request, campaign) -> Joining | None:
    """What the person's own unit registered, where the person writes for it."""
    rows = campaign.joinings.filter(unit__in=request.user.inherited_units).select_related("unit")
    return next((row for row in rows if row.is_kept_by(request.user)), None)


def campaign_reviews(request, pk):
    """All reviews of a campaign: how far each is, how many reported and who did not."""
    campaign = campaign_or_404(request, pk)
    reviews = list(campaign.reviews.select_related("document__type", "stopped_by__type"))
    for row in reviews:
        row.campaign = campaign
    joinings = list(joinings_of(request, campaign).select_related("unit"))
    sent = Result.objects.filter(review__in=reviews, joining__in=joinings, sent_at__isnull=False)
    told = set(sent.order_by().values_list("review", "joining"))
    all_seen, own = sees_all(campaign, request.user), _own(request, campaign)
    held_at = conferences_of(reviews, request.user)
    for row in reviews:
        row.held_at = held_at.get(row.pk)
        silent = [joining.unit.name for joining in joinings if (row.pk, joining.pk) not in told]
        row.sent = len(joinings) - len(silent)
        row.silent, row.more = silent[:_MOST_NAMES], max(0, len(silent) - _MOST_NAMES)
        row.told = own is not None and (row.pk, own.pk) in told
        row.may_report = own is not None and not row.told and not results.fault_of_time(row, campaign)
    context = {
        "campaign": campaign,
        "reviews": reviews,
        "joined": len(joinings),
        "sees_all": all_seen,
        "own": own,
        "may_edit": campaign.is_kept_by(request.user),
        "may_open": campaign.is_kept_by(request.user) and bool(_kinds(campaign)),
        "area": "campaigns",
        "tab": "reviews",
    }
    return render(request, "campaigns/reviews/reviews.html", context)


def _kinds(campaign):
    """Which kinds of reviews may be planned now."""
    return [kind for kind in Review.Kind if may_be_reviewed(campaign, kind)]


def new_review(request, pk):
    """Plan a review; the campaign's own days are proposed."""
    campaign = campaign_or_404(request, pk)
    refuse_stranger(request, campaign)
    kinds = _kinds(campaign)
    if not kinds:
        messages.error(request, f"Phong trào đang ở bước «{campaign.get_state_display()}» nên không mở đợt mới được.")
        return redirect("campaign_reviews", pk)
    # What was reviewed half-way is summed up next; another interim review may still be chosen.
    kind = kinds[-1] if campaign.state == Campaign.State.INTERIM else kinds[0]
    day = campaign.interim_on if kind == Review.Kind.INTERIM else campaign.final_on
    new = Review(campaign=campaign, kind=kind)
    form = ReviewForm(request.POST or None, instance=new, initial={"planned_on": day})
    told = "Đã mở đợt. Các đơn vị đã đăng ký báo cáo được từ bây giờ."
    return _plan(request, form, reviewing.open_review, told)


def edit_review(request, pk):
    """Change the plan of an open review."""
    found = review_or_404(request, pk)
    refuse_stranger(request, found.campaign)
    if request.method == "GET" and found.state != Review.State.OPEN:
        messages.info(request, f"Đợt này {found.get_state_display().lower()} nên không sửa được nữa.")
        return redirect(found)
    form = ReviewForm(request.POST or None, instance=found)
    return _plan(request, form, partial(reviewing.change_review, plan=found), "Đã lưu.")


def _plan(request, form, act, told):
    """Show the form of a plan, or store what was typed."""
    review, campaign = form.instance, form.instance.campaign
    if form.is_valid():
        seen = form.cleaned_data["version"] or 0
        if accepted(form, lambda: act(review, by=request.user, seen_version=seen)):
            messages.success(request, told)
            return redirect("campaign_reviews", campaign.pk)
    title, back = "Sửa đợt" if review.pk else "Mở đợt sơ kết, tổng kết", reverse("campaign_reviews", args=[campaign.pk])
    told = {"up": to(campaign, back), "back": back, "sub": f"{campaign.unit} · {campaign.span}", "area": "campaigns"}
    return form_page(request, form, title, template="campaigns/reviews/form.html", **told)


def _frame(request, review):
    """What the page of a step says of where it is; ``left``: the reviews that end with a final one that is held."""
    return frame(request, review.campaign, "reviews") | {"left": reviewing.left_by(review)}


stop_review, hold_review, reopen_review = (
    step_page(step, review_or_404, frame=_frame, template="campaigns/reviews/end.html")
    for step in (reviewing.stop, reviewing.hold, reviewing.reopen)
)


@require_POST
def draft_review_report(request, pk):
    """Have the report of a review drafted."""
    return _draft(request, pk, draft_report)


@require_POST
def remind_reports(request, pk):
    """Have the letter to the units that did not report drafted."""
    return _draft(request, pk, draft_reminder)


def _draft(request, pk, act):
    found = review_or_404(request, pk)
    refuse_stranger(request, found.campaign)
    return redirect(attempted(request, lambda: act(found, by=request.user)) or found)


# --- One review


def _day(row):
    """The day on which a unit sent its result; None where it did not."""
    return row.sent_at and timezone.localdate(row.sent_at)


def _result_of(row):
    """Where what a unit reported is read; else its registration."""
    return reverse("result", args=[row.result]) if row.result else row.get_absolute_url()


def _told(name):
    return lambda row: getattr(row, name) if row.result else None


def _reached(row):
    return f"{row.goals_done}/{row.goals_asked}" if row.result and row.goals_asked else ""


class ReviewPage(OfficeList):
    """One review: sums by target, each unit that joined with what it reported, who did not."""

    what = "đơn vị"
    frame = "campaigns/campaign/base.html"
    template_name = "campaigns/reviews/review.html"
    filterset_class = ReviewFilter
    sorts = {"ten": ["unit__sort_text"], "gui": ["sent_at"], "nguoi": ["told_people"]}
    export_name = "ket-qua-phong-trao"
    # A unit has a row for each of its targets; what is counted once a unit stands in the first of them.
    columns = [
        OnPage("Đơn vị", "unit", main=True, to=_result_of, note="unit.get_kind_display", sort="ten"),
        OnPage("Ngày gửi", lambda row: "", sort="gui", look="nowrap"),
        OnPage("Cá nhân", _told("told_people"), sort="nguoi", label="Cá nhân", look="points"),
        OnPage("Tập thể", _told("told_collectives"), label="Tập thể", look="points"),
        OnPage("Công trình", _told("told_works"), label="Công trình", look="points"),
        OnPage("Chỉ tiêu đạt", _reached, label="Chỉ tiêu đạt", look="points"),
        InFile("Đơn vị", lambda row: row[0].unit.name),
        InFile("Loại đơn vị", lambda row: row[0].unit.get_kind_display()),
        InFile("Ngày gửi", lambda row: _day(row[0]) if row[2] else None),
        InFile("Số cá nhân", lambda row: row[0].told_people if row[2] else None),
        InFile("Số tập thể", lambda row: row[0].told_collectives if row[2] else None),
        InFile("Số công trình", lambda row: row[0].told_works if row[2] else None),
        InFile("Chỉ tiêu", lambda row: row[1] and row[1].goal.content),
        InFile("Đơn vị tính", lambda row: row[1] and row[1].goal.measure),
        InFile("Đăng ký", lambda row: row[1] and row[1].goal.planned),
        InFile("Đạt", lambda row: row[1] and row[1].reached),
        InFile("Tỷ lệ (%)", lambda row: row[1] and row[1].percent),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.review = review_or_404(self.request, self.kwargs["pk"])
        self.seen = joinings_of(self.request, self.review.campaign)
        self.export_title = f"{self.review}: kết quả của các đơn vị"
        self.queryset = told_at(self.review, self.seen.select_related("unit"))
        return super().get_queryset()

    def get(self, request, *args, **kwargs):
        """The page, or the rows with their targets as an Excel file."""
        if request.GET.get("xuat") != "xlsx":
            return super().get(request, *args, **kwargs)
        rows = self.get_queryset()
        lines = lines_of(self.review, self.seen)
        rows = _of_targets(rows.iterator(chunk_size=500), lines)
        return excel(self.export_name, self.file_columns(), rows, self.export_heading())

    def get_context_data(self, **kwargs):
        """Adds the sums, who did not report, and what may be done."""
        context = super().get_context_data(area="campaigns", tab="reviews", **kwargs)
        lines = lines_of(self.review, self.seen)
        for row in context["page_obj"]:
            own = lines.get(row.pk, [])
            row.goals_asked, row.goals_done = len(own), sum(_is_done(line) for line in own)
            row.is_late = row.result and self.review.reports_until and _day(row) > self.review.reports_until
        campaign, user = self.review.campaign, self.request.user
        self.review.held_at = conferences_of([self.review], user).get(self.review.pk)
        keeps, is_open = campaign.is_kept_by(user), self.review.state == Review.State.OPEN
        own = _own(self.request, campaign)
        result = own and results.results_for(user).filter(joining=own, review=self.review).first()
        counts = counts_of(self.review, self.seen)
        return context | {
            "campaign": campaign,
            "review": self.review,
            "counts": counts,
            "silent": counts.joined - counts.sent,
            "totals": totals(line for rows in lines.values() for line in rows),
            "papers": REPORT.of(self.review.pk).open_to(user).order_by("pk"),
            "reminders": REMINDER.of(self.review.pk).visible_to(user),
            "may_remind": keeps and counts.joined > counts.sent and not results.fault_of_time(self.review, campaign),
            "left": reviewing.left_by(self.review) if keeps and is_open else (),
            "sees_all": sees_all(campaign, user),
            "may_edit": keeps and is_open,
            "steps": offers(reviewing.STEPS, self.review, user),
            "own": own,
            "result": result,
            "may_report": own and not (result and result.sent_at) and not results.fault_of_time(self.review, campaign),
        }


def _is_done(line: Line) -> bool:
    """Whether a target was reached in full."""
    return line.percent is not None and line.percent >= 100


def _of_targets(rows, lines):
    """(joining, line or None, whether it is the first of its unit) for the spreadsheet."""
    for row in rows:
        for number, line in enumerate(lines.get(row.pk) or [None]):
            yield row, line, number == 0
