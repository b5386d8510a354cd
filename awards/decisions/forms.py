"""Forms about decisions that were made elsewhere, the rows of their lists, and awards that are cancelled."""

from django import forms
from django.utils import timezone

from documents.citations.fields import PaperField
from documents.steps.forms import EditForm, StepForm
from documents.uploads.fields import ScanField
from units.forms import DressedForm, rows
from units.models import Unit

from ..catalogue.book import book_of
from ..catalogue.models import AwardType, Office, Route, Whom
from ..records.models import Decision
from .lines import HEADS
from .rules import ground_choices, not_handed, to_take_back

_SEARCHED = forms.Select(attrs={"data-search": ""})
# Rows of the form that are empty when it is opened, and after «Thêm dòng».
MORE, MOST_TYPED = 8, 300


def award_choices() -> list[tuple[int, str]]:
    """Every award with the name that it has today, or had last."""
    book = book_of(timezone.localdate())
    return [(row.pk, book.name(row.code)) for row in AwardType.objects.all()]


class AwardField(forms.ModelChoiceField):
    """One danh hiệu or hình thức, by its name."""

    def __init__(self, **kwargs):
        super().__init__(queryset=AwardType.objects.all(), widget=forms.Select(attrs={"data-search": ""}), **kwargs)

    def label_from_instance(self, award):
        """Its name of today."""
        return book_of(timezone.localdate()).name(award.code)


class DecisionForm(EditForm):
    """The facts of a decision, and what all rows of its list say alike."""

    known = PaperField(
        label="Số, ký hiệu văn bản trong sổ",
        required=False,
        help_text="Nếu quyết định đã có trong sổ văn bản, ví dụ 163/QĐ-UBND: số, ngày, trích yếu lấy từ sổ.",
        dated=True,
    )
    scan = ScanField(label="Bản quét quyết định", required=False)
    year = forms.IntegerField(label="Năm thành tích", min_value=1945, max_value=2100)
    first_year = forms.IntegerField(
        label="Từ năm", required=False, min_value=1945, max_value=2100, help_text="Khi thành tích của nhiều năm."
    )
    route = forms.ChoiceField(label="Loại hình khen thưởng", choices=Route)
    award = AwardField(
        label="Danh hiệu, hình thức chung", required=False, empty_label="Ghi ở từng dòng",
        help_text="Dùng cho các dòng không ghi danh hiệu, hình thức.",
    )  # fmt: skip
    deed = forms.CharField(label="Thành tích ghi trong quyết định", required=False, widget=rows(2))

    class Meta:
        model = Decision
        fields = ["number", "day", "office", "unit", "issuer", "submitter", "subject"]
        widgets = {"unit": _SEARCHED, "office": forms.Select(attrs={"data-search": ""}), "subject": rows(2)}
        help_texts = {
            "number": "Như ghi trên quyết định, ví dụ 163/QĐ-UBND.",
            "unit": "Chọn khi cơ quan có trong danh sách đơn vị; phân biệt các xã, sở có quyết định cùng số.",
            "submitter": "Ghi với khen thưởng cấp Nhà nước; biểu thống kê 0602 chia theo cơ quan trình.",
            "issuer": "Ghi khi cơ quan không có trong danh sách, ví dụ: Bộ Giáo dục và Đào tạo.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["known"].user = user
        self.fields["office"].queryset, self.fields["office"].empty_label = (
            Office.objects.all(),
            "Chọn người quyết định",
        )
        self.fields["unit"].queryset, self.fields["unit"].empty_label = (
            Unit.objects.select_related("superior"),
            "Không chọn",
        )
        self.fields["submitter"].choices = [("", "Không ghi"), *Decision.Submitter.choices]
        self.fields["unit"].label_from_instance = lambda unit: unit.label
        for name in ("number", "day", "subject"):
            self.fields[name].required = False
        for name in ("number", "day", "unit", "issuer", "year", "first_year", "route", "award"):
            self.fields[name].half = True
        self._begin()

    def _begin(self):
        decision = self.instance
        if decision.pk:
            shared = {name: getattr(decision.entry, name) for name in ("year", "first_year", "route", "deed")}
            self.initial |= shared | {"award": decision.entry.award_id}
            self.initial["known"] = decision.paper.reference if decision.paper else ""

    @property
    def facts(self):
        """The fields of the decision."""
        return [self[name] for name in ("known", *self.Meta.fields, "scan")]

    @property
    def shared_fields(self):
        """The fields that say what the rows share."""
        return [self[name] for name in ("year", "first_year", "route", "award", "deed")]

    def clean(self):
        """A paper of the register tells number, day and subject; else they are typed."""
        cleaned = super().clean()
        paper = cleaned.get("known")
        if paper:
            told = {"number": paper.reference, "day": paper.dated, "subject": paper.subject}
            self.cleaned_data = cleaned = cleaned | {name: cleaned.get(name) or value for name, value in told.items()}
            if cleaned["day"] != paper.dated:
                self.add_error("day", f"Sổ ghi {paper.name} ký ngày {paper.date_text}. Hãy để trống hoặc sửa lại ngày.")
        for name, words in (("number", "số, ký hiệu"), ("day", "ngày ký"), ("subject", "trích yếu")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"Hãy ghi {words}, hoặc ghi số của văn bản trong sổ ở ô đầu.")
        self._check_years(cleaned)
        self.instance.paper = paper or None
        return cleaned

    def _check_years(self, cleaned):
        year, first, day = cleaned.get("year"), cleaned.get("first_year"), cleaned.get("day")
        if year and first and first > year:
            self.add_error("first_year", "Năm đầu lớn hơn năm thành tích. Hãy sửa lại.")
        if year and day and year > day.year:
            self.add_error("year", f"Năm {year} sau ngày ký ({day:%d/%m/%Y}). Hãy sửa lại.")

    def shared(self) -> dict:
        """What the rows share, by the fields of an entry."""
        return {name: self.cleaned_data[name] for name in ("year", "first_year", "route", "award", "deed")}


class RowForm(DressedForm, forms.Form):
    """One row of a list that is typed; a row without a name is none."""

    marks_required = False

    whom = forms.ChoiceField(label="Là", choices=[(str(whom.label), whom.label) for whom in Whom], required=False)
    name = forms.CharField(label="Tên", max_length=200, required=False)
    born = forms.CharField(label="Ngày, năm sinh", max_length=10, required=False)
    post = forms.CharField(label="Chức vụ", max_length=200, required=False)
    unit = forms.CharField(label="Đơn vị", max_length=200, required=False)
    award = forms.ChoiceField(label="Danh hiệu, hình thức", required=False)
    year = forms.CharField(label="Năm", max_length=4, required=False)
    deed = forms.CharField(label="Thành tích", max_length=2000, required=False)
    amount = forms.CharField(label="Tiền thưởng (đồng)", max_length=20, required=False)

    def __init__(self, *args, awards=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = [("", "Như chung"), *awards]
        for name in ("name", "unit"):
            self.fields[name].widget.attrs |= {"list": f"known-{name}s", "autocomplete": "off"}
        self.fields["born"].widget.attrs["placeholder"] = "dd/mm/yyyy"

    def row(self) -> dict:
        """What was typed, by the fields of a list; nothing for a row that is empty."""
        typed = {name: value for name, value in self.cleaned_data.items() if value and name in HEADS}
        return typed if set(typed) - {"whom"} else {}


RowFormSet = forms.formset_factory(RowForm, extra=MORE, max_num=MOST_TYPED, absolute_max=MOST_TYPED)


def row_awards() -> list[tuple[str, str]]:
    """Awards by their codes, as a typed row names them."""
    book = book_of(timezone.localdate())
    return [(row.code, book.name(row.code)) for row in AwardType.objects.all()]


class ListFileForm(DressedForm, forms.Form):
    """An Excel file with the list of a decision."""

    file = forms.FileField(
        label="Tệp Excel", allow_empty_file=True, error_messages={"required": "Hãy chọn tệp Excel (.xlsx)."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"


class ColumnsForm(DressedForm, forms.Form):
    """Which column of a file says what, where its headings are not known."""

    sheet = forms.ChoiceField(label="Trang tính")
    head = forms.IntegerField(label="Dòng tiêu đề", min_value=0, max_value=1000, initial=1, help_text="0 nếu không có.")
    whom = forms.ChoiceField(
        label="Danh sách gồm", choices=[("", "Cả cá nhân, tập thể, hộ"), *Whom.choices], required=False
    )

    def __init__(self, *args, sheets, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(title, title) for title in sheets]
        for name, heading in HEADS.items():
            self.fields[f"at_{name}"] = forms.ChoiceField(
                label=heading, choices=[("", "Không có"), *columns], required=name == "name",
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip

    def clean(self):
        """No column says two things."""
        cleaned, seen = super().clean(), {}
        for name in HEADS:
            column = cleaned.get(f"at_{name}")
            if column and column in seen:
                self.add_error(f"at_{name}", f"Cột này đã chọn cho «{seen[column]}». Hãy chọn cột khác.")
            elif column:
                seen[column] = HEADS[name]
        return cleaned

    def layout(self) -> dict:
        """What was told, by the names of the action."""
        typed = self.cleaned_data
        fields = {name: int(typed[f"at_{name}"]) for name in HEADS if typed.get(f"at_{name}")}
        return {"sheet": typed["sheet"], "head": typed["head"], "fields": fields, "whom": typed["whom"]}


class LossForm(StepForm):
    """The decision by which an award is lost, on which ground, and what is taken back."""

    number = forms.CharField(label="Số quyết định", max_length=60)
    day = forms.DateField(label="Ngày ký")
    ground = forms.ChoiceField(label="Trường hợp")
    amount = forms.IntegerField(label="Tiền thưởng phải thu hồi (đồng)", required=False, min_value=0, max_value=10**12)
    items = forms.CharField(label="Hiện vật phải thu hồi", required=False, max_length=500)

    def prepare(self):
        """The grounds of the law; what it gave with the award stands there to be changed."""
        self.fields["ground"].choices = ground_choices(self.row, self.step.what)
        self.initial["amount"], self.initial["items"] = to_take_back(self.row)
        if not_handed([self.row]):
            self.initial["items"] = ""
        self.order_fields(["act", "version", "number", "day", "ground", "reason", "amount", "items"])


class RestoreForm(StepForm):
    """The decision by which an award counts again, and why."""

    number = forms.CharField(label="Số quyết định phục hồi", max_length=60)
    day = forms.DateField(label="Ngày ký")
    ground = forms.ChoiceField(label="Trường hợp")

    def prepare(self):
        """The grounds of the law."""
        self.fields["ground"].choices = ground_choices(self.row, "restore")
        self.order_fields(["act", "version", "number", "day", "ground", "reason"])
