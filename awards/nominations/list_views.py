"""All nominations: where each stands, who goes first among equals, one step with all that were ticked; how long steps take."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Case, IntegerField, When
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.steps.accepting import accepted
from documents.steps.refusing import Refused
from units.columns import Column, InFile, chosen_keys, state, ticks
from units.filters import DressedFilterSet, WordsFilter
from units.forms import DressedForm, rows
from units.lists import OfficeList
from units.models import Unit
from units.permissions import managers_only, may_manage

from ..catalogue.book import award_choices, book_of, called
from ..catalogue.models import AwardType, Whom
from ..recipients.models import Recipient
from . import choosing, flags
from .competing import competed
from .models import Nomination
from .views import FRAME

MET = [
    ("co", "Đủ điều kiện"),
    ("khong", "Chưa đủ"),
    ("chua-ro", "Chưa kết luận được"),
    ("thay", "Không được, còn danh hiệu xét thay"),
]


class NominationFilter(DressedFilterSet):
    """Nominations by who, for what, of whom, where they stand, what the check found."""

    q = WordsFilter("Tìm tên", "recipient", Recipient.objects.all())
    danh_hieu = django_filters.ChoiceFilter(
        label="Danh hiệu, hình thức", choices=award_choices, method="of_type", empty_label="Tất cả"
    )
    state = django_filters.ChoiceFilter(label="Đang ở bước", choices=Nomination.State, empty_label="Tất cả")
    nam = django_filters.NumberFilter(label="Năm", field_name="dossier__year", min_value=1990, max_value=2100)
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị đề nghị", field_name="dossier__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    kiem_tra = django_filters.ChoiceFilter(label="Kiểm tra", choices=MET, method="by_check", empty_label="Tất cả")
    la = django_filters.ChoiceFilter(label="Là", field_name="recipient__kind", choices=Whom, empty_label="Tất cả")

    class Meta:
        model = Nomination
        fields = ["q", "danh_hieu", "state", "nam", "don_vi", "kiem_tra", "la"]

    def of_type(self, queryset, name, value):
        """Those for one award."""
        return queryset.filter(type=AwardType.objects.filter(code=value).values_list("pk", flat=True).first())

    def by_check(self, queryset, name, value):
        """Those that the last check found so; ``thay``: that came to nothing and have another award."""
        if value == "thay":
            return queryset.filter(pk__in=Nomination.objects.falling_back().order_by().values("pk"))
        met = {"co": True, "khong": False}.get(value)
        return queryset.filter(checked_at__isnull=False, met=met)


class ActForm(DressedForm, forms.Form):
    """What is done with all that were ticked."""

    act = forms.ChoiceField(
        label="Với các dòng đã chọn",
        choices=[
            ("", "Chọn việc cần làm"),
            ("refuse", "Không đề nghị khen"),
            ("accept", "Vẫn đề nghị, kèm lý do"),
        ],
    )
    words = forms.CharField(
        label="Lý do", required=False, max_length=2000, widget=rows(2),
        help_text="Không đề nghị khen mà để trống: mỗi người ghi đúng điều còn thiếu của mình, kèm điều luật.",
    )  # fmt: skip


def _stood(row):
    return "" if not row.checked_at else "Đủ" if row.met else row.missing or "Chưa kết luận được"


def _goes_first(row):
    first = f"Ưu tiên khi bằng nhau: {', '.join(row.preferred)}." if row.preferred else ""
    return " ".join(filter(None, [first, *row.flags, *row.competed]))


class NominationList(OfficeList):
    """Every nomination that this person may see, with what the last check found and who goes first among equals."""

    what = "đề nghị"
    filterset_class = NominationFilter
    template_name = "awards/nominations/nominations.html"
    export_name = "de-nghi-khen-thuong"
    export_title = "Đề nghị khen thưởng"
    sorts = {"ten": ["recipient__sort_text"], "don-vi": ["dossier__unit__sort_text"]}
    columns = [
        Column("Người được đề nghị", "name", main=True, note="post", sort="ten"),
        Column("Danh hiệu, hình thức", lambda row: called(row.type), label="Đề nghị"),
        Column("Đơn vị đề nghị", "dossier.unit", sort="don-vi", label="Đơn vị"),
        InFile("Năm", "dossier.year"),
        Column("Kiểm tra", _stood, note=_goes_first, label="Kiểm tra"),
        InFile("Ưu tiên", lambda row: ", ".join(row.preferred)),
        InFile("Cờ khác cùng năm", lambda row: " ".join(row.flags)),
        InFile("Cụm, khối", lambda row: " ".join(row.competed)),
        Column("Đang ở bước", state),
        InFile("Từ ngày", "since"),
        InFile("Lý do không khen", "refusal"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered; what goes on first."""
        found = Nomination.objects.visible_to(self.request.user)
        is_over = Case(When(state__in=Nomination.OVER, then=1), default=0, output_field=IntegerField())
        found = found.annotate(is_over=is_over)
        found = found.select_related("type", "dossier__unit", "recipient")
        self.queryset = found.order_by("is_over", "type__position", "dossier__unit__sort_text", "dossier", "position")
        return super().get_queryset()

    def file_rows(self):
        """All of them, each with why it goes first."""
        return _weighed(list(super().file_rows()))

    def page_columns(self):
        """Who appraises chooses rows."""
        if not may_manage(self.request.user):
            return super().page_columns()
        chosen = getattr(self.refused, "chosen", ())
        boxes = ticks("chon", "lam", "Chọn mọi dòng", chosen=chosen, called=lambda row: row.name)
        return [boxes, *super().page_columns()]

    def get_context_data(self, **kwargs):
        """Adds quotas of the award that was asked for, and what may be done with rows."""
        context = super().get_context_data(**FRAME, **kwargs)
        _weighed(context["page_obj"].object_list)
        form = (self.refused or ActForm()) if may_manage(self.request.user) else None
        return context | {"act_form": form, "quota": self._quota(), "query": self.request.GET.urlencode()}

    def _quota(self):
        """(what holds, how many were chosen) of the award and year that the filter names; nothing without a rule."""
        form = self.filterset.form
        typed = form.cleaned_data if form.is_valid() else {}
        code, year = typed.get("danh_hieu"), typed.get("nam")
        book = book_of(timezone.localdate())
        rule = book.the("quota", code) if code and year else None
        if not rule:
            return None
        chosen = Nomination.objects.filter(type__code=code, dossier__year=year).exclude(state__in=Nomination.LOST)
        return {"most": rule.value, "chosen": chosen.count(), "citation": book.citation(rule)}


def _weighed(found):
    """Each of ``found`` with why it goes first, the other flags of its year, how its unit stood in its cluster."""
    # Of what is over nobody chooses any more.
    going = [row for row in found if row.state not in Nomination.OVER]
    words, others, stood = choosing.preferences(going), flags.others_of(going), competed(going)
    for row in found:
        row.preferred = words.get(row.pk, [])
        row.flags = [one.words for one in others.get(row.pk, ())]
        own = stood.get(row.pk)
        row.competed = [*(one.words for one in own.told), *own.doubts] if own else []
    return found


@require_POST
@managers_only
def act_on_chosen(request):
    """One step with all that were ticked; those that cannot go are named with the reason."""
    form, done = ActForm(request.POST), []
    form.chosen = chosen_keys(request.POST, "chon")
    if not (form.is_valid() and accepted(form, lambda: done.append(_take(request, form)))):
        return NominationList.again(request, form)
    (outcome,) = done
    address = f"{reverse('nominations')}?{request.GET.urlencode()}"
    if outcome.done:
        messages.success(request, f"Đã làm với {len(outcome.done)} đề nghị.")
    if outcome.refused:
        return render(request, "awards/nominations/acted.html", FRAME | {"outcome": outcome, "address": address})
    return redirect(address)


def _take(request, form):
    """Take the step; what is refused is told beside the field of this form."""
    if not form.chosen:
        raise Refused("Chưa chọn dòng nào. Hãy đánh dấu ở bảng dưới.", "act")
    rows = Nomination.objects.visible_to(request.user).filter(pk__in=form.chosen)
    try:
        return choosing.take(by=request.user, rows=rows, **form.cleaned_data)
    except Refused as refused:
        raise Refused(str(refused), "words" if refused.field == "reason" else refused.field) from refused
