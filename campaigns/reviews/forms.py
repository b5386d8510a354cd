"""What may be typed about reviews: the plan, what stopped one, when one was held; what a unit reports; why it is returned."""

from dataclasses import dataclass, field

from django import forms
from django.utils import timezone

from documents.citations.fields import PaperField
from documents.steps.forms import EditForm, StepForm
from documents.uploads.fields import FilesField
from units.figures import FigureField
from units.forms import DressedForm, dress, rows

from ..joinings.forms import CountField
from .models import Result, Review
from .rules import may_be_reviewed


class ReviewForm(DressedForm, forms.ModelForm):
    """The plan of a review."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Review
        fields = ["kind", "form", "planned_on", "reports_until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        campaign = self.instance.campaign
        self.initial["version"] = campaign.version
        for name in self.Meta.fields:
            self.fields[name].half = True
        kinds = [kind for kind in Review.Kind if kind == self.instance.kind or may_be_reviewed(campaign, kind)]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]


class StopForm(StepForm):
    """By which paper, from when and why a review is not held, and what units study instead."""

    paper = PaperField(
        label="Số, ký hiệu văn bản dừng",
        help_text="Văn bản đã có trong sổ, ví dụ 123/UBND-SNV. Có thể ghi ngày sau số.",
    )
    day = forms.DateField(label="Dừng từ ngày", initial=timezone.localdate)
    reason = forms.CharField(label="Lý do", max_length=1000, widget=rows(3))
    substitute = PaperField(
        label="Văn bản nghiên cứu thay",
        required=False,
        help_text="Nếu có: báo cáo mà các đơn vị nghiên cứu thay cho hội nghị, ví dụ 50/BC-UBND.",
    )


class HoldForm(StepForm):
    """When a review was held, and the report that was made outside the program."""

    paper = PaperField(label="Số, ký hiệu báo cáo", help_text="Văn bản đã có trong sổ, ví dụ 50/BC-UBND.")
    day = forms.DateField(label="Ngày thực hiện", initial=timezone.localdate)


@dataclass
class Parts:
    """What is typed beside a result itself: {key of a goal: figure or None}, keys of files taken out, new files."""

    figures: dict = field(default_factory=dict)
    dropped: set = field(default_factory=set)
    files: list = field(default_factory=list)


class ResultForm(EditForm):
    """What a unit reports: how many took part, a figure for each of its targets, words, photographs."""

    people = CountField(label="Số cá nhân tham gia", required=False)
    collectives = CountField(label="Số tập thể tham gia", required=False)
    works = CountField(label="Số công trình, phần việc, mô hình", required=False)
    files = FilesField(label="Thêm ảnh, giấy tờ", required=False)

    class Meta:
        model = Result
        fields = ["people", "collectives", "works", "words", "shortcomings"]
        widgets = {"words": rows(6, **{"class": "roomy"}), "shortcomings": rows(3, **{"class": "roomy"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        result = self.instance
        # A draft may be kept before everything is told; what is missing is told when it is to be sent.
        self.fields["words"].required = False
        self.fields["people"].half = self.fields["collectives"].half = True
        self.initial["version"] = result.version if result.pk else 0
        if not result.pk:
            self.initial |= {"people": result.joining.people, "collectives": result.joining.collectives}
        self.goals = list(result.joining.goals.all())
        self.kept = list(result.files.select_related("upload")) if result.pk else []
        self._add_figures()
        self._add_files()
        dress(self)

    def _add_figures(self):
        """One figure a target."""
        kept = {row.goal_id: row.reached for row in self.instance.figures.all()} if self.instance.pk else {}
        for goal in self.goals:
            self.fields[f"reached_{goal.pk}"] = FigureField(
                label=f"Đạt: {goal} ({goal.measure})", required=False, initial=kept.get(goal.pk)
            )

    def _add_files(self):
        """Whether a file that is there is taken out."""
        for row in self.kept:
            self.fields[f"drop_{row.pk}"] = forms.BooleanField(label=f"Xóa tệp {row.upload.name}", required=False)

    @property
    def lines(self):
        """(target, field) of each."""
        return [(goal, self[f"reached_{goal.pk}"]) for goal in self.goals]

    @property
    def files_kept(self):
        """(file, field) of each that is there."""
        return [(row, self[f"drop_{row.pk}"]) for row in self.kept]

    def parts(self) -> Parts:
        """What was typed beside the result itself."""
        typed = self.cleaned_data
        return Parts(
            figures={goal.pk: typed[f"reached_{goal.pk}"] for goal in self.goals},
            dropped={row.pk for row in self.kept if typed[f"drop_{row.pk}"]},
            files=typed["files"],
        )


class ReturnForm(StepForm):
    """Why a result is returned."""

    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=300,
        widget=rows(2),
        help_text="Đơn vị thấy lý do này, sửa rồi gửi lại.",
        error_messages={"required": "Hãy ghi lý do trả lại, để đơn vị biết phải sửa gì."},
    )
