"""The desk's pages about texts that are kept to begin papers from: lists, one text, its versions, gaps tried with a record."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from units.columns import Column, InFile, OnPage
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import writers_only
from units.templatetags.parts import link, to
from units.text import key_or_none

from ..areas import records
from ..printing.views import find
from ..steps.accepting import accepted, attempted
from ..steps.models import history_of
from ..steps.pages import offers, step_view
from ..writing.reading import shown
from . import actions, gaps, rules
from .filters import TextFilter
from .forms import TextForm
from .models import OfficeText, State, Wording


@method_decorator(writers_only, name="dispatch")
class KeptList(OfficeList):
    """Words that a person may use, with whose they are."""

    sorts = {"ten": ["sort_text"]}
    extra_context = {"area": "documents"}
    frame = "documents/texts/base.html"

    def get_queryset(self):
        """Scoped before anything is filtered; what was thrown away only where it is asked for."""
        rows = self.rows()
        self.queryset = rows if self.request.GET.get("state") else rows.filter(state=State.KEPT)
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Which of the two lists it is."""
        return super().get_context_data(tab=self.tab, **kwargs)


class TextList(KeptList):
    """Texts: the own ones, those of the own unit and those for everybody."""

    what = "mẫu"
    tab = "texts"
    filterset_class = TextFilter
    template_name = "documents/texts/texts.html"
    sorts = {"ten": ["sort_text"], "loai": ["type__sort_text", "sort_text"]}
    export_name = "mau-van-ban"
    export_title = "Mẫu văn bản"
    columns = [
        Column("Tên mẫu", "name", main=True, sort="ten"),
        Column("Loại", "type", file="Loại văn bản", sort="loai", label="Loại"),
        InFile("Trích yếu", "subject"),
        Column("Chỗ điền", lambda row: ", ".join(gaps.names_in(row)), label="Chỗ điền", look="small"),
        Column("Dùng cho", "whose", label="Dùng cho"),
        Column("Bản", "version", look="points", label="Bản"),
        OnPage("", lambda row: "", look="text-end"),
    ]

    def rows(self):
        """Those that this person may use."""
        return OfficeText.objects.visible_to(self.request.user).select_related("type", "unit", "owner")


class TextsForRecord(TextList):
    """The same beside a record, from which the gaps of a draft that begins there are filled; texts that it fills come first."""

    def get(self, request, *args, **kwargs):
        """The list; 404 where this person does not see the record."""
        self.kind = records.known(self.kwargs["kind"])
        self.record = self.kind and self.kind.find(self.kwargs["key"], request.user)
        if self.record is None:
            raise Http404
        self.export_title = f"Mẫu văn bản cho {self.kind.called.lower()}: {self.record}"
        return super().get(request, *args, **kwargs)

    def rows(self):
        """Those first of which this kind of record fills most."""
        return super().rows().order_by(rules.filled_most(self.kind), "sort_text", "pk")

    def get_context_data(self, **kwargs):
        """With the record."""
        named = rules.record_named(self.kind, self.record)
        return super().get_context_data(kind=self.kind, record=self.record, ho_so=named, **kwargs)


def found(request, rows, pk):
    """A text or phrase that this person may see; 404 for every other."""
    return get_object_or_404(rows.visible_to(request.user).with_names(), pk=pk)


def _text(request, pk):
    return found(request, OfficeText.objects.select_related("type"), pk)


@writers_only
def keep(request, pk):
    """Keep the words of a paper as a text to begin others from."""
    paper = find(request, pk)
    if not paper.is_ours:
        raise Http404
    words = {name: getattr(paper, name) for name in OfficeText.WORDS}
    return edited(request, TextForm, OfficeText(type=paper.type, unit=request.user.unit, **words), back=paper)


@writers_only
def new(request):
    """A text that is written from nothing."""
    return edited(request, TextForm, OfficeText(unit=request.user.unit))


@writers_only
def text(request, pk):
    """One text: to change, for those who keep it; to read, for the others who use it."""
    return page(request, _text(request, pk), TextForm)


def page(request, row, form, refused=None):
    """The page of a text or phrase, with what may be done with it."""
    is_kept, is_typed = row.is_kept_by(request.user), request.method == "POST" and refused is None
    if is_typed and not is_kept:
        raise PermissionDenied(f"«{row}» do {actions.KEEPING.words(row)} sửa. Cần thay đổi, hãy liên hệ nơi đó.")
    # What was typed while somebody threw the row away is refused beside it, and stays.
    if is_kept and (is_typed or row.state == State.KEPT):
        return edited(request, form, row, refused=refused)
    told = _told(request, row) | {"steps": offers(actions.steps_of(row), row, request.user, refused)}
    if row.state == State.DROPPED:
        told["dropped"] = history_of(actions.about(row), row.pk).filter(what="drop").first()
    return render(request, "documents/texts/read.html", told, status=422 if refused else 200)


def _told(request, row) -> dict:
    """What every page of a text or phrase says of it."""
    is_text = isinstance(row, OfficeText)
    kind = f"{row.type} · " if is_text and row.type_id else ""
    return {
        "row": row,
        "is_text": is_text,
        "words": rules.labelled(row),
        "sub": f"{kind}{row.whose}{f' · bản {row.version}' if row.pk else ''}",
        "up": to("Mẫu văn bản", "texts") if is_text else to("Cụm từ", "phrases"),
        "area": "documents",
    }


def edited(request, form_class, row, back=None, refused=None):
    """Show a text or phrase for editing, or store what was typed."""
    typed = request.POST if request.method == "POST" and refused is None else None
    form = form_class(typed, instance=row, user=request.user)
    if typed is not None and form.is_valid():
        kept = []
        if accepted(form, lambda: kept.append(actions.keep(form.instance, by=request.user, seen_version=form.seen))):
            messages.success(request, f"Đã lưu «{kept[0].name}», bản {kept[0].version}.")
            return redirect(kept[0])
    told = _told(request, row) | {"save": "Lưu", "template": "documents/texts/edit.html", "gaps": gaps.known_names()}
    told["steps"] = offers(actions.steps_of(row), row, request.user, refused) if row.pk else []
    if back:
        told["up"] = link(back, back.name)
    told["examples"] = [
        (rules.record_named(kind, row), kind.called, row) for kind, row in rules.examples(request.user, row)
    ]
    answer = form_page(request, form, ("" if row.pk else "Thêm ") + row._meta.verbose_name, **told)
    answer.status_code = 422 if refused else answer.status_code
    return answer


text_step = step_view(actions.TEXTS, _text, lambda request, row, refused: page(request, row, TextForm, refused=refused))


# --- Versions


@writers_only
def text_history(request, pk):
    """The versions of a text."""
    return versions(request, _text(request, pk))


def versions(request, row):
    """Who changed what when, and the words of each version; two queries a page."""
    rows = Paginator(actions.wordings(row), 20).get_page(request.GET.get("page"))
    numbers = [one.number for one in rows]
    told = history_of(actions.about(row), row.pk).filter(version__in=numbers, what__in=["begin", "edit", "put_back"])
    changes = {one.version: one for one in told}
    for one in rows:
        one.change, one.is_now, one.said = (
            changes.get(one.number),
            one.number == row.version,
            rules.labelled(row, one.words),
        )
    may = actions.steps_of(row)["put_back"].may(row, request.user)
    context = _told(request, row) | {"page_obj": rows, "may_put_back": may}
    return render(request, "documents/texts/versions.html", context)


@require_POST
@writers_only
def put_text_back(request, pk, number):
    """The words of an earlier version, as the newest one."""
    return put_back(request, _text(request, pk), number)


def put_back(request, row, number):
    """Make an earlier version the newest; 404 where there is none."""
    get_object_or_404(Wording, about=actions.about(row), key=row.pk, number=number)
    step, seen = actions.steps_of(row)["put_back"], key_or_none(request.POST.get("version", "")) or 0
    stored = attempted(request, lambda: step(row, by=request.user, seen_version=seen, number=number))
    if stored:
        messages.success(request, f"Đã lấy lại lời văn của bản {number}, thành bản {stored.version}.")
    return redirect(stored or row)


# --- Gaps


@require_POST
@writers_only
def try_gaps(request):
    """What is typed, with its gaps filled from the record that the page chose: JSON ``{fields, document, facts}``."""
    kind, row = rules.asked_record(request.POST.get("ho_so", ""), request.user)
    paper = rules.any_paper(request.user)
    facts = gaps.facts_of(paper, kind, row, user=request.user)
    words = rules.filled({name: request.POST.get(name, "") for name in OfficeText.WORDS}, facts)
    body = words.pop("body").replace("\r\n", "\n")
    labels = dict(rules.labels())
    told = [(labels[name], value) for name, value in words.items() if value.strip()]
    return JsonResponse({"fields": told, "document": shown(body) if body.strip() else None, "facts": facts})
