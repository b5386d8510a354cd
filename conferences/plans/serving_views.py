"""Units that serve against an epidemic: the list, marked by a paper, ended."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from documents.models import Document, history_of
from documents.steps.accepting import accepted
from documents.steps.pages import offers, step_view
from units.columns import Column, InFile
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import managers_only, may_manage
from units.templatetags.parts import to

from ..log import About
from . import serving
from .filters import ServingFilter
from .forms import ServingForm
from .models import Serving


class ServingList(OfficeList):
    """Units that serve or served, the latest first."""

    what = "đơn vị"
    filterset_class = ServingFilter
    template_name = "conferences/plans/servings.html"
    export_name = "don-vi-chong-dich"
    export_title = "Đơn vị tập trung chống dịch"
    sorts = {"don-vi": ["unit__sort_text"], "tu": ["since"]}
    columns = [
        Column("Đơn vị", "unit", main=True, sort="don-vi", note="reason"),
        InFile("Nhiệm vụ", "reason"),
        Column("Từ ngày", "since", sort="tu", look="nowrap", label="Từ"),
        Column("Đến ngày", "until", look="nowrap", label="Đến"),
        Column("Theo văn bản", "document.name", label="Theo"),
        Column("Tình trạng", "state"),
    ]

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = Serving.objects.visible_to(self.request.user).select_related("unit", "document__type")
        self.queryset = rows.order_by("-since", "unit__sort_text", "pk")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        return super().get_context_data(
            area="conferences", tab="servings", may_manage=may_manage(self.request.user), **kwargs
        )


def _find(request, pk) -> Serving:
    rows = Serving.objects.visible_to(request.user).select_related("unit", "document__type", "by__unit")
    return get_object_or_404(rows, pk=pk)


def serving_page(request, pk):
    """One unit that serves, by which paper."""
    return _page(request, _find(request, pk))


def _page(request, row, refused=None):
    user = request.user
    shown = {
        "row": row,
        "opens": Document.objects.open_to(user).filter(pk=row.document_id).exists(),
        "steps": offers(serving.STEPS, row, user, refused),
        "changes": history_of(About.SERVING, row.pk)[:50] if may_manage(user) else (),
        "area": "conferences",
        "tab": "servings",
    }
    return render(request, "conferences/plans/serving.html", shown, status=422 if refused else 200)


serving_step = step_view(serving.STEPS, _find, _page)


@managers_only
def mark_serving(request):
    """Units that a paper names."""
    form = ServingForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _mark(form, request.user)):
        messages.success(request, "Đã ghi. Từ ngày đó các đơn vị này tự rút gọn được hội nghị.")
        return redirect("servings")
    back = reverse("servings")
    shown = {"up": to("Đơn vị tập trung chống dịch", back), "back": back, "area": "conferences"}
    return form_page(request, form, "Ghi đơn vị tập trung chống dịch", **shown)


def _mark(form, by):
    typed = dict(form.cleaned_data)
    return serving.mark(typed.pop("units"), by=by, **typed)


urlpatterns = [
    path("hoi-nghi/chong-dich/", ServingList.as_view(), name="servings"),
    path("hoi-nghi/chong-dich/ghi/", mark_serving, name="mark_serving"),
    path("hoi-nghi/chong-dich/<int:pk>/", serving_page, name="serving"),
    path("hoi-nghi/chong-dich/<int:pk>/buoc/", serving_step, name="serving_step"),
]
