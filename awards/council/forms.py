"""What is typed of councils: a makeup and its members, a meeting, who came, votes, papers."""

from django import forms
from django.utils import timezone

from documents.models import Document
from documents.steps.forms import EditForm
from units.forms import DressedForm, dress
from units.models import Unit, User

from ..records.fields import RecipientField
from .models import Council, Meeting, Member, Seat
from .rules import is_own, items_of, offered, seats_of


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


class VotesForm(forms.Form):
    """The votes of one member: agrees or not, of each item that is offered. Read by hand: 300 items are 300 pairs of buttons."""

    ALL = "all"

    def __init__(self, data=None, *, meeting, seat):
        super().__init__(data)
        every = list(items_of(meeting))
        self.items, self.own = offered(meeting, seat, every), [item for item in every if is_own(item, seat.member)]
        self.given = {item.pk: (data or {}).get(f"item-{item.pk}", "") for item in self.items}
        if data and self.ALL in data:
            self.given = dict.fromkeys(self.given, "yes")

    @property
    def lines(self):
        """(item, what was chosen, whether it is missing) of each."""
        return [(item, self.given[item.pk], self.is_bound and not self.given[item.pk]) for item in self.items]

    @property
    def votes(self) -> dict[int, bool]:
        """{item: whether it agrees} of those that were chosen."""
        return {key: said == "yes" for key, said in self.given.items() if said in ("yes", "no")}

    def clean(self):
        """Every item is voted on."""
        if lacks := len(self.items) - len(self.votes):
            raise forms.ValidationError(
                f"Còn {lacks} đề nghị chưa chọn. Hãy chọn «Đồng ý» hoặc «Không đồng ý» cho từng đề nghị."
            )
        return super().clean()

    @property
    def agreed_number(self) -> int:
        """How many are agreed with."""
        return sum(self.votes.values())

    @property
    def refused_ones(self):
        """The items that are disagreed with."""
        return [item for item in self.items if self.votes.get(item.pk) is False]


class SumsForm(DressedForm, forms.Form):
    """Secret votes on paper: whose papers they are, and of each item how many do not agree or are not valid."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seats = forms.ModelMultipleChoiceField(
        label="Phiếu giấy của", queryset=Seat.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, initial={"version": meeting.version}, **kwargs)
        left = meeting.seats.filter(voted_at=None).select_related("member")
        self.fields["seats"].queryset = left
        self.fields["seats"].label_from_instance = lambda seat: seat.member.name
        self.items = [item for item in items_of(meeting) if item.nomination.state == "council"]
        for item in self.items:
            for name, label in (("against", "Không đồng ý"), ("invalid", "Không hợp lệ")):
                self.fields[f"{name}-{item.pk}"] = forms.IntegerField(
                    label=f"{label}: {item.nomination.name}", min_value=0, max_value=9999, required=False
                )
        dress(self)

    @property
    def lines(self):
        """Each item with its two fields."""
        return [(item, self[f"against-{item.pk}"], self[f"invalid-{item.pk}"]) for item in self.items]

    def typed(self) -> dict:
        """The version, the seats, the sums."""
        told = self.cleaned_data
        sums = {
            name: {item.pk: told[f"{name}-{item.pk}"] or 0 for item in self.items} for name in ("against", "invalid")
        }
        return {"seen_version": told["version"], "seats": list(told["seats"])} | sums
