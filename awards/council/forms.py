"""What is typed of councils: a makeup and its members, a meeting, who came."""

from django import forms
from django.utils import timezone

from documents.models import Document
from documents.steps.forms import EditForm
from units.forms import DressedForm, dress
from units.models import Unit, User

from ..records.fields import RecipientField
from .models import Council, Meeting, Member, Seat
from .rules import seats_of


class CouncilForm(EditForm):
    """A makeup by its decision."""

    takes_members = forms.BooleanField(label="Giữ các thành viên của Hội đồng trước", required=False, initial=True)

    class Meta:
        model = Council
        fields = ["unit", "name", "since", "until", "citation", "paper"]
        help_texts = {
            "citation": "Ví dụ: Quyết định số 12/QĐ-UBND ngày 05/01/2026.",
            "paper": "Khi quyết định đã có trong chương trình.",
            "since": "Hội đồng đang có kết thúc vào ngày trước đó.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("since", "until"):
            self.fields[name].half = True
        self.fields["unit"].queryset = Unit.objects.alive_on(timezone.localdate())
        self.fields["unit"].widget.attrs["data-search"] = ""
        papers = (
            Document.objects.visible_to(user)
            .filter(state=Document.State.ISSUED, type__code="QĐ")
            .select_related("type")
        )
        self.fields["paper"].queryset = papers.order_by("-pk")
        self.fields["paper"].widget.attrs["data-search"] = ""
        if self.instance.pk or not Council.objects.exists():
            del self.fields["takes_members"]


class MemberForm(EditForm):
    """One member, while it lasts."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    recipient = RecipientField(label="Là (để không bỏ phiếu cho chính mình)", required=False)

    class Meta:
        model = Member
        fields = [
            "name",
            "post",
            "role",
            "since",
            "until",
            "is_standing",
            "is_secretary",
            "user",
            "recipient",
            "position",
        ]
        help_texts = {
            "until": "Ngày cuối là thành viên; để trống khi còn là thành viên.",
            "user": "Để bỏ phiếu trong chương trình; không có thì bỏ phiếu giấy.",
            "position": "Thứ tự trong danh sách; để 0 thì xếp cuối.",
        }

    def __init__(self, *args, user, **kwargs):
        self.council = kwargs["instance"].council
        kwargs["instance"].version = self.council.version
        super().__init__(*args, **kwargs)
        self.fields["recipient"].user = user
        self.fields["user"].queryset = User.objects.filter(is_active=True).select_related("unit").order_by("sort_text")
        self.fields["user"].label_from_instance = lambda row: f"{row} ({row.username}, {row.unit or 'không có đơn vị'})"
        self.fields["user"].widget.attrs["data-search"] = ""
        for name in ("role", "position", "since", "until"):
            self.fields[name].half = True

    @property
    def seen(self):
        """The version of the makeup that the person looked at."""
        return self.cleaned_data["version"] or 0


class MeetingForm(EditForm):
    """A meeting, or a vote in writing."""

    class Meta:
        model = Meeting
        fields = ["title", "council", "way", "held_on", "held_at", "place", "body", "is_secret"]
        widgets = {"held_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), "way": forms.RadioSelect}
        labels = {"held_on": "Ngày họp, hạn gửi phiếu"}
        help_texts = {
            "title": "Ví dụ: Xét khen thưởng tổng kết năm 2026.",
            "body": "Để trống thì theo quy chế: tùy danh hiệu, hình thức trên chương trình.",
            "is_secret": "Danh hiệu mà văn bản buộc bỏ phiếu kín thì luôn kín.",
        }

    def __init__(self, *args, councils=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("held_on", "held_at", "place", "body"):
            self.fields[name].half = True
        self.fields["council"].empty_label = None
        self.fields["council"].label_from_instance = lambda row: f"{row.name}, từ {row.since:%d/%m/%Y}"
        if councils:  # read already
            called = self.fields["council"].label_from_instance
            self.fields["council"].choices = [(row.pk, called(row)) for row in councils]
        self.fields["way"].choices = Meeting.Way.choices
        self.fields["body"].choices = [("", "Theo chương trình"), *Meeting.Body.choices]


class AttendanceForm(DressedForm, forms.Form):
    """Two fields a seat: how the member takes part, and to whom it is delegated or why absent.

    With ``all`` whoever nothing was chosen for is present.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, meeting):
        self.seats = seats_of(meeting)
        if data and "all" in data:
            data = data.copy()
            for name in (f"came_{seat.pk}" for seat in self.seats):
                data[name] = Seat.Came.PRESENT if data.get(name) == Seat.Came.UNKNOWN else data.get(name, "")
        super().__init__(data, initial={"version": meeting.version})
        for seat in self.seats:
            name = seat.member.name
            self.fields[f"came_{seat.pk}"] = forms.ChoiceField(label=name, choices=Seat.Came, initial=seat.came)
            self.fields[f"note_{seat.pk}"] = forms.CharField(
                label=f"{name}: ủy quyền cho ai, lý do vắng", max_length=200, required=False, initial=seat.note,
                widget=forms.TextInput(attrs={"placeholder": "Ủy quyền cho ai, lý do vắng"}),
            )  # fmt: skip
        dress(self)

    @property
    def lines(self):
        """Each seat with its two fields."""
        return [(seat, self[f"came_{seat.pk}"], self[f"note_{seat.pk}"]) for seat in self.seats]

    def typed(self) -> dict:
        """The version, and how each takes part."""
        told = self.cleaned_data
        came = {seat.pk: (told[f"came_{seat.pk}"], told[f"note_{seat.pk}"]) for seat in self.seats}
        return {"seen_version": told["version"], "came": came}
