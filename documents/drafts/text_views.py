"""The desk's pages about texts that the office keeps to begin papers from."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from units.columns import Column, InFile, OnPage
from units.forms import DressedForm, rows
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import writers_only
from units.templatetags.parts import link, to

from ..papers.models import OfficeText
from ..papers.rules import texts_for
from ..printing.views import find
from ..steps.accepting import accepted
from ..steps.refusing import unless_taken
from ..writing.fields import WritingArea, WritingField
from .filters import TextFilter


class TextForm(DressedForm, forms.ModelForm):
    """One text of the own unit."""

    printed = ("subject", "bases", "to", "recipients", "body")

    class Meta:
        model = OfficeText
        fields = ["name", "subject", "bases", "to", "recipients", "body"]
        widgets = {"subject": rows(2), "bases": rows(3), "to": rows(2), "recipients": rows(3)}
        widgets["body"] = WritingArea({"rows": 18})
        field_classes = {"body": WritingField}

    def _get_validation_exclusions(self):
        """Unit and type are set by the page, and belong to the check that a name is there once."""
        return super()._get_validation_exclusions() - {"unit", "type"}


@method_decorator(writers_only, name="dispatch")
class TextList(OfficeList):
    """Texts of the own unit and those for everybody."""

    what = "mẫu"
    filterset_class = TextFilter
    template_name = "documents/drafts/texts.html"
    sorts = {"ten": ["sort_text"], "loai": ["type__sort_text", "sort_text"]}
    export_name = "mau-van-ban"
    export_title = "Mẫu văn bản"
    columns = [
        Column("Tên mẫu", "name", main=True, sort="ten"),
        Column("Loại", "type", file="Loại văn bản", sort="loai", label="Loại"),
        InFile("Trích yếu", "subject"),
        Column("Dùng cho", lambda row: row.unit or "Mọi đơn vị", label="Dùng cho"),
        OnPage("", lambda row: "", look="text-end"),
    ]
    extra_context = {"area": "documents"}

    def get_queryset(self):
        """Scoped before anything is filtered."""
        self.queryset = texts_for(self.request.user)
        return super().get_queryset()


def _own(request, pk):
    """A text of the own unit; those for everybody are changed in the back office."""
    return get_object_or_404(OfficeText.objects.filter(unit__in=request.user.inherited_units), pk=pk)


@writers_only
def keep(request, pk):
    """Keep the words of a paper as a text to begin others from."""
    paper = find(request, pk)
    if not paper.is_ours:
        raise Http404
    words = {name: getattr(paper, name) for name in ("subject", "bases", "to", "recipients", "body")}
    text = OfficeText(type=paper.type, unit=request.user.unit, **words)
    return _edit(request, text, back=paper)


@writers_only
def text(request, pk):
    """One text, to change."""
    return _edit(request, _own(request, pk))


def _store(form):
    """Store a text; raises ``Refused`` where a colleague took its name a moment ago."""
    with unless_taken("Đơn vị vừa có một mẫu cùng tên. Hãy đặt tên khác.", "name"):
        form.save()


def _edit(request, row, back=None):
    """Show a text for editing, or store what was typed."""
    form = TextForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _store(form)):
        messages.success(request, f"Đã lưu mẫu «{form.instance.name}».")
        return redirect("texts")
    told = {"text": row, "sub": f"{row.type} · {row.unit}", "save": "Lưu mẫu", "area": "documents"}
    told |= {
        "up": link(back, back.name) if back else to("Mẫu văn bản", "texts"),
        "template": "documents/drafts/text.html",
    }
    return form_page(request, form, "Mẫu văn bản", **told)


@require_POST
@writers_only
def drop(request, pk):
    """Throw a text of the own unit away; papers that began from it stay as they are."""
    row = _own(request, pk)
    row.delete()
    messages.success(request, f"Đã bỏ mẫu «{row.name}». Các văn bản đã soạn từ mẫu này không đổi.")
    return redirect("texts")
