"""The rows of the database as plain values (``law.Catalogue``), read in ten queries and kept until a row changes."""

from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from django.utils import timezone

from documents.citations.rules import BY_NAME, short_form
from documents.models import Document, Effect

from .law import Book, Catalogue, Row, Text
from .models import Amendment, AwardType, Criterion, Decider, Definition, Measure, Office, Stamp, Statement, Whom

_NEED = ("of", "kind", "least", "most", "share", "over", "span", "within", "alt", "only", "hard", "words")
_LISTED = ("by", "at")
_EVER = date.min
_known: dict = {}


def catalogue() -> Catalogue:
    """What is laid down, of all days. One query at most where nothing changed since this process last read it."""
    token = Stamp.current()
    if token is None:
        return _read()
    if token not in _known:
        _known.clear()
        _known[token] = _read()
    return _known[token]


def book_of(day) -> Book:
    """What held on ``day``."""
    return catalogue().on(day)


def award_choices() -> list[tuple[str, str]]:
    """(code, name) of every award there ever was, as the catalogue has it today, or had it last."""
    known, day = catalogue(), timezone.localdate()
    codes = dict.fromkeys(row.award for row in known.rows if row.kind == "award")
    return [(code, known.name_on(code, day)) for code in codes]


def award_names() -> dict[str, str]:
    """{code: what the award was last called}."""
    rows = AwardType.objects.order_by("position", "definitions__since").values_list("code", "definitions__name")
    return {code: name or code for code, name in rows}


def called(award: AwardType) -> str:
    """What a danh hiệu or hình thức is called today."""
    return catalogue().name_on(award.code, timezone.localdate())


def law_name(document) -> str:
    """``Luật Thi đua, khen thưởng số 06/2022/QH15``: as pages name a law, of which several have one name."""
    words = short_form(document)
    if document.type.code not in BY_NAME:
        return words
    # A law that amends others is known by its number alone.
    return f"{words if ' sửa đổi' not in words else document.type.name} số {document.reference}"


def _read() -> Catalogue:
    types = {row.pk: row for row in AwardType.objects.all()}
    offices = {row.pk: row for row in Office.objects.all()}
    reader = _Reader(types, offices)
    rows = [row for model in (Definition, Decider, Measure, Statement) for row in reader.rows_of(model)]
    rows += [reader.office(row) for row in offices.values()]
    criteria = reader.rows_of(Criterion)
    return Catalogue(rows, list(reader.texts.values()), criteria)


class _Reader:
    """Makes plain rows; each law once."""

    def __init__(self, types, offices):
        self.types, self.offices, self.texts = types, offices, {}
        amendments = list(Amendment.objects.select_related("law__type", "by__type"))
        self.amended = {row.by_id: row.law.reference for row in amendments}
        replaced = Effect.objects.filter(kind=Effect.Kind.REPLACES, paper__origin=Document.Origin.CITED)
        self.next = dict(replaced.values_list("target_id", "paper__reference"))
        for row in amendments:
            self._text(row.by)

    def rows_of(self, model) -> list[Row]:
        """All rows of one table."""
        found = list(model.objects.select_related("law__type").order_by("pk"))
        if model is Criterion:
            prefetch_related_objects(found, "needs")
        return [self._row(row, **_VALUES[model](self, row)) for row in found]

    def office(self, row) -> Row:
        """That an office is there."""
        more = {"code": row.code, "name": row.name, "fund": row.fund}
        return Row("office", "*", "*", "", "", row.since or _EVER, row.until, None, "", more=more, key=row)

    def _row(self, row, *, kind, value="", by="", more=None, award="") -> Row:
        about = award or (self.code(row.award_id) if row.award_id else row.about)
        text = self._text(row.law) if row.law else None
        doubt = row.doubt if row.waits else ""
        whom = getattr(row, "whom", "") or "*"
        return Row(
            kind, about, whom, by, value, row.since, row.until, text, row.place, doubt, row.note, more or {}, row
        )

    def _text(self, law) -> Text:
        if law.pk not in self.texts:
            amends, later = self.amended.get(law.pk, ""), self.next.get(law.pk, "")
            # The register names the first day on which it holds no more.
            until = law.effective_to and law.effective_to - timedelta(days=1)
            self.texts[law.pk] = Text(law.reference, law_name(law), law.effective_from, until, amends, later)
        return self.texts[law.pk]

    def code(self, pk) -> str:
        """The code of an award by its key."""
        return self.types[pk].code


def _definition(reader, row):
    award = reader.types[row.award_id]
    more = {"form": award.form, "level": award.level, "for": [whom for whom in Whom.values if award.is_for(whom)]}
    more |= {"flag": True} if award.is_flag else {}
    more |= {"posthumous": True} if award.is_posthumous else {}
    more |= {"short": row.short} if row.short else {}
    more |= {"group": award.group} if award.group else {}
    more |= {"counts_as": reader.code(award.counts_as_id)} if award.counts_as_id else {}
    return {"kind": "award", "award": award.code, "value": row.name, "more": more}


def _decider(reader, row):
    return {"kind": "decides", "value": reader.offices[row.office_id].code}


def _measure(reader, row):
    of = reader.code(row.of_award_id) if row.of_award_id else row.of
    more = {"of": of, "code": row.code, "most": row.is_most, "secret": row.is_secret}
    more = {name: value for name, value in more.items() if value}
    by = reader.offices[row.office_id].code if row.office_id else ""
    return {
        "kind": row.kind,
        "value": int(row.value) if row.kind in Measure.WHOLE else row.value,
        "by": by,
        "more": more,
    }


LINES = (Statement.Kind.ITEMS, Statement.Kind.DOSSIER)
CODED = (
    Statement.Kind.PAYS,
    Statement.Kind.CANCELS,
    Statement.Kind.STRIPS,
    Statement.Kind.BODY,
    Statement.Kind.INSTEAD,
)


def _statement(reader, row):
    kind, more = row.kind, {}
    routes = {"of": row.routes.split(", ")} if row.routes else {}
    if kind in LINES:
        value, more = row.words.splitlines(), ({"code": row.code} if row.code else {}) | routes
    elif kind in CODED:
        value = row.code
    elif kind == Statement.Kind.PRINCIPLE:
        value, more = row.code, {"words": row.words} | routes
    else:
        value, more = row.words, ({"code": row.code} if row.code else {}) | routes
    return {"kind": kind, "value": value, "more": more}


def _criterion(reader, row):
    more = {"needs": [_need(need) for need in row.needs.all()]}
    more |= {"route": row.route} if row.route else {}
    more |= {"group": row.groups} if row.groups else {}
    more |= {"after": reader.code(row.after_id)} if row.after_id else {}
    more |= {name: True for name in ("latest", "each_way") if getattr(row, name)}
    return {"kind": "criterion", "more": more}


def _need(need) -> dict:
    columns = {name: getattr(need, name) for name in _NEED}
    # Nought says something: nobody who was warned.
    found = {name: value for name, value in columns.items() if value or (value == 0 and value is not False)}
    found |= {name: getattr(need, name).split(", ") for name in _LISTED if getattr(need, name)}
    return {"is": need.condition} | found


_VALUES = {
    Definition: _definition,
    Decider: _decider,
    Measure: _measure,
    Statement: _statement,
    Criterion: _criterion,
}
