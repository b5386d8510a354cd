"""What may be typed about a ballot: its facts, candidates and voters; a vote; what the counting board found; the filter."""

import django_filters
from django import forms
from django.utils import timezone

from documents.steps.forms import StepForm
from units.filters import DressedFilterSet, WordsFilter
from units.forms import DressedForm, dress, rows
from units.models import Unit

from ..divisions.models import Cluster
from .models import Ballot, Candidate
from .rules import Figures, disqualified, known_awards


class BallotForm(DressedForm, forms.ModelForm):
    """A ballot that is prepared: its facts, and for each member whether it is proposed and whether it votes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Ballot
        fields = ["award", "held_on", "seats", "method", "activity"]
        widgets = {
            "award": forms.TextInput(attrs={"list": "known-awards", "autocomplete": "off"}),
            "method": forms.RadioSelect,
        }
        help_texts = {
            "award": "Chọn trong danh sách, hoặc ghi tên khác.",
            "seats": "Mỗi phiếu chọn nhiều nhất chừng ấy đơn vị.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cluster = self.instance.cluster
        self.fields["activity"].queryset = cluster.activities.all()
        self.fields["activity"].empty_label = "Không gắn với hội nghị nào"
        self.fields["method"].choices = Ballot.Method.choices
        self.initial["version"] = self.instance.version
        self.fields["version"].required = bool(self.instance.pk)
        for name in ("held_on", "seats"):
            self.fields[name].half = True
        self.members = list(cluster.memberships.staying().with_units())
        self.ruled_out = disqualified(cluster)
        self._add_members()
        dress(self)

    def _add_members(self):
        """Four fields a member, as they are stored; in a new ballot all vote."""
        is_new = not self.instance.pk
        candidates = {} if is_new else dict(self.instance.candidates.values_list("membership", "reason"))
        voters = {} if is_new else dict(self.instance.voters.values_list("membership", "name"))
        for row in self.members:
            may_stand = row.pk not in self.ruled_out or row.pk in candidates
            self.fields[f"stands-{row.pk}"] = forms.BooleanField(
                label=f"Giới thiệu {row}", required=False, initial=row.pk in candidates, disabled=not may_stand
            )
            self.fields[f"reason-{row.pk}"] = forms.CharField(
                label=f"Thành tích của {row}",
                required=False,
                max_length=300,
                initial=candidates.get(row.pk, ""),
                disabled=not may_stand,
            )
            self.fields[f"votes-{row.pk}"] = forms.BooleanField(
                label=f"{row} bỏ phiếu", required=False, initial=is_new or row.pk in voters
            )
            self.fields[f"name-{row.pk}"] = forms.CharField(
                label=f"Người bỏ phiếu của {row}", required=False, max_length=100, initial=voters.get(row.pk, "")
            )

    @property
    def facts(self):
        """The fields of the ballot itself."""
        return [self[name] for name in self.Meta.fields]

    @property
    def rows(self):
        """One line a member: [(membership, why it is ruled out, its four fields)]."""
        return [
            (row, self.ruled_out.get(row.pk, ""), [self[f"{name}-{row.pk}"] for name in _OF_MEMBER])
            for row in self.members
        ]

    @property
    def awards(self):
        """What is offered for the award."""
        return known_awards(self.instance.held_on or timezone.localdate())

    def lists(self) -> dict:
        """``candidates``, {membership: reason} of those proposed; ``voters``, {membership: name} of those who vote."""
        return {"candidates": self._ticked("stands", "reason"), "voters": self._ticked("votes", "name")}

    def typed(self) -> dict:
        """The version, the facts and the lists."""
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {"seen_version": self.cleaned_data["version"]} | facts | self.lists()

    def _ticked(self, tick, words):
        typed = self.cleaned_data
        return {row: typed[f"{words}-{row.pk}"] for row in self.members if typed[f"{tick}-{row.pk}"]}


_OF_MEMBER = ["stands", "reason", "votes", "name"]


class VoteForm(forms.Form):
    """One vote: any of the candidates, at most as many as there are seats, or nobody."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    candidates = forms.ModelMultipleChoiceField(
        queryset=Candidate.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, **kwargs, initial={"version": ballot.version})
        self.ballot = ballot
        self.fields["candidates"].queryset = ballot.candidates.select_related("membership__unit")

    def clean_candidates(self):
        """No more than the seats."""
        chosen = self.cleaned_data["candidates"]
        if len(chosen) > self.ballot.seats:
            raise forms.ValidationError(
                f"Phiếu này chọn {len(chosen)} đơn vị, chỉ được chọn nhiều nhất {self.ballot.seats}. Hãy bỏ bớt."
            )
        return chosen

    def typed(self) -> dict:
        """The version and whom the vote is for."""
        return {"seen_version": self.cleaned_data["version"], "candidates": self.cleaned_data["candidates"]}


class CountForm(StepForm):
    """What the counting board found on paper; of secret votes nothing is typed."""

    place = forms.CharField(label="Địa điểm", required=False, max_length=200)
    began_at = forms.TimeField(
        label="Bắt đầu lúc", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ended_at = forms.TimeField(
        label="Kết thúc lúc", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    issued = forms.IntegerField(label="Số phiếu phát ra", min_value=0)
    cast = forms.IntegerField(label="Số phiếu thu về", min_value=0)
    valid = forms.IntegerField(label="Số phiếu hợp lệ", min_value=0)
    board = forms.CharField(
        label="Ban kiểm phiếu",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một người: họ tên, đơn vị, nhiệm vụ. Trưởng ban ghi đầu.",
    )

    def prepare(self):
        """A number for each candidate; who counted comes last, over the whole width."""
        if self.row.is_secret:
            for field in self.visible_fields():
                del self.fields[field.name]
            return
        self.candidates = list(self.row.candidates.select_related("membership__unit"))
        for row in self.candidates:
            self.fields[f"agreed-{row.pk}"] = forms.IntegerField(label=f"Đồng ý đề nghị {row}", min_value=0)
        for field in self.fields.values():
            field.half = True
        self.fields["board"] = self.fields.pop("board")
        self.fields["board"].half = self.fields["place"].half = False
        self.initial["issued"] = self.row.entitled
        activity = self.row.activity
        self.initial |= {"place": activity.place, "began_at": activity.held_at} if activity else {}
        dress(self)

    def typed(self) -> dict:
        """What was typed: the figures of the board."""
        typed = super().typed()
        if self.row.is_secret:
            return typed
        agreed = {row: typed.pop(f"agreed-{row.pk}") for row in self.candidates}
        return {"seen_version": typed.pop("seen_version"), "figures": Figures(agreed=agreed, **typed)}

    def clean(self):
        """The count ends after it began."""
        cleaned = super().clean()
        begins, ends = cleaned.get("began_at"), cleaned.get("ended_at")
        if begins and ends and ends <= begins:
            self.add_error("ended_at", "Giờ kết thúc phải sau giờ bắt đầu. Hãy sửa lại một trong hai giờ.")
        return cleaned


class CancelForm(StepForm):
    """Why a ballot is ended without a result, or its result declared void."""

    reason = forms.CharField(label="Lý do hủy", max_length=300, widget=rows(3))


class ProposedFilter(WordsFilter):
    """Ballots in which a unit of these words is proposed."""

    def filter(self, queryset, value):
        """Each ballot once, however many of its candidates are meant."""
        if not value:
            return queryset
        found = Candidate.objects.filter(membership__unit__in=Unit.objects.matching(value))
        return queryset.filter(pk__in=found.order_by().values("ballot"))


class BallotFilter(DressedFilterSet):
    """Ballots of a year: by who is proposed, cluster, award, how far they are."""

    q = ProposedFilter("Tìm đơn vị được giới thiệu")
    cluster = django_filters.ModelChoiceFilter(label="Cụm, khối", queryset=Cluster.objects.none(), empty_label="Tất cả")
    award = django_filters.ChoiceFilter(label="Danh hiệu, hình thức", choices=[], empty_label="Tất cả")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Ballot.State, empty_label="Tất cả")

    class Meta:
        model = Ballot
        fields = ["q", "cluster", "award", "state"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        self.filters["cluster"].queryset = Cluster.objects.filter(pk__in=rows.values("cluster"))
        awards = rows.values_list("award", flat=True).distinct().order_by("award")
        self.filters["award"].extra["choices"] = [(award, award) for award in awards]
