"""What may be typed about a pact: its words and targets, what a party aims at, the steps of its life, the results."""

from django import forms
from django.utils import timezone

from documents.citations.fields import PaperField
from documents.steps.forms import StepForm
from documents.uploads.fields import FilesField, ScanField
from units.figures import FigureField, figure_text
from units.forms import DressedForm, dress, rows
from units.lines import Line, Lines

from .models import Pact, PactFile, Party, Target
from .rules import PARTIES_FOR

# What is offered while one types; anything else may be written.
USUAL_MEASURES = ["%", "người", "đơn vị", "xã", "hộ", "tiêu chí", "mô hình", "sáng kiến", "triệu đồng", "tỷ đồng"]
USUAL_AIMS = [
    "Cờ thi đua của Chính phủ",
    "Cờ thi đua của Ủy ban nhân dân tỉnh",
    "Tập thể lao động xuất sắc",
    "Tập thể lao động tiên tiến",
    "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "Bằng khen của Thủ tướng Chính phủ",
    "Chiến sĩ thi đua cấp tỉnh",
    "Chiến sĩ thi đua cơ sở",
    "Lao động tiên tiến",
]


class PactForm(DressedForm, forms.ModelForm):
    """The words of a pact."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Pact
        fields = ["title", "preamble", "commitment"]
        widgets = {"preamble": rows(6), "commitment": rows(6)}
        help_texts = {
            "preamble": "Mỗi đoạn một dòng. Dòng bắt đầu bằng «Căn cứ» được in như căn cứ của văn bản.",
            "commitment": "Mỗi đoạn một dòng.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.fields["preamble"].required = self.fields["commitment"].required = True

    def typed(self) -> dict:
        """The words, and the version."""
        typed = dict(self.cleaned_data)
        return {"seen_version": typed.pop("version")} | typed


class TargetForm(Line):
    """One target."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    content = forms.CharField(
        label="Nội dung", max_length=300, widget=forms.Textarea(attrs={"rows": 1, "placeholder": "Nội dung chỉ tiêu"})
    )
    measure = forms.CharField(
        label="Đơn vị tính",
        max_length=40,
        widget=forms.TextInput(attrs={"list": "measures", "placeholder": "%, người…"}),
    )
    planned = FigureField(label="Chỉ tiêu")


class AimForm(Line):
    """One title or form of commendation that a party aims at."""

    title = forms.CharField(
        label="Danh hiệu, hình thức khen thưởng", max_length=150, widget=forms.TextInput(attrs={"list": "aims"})
    )
    quantity = forms.IntegerField(
        label="Số lượng", min_value=1, max_value=9999, initial=1, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


class TargetRows(Lines):
    """The targets of a pact."""

    once = "content"

    def targets(self) -> list[Target]:
        """The rows as typed, in their order, not stored."""
        typed = (form.cleaned_data for form in self.ordered_forms)
        return [
            Target(pk=row["key"], content=row["content"], measure=row["measure"], planned=row["planned"])
            for row in typed
        ]


class AimRows(Lines):
    """What a party aims at."""

    once = "title"

    def aims(self) -> list[tuple[str, int]]:
        """What was typed, in its order."""
        return [(form.cleaned_data["title"], form.cleaned_data["quantity"]) for form in self.ordered_forms]


_LINES = {"can_delete": True, "can_order": True, "extra": 1, "max_num": 100}
TargetFormSet = forms.formset_factory(TargetForm, formset=TargetRows, **_LINES)
AimFormSet = forms.formset_factory(AimForm, formset=AimRows, **_LINES)


class _ByTarget(DressedForm, forms.Form):
    """Fields for each target of a pact, by its key, and the version of the party that was looked at.

    A subclass says by ``add(target, row)`` which; ``row`` is what is kept of the target, if anything.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, party, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.targets = targets
        self.kept = {row.target_id: row for row in party.results.all()}
        self.initial["version"] = party.version
        for target in targets:
            self.add(target, self.kept.get(target.pk))
        dress(self)


class OwnFiguresForm(_ByTarget):
    """The figures that a party promises of its own; empty where the common one holds."""

    def add(self, target, row):
        """One figure."""
        self.fields[f"own_{target.pk}"] = FigureField(
            label=f"{target} ({target.measure})",
            required=False,
            initial=row and row.planned,
            help_text=f"Chỉ tiêu chung: {figure_text(target.planned)}",
        )

    def typed(self) -> dict:
        """The version, and {target: figure or None}."""
        figures = {target.pk: self.cleaned_data[f"own_{target.pk}"] for target in self.targets}
        return {"seen_version": self.cleaned_data["version"], "figures": figures}

    def lines(self):
        """The fields, one a target."""
        return [self[f"own_{target.pk}"] for target in self.targets]


class ResultsForm(_ByTarget):
    """What a party reached of each target."""

    def add(self, target, row):
        """A figure and a note."""
        self.fields[f"reached_{target.pk}"] = FigureField(
            label=f"Kết quả: {target}", required=False, initial=row and row.reached
        )
        self.fields[f"note_{target.pk}"] = forms.CharField(
            label=f"Ghi chú: {target}", required=False, max_length=200, initial=row.note if row else ""
        )

    def typed(self) -> dict:
        """The version, and {target: (figure or None, note)}."""
        typed = self.cleaned_data
        results = {row.pk: (typed[f"reached_{row.pk}"], typed[f"note_{row.pk}"]) for row in self.targets}
        return {"seen_version": typed["version"], "results": results}

    def lines(self):
        """(target, the figure to be reached, result, note) of each."""
        for row in self.targets:
            kept = self.kept.get(row.pk)
            planned = kept.planned if kept and kept.planned is not None else row.planned
            yield row, planned, self[f"reached_{row.pk}"], self[f"note_{row.pk}"]


class PaperResultsForm(ResultsForm):
    """What a party that nobody acts for reached, as its paper says: the scan and the day of it."""

    files = ScanField(label="Bản quét giấy báo kết quả", required=False)
    day = forms.DateField(label="Ngày trên giấy", required=False)

    def __init__(self, *args, party, **kwargs):
        super().__init__(*args, party=party, **kwargs)
        self.paper = party.paper(PactFile.About.RESULTS)
        self.fields["files"].required = self.fields["day"].required = self.paper is None
        if self.paper:
            self.fields["files"].help_text = f"Đang giữ «{self.paper.upload}»; chỉ chọn tệp khi có giấy mới."

    def typed(self) -> dict:
        """With the scan and its day."""
        return super().typed() | {name: self.cleaned_data[name] for name in ("files", "day")}

    def clean(self):
        """A paper comes with its day."""
        cleaned = super().clean()
        if cleaned.get("files") and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Hãy ghi ngày trên giấy mới.")
        return cleaned


# --- Steps


class RenewForm(StepForm):
    """The parties brought in step; a reason once they are asked to sign."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=rows(2), required=False)

    def prepare(self):
        """The reason is asked for while the pact is open."""
        self.fields["reason"].required = self.row.state == Pact.State.OPEN


class PartyForm(StepForm):
    """A step that is taken for one party."""

    party = forms.ModelChoiceField(label="Bên ký", queryset=Party.objects.none(), empty_label="Chọn bên ký")

    def prepare(self):
        """The parties that this person may take the step for; one alone is the one."""
        offered = PARTIES_FOR[self.step.what](self.row, self.user)
        field = self.fields["party"]
        field.queryset = self.row.parties.filter(pk__in=[row.pk for row in offered]).select_related("membership__unit")
        if len(offered) == 1:
            self.initial["party"] = offered[0].pk
            field.empty_label = None


class UnsignForm(PartyForm):
    """A step for the own unit: which, is asked where several parties went into it."""

    def prepare(self):
        """Nothing to choose between for nearly everybody."""
        super().prepare()
        if self.fields["party"].queryset.count() < 2:
            del self.fields["party"]


class SignForm(UnsignForm):
    """Who signed for the own unit."""

    name = forms.CharField(label="Họ tên người ký", max_length=100)
    title = forms.CharField(label="Chức vụ", max_length=150)
    day = forms.DateField(label="Ngày ký", initial=timezone.localdate)

    def prepare(self):
        """The one who signs the unit's papers today, where the catalogue of officials knows."""
        super().prepare()
        today = timezone.localdate()
        held = self.user.unit.terms.in_force(today).select_related("official")
        term = held.order_by("capacity", "-since", "pk").first() if not self.is_bound else None
        if term:
            self.initial |= {"name": term.official.name, "title": term.post}


class RecordForm(PartyForm):
    """Who signed on paper for a unit that nobody acts for."""

    name = forms.CharField(label="Họ tên người ký", max_length=100)
    title = forms.CharField(label="Chức vụ", max_length=150)
    day = forms.DateField(label="Ngày ký")
    files = ScanField(label="Bản quét có chữ ký")


class ScanForm(StepForm):
    """Scans of the signed pact."""

    files = FilesField(label="Bản quét PDF hoặc ảnh chụp bản đã ký")


class UnscanForm(StepForm):
    """Which file was attached by mistake."""

    file = forms.ModelChoiceField(label="Tệp", queryset=PactFile.objects.none())

    def prepare(self):
        """Files that still count."""
        self.fields["file"].queryset = self.row.files.of_pact().that_hold()


class SubmitForm(StepForm):
    """A submission that was made outside the program."""

    paper = PaperField(label="Số, ký hiệu tờ trình", help_text="Văn bản đã có trong sổ, ví dụ 25/TTr-SNV.")
    day = forms.DateField(label="Ngày trình", initial=timezone.localdate)


class ConfirmForm(StepForm):
    """What the council said."""

    paper = PaperField(label="Văn bản xác nhận", help_text="Văn bản đã có trong sổ, ví dụ 12/TB-HĐTĐKT.")
    day = forms.DateField(label="Ngày xác nhận", initial=timezone.localdate)
    who = forms.CharField(
        label="Người xác nhận thay mặt Hội đồng", max_length=150, help_text="Họ tên, chức danh trong Hội đồng."
    )
