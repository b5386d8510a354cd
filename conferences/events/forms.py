"""What is typed of a conference: its facts, programme, people, organising board, who came, photographs."""

from django import forms
from django.utils import timezone

from campaigns.models import Review
from clusters.models import Activity
from documents.steps.forms import EditForm
from units.figures import figure_text
from units.forms import DressedForm, dress
from units.lines import Line, Lines
from units.models import Unit

from ..plans.forms import tell_order
from ..plans.rules import forms_for
from . import rules
from .actions import number_field
from .held import came_field
from .models import Event, Organiser, Part, Role
from .rules import units_of

_FACTS = ["name", "day", "until", "begins_at", "place", "chair", "chair_post", "size", "is_full", "theme", "note"]
_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class EventForm(EditForm):
    """Facts of a conference that is there."""

    is_past = forms.BooleanField(
        label="Ghi lại hội nghị đã tổ chức", required=False, help_text="Chỉ đánh dấu khi ghi sau ngày tổ chức."
    )

    class Meta:
        model = Event
        fields = _FACTS
        widgets = {"begins_at": _TIME, "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": "Để trống thì đặt theo hình thức và tên đơn vị.",
            "size": "Kế hoạch dựa vào số này để xác định họp toàn thể hay đại biểu.",
            "is_full": "Để trống thì theo số người của đơn vị.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].half = name not in ("name", "note", "form", "theme")
        if "name" in self.fields:
            self.fields["name"].required = not self.instance.plan_id

    def clean(self):
        """The days in their order, told beside the last one."""
        typed = super().clean()
        tell_order(self, typed, "day", "until")
        return typed


class BeginForm(EventForm):
    """A conference under a plan: the unit picks its form."""

    class Meta(EventForm.Meta):
        fields = ["form", *_FACTS]
        widgets = EventForm.Meta.widgets | {"form": forms.RadioSelect}
        help_texts = EventForm.Meta.help_texts | {
            "form": "Đơn vị tự chọn, tự quyết định; đổi được đến trước ngày tổ chức."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(form.value, form.label) for form in forms_for(self.instance.level)]
        self.fields["form"].required = True


class OtherForm(EventForm):
    """A conference that no plan asks for; it may be what a cluster logged, or the review of a campaign."""

    unit = forms.ModelChoiceField(label="Đơn vị tổ chức", queryset=Unit.objects.none(), empty_label=None)
    activity = forms.ModelChoiceField(
        label="Hoạt động cụm, khối", queryset=Activity.objects.none(), required=False, empty_label="Không chọn",
        help_text="Hội nghị của cụm, khối mà đơn vị là trưởng, phó trưởng.",
    )  # fmt: skip
    review = forms.ModelChoiceField(
        label="Tổng kết phong trào", queryset=Review.objects.none(), required=False, empty_label="Không chọn",
        help_text="Hội nghị sơ kết, tổng kết của phong trào đã lập đợt.",
    )  # fmt: skip

    class Meta(EventForm.Meta):
        fields = ["kind", *_FACTS]
        help_texts: dict = {}

    field_order = ("kind", "unit", "activity", "review")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = units_of(user, timezone.localdate())
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in rules.OTHER]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        # Asked once: a box that must be filled in looks at its first choice before it is drawn.
        self.fields["unit"].choices = [(unit.pk, str(unit)) for unit in units]
        self.fields["unit"].initial = user.unit_id
        self.fields["activity"].queryset = rules.activities_for(user)
        self.fields["review"].queryset = rules.reviews_for(user)
        for name in ("unit", "activity", "review"):
            self.fields[name].half = True
            self.fields[name].widget.attrs["data-search"] = ""

    def clean(self):
        """What it belongs to is said where its kind has such a thing."""
        typed = super().clean()
        for name, kind in (("activity", Event.Kind.CLUSTER), ("review", Event.Kind.REVIEW)):
            if typed.get(name) and typed.get("kind") != kind:
                self.add_error(name, f"Chỉ chọn khi loại là «{kind.label}».")
        for name in ("unit", "activity", "review"):
            if name in typed:
                setattr(self.instance, name, typed[name])
        return typed


# --- Lines


class PartForm(Line):
    """One part of the programme; ``required`` says which part of the plan it is."""

    required = forms.IntegerField(required=False, widget=forms.HiddenInput)
    content = forms.CharField(label="Nội dung", max_length=300, widget=forms.TextInput())
    minutes = forms.IntegerField(
        label="Phút", min_value=1, max_value=1440, initial=10, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    speaker = forms.CharField(label="Người trình bày", max_length=200, required=False)
    paper = forms.CharField(label="Văn bản, tài liệu", max_length=300, required=False)
    session = forms.CharField(
        label="Phiên", max_length=100, required=False, widget=forms.TextInput(attrs={"list": "sessions"})
    )
    on_day = forms.IntegerField(
        label="Ngày thứ", min_value=1, max_value=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    begins_at = forms.TimeField(label="Bắt đầu lúc", required=False, widget=_TIME)

    def clean(self):
        """A day of its own has an hour."""
        typed = super().clean()
        if typed.get("on_day") and not typed.get("begins_at") and "begins_at" not in self.errors:
            self.add_error("begins_at", "Ghi ngày thứ mấy thì ghi cả giờ bắt đầu.")
        return typed


class PartRows(Lines):
    """The parts of a programme."""

    def parts(self) -> list[Part]:
        """The rows as typed, in their order, not stored."""
        return [_part(form.cleaned_data) for form in self.ordered_forms]


def _part(typed):
    facts = {name: typed[name] for name in ("minutes", "speaker", "paper", "session", "on_day", "begins_at")}
    return Part(words=typed["content"], required_id=typed["required"], **facts)


class MemberForm(Line):
    """One member of the organising board."""

    role = forms.CharField(
        label="Trong ban", max_length=120, initial="Ủy viên", widget=forms.TextInput(attrs={"list": "roles"})
    )
    name = forms.CharField(label="Họ tên", max_length=120)
    post = forms.CharField(label="Chức vụ, đơn vị", max_length=200, required=False)


class MemberRows(Lines):
    """The organising board."""

    once = "name"

    def members(self) -> list[Organiser]:
        """The rows as typed, in their order, not stored."""
        typed = (form.cleaned_data for form in self.ordered_forms)
        return [Organiser(name=row["name"], post=row["post"], role=row["role"]) for row in typed]


_LINES = {"can_delete": True, "can_order": True, "extra": 1}
PartFormSet = forms.formset_factory(PartForm, formset=PartRows, max_num=200, **_LINES)
MemberFormSet = forms.formset_factory(MemberForm, formset=MemberRows, max_num=60, **_LINES)


# --- People


class VersionForm(DressedForm, forms.Form):
    """Nothing but the version that the person looked at: what is typed stands in lines beside it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.initial["version"] = event.version


def _count(label, most=99_999, **facts):
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, widget=widget, **facts)


class PeopleForm(VersionForm):
    """How many take part as each role, and what one of them costs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.there = {row.role: row for row in self.event.headcounts.all()}
        for role, label in Role.choices:
            row = self.there.get(role)
            self.fields[number_field(role)] = _count(
                f"{label}: số người", required=False, initial=row and figure_text(row.number)
            )
            self.fields[f"cost-{role}"] = _count(
                f"{label}: chi mỗi người (đồng)", 100_000_000, required=False, initial=row and figure_text(row.cost)
            )
        dress(self)

    def clean(self):
        """What one costs of whom there are none is a line half filled in."""
        typed = super().clean()
        for role, label in Role.choices:
            if typed.get(f"cost-{role}") and not typed.get(number_field(role)) and not self.errors:
                self.add_error(number_field(role), f"{label}: ghi chi mỗi người thì ghi cả số người.")
        return typed

    @property
    def lines(self):
        """Each role with its two fields."""
        return [(label, self[number_field(role)], self[f"cost-{role}"]) for role, label in Role.choices]

    def people(self) -> dict[str, tuple[int, int]]:
        """{role: (how many, cost of each)}."""
        typed = self.cleaned_data
        return {role: (typed[number_field(role)] or 0, typed[f"cost-{role}"] or 0) for role in Role.values}


class HoldForm(VersionForm):
    """On which day it was held, and how many came."""

    day = forms.DateField(label="Ngày tổ chức", help_text="Họp nhiều ngày thì ghi ngày cuối.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["day"] = self.event.last_day
        self.rows, came = list(self.event.headcounts.all()), rules.came_to(self.event)
        for row in self.rows:
            number = came.get(row.role, 0 if came else row.number)
            self.fields[came_field(row.role)] = _count(f"{row.get_role_display()}: có mặt", initial=number)
        dress(self)

    @property
    def lines(self):
        """Each role with its field."""
        return [(row, self[came_field(row.role)]) for row in self.rows]

    def came(self) -> dict[str, int]:
        """{role: how many}."""
        return {row.role: self.cleaned_data[came_field(row.role)] for row in self.rows}
