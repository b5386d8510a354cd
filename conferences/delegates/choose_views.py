"""Delegates chosen among those whose awards are known: by a conference for itself, or for the one above."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html

from awards.catalogue.models import Whom
from awards.models import Recipient
from awards.recipients.views import ByNamePaginator
from documents.steps.accepting import accepted
from documents.steps.refusing import Refused
from units.columns import Column, OnPage, chosen_keys, muted, ticks
from units.lists import OfficeList

from . import sending
from .adding import OPEN, add_all, from_recipients
from .filters import CandidateFilter
from .forms import ChooseForm
from .models import Delegate
from .page import find_delegation, frame, kept
from .qualifying import recognised

_SHOWN = 50


class CandidateList(OfficeList):
    """Persons whom this person may see; each with what qualifies, and whether they are delegates already."""

    what = "cá nhân"
    filterset_class = CandidateFilter
    paginator_class = ByNamePaginator
    paginate_by = _SHOWN
    template_name = "conferences/delegates/choose.html"
    frame = "conferences/events/base.html"
    export_name = "chon-dai-bieu"
    export_title = "Cá nhân có thể chọn làm đại biểu"
    sorts = {"ten": ["sort_text"], "don-vi": ["unit__sort_text"]}
    below, form, chosen = False, None, ()

    def find(self, request, pk):
        """The conference that gets them, the one that sends them, the page to go back to."""
        event = kept(request, pk)
        if event.state not in OPEN:
            messages.error(
                request, f"Hội nghị {event.get_state_display().lower()}: không thay đổi danh sách đại biểu nữa."
            )
            return None
        return event, None, reverse("conference_delegates", args=[pk])

    def dispatch(self, request, *args, **kwargs):
        """For who chooses, as long as there is something to choose for."""
        found = self.find(request, kwargs["pk"])
        if not found:
            return self.away
        self.event, self.source, self.back = found
        return super().dispatch(request, *args, **kwargs)

    @property
    def away(self) -> HttpResponseRedirect:
        """Where one goes who is too late."""
        return redirect("conference_delegates", self.kwargs["pk"])

    def get_queryset(self):
        """Scoped before anything is filtered; without those who died."""
        rows = Recipient.objects.visible_to(self.request.user).main().filter(kind=Whom.PERSON, ended_on=None)
        self.filterset = CandidateFilter(
            self.request.GET or None, queryset=rows.select_related("unit"), request=self.request, event=self.event,
            source=self.source,
        )  # fmt: skip
        name = self.request.GET.get("sap", "")
        order = self.sorts.get(name.lstrip("-"))
        found = self.filterset.qs
        return found.order_by(*(f"{'-' * name.startswith('-')}{one}" for one in order), "pk") if order else found

    def get_paginator(self, *args, **kwargs):
        """Pages of keys; their rows are then fetched by key, with what is told of them."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.rows = Recipient.objects.select_related("unit")
        if "sap" not in self.request.GET and self.filterset.form.is_valid():
            paginator.words = self.filterset.form.cleaned_data.get("q") or ""
        return paginator

    def paginate_queryset(self, queryset, page_size):
        """The rows of the page know what qualifies them and whether they are delegates already."""
        found = super().paginate_queryset(queryset, page_size)
        _tell(self.event, found[1].object_list)
        return found

    def file_rows(self):
        """As on the page, as many as it can be paged through."""
        rows = list(self.get_queryset()[: ByNamePaginator.cap])
        _tell(self.event, rows)
        return rows

    @property
    def columns(self):
        """What is told of each."""
        return [
            Column("Họ và tên", "name", main=True, note="post", sort="ten"),
            Column("Đơn vị", "unit", sort="don-vi", label="Đơn vị"),
            Column("Năm sinh", "birth_text", label="Sinh", look="nowrap"),
            Column("Khen thưởng được tính", _award_words, shown=_award, label="Khen thưởng được tính"),
            OnPage("Đã chọn", lambda row: muted(row.there) if row.there else "", label="Đã chọn"),
        ]

    def page_columns(self):
        """With boxes for who is no delegate yet."""
        boxes = ticks(
            "nguoi", "chosen", "Chọn mọi người trên trang này", chosen=self.chosen, called=lambda row: row.name,
            offered=lambda row: not row.there,
        )  # fmt: skip
        return [boxes, *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds the form beside the boxes."""
        form = self.form or ChooseForm(event=self.event, below=self.below, initial={"role": "official"})
        more = frame(self.request, self.source or self.event, "upward" if self.below else "delegates")
        more |= {"form": form, "back": self.back, "target": self.event, "below": self.below}
        return super().get_context_data(**more, **kwargs)

    def post(self, request, *args, **kwargs):
        """Add those who were ticked; where one cannot be added, nobody is, and all stays as it was typed."""
        keys = chosen_keys(request.POST, "nguoi")
        form = ChooseForm(request.POST, event=self.event, below=self.below)
        if form.is_valid() and accepted(form, lambda: self.add(keys, form.cleaned_data)):
            messages.success(request, f"Đã thêm {len(keys)} người.")
            return redirect(self.back)
        self.form, self.chosen = form, keys
        answer = self.get(request, *args, **kwargs)
        answer.status_code = 422
        return answer

    def people(self, keys) -> list[Recipient]:
        """Those of ``keys`` in the order of names. Raises ``Refused`` where this person does not see one, or does no more."""
        rows = Recipient.objects.visible_to(self.request.user).main().filter(pk__in=keys, kind=Whom.PERSON)
        found = list(rows.select_related("unit").order_by("sort_text", "pk"))
        if len(found) < len(keys):
            raise Refused("Có người đã đánh dấu không còn trong danh sách cá nhân. Hãy tải lại trang rồi chọn lại.")
        return found

    def add(self, keys, typed):
        """Into the list of the conference itself."""
        facts = {"role": typed["role"], "delegation": typed["delegation"], "reason": typed["reason"]}
        rows = from_recipients(self.event, self.people(keys), **facts)
        add_all(self.event, rows, by=self.request.user)


class UpwardList(CandidateList):
    """Those whom a conference sends to the one above it."""

    below = True

    def find(self, request, pk):
        """For who still chooses below."""
        self.delegation = found = find_delegation(request, pk)
        if told := sending.choose.stranger(found, request.user):
            raise PermissionDenied(told)
        if told := sending.choose.untimely(found, request.user):
            messages.error(request, told)
            return None
        return found.event, found.source, found.get_absolute_url()

    @property
    def away(self):
        """Back to the delegation."""
        return redirect(self.delegation)

    def add(self, keys, typed):
        """Into the delegation."""
        facts = {"role": typed["role"], "reason": typed["reason"]}
        sending.choose(self.delegation, by=self.request.user, people=self.people(keys), **facts)


def _tell(event, rows):
    """What qualifies each of ``rows``, and where each is a delegate already. Three queries."""
    found = recognised(event, rows)
    there = (
        Delegate.objects.filter(event=event, recipient__in=rows).counted().select_related("delegation__unit").order_by()
    )
    known = {one.recipient_id: str(one.delegation or "Trong danh sách") for one in there}
    for row in rows:
        row.found, row.there = found[row.pk], known.get(row.pk, "")


def _award_words(row) -> str:
    award = row.found.award
    return f"{award.title} năm {award.year}" if award else ""


def _award(row):
    award = row.found.award
    if award:
        decided = f"{award.decision}, {award.decided_on:%d/%m/%Y}"
        return format_html('{}<div class="muted small">{}</div>', _award_words(row), decided)
    return muted(row.found.told or "Chưa có")


urlpatterns = [
    path("hoi-nghi/<int:pk>/dai-bieu/chon/", CandidateList.as_view(), name="choose_delegates"),
    path("hoi-nghi/doan/<int:pk>/chon/", UpwardList.as_view(), name="choose_upward"),
]
