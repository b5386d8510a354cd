"""Votes as they are typed: a member's, and the sums of papers; a long agenda part by part.

What was typed in the other parts goes along in one field, so that an agenda of any length stays within what one request may
have (``DATA_UPLOAD_MAX_NUMBER_FIELDS``), and everything is stored at once, or nothing.
"""

import re

from django import forms

from units.forms import DressedForm, dress
from units.text import key_or_none

from .models import Seat
from .rules import is_out, is_own, items_of, offered

# Items on one page.
PART = 150
_CARRIED = re.compile(r"(\d{1,9}):(yes|no)")
_SUMS = re.compile(r"(\d{1,9}):(\d{0,4}):(\d{0,4})")


class Parts:
    """The parts of an agenda: ``items`` is all of it, ``part`` which of them the page shows, from 0."""

    items = ()
    part = 0

    @property
    def here(self):
        """The items of the part that is shown."""
        return self.items[self.part * PART : (self.part + 1) * PART]

    @property
    def pages(self):
        """(part, its name, whether it is shown) of each; none where there is but one."""
        starts = range(0, len(self.items), PART)
        names = [f"{self.items[start].position}–{self.items[start : start + PART][-1].position}" for start in starts]
        return [(part, name, part == self.part) for part, name in enumerate(names)] if len(names) > 1 else []

    @property
    def after(self) -> int | None:
        """The next part; None at the last one."""
        return self.part + 1 if (self.part + 1) * PART < len(self.items) else None

    def turned_to(self, asked: str) -> bool:
        """Show the part ``asked`` for; whether there is such a one."""
        part = key_or_none(asked)
        is_there = part is not None and part * PART < len(self.items)
        self.part = part if is_there else self.part
        return is_there


class VotesForm(Parts, forms.Form):
    """The votes of one member: agrees or not, of each item that is offered. Read by hand: 300 items are 300 pairs of buttons."""

    ALL = "all"

    def __init__(self, data=None, *, meeting, seat):
        super().__init__(data)
        every, data = list(items_of(meeting)), data or {}
        self.items, self.own = offered(meeting, seat, every), [item for item in every if is_own(item, seat.member)]
        carried = dict(_CARRIED.findall(data.get("carried", "")))
        self.given = {item.pk: data.get(f"item-{item.pk}") or carried.get(str(item.pk), "") for item in self.items}
        if self.ALL in data:
            self.given = dict.fromkeys(self.given, "yes")
        self.turned_to(data.get("part", ""))

    @property
    def lines(self):
        """(item, what was chosen, whether it is missing) of each that is shown."""
        return [(item, self.given[item.pk], bool(self.errors) and not self.given[item.pk]) for item in self.here]

    @property
    def carried(self) -> str:
        """All that was chosen, in one field."""
        return ",".join(f"{key}:{said}" for key, said in self.given.items() if said in ("yes", "no"))

    @property
    def votes(self) -> dict[int, bool]:
        """{item: whether it agrees} of those that were chosen."""
        return {key: said == "yes" for key, said in self.given.items() if said in ("yes", "no")}

    @property
    def left(self):
        """The items of which nothing was chosen."""
        votes = self.votes
        return [item for item in self.items if item.pk not in votes]

    def clean(self):
        """Every item is voted on; the part that has the first one without a vote is shown."""
        if left := self.left:
            self.part = self.items.index(left[0]) // PART
            raise forms.ValidationError(
                f"Còn {len(left)} đề nghị chưa chọn. Hãy chọn «Đồng ý» hoặc «Không đồng ý» cho từng đề nghị."
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


class SumsForm(Parts, DressedForm, forms.Form):
    """Secret votes on paper: whose papers they are, and of each item how many do not agree or are not valid."""

    KINDS = (("against", "Không đồng ý"), ("invalid", "Không hợp lệ"))

    version = forms.IntegerField(widget=forms.HiddenInput)
    seats = forms.ModelMultipleChoiceField(
        label="Phiếu giấy của", queryset=Seat.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, meeting):
        self.meeting = meeting
        self.items = [item for item in items_of(meeting) if not is_out(item)]
        self.turned_to((data or {}).get("part", ""))
        self.typed_ones = self._typed_ones(data or {})
        super().__init__(data, initial={"version": meeting.version})
        self.fields["seats"].queryset = meeting.seats.filter(voted_at=None).select_related("member")
        self.fields["seats"].label_from_instance = lambda seat: seat.member.name
        self._offer()

    def _typed_ones(self, data) -> dict[str, str]:
        """{field: what was typed} of all parts, that of this part from its own fields."""
        found = {}
        for key, *numbers in _SUMS.findall(data.get("carried", "")):
            found |= {f"{name}-{key}": number for (name, _), number in zip(self.KINDS, numbers, strict=True)}
        own = [f"{name}-{item.pk}" for item in self.here for name, _ in self.KINDS]
        return found | {name: data[name].strip() for name in own if name in data}

    def _offer(self):
        """The fields of the part that is shown."""
        for item in self.here:
            for name, label in self.KINDS:
                self.fields[f"{name}-{item.pk}"] = forms.IntegerField(
                    label=f"{label}: {item.nomination.name}", min_value=0, max_value=9999, required=False
                )
        dress(self)

    def shown(self, part: int) -> "SumsForm":
        """This form with another part before the eyes, everything that was typed in it."""
        data = self.data.copy()
        data.update({"carried": self.carried, "part": str(part)})
        data.update({name: typed for name, typed in self.typed_ones.items() if name not in data})
        return SumsForm(data, meeting=self.meeting)

    def part_of(self, field: str) -> int:
        """The part that has ``field``; this one where none has."""
        keys = [item.pk for item in self.items]
        key = field.rpartition("-")[2]
        return keys.index(int(key)) // PART if key.isdecimal() and int(key) in keys else self.part

    @property
    def is_part_right(self) -> bool:
        """Whether what was typed in this part are numbers; who has voted may still be to be chosen."""
        own = {f"{name}-{item.pk}" for item in self.here for name, _ in self.KINDS}
        return not own & self.errors.keys()

    @property
    def carried(self) -> str:
        """All that was typed, in one field."""
        told = [
            (item.pk, *(self.typed_ones.get(f"{name}-{item.pk}", "") for name, _ in self.KINDS)) for item in self.items
        ]
        return ",".join(f"{key}:{against}:{invalid}" for key, against, invalid in told if against or invalid)

    @property
    def lines(self):
        """Each item that is shown with its two fields."""
        return [(item, self[f"against-{item.pk}"], self[f"invalid-{item.pk}"]) for item in self.here]

    def typed(self) -> dict:
        """The version, the seats, the sums of all parts."""
        told = self.cleaned_data
        sums = {
            name: {item.pk: int(self.typed_ones.get(f"{name}-{item.pk}") or 0) for item in self.items}
            for name, _ in self.KINDS
        }
        return {"seen_version": told["version"], "seats": list(told["seats"])} | sums
