"""Probable doubles: the list of pairs, one pair side by side, two records merged, the whole register looked through."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile, state
from units.lists import OfficeList
from units.permissions import managers_only
from units.text import key_or_none

from ..log import About
from . import merging
from .actions import APART
from .filters import DoubleFilter
from .forms import MergeForm
from .models import Double, Recipient
from .page import compared, reasons_of
from .searching import look_through
from .views import FRAME, managed

# Records that are offered to be merged with one, while one looks by name.
OFFERED = 20


def _second(row) -> str:
    return f"{row.second.name} {row.second.birth_text}".strip()


def _other_unit(row) -> str:
    return str(row.second.unit or "") if row.second.unit_id != row.first.unit_id else ""


@method_decorator(managers_only, name="dispatch")
class DoubleList(OfficeList):
    """Pairs that are probably one, the most probable first."""

    template_name = "awards/recipients/doubles.html"
    filterset_class = DoubleFilter
    sorts = {"ten": ["first__sort_text"], "giong": ["-score"]}
    export_name = "co-the-trung"
    export_title = "Cá nhân, tập thể có thể trùng"
    what = "cặp"
    columns = [
        Column("Hai bản ghi", "first.name", file="Bản ghi thứ nhất", main=True, note=_second, sort="ten"),
        Column("Đơn vị", "first.unit", label="Đơn vị", note=_other_unit),
        InFile("Bản ghi thứ hai", "second.name"),
        InFile("Đơn vị của bản ghi thứ hai", "second.unit"),
        Column("Vì", lambda row: ", ".join(reasons_of(row)), label="Vì", sort="giong"),
        Column("Trạng thái", state),
    ]

    def get_queryset(self):
        """Pairs of records that both stand for themselves."""
        rows = Double.objects.filter(first__merged_into=None, second__merged_into=None)
        self.queryset = rows.select_related("first__unit", "second__unit")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        return super().get_context_data(**FRAME, manages=True, **kwargs)


def _pair(request, pk) -> Double:
    """A pair, for who may change both."""
    return get_object_or_404(Double.objects.select_related("first__unit", "second__unit"), pk=pk)


@managers_only
def double(request, pk):
    """A pair side by side."""
    return _double(request, _pair(request, pk))


def _double(request, pair, refused=None):
    context = FRAME | compared(pair.first, pair.second)
    context |= {
        "double": pair,
        "words": reasons_of(pair),
        "steps": offers(APART, pair, request.user, refused),
        "changes": history_of(About.DOUBLE, pair.pk),
        "fault": merging.fault_of_pair(pair.first, pair.second),
    }
    return render(request, "awards/recipients/double.html", context, status=422 if refused else 200)


double_step = managers_only(step_view(APART, _pair, _double))


@managers_only
@require_POST
def look_for_doubles(request):
    """Ask a worker to look through the whole register."""
    job = look_through(by=request.user)
    messages.info(request, "Đã giao máy chạy nền xem lại toàn bộ danh sách.")
    return redirect(job)


def merge(request, pk):
    """Merge another record, ``?voi=``, into one: both side by side first, then the reason."""
    kept = managed(request, pk)
    if told := merging.merge.untimely(kept, request.user):
        messages.error(request, told)
        return redirect(kept)
    key = key_or_none(request.GET.get("voi", ""))
    if key is None:
        return _choose(request, kept)
    gone = managed(request, key)
    if fault := merging.fault_of_pair(kept, gone) or merging.merge.untimely(gone, request.user):
        messages.error(request, fault)
        return redirect("merge_recipient", kept.pk)
    form = MergeForm(request.POST or None, initial={"version": kept.version, "gone_version": gone.version})
    if request.method == "POST" and form.is_valid() and _merged(request, form, kept, gone):
        messages.success(
            request, f"Đã gộp. Tìm theo tên nào cũng ra «{kept}». Gộp nhầm thì mở bản ghi kia và bấm «Tách lại»."
        )
        return redirect(kept)
    context = FRAME | compared(kept, gone) | {"form": form, "kept": kept, "gone": gone}
    return render(request, "awards/recipients/merge.html", context, status=422 if form.errors else 200)


def _merged(request, form, kept, gone) -> bool:
    typed = form.cleaned_data
    return accepted(
        form,
        lambda: merging.join(
            kept, gone, by=request.user, reason=typed["reason"], seen_version=typed["version"],
            gone_version=typed["gone_version"],
        ),
    )  # fmt: skip


def _choose(request, kept):
    """Which record it is to be merged with, looked for by name."""
    words = request.GET.get("q", kept.name)[:200].replace("\0", "")
    rows = Recipient.objects.visible_to(request.user).main().filter(kind=kept.kind).exclude(pk=kept.pk)
    rows = rows.matching(words).by_given_name(words).select_related("unit")[:OFFERED]
    context = FRAME | {"kept": kept, "words": words, "rows": rows}
    return render(request, "awards/recipients/merge_choose.html", context)
