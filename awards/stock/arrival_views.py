"""What came for the awards of one decision: ticked one by one, kept for them at once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from documents.steps.accepting import accepted
from units.columns import chosen_keys
from units.permissions import store_keepers_only
from units.text import typed_in

from ..items.models import ItemKind
from ..records.models import Decision
from . import arriving
from .forms import ArrivalForm
from .views import frame

# One form holds no more; what is left comes after these.
MOST = 200


@store_keepers_only
def arrive(request, pk):
    """All that awards of a decision wait for, ticked but for what is bought; what is unticked has not come."""
    decision = get_object_or_404(Decision, pk=pk)
    rows = arriving.awaited(decision).select_related("award", "kind")
    total, rows = rows.count(), list(rows[:MOST])
    chosen = chosen_keys(request.POST, "chosen") if request.method == "POST" else _likely(rows)
    for row in rows:
        row.is_chosen, row.serial = row.pk in chosen, typed_in(request.POST, f"serial-{row.pk}")
    form, made = ArrivalForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        numbers = {key: typed_in(request.POST, f"serial-{key}") for key in chosen}
        accepted(form, lambda: made.append(arriving.arrive(decision, numbers, by=request.user, **form.cleaned_data)))
    if made:
        messages.success(request, f"Đã nhập {len(chosen)} hiện vật, phiếu {made[0]}; giữ cho đúng người được khen.")
        return redirect(made[0])
    shown = {"decision": decision, "rows": rows, "left": total - len(rows), "form": form}
    return render(
        request, "awards/stock/arrive.html", frame(request, "store", **shown), status=422 if form.errors else 200
    )


def _likely(rows):
    return {row.pk for row in rows if row.kind.source != ItemKind.Source.BOUGHT}


urlpatterns = [path("khen-thuong/hien-vat/nhap-kho/quyet-dinh/<int:pk>/", arrive, name="arrive_items")]
