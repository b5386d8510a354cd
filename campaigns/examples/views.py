"""Good examples: the lists of all and of a campaign, one of them, written, agreed to, published, taken off, erased."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import ListView

from documents.models import Document, history_of
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_page, step_view
from units.columns import Column, InFile, OnPage
from units.lists import OfficeList
from units.permissions import managers_only, writers_only
from units.text import key_or_none

from ..campaign.models import Campaign
from ..campaign.page import find
from ..log import About
from . import actions as examples
from . import erasing
from .filters import CampaignExampleFilter, ExampleFilter
from .forms import ExampleForm
from .mentions import drafts_naming
from .models import Example

# Where the pages stand.
_FRAME = {"area": "campaigns", "tab": "examples"}


def _with_campaigns(rows, user):
    """Each with ``campaign_shown``: whether ``user`` may read of its campaign as well."""
    seen = Campaign.objects.visible_to(user).order_by().filter(pk=OuterRef("campaign"))
    return rows.annotate(campaign_shown=Exists(seen))


def _kind_and_post(row):
    return " · ".join(filter(None, (row.get_kind_display(), row.post)))


class ExampleList(OfficeList):
    """Examples that this person may read, the latest first."""

    what = "gương điển hình"
    template_name = "campaigns/examples/examples.html"
    filterset_class = ExampleFilter
    queryset = Example.objects.all()
    sorts = {"ten": ["name"], "don-vi": ["unit__sort_text"], "ngay": ["met_on"]}
    export_name = "guong-dien-hinh"
    export_title = "Gương điển hình tiên tiến"
    columns = [
        Column("Họ tên, tên tập thể", "name", main=True, note=_kind_and_post, sort="ten"),
        OnPage("Việc làm", "title"),
        InFile("Là", "get_kind_display"),
        InFile("Chức vụ, công việc", "post"),
        Column("Đơn vị", "unit", sort="don-vi", label="Đơn vị"),
        InFile("Phong trào", lambda row: row.campaign if row.campaign_shown else ""),
        InFile("Tóm tắt việc làm", "title"),
        InFile("Việc làm, thành tích", "deed"),
        Column("Ngày ghi", "met_on", sort="ngay", label="Ngày ghi", look="nowrap"),
        InFile("Nguồn", "sources"),
        Column("Công bố", "state"),
        InFile("Ngày công bố", "published_on"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = Example.objects.visible_to(self.request.user).with_names()
        self.queryset = _with_campaigns(rows, self.request.user)
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds what this person may do."""
        user = self.request.user
        may = {"may_begin": examples.may_begin(user), "may_publish": examples.may_publish(user)}
        return super().get_context_data(**_FRAME | may | kwargs)


class CampaignExamples(ExampleList):
    """Those met in one campaign."""

    filterset_class = CampaignExampleFilter

    def get_queryset(self):
        """Of a campaign that this person may read of."""
        self.campaign = find(self.request, self.kwargs["pk"])
        self.export_title = f"Gương điển hình tiên tiến trong {self.campaign}"
        return super().get_queryset().filter(campaign=self.campaign)

    def get_context_data(self, **kwargs):
        """Adds the campaign; nothing is met in a draft."""
        context = super().get_context_data(campaign=self.campaign, **kwargs)
        context["may_begin"] &= not self.campaign.is_draft
        return context


@method_decorator(managers_only, name="dispatch")
class ErasedExamples(ListView):
    """What was erased because somebody asked for it, the latest first: who did so, when, on which ground; no name is kept."""

    template_name = "campaigns/examples/erased.html"
    paginate_by = 25
    extra_context = _FRAME
    paginate_queryset = OfficeList.paginate_queryset

    def get_queryset(self):
        """Rows of the log."""
        return erasing.erased()


def _find(request, pk) -> Example:
    """One that this person may read; else 404."""
    rows = Example.objects.visible_to(request.user).with_names().select_related("picture", "consent_file", "by")
    return get_object_or_404(_with_campaigns(rows, request.user), pk=pk)


def _kept(request, pk) -> Example:
    """One that this person may change; 403 for whoever may only read it."""
    found = _find(request, pk)
    if not found.is_kept_by(request.user):
        raise PermissionDenied(f"Gương này do {found.unit} và Sở Nội vụ ghi; đơn vị khác chỉ đọc.")
    return found


def example(request, pk):
    """One example."""
    return _page(request, _find(request, pk))


def _page(request, found, refused=None):
    """The page of one, with the forms of its steps; ``refused`` as it was typed."""
    keeps = found.is_kept_by(request.user)
    if keeps:
        found.named_in = drafts_naming(found)
    context = {
        "example": found,
        "keeps": keeps,
        "steps": {step.what: form for step, form in offers(examples.STEPS, found, request.user, refused)},
        "changes": history_of(About.EXAMPLE, found.pk) if keeps else (),
        **(_drafts(request, found) if keeps else {}),
        **_FRAME,
    }
    return render(request, "campaigns/examples/example.html", context, status=422 if refused else 200)


def _drafts(request, found):
    """The drafts of reports that name a person: those that this person may open, and whose the others are."""
    rows = found.named_in
    shown = Document.objects.open_to(request.user).filter(pk__in=[row.pk for row in rows]) if rows else ()
    seen = {row.pk for row in shown}
    others = dict.fromkeys(str(row.unit) for row in rows if row.pk not in seen)
    return {"drafts": [row for row in rows if row.pk in seen], "drafts_of": list(others)}


# --- Writing


@writers_only
def new_example(request):
    """Write one; ``?phong-trao=`` names the campaign that it was met in."""
    key = key_or_none(request.GET.get("phong-trao", ""))
    campaign = Campaign.objects.visible_to(request.user).going_on().filter(pk=key).first() if key else None
    initial = {"kind": Example.Kind.PERSON, "met_on": timezone.localdate(), "unit": request.user.unit_id}
    return _edit(request, Example(), initial | {"campaign": campaign.pk if campaign else None})


@writers_only
def edit_example(request, pk):
    """Change one."""
    return _edit(request, _kept(request, pk), {})


def _edit(request, found, initial):
    """Show the form, or store what was typed; where it cannot be stored, everything typed comes back."""
    form = ExampleForm(request.POST or None, request.FILES or None, instance=found, initial=initial, user=request.user)
    was_published = found.published_on is not None
    if request.method == "POST" and form.is_valid() and _stored(request, form):
        messages.success(request, _told_saved(form.instance.pk, was_published))
        return redirect("example", form.instance.pk)
    context = _FRAME | {"form": form, "falls_back": was_published and not examples.may_publish(request.user)}
    return render(request, "campaigns/examples/form.html", context, status=422 if form.errors else 200)


def _told_saved(pk, was_published):
    """That it was stored, and what is to be done next."""
    found = Example.objects.get(pk=pk)
    if was_published and not found.published_on:
        return "Đã lưu. Gương đã công bố vừa được sửa nên chờ Sở Nội vụ công bố lại."
    if not found.has_consent:
        return "Đã lưu. Muốn công bố, hãy ghi sự đồng ý của người được nêu gương."
    return "Đã lưu." if found.published_on else "Đã lưu. Gương chờ Sở Nội vụ công bố."


def _stored(request, form) -> bool:
    """Whether it was stored; what kept it from being so stands in the form."""
    typed, is_new = form.cleaned_data, form.instance.pk is None
    stored = accepted(
        form,
        lambda: examples.save(
            form.instance,
            by=request.user,
            picture=typed["files"],
            drop_picture=typed.get("drop_picture", False),
            seen_version=form.seen,
        ),
    )
    if is_new and not stored:
        # A transaction that failed leaves a key that nothing has.
        form.instance.pk = None
    return stored


# --- Steps

step = step_view(examples.STEPS, _kept, _page)
erase = step_page(erasing.erase, _kept, frame=lambda request, row: _FRAME)
