"""Forms about sets of criteria: facts, the tree as one page of rows, approval."""

from itertools import zip_longest

from django import forms
from django.db.models import Q
from django.utils import timezone

from documents.citations.fields import PaperField
from documents.steps.forms import EditForm, StepForm
from units.figures import figure_text
from units.forms import DressedForm
from units.models import Unit
from units.text import key_or_none

from .models import CriteriaSet, Criterion
from .points import read_points
from .tree import MOST_LEVELS, MOST_ROWS, TreeRow

# Who may be asked to verify a criterion.
VERIFIERS = [Unit.Kind.DEPARTMENT, Unit.Kind.CENTRAL, Unit.Kind.PARTY, Unit.Kind.FRONT]
Kind = Criterion.Kind


class PointsField(forms.CharField):
    """Points as the office writes them. Gives a ``Decimal`` or None."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value):
        """Stored points in the office's way; what was typed as it was typed."""
        return value if isinstance(value, str) else figure_text(value)

    def clean(self, value):
        """Raises ``ValidationError`` in the office's words."""
        try:
            return read_points(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


class SetForm(EditForm):
    """The facts of a set; its category only while it is new."""

    total = PointsField(label="Tổng điểm", help_text="Tổng điểm chính, ví dụ 100 hoặc 1.000; chưa kể thưởng, trừ.")

    class Meta:
        model = CriteriaSet
        fields = ["category", "name", "total", "applies_from"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["applies_from"].widget = forms.TextInput(attrs={"class": "form-control", "inputmode": "numeric"})
        for field in self.fields.values():
            field.half = True
        if self.instance.pk:
            del self.fields["category"]
        else:
            self.fields["category"].empty_label = "Chọn loại cụm, khối"
            self.initial["applies_from"] = timezone.localdate().year

    def clean_applies_from(self):
        """Four figures."""
        year = self.cleaned_data["applies_from"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError("Hãy ghi năm gồm bốn chữ số, ví dụ 2026.")
        return year


class RowForm(DressedForm, forms.Form):
    """One row of the tree."""

    level = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=MOST_LEVELS,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Cấp là số từ 1 đến {MOST_LEVELS}."
        ),
    )
    code = forms.CharField(label="Số mục", max_length=20, error_messages={"required": "Hãy ghi số mục."})
    text = forms.CharField(
        label="Nội dung",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 1}),
        error_messages={"required": "Hãy ghi nội dung."},
    )
    kind = forms.ChoiceField(label="Loại điểm", choices=Kind, required=False)
    maximum = PointsField(label="Điểm tối đa", required=False)
    needs_evidence = forms.BooleanField(label="Phải có minh chứng", required=False)
    verifier = forms.ChoiceField(
        label="Sở, ngành thẩm định",
        required=False,
        error_messages={"invalid_choice": "«%(value)s» không phải tên một sở, ngành đang hoạt động. Hãy chọn lại."},
    )

    def __init__(self, *args, verifiers, **kwargs):
        super().__init__(*args, **kwargs)
        self.verifiers = verifiers
        self.fields["verifier"].choices = [
            ("", "Trưởng cụm"),
            *((str(key), str(unit)) for key, unit in verifiers.items()),
        ]
        # A name of a file that is no unit's stays chosen, and refused, until somebody chooses another.
        asked = str(self["verifier"].value() or "")
        if asked and asked not in dict(self.fields["verifier"].choices):
            self.fields["verifier"].widget.choices = [*self.fields["verifier"].choices, (asked, asked)]

    def row(self) -> TreeRow:
        """The row as typed."""
        typed = self.cleaned_data
        return TreeRow(
            typed["level"],
            typed["code"],
            typed["text"],
            Kind(typed["kind"] or Kind.MAIN),
            typed["maximum"],
            typed["needs_evidence"],
            self.verifiers.get(int(typed["verifier"])) if typed["verifier"] else None,
        )


class TreeForm:
    """All rows of a tree, in the order in which they stand on the page; each carries its number in ``row``."""

    fields = ("level", "code", "text", "kind", "maximum", "needs_evidence", "verifier")

    def __init__(self, rows: list[dict], *, bound: bool):
        """``rows``: what each field of each row holds, as it is typed."""
        kept = [row["verifier"] for row in rows if key_or_none(str(row["verifier"]))]
        units = Unit.objects.filter(kind__in=VERIFIERS)
        # One list for all rows of the page: computing it costs a query. What ended since is told beside its row.
        alive = units.alive_on(timezone.localdate()).values("pk")
        verifiers = units.filter(Q(pk__in=alive) | Q(pk__in=kept)).in_bulk()
        self.rows = rows
        self.forms = [
            RowForm(
                {f"r{number}-{name}": value for name, value in row.items()} if bound else None,
                initial=row,
                prefix=f"r{number}",
                verifiers=verifiers,
            )
            for number, row in enumerate(rows)
        ]
        for form, row, following in zip_longest(self.forms, rows, rows[1:]):
            form.is_group = following is not None and _level(following) > _level(row)

    @classmethod
    def posted(cls, data):
        """The rows that were posted, with what was asked of one of them done."""
        rows = [{name: data.get(f"r{number}-{name}", "") for name in cls.fields} for number in data.getlist("row")]
        for row in rows:
            row["level"] = _level(row)
        act, _, place = data.get("row_act", "").partition(":")
        place = key_or_none(place)
        if act in _ACTS and place is not None and place < len(rows):
            rows = _ACTS[act](rows, place)
        elif act == "append":
            rows = [*rows, _empty(1)]
        else:
            rows = [row for row in rows if row["code"] or row["text"] or row["maximum"]]
        return cls(rows[:MOST_ROWS], bound=not act)

    @classmethod
    def of(cls, tree: list[TreeRow]):
        """The rows of a stored tree."""
        return cls([typed(row) for row in tree], bound=False)

    def is_valid(self) -> bool:
        """Whether every row can be stored; a code twice, a level that is skipped and a leaf without points are told beside it."""
        for form in self.forms:
            form.full_clean()
        codes, above = set(), 0
        for form in self.forms:
            if form.is_valid():
                row = form.row()
                self._check(form, row, codes, above)
                codes.add(row.code)
            above = _level(form.initial)
        return not any(form.errors for form in self.forms)

    def _check(self, form, row, codes, above):
        """What only the other rows tell about one."""
        if row.code in codes:
            form.add_error("code", f"Số mục {row.code} đã có ở dòng trên. Hãy đổi một trong hai.")
        if row.level > above + 1:
            form.add_error("code", "Mục này thụt vào quá sâu so với dòng trên. Hãy đưa ra một cấp.")
        if row.maximum == 0 or (row.maximum is None and not form.is_group):
            form.add_error("maximum", "Hãy ghi điểm tối đa lớn hơn 0.")
        # Nobody looks at a group by itself.
        if form.is_group and (row.verifier or row.needs_evidence):
            form.add_error("verifier", "Nhóm không có minh chứng, thẩm định riêng. Hãy ghi ở từng mục trong nhóm.")
        elif row.verifier and not row.verifier.is_alive_on(timezone.localdate()):
            form.add_error("verifier", f"{row.verifier} không còn hoạt động. Hãy chọn đơn vị khác.")

    def tree(self) -> list[TreeRow]:
        """The rows as typed."""
        return [form.row() for form in self.forms]


def _level(row) -> int:
    level = key_or_none(str(row["level"]))
    return 1 if level is None else level


def typed(row: TreeRow) -> dict:
    """A row as its form begins with it."""
    verifier = str(row.verifier.pk) if row.verifier else ""
    return row.__dict__ | {"kind": row.kind.value, "verifier": verifier}


# --- What the buttons of a row do: (rows, index) → rows


def _branch(rows, index) -> int:
    """Where the parts of the row at ``index`` end."""
    end = index + 1
    while end < len(rows) and rows[end]["level"] > rows[index]["level"]:
        end += 1
    return end


def _up(rows, index):
    """Before the row of the same level above it, with its parts."""
    before = index - 1
    while before >= 0 and rows[before]["level"] > rows[index]["level"]:
        before -= 1
    if before < 0 or rows[before]["level"] < rows[index]["level"]:
        return rows
    end = _branch(rows, index)
    return rows[:before] + rows[index:end] + rows[before:index] + rows[end:]


def _down(rows, index):
    """Behind the row of the same level below it, with its parts."""
    end = _branch(rows, index)
    if end == len(rows) or rows[end]["level"] < rows[index]["level"]:
        return rows
    return _up(rows, end)


def _shift(rows, index, by):
    end = _branch(rows, index)
    moved = [row | {"level": row["level"] + by} for row in rows[index:end]]
    deepest = rows[index - 1]["level"] + 1 if index else 1
    if moved[0]["level"] > deepest or any(not 1 <= row["level"] <= MOST_LEVELS for row in moved):
        return rows
    return rows[:index] + moved + rows[end:]


def _add(rows, index):
    """An empty row of the same level behind it and its parts."""
    end = _branch(rows, index)
    return [*rows[:end], _empty(rows[index]["level"]), *rows[end:]]


def _empty(level):
    return dict.fromkeys(TreeForm.fields, "") | {"level": level, "kind": Kind.MAIN.value}


_ACTS = {
    "up": _up,
    "down": _down,
    "in": lambda rows, index: _shift(rows, index, 1),
    "out": lambda rows, index: _shift(rows, index, -1),
    "add": _add,
    "remove": lambda rows, index: rows[:index] + rows[_branch(rows, index) :],
}


class ApproveForm(StepForm):
    """When the office approved, by which paper."""

    day = forms.DateField(label="Ngày duyệt")
    paper = PaperField(
        label="Văn bản ban hành", required=False, help_text="Số, ký hiệu văn bản đã có trong sổ; để trống nếu chưa có."
    )

    def prepare(self):
        """Approved today, as a rule."""
        self.initial["day"] = timezone.localdate()


class WorkbookForm(DressedForm, forms.Form):
    """A filled-in Excel file. It is read, not kept."""

    file = forms.FileField(
        label="Tệp Excel đã điền", allow_empty_file=True, error_messages={"required": "Hãy chọn tệp Excel."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"
