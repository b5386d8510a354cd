"""The desk's pages about phrases, and what the editor asks for: which there are, one from what is selected."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from units.columns import Column, InFile
from units.permissions import writers_only

from ..steps.accepting import accepted
from ..steps.pages import step_view
from . import actions, gaps, rules, views
from .filters import PhraseFilter
from .forms import PhraseForm
from .models import Phrase

# So many are offered at once in the editor; who wants another one types some of its words.
MOST_FOUND = 30
GLIMPSE = 140


class PhraseList(views.KeptList):
    """Phrases: the own ones, those of the own unit and those for everybody."""

    what = "cụm từ"
    tab = "phrases"
    filterset_class = PhraseFilter
    template_name = "documents/texts/phrases.html"
    export_name = "cum-tu"
    export_title = "Cụm từ"
    columns = [
        Column("Tên gọi", "name", main=True, note=lambda row: rules.plain(row.body)[:GLIMPSE], sort="ten"),
        InFile("Lời văn", lambda row: rules.plain(row.body)),
        Column("Chỗ điền", lambda row: ", ".join(gaps.names_in(row)), label="Chỗ điền", look="small"),
        Column("Dùng cho", "whose", label="Dùng cho"),
        Column("Bản", "version", look="points", label="Bản"),
    ]

    def rows(self):
        """Those that this person may use."""
        return Phrase.objects.visible_to(self.request.user).with_names()


def _phrase(request, pk):
    return views.found(request, Phrase.objects, pk)


@writers_only
def new(request):
    """A phrase that is written on its own page."""
    return views.edited(request, PhraseForm, Phrase(unit=request.user.unit))


@writers_only
def phrase(request, pk):
    """One phrase: to change, or to read."""
    return views.page(request, _phrase(request, pk), PhraseForm)


phrase_step = step_view(
    actions.PHRASES, _phrase, lambda request, row, refused: views.page(request, row, PhraseForm, refused=refused)
)


@writers_only
def phrase_history(request, pk):
    """The versions of a phrase."""
    return views.versions(request, _phrase(request, pk))


@require_POST
@writers_only
def put_phrase_back(request, pk, number):
    """The words of an earlier version, as the newest one."""
    return views.put_back(request, _phrase(request, pk), number)


# --- What the editor asks for


@writers_only
def search(request):
    """Phrases that this person may put into a paper, by any of their words, as JSON."""
    words = request.GET.get("q", "").replace("\0", "")
    rows = Phrase.objects.usable_by(request.user).with_names().matching(words)[:MOST_FOUND]
    results = [
        {"key": row.pk, "name": row.name, "words": rules.plain(row.body)[:GLIMPSE], "whose": row.whose} for row in rows
    ]
    return JsonResponse({"results": results})


@require_POST
@writers_only
def keep_selected(request):
    """Keep what is selected in the editor as a phrase; JSON ``{told}``, or ``{faults}`` by field."""
    form = PhraseForm(request.POST, instance=Phrase(unit=request.user.unit), user=request.user)
    if form.is_valid() and accepted(form, lambda: actions.keep(form.instance, by=request.user)):
        return JsonResponse({"told": f"Đã lưu cụm từ «{form.instance.name}»."})
    named = {name: f"{field.label}: " for name, field in form.fields.items()}
    return JsonResponse(
        {"faults": [f"{named.get(name, '')}{' '.join(errors)}" for name, errors in form.errors.items()]}
    )
