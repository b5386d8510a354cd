"""What is done with texts and phrases: written, changed, thrown away, taken back, an earlier version put back.

Every change of the words leaves a version (``Wording``); the log has who, when, before and after under the same number.
"""

from django.db import transaction

from units.text import clean, clean_words

from ..papers.models import Document
from ..steps.log import words_of
from ..steps.refusing import Refused, unless_taken
from ..steps.stepping import Steps, Who
from .models import Beginning, Kept, OfficeText, Phrase, State, Wording

TEXT, PHRASE = "text", "phrase"
WHOSE = "Dùng cho"
TAKEN = "{noun} «{name}» vừa có ở đây. Hãy đặt tên khác."

KEEPING = Who(
    lambda row, user: row.is_kept_by(user),
    lambda row: "người lập" if row.owner_id else str(row.unit) if row.unit_id else "Sở Nội vụ",
)


def _whose(row) -> str:
    return "Riêng người lập" if row.owner_id else row.whose


def _words(row) -> dict:
    """Everything that is typed, in words, for before and after."""
    return words_of(row, ["name", *row.WORDS]) | {WHOSE: _whose(row)}


def table(model, about: str, address: str) -> Steps:
    """The steps of texts or of phrases: they are the same."""
    noun = str(model._meta.verbose_name)
    steps = Steps(model, noun, about=about, address=address, related=["unit", "owner"], words=_words)

    @steps.step("edit", "Sửa", [State.KEPT], who=KEEPING, form=None, then=_keep_wording)
    def edit(row, *, by, typed):
        """Everything as in ``typed``, another row of the same kind."""
        for name in ("owner", "unit"):
            setattr(row, name, getattr(typed, name))
        _change(row, typed.words, noun)

    @steps.step("put_back", "Lấy lại bản cũ", [State.KEPT], who=KEEPING, form=None, then=_keep_wording)
    def put_back(row, *, by, number):
        """The words of the version ``number``, as a version of its own."""
        wording = wordings(row).filter(number=number).first()
        if wording is None:
            raise Refused(f"Không có bản {number} của {noun} này.")
        _change(row, wording.words, noun)

    @steps.step(
        "drop", f"Bỏ {noun}", [State.KEPT], to=State.DROPPED, who=KEEPING, renews=False, look="outline-danger", icon="trash",
        told="Đã bỏ «{row}». Văn bản đã soạn không đổi; lấy lại được ở đây.",
        words=lambda row: {"Trạng thái": row.get_state_display()},
    )  # fmt: skip
    def drop(row, *, by):
        """It is offered to nobody any more; papers that began from it stay as they are."""

    @steps.step(
        "take_back", "Dùng lại", [State.DROPPED], to=State.KEPT, who=KEEPING, renews=False, look="primary", icon="arrow-back-up",
        told="Đã dùng lại «{row}».", words=lambda row: {"Trạng thái": row.get_state_display()},
    )  # fmt: skip
    def take_back(row, *, by):
        """It is offered again; refused where another one has its name now."""
        _refuse_taken(row, noun)

    return steps


def _change(row, words, noun):
    """Put ``words``, {name of the field: words}, in their place. Raises ``Refused`` where another one has the name."""
    for name, value in words.items():
        setattr(row, name, clean(value).strip() if name == "name" else clean_words(value))
    _refuse_taken(row, noun)


def _refuse_taken(row, noun):
    same = type(row).objects.filter(state=State.KEPT, name=row.name, owner=row.owner, **_apart(row)).exclude(pk=row.pk)
    if same.exists():
        raise Refused(TAKEN.format(noun=noun.capitalize(), name=row.name), "name")


def _apart(row) -> dict:
    """Within what a name is there once, beside the owner."""
    within = {} if row.owner_id else {"unit": row.unit}
    return within | ({"type": row.type} if isinstance(row, OfficeText) else {})


def about(row) -> str:
    """Under which word log and versions tell of ``row``."""
    return TEXT if isinstance(row, OfficeText) else PHRASE


def wordings(row):
    """The versions of ``row``, the latest first."""
    return Wording.objects.filter(about=about(row), key=row.pk)


def _keep_wording(row, by=None, reason=""):
    Wording.objects.create(about=about(row), key=row.pk, number=row.version, words=row.words)


TEXTS = table(OfficeText, TEXT, "text_step")
PHRASES = table(Phrase, PHRASE, "phrase_step")


def steps_of(row) -> Steps:
    """The table of ``row``."""
    return TEXTS if isinstance(row, OfficeText) else PHRASES


@transaction.atomic
def keep(row: Kept, *, by=None, seen_version: int | None = None) -> Kept:
    """Store a new text or phrase, or what was typed into one, with its version. Raises ``Refused``, ``Stale``.

    ``by`` is nobody where the program brings it.
    """
    steps = steps_of(row)
    if row.pk:
        return steps["edit"](row, by=by, seen_version=seen_version, typed=row)
    taken = TAKEN.format(noun=steps.noun.capitalize(), name=row.name)
    with unless_taken(taken, "name"):
        row.save()
    _keep_wording(row)
    if by:
        steps.tell(row, "begin", "Lập", by=by, after=_words(row))
    return row


def remember(document: Document, began: Beginning | None) -> None:
    """Keep from which text and record a draft that was just stored began."""
    if began:
        began.document = document
        began.save(force_insert=True)
