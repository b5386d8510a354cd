"""Opinions: the list, one with its answer, asked about the nominations of a file; the page that lists for everybody."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted, attempted
from documents.steps.pages import offers, step_view
from units.columns import Column, state
from units.filters import DressedFilterSet
from units.forms import DressedForm
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import managers_only, may_manage

from ..catalogue.book import called
from ..log import About
from . import asking
from .models import Nomination, Opinion
from .rules import doubt_about_due
from .views import FRAME, find


class OpinionFilter(DressedFilterSet):
    """Opinions by whom, how they stand."""

    kind = django_filters.ChoiceFilter(label="Hỏi ai", choices=Opinion.Kind, empty_label="Tất cả")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Opinion.State, empty_label="Tất cả")

    class Meta:
        model = Opinion
        fields = ["kind", "state"]


class OpinionList(OfficeList):
    """What was asked, by when it is answered."""

    what = "việc lấy ý kiến"
    filterset_class = OpinionFilter
    template_name = "awards/nominations/opinions.html"
    export_name = "lay-y-kien"
    export_title = "Lấy ý kiến về đề nghị khen thưởng"
    sorts = {"hoi": ["asked_on"], "han": ["due_on"]}
    columns = [
        Column("Hỏi", "whom", main=True, note="get_kind_display"),
        Column("Hỏi ngày", "asked_on", sort="hoi", label="Hỏi ngày", look="nowrap"),
        Column("Hạn", "due_on", sort="han", label="Hạn", look="nowrap"),
        Column("Trả lời ngày", "answered_on", label="Trả lời", look="nowrap"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = Opinion.objects.visible_to(self.request.user).select_related("unit")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where it stands."""
        return super().get_context_data(**FRAME, **kwargs)


def find_opinion(request, pk) -> Opinion:
    """A question that this person may see; else 404."""
    return get_object_or_404(
        Opinion.objects.visible_to(request.user).select_related("unit", "letter__type", "scan", "by"), pk=pk
    )


def opinion(request, pk):
    """One question."""
    return _page(request, find_opinion(request, pk))


def _page(request, found, refused=None):
    context = FRAME | {
        "opinion": found,
        "nominations": found.nominations.select_related("type", "dossier").order_by("type__position", "pk"),
        "steps": offers(asking.STEPS, found, request.user, refused),
        "may_write": may_manage(request.user) and not found.letter_id,
        "doubt": doubt_about_due(request.user, [(found.asked_on, None if found.answered_on else found.due_on)]),
        "changes": history_of(About.OPINION, found.pk)[:40],
    }
    return render(request, "awards/nominations/opinion.html", context, status=422 if refused else 200)


opinion_step = step_view(asking.STEPS, find_opinion, _page)


class AskForm(DressedForm, forms.ModelForm):
    """Whom, about which nominations of a file, until when."""

    nominations = forms.ModelMultipleChoiceField(
        label="Về các đề nghị", queryset=Nomination.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Opinion
        fields = ["kind", "unit", "body", "due_on"]
        help_texts = {
            "due_on": "Để trống thì tính theo số ngày làm việc quy định.",
            "body": "Khi không có trong danh sách đơn vị.",
        }

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        rows = dossier.nominations.filter(state__in=Nomination.ASKABLE).select_related("type")
        self.fields["nominations"].queryset = rows
        self.fields["nominations"].label_from_instance = lambda row: f"{row.name} – {called(row.type)}"
        self.fields["unit"].required = self.fields["due_on"].required = False
        self.fields["unit"].empty_label = "Không chọn"
        self.fields["unit"].widget.attrs["data-search"] = ""


@managers_only
def ask(request, pk):
    """Ask about nominations of a file."""
    found = find(request, pk)
    form = AskForm(request.POST or None, instance=Opinion(), dossier=found)
    if not form.fields["nominations"].queryset.exists():
        messages.error(request, "Chưa có đề nghị nào đủ điều kiện để lấy ý kiến. Hãy kết thúc thẩm định trước.")
        return redirect(found)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["nominations"])
        if accepted(form, lambda: asking.ask(form.instance, chosen, by=request.user)):
            messages.success(request, "Đã ghi lấy ý kiến.")
            return redirect(form.instance)
    return form_page(request, form, "Lấy ý kiến", up=found, back=found, save="Lấy ý kiến", icon="send", **FRAME)


@require_POST
def write_letter(request, pk):
    """Have the letter drafted that asks."""
    found = find_opinion(request, pk)
    return redirect(attempted(request, lambda: asking.draft_letter(found, by=request.user)) or found)


def listing(request):
    """What is listed for everybody to say something about: name, unit, award, until when; nothing else of anybody."""
    today = timezone.localdate()
    rows = Opinion.objects.filter(
        kind=Opinion.Kind.PUBLIC, state=Opinion.State.OPEN, asked_on__lte=today, due_on__gte=today
    )
    listed = Nomination.objects.select_related("type").order_by("type__position", "name")
    rows = rows.order_by("due_on", "pk").prefetch_related(Prefetch("nominations", listed))
    found = [(row, row.nominations.all()) for row in rows]
    return render(request, "awards/nominations/listing.html", FRAME | {"listings": found})
