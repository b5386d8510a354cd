"""What is typed of a file: what it is for, whom it proposes, what goes with it."""

from django import forms

from campaigns.models import Campaign
from documents.models import Document
from documents.steps.forms import EditForm
from units.forms import DressedForm, rows

from ..catalogue.book import called
from ..catalogue.models import AwardType, Whom
from ..records.fields import RecipientField
from ..records.forms import FileForm
from .models import Dossier, Nomination


class TypeField(forms.ModelChoiceField):
    """A danh hiệu or hình thức by its name of today."""

    def __init__(self, **kwargs):
        super().__init__(queryset=AwardType.objects.all(), **kwargs)
        self.widget.attrs["data-search"] = ""

    def label_from_instance(self, award):
        """Its name, not its code."""
        return called(award)


class DossierForm(EditForm):
    """What a file is for."""

    class Meta:
        model = Dossier
        fields = ["route", "year", "first_year", "subject", "campaign", "deed_on", "is_simple", "note"]
        widgets = {"note": rows(2)}
        help_texts = {
            "subject": "Ví dụ: khen thưởng tổng kết năm 2025. Để trống thì lấy theo loại hình và năm.",
            "campaign": "Khi đề nghị khen tại sơ kết, tổng kết phong trào.",
            "deed_on": "Khi khen đột xuất.",
            "is_simple": "Điều 85 Luật Thi đua, khen thưởng.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("route", "year", "first_year", "deed_on"):
            self.fields[name].half = True
        campaigns = Campaign.objects.visible_to(user).held().order_by("-begins_on")
        self.fields["campaign"].queryset = campaigns
        self.fields["campaign"].empty_label = "Không theo phong trào"
        self.fields["campaign"].widget.attrs["data-search"] = ""

    def clean(self):
        """Beside its field, what the database refuses as well."""
        found = super().clean()
        first, last = found.get("first_year"), found.get("year")
        if first is not None and last is not None and first > last:
            self.add_error("first_year", "Năm đầu lớn hơn năm cuối của thành tích. Hãy sửa lại.")
        return found


class NominationForm(EditForm):
    """One nomination: who, for what; what is left open is as the record of the recipient has it."""

    recipient = RecipientField(label="Cá nhân, tập thể, hộ gia đình")
    type = TypeField(label="Danh hiệu, hình thức đề nghị", empty_label="Chọn danh hiệu, hình thức")
    fallback = TypeField(
        label="Nếu không được thì đề nghị", required=False, empty_label="Không có",
        help_text="Để trống thì theo danh mục: Cờ thi đua của Chính phủ không được thì xét cờ của Ủy ban nhân dân tỉnh.",
    )  # fmt: skip

    class Meta:
        model = Nomination
        fields = ["recipient", "type", "fallback", "name", "post", "deed", "votes_for", "votes_of"]
        widgets = {"deed": rows(3)}
        help_texts = {
            "name": "Để trống thì lấy tên đã ghi; đây là tên in trong quyết định.",
            "post": "Để trống thì lấy chức vụ, đơn vị đã ghi.",
            "deed": "Tóm tắt thành tích ghi trong danh sách.",
            "votes_for": "Kết quả bỏ phiếu của Hội đồng đơn vị.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        # Read once for both.
        types = [(row.pk, called(row)) for row in AwardType.objects.all()]
        for name in ("type", "fallback"):
            self.fields[name].choices = [("", self.fields[name].empty_label), *types]
        self.fields["recipient"].user, self.fields["recipient"].held = user, self.instance.recipient_id
        self.fields["name"].required = False
        for name in ("votes_for", "votes_of"):
            self.fields[name].half = True

    def clean(self):
        """Beside its field, what the database refuses as well."""
        found = super().clean()
        votes, whole = found.get("votes_for"), found.get("votes_of")
        if votes is not None and whole is not None and votes > whole:
            self.add_error("votes_for", "Số phiếu đồng ý lớn hơn tổng số. Hãy sửa lại.")
        return found


class ListForm(FileForm):
    """An Excel list of nominations, and what all its rows share that do not say it themselves."""

    award = TypeField(
        label="Danh hiệu, hình thức (chung cho cả tệp)",
        required=False,
        empty_label="Ghi ở từng dòng",
        to_field_name="code",
    )
    whom = forms.ChoiceField(
        label="Tệp ghi", required=False, choices=[("", "Ghi ở từng dòng, hoặc tự nhận biết"), *Whom.choices]
    )

    def shared(self) -> dict[str, str]:
        """What all rows share, as it is kept."""
        award, whom = self.cleaned_data["award"], self.cleaned_data["whom"]
        return {name: said for name, said in (("award", award and award.code), ("whom", whom)) if said}


class PieceForm(DressedForm, forms.Form):
    """What answers one line of the checklist: a file, or why it is not needed."""

    files = forms.FileField(label="Tệp", required=False, help_text="PDF, Word, Excel hoặc ảnh.")
    paper = forms.ModelChoiceField(
        label="Hoặc văn bản soạn ở đây", queryset=Document.objects.none(), required=False, empty_label="Không chọn"
    )
    not_needed = forms.CharField(label="Hoặc không cần vì", required=False, max_length=300)

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = papers

    def clean(self):
        """One of the three."""
        found = super().clean()
        if (
            not found.get("files")
            and not found.get("paper")
            and not (found.get("not_needed") or "").strip()
            and not self.errors
        ):
            raise forms.ValidationError("Hãy chọn tệp, chọn văn bản, hoặc ghi lý do không cần.")
        return found
