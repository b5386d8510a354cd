"""Facts of a case as one types them on the telephone; no person is stored.

Only what the law of that day asks about for that award is asked: each need of its criteria brings its fields.
"""

from django import forms

from units.forms import DressedForm

from ..catalogue.law import Book, Row
from ..catalogue.models import Route
from ..catalogue.values import REGULAR
from .case import codes_of
from .conditions import is_state_form
from .facts import (
    CLASS_WORDS,
    GROUP_WORDS,
    LEVELS,
    SCOPE_WORDS,
    TENURE_WORDS,
    Facts,
    Held,
    Initiative,
    Movement,
    Pause,
    Rating,
    Team,
)
from .fields import EARLIEST, MOST_YEARS, YearsField
from .typed_faults import faults_of

_MOST_PEOPLE = 99_999
# Years from this one on are known in full: none is.
_NEVER = 9_999
_RATED = {
    "excellent": "Năm hoàn thành xuất sắc nhiệm vụ",
    "good": "Năm hoàn thành tốt nhiệm vụ",
    "done": "Năm hoàn thành nhiệm vụ",
    "failed": "Năm không hoàn thành nhiệm vụ",
    "maternity": "Năm nghỉ thai sản",
}
_TEAM = {
    "members": "Tổng số người",
    "completed": "Số người hoàn thành nhiệm vụ",
    "ldtt": "Số người đạt “Lao động tiên tiến”",
    "cstdcs": "Số người đạt “Chiến sĩ thi đua cơ sở”",
    "warned": "Số người bị kỷ luật từ cảnh cáo trở lên",
}
_LED = [("", "Chưa rõ"), ("province", "Dẫn đầu cụm, khối của tỉnh"), ("ministry", "Dẫn đầu cụm, khối của bộ, ban, ngành"),
        ("nation", "Dẫn đầu cụm, khối của Trung ương"), ("district", "Dẫn đầu của huyện"), ("none", "Không dẫn đầu")]  # fmt: skip
_KNOWN = [("", "Chưa rõ"), ("co", "Có"), ("khong", "Không")]
_RESULT = [("", "Chưa rõ"), ("first", "Dẫn đầu"), ("chosen", "Được bình xét"), ("none", "Không được bình xét")]
_THING = {"initiative": "sáng kiến", "topic": "đề tài, đề án"}


def criteria_of(book: Book, award: str, whom: str, seen=()) -> list[Row]:
    """The criteria of an award, with those of the awards that they rest on."""
    found = []
    for row in book.all("criterion", award, whom):
        found.append(row)
        for need in row.more["needs"]:
            if need["is"] == "meets" and need["of"] not in seen:
                found += criteria_of(book, need["of"], whom, (*seen, need["of"]))
    return found


def needs_of(criteria: list[Row]) -> list[dict]:
    """Everything that the criteria ask for."""
    after = [{"is": "holds", "of": row.more["after"]} for row in criteria if row.more.get("after")]
    return [need for row in criteria for need in row.more["needs"]] + after


class _Asking(forms.Form):
    """A form whose fields follow from what the law of the day asks."""

    def __init__(self, *args, book, award, whom, **kwargs):
        super().__init__(*args, **kwargs)
        self.book, self.award, self.whom = book, award, whom
        self.criteria = criteria_of(book, award, whom)
        self.needs = needs_of(self.criteria)
        self.parts = {}
        for part, find in _PARTS:
            made = dict(find(self))
            self.fields |= made
            if made:
                self.parts[part] = list(made)
            for field in made.values():
                field.half = True

    def asks(self, *conditions) -> bool:
        """Whether the law asks for one of these conditions."""
        return any(need["is"] in conditions for need in self.needs)

    @property
    def codes(self) -> list[str]:
        """The awards and ratings that count."""
        names = [need["of"] for need in self.needs if need["is"] in _COUNTED]
        return list(dict.fromkeys(code for name in names for code in codes_of(name)))

    @property
    def attested(self) -> dict[str, str]:
        """{what is to be confirmed: its words}."""
        return {need["of"]: need["words"] for need in self.needs if need["is"] == "attested"}


_COUNTED = ("run", "count", "in_succession", "holds", "meets")


# --- The fields, part by part


def _asked(form):
    yield (
        "nam",
        forms.IntegerField(
            label="Xét thành tích đến hết năm",
            initial=form.book.day.year - 1,
            min_value=EARLIEST,
            max_value=form.book.day.year,
        ),
    )
    rows = [row for row in form.book.all("criterion", form.award, form.whom) if row.award != "*"]
    routes = dict.fromkeys(row.more.get("route", REGULAR) for row in rows)
    named = [(code, Route(code).label) for code in routes if code in Route.values]
    if len(named) > 1:
        yield "loai", forms.ChoiceField(label="Loại hình", choices=[("", "Tất cả"), *named], required=False)
    groups = _groups(form)
    if groups:
        yield (
            "nhom",
            forms.MultipleChoiceField(
                label="Thuộc nhóm", choices=groups, required=False, widget=forms.CheckboxSelectMultiple
            ),
        )


def _groups(form):
    """What some ways, some needs and the award itself are for alone."""
    rows = [form.book.awards[form.award], *form.criteria]
    named = [group.strip() for row in rows for group in row.more.get("group", "").split(",")]
    named += [need.get("only", "") for need in form.needs]
    return [(code, GROUP_WORDS.get(code, code).capitalize()) for code in dict.fromkeys(named) if code]


def _awards(form):
    for code in dict.fromkeys((*form.codes, form.award)):
        if code not in LEVELS:
            name = form.book.name(code)
            label = f"{name}: đã được tặng năm" if code == form.award else f"{name}: các năm"
            yield f"d_{code}", YearsField(label=label)
    for row in form.book.all("criterion", form.award, form.whom):
        if any(need["is"] == "since" for need in row.more["needs"]):
            code = row.more["after"]
            yield f"ngay_{code}", forms.DateField(label=f"{form.book.name(code)}: ngày quyết định", required=False)
    about = form.book.awards
    if form.asks("one_state_form") and is_state_form(form.book, form.award):
        named = [(code, form.book.name(code)) for code in about if is_state_form(form.book, code)]
        label = f"Đã được tặng hình thức cấp nhà nước trong năm {form.book.day.year}"
        yield "nn", forms.ChoiceField(label=label, choices=[("", "Không"), *named], required=False)
    if form.asks("one_flag") and about[form.award].more.get("flag"):
        named = [
            (code, form.book.name(code)) for code, row in about.items() if row.more.get("flag") and code != form.award
        ]
        yield (
            "co",
            forms.ChoiceField(label="Cờ thi đua khác của năm đó", choices=[("", "Không"), *named], required=False),
        )
    yield (
        "khac",
        forms.ChoiceField(
            label="Danh hiệu, hình thức không ghi ở trên",
            choices=[("", "Không có"), ("chua-ro", "Chưa rõ")],
            required=False,
        ),
    )


def _ratings(form):
    if LEVELS.keys() & set(form.codes):
        yield from ((f"x_{level}", YearsField(label=label)) for level, label in _RATED.items())


def _initiatives(form):
    asked = [(need.get("kind", "initiative"), need["of"]) for need in form.needs if need["is"] == "initiative"]
    for kind, scope in dict.fromkeys(asked):
        label = f"{_THING[kind].capitalize()} {SCOPE_WORDS[scope]} chưa dùng: năm được công nhận"
        yield f"s_{kind}_{scope}", YearsField(label=label, help_text="Năm có 02 sáng kiến thì ghi hai lần: 2024, 2024.")


def _team(form):
    if form.asks("members"):
        asked = {{"done": "completed"}.get(need["of"], need["of"]) for need in form.needs if need["is"] == "members"}
        for column, label in _TEAM.items():
            if column == "members" or column in asked:
                yield (
                    f"t_{column}",
                    forms.IntegerField(label=label, required=False, min_value=0, max_value=_MOST_PEOPLE),
                )


def _movement(form):
    if form.asks("leads"):
        yield "dan_dau", forms.ChoiceField(label="Trong cụm, khối năm xét", choices=_LED, required=False)
    if form.asks("movement"):
        by = [(code, words[:1].upper() + words[1:]) for code, words in Movement.BY.items()]
        at = [(code, words.capitalize()) for code, words in Movement.AT.items()]
        yield (
            "pt_do",
            forms.ChoiceField(label="Phong trào do ai phát động", choices=[("", "Chưa rõ"), *by], required=False),
        )
        yield "pt_tu", forms.DateField(label="Phong trào từ ngày", required=False)
        yield "pt_den", forms.DateField(label="Phong trào đến ngày", required=False)
        yield "pt_khi", forms.ChoiceField(label="Khen khi", choices=[("", "Đang thực hiện"), *at], required=False)
        yield "pt_kq", forms.ChoiceField(label="Kết quả trong phong trào", choices=_RESULT, required=False)


def _itself(form):
    if form.asks("aged", "anniversary"):
        yield "lap", forms.DateField(label="Ngày thành lập", required=False)
    if form.asks("not_dissolved"):
        yield "giai_the", forms.DateField(label="Ngày giải thể (nếu có)", required=False)
    if form.asks("no_flags"):
        yield "duoc_co", forms.ChoiceField(label="Thuộc đối tượng được tặng cờ thi đua", choices=_KNOWN, required=False)
    if form.asks("model"):
        yield (
            "mo_hinh",
            forms.IntegerField(
                label="Số năm mô hình hiệu quả, ổn định", required=False, min_value=0, max_value=MOST_YEARS
            ),
        )


def _tenures(form):
    """Years in a service; those in places of hardship where they count more."""
    is_weighted = form.book.the("factor", form.award)
    for code in dict.fromkeys(need["of"] for need in form.needs if need["is"] == "tenure"):
        words = {f"k_{code}": f"Số năm {TENURE_WORDS[code]}"}
        words |= {f"h_{code}": "Trong đó số năm ở địa bàn khó khăn"} if is_weighted else {}
        for name, label in words.items():
            yield name, forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_YEARS)
    for code in dict.fromkeys(need["of"] for need in form.needs if need["is"] == "in_office"):
        label = f"Số năm giữ chức vụ {CLASS_WORDS[code]}"
        yield f"k_{code}", forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_YEARS)


def _pauses(form):
    if form.asks("not_paused", "undisciplined"):
        kinds = [(code, words[:1].upper() + words[1:]) for code, words in Pause.WORDS.items()]
        yield (
            "kl",
            forms.ChoiceField(label="Kỷ luật, thanh tra, xác minh", choices=[("", "Không"), *kinds], required=False),
        )
        yield "kl_tu", forms.DateField(label="Từ ngày", required=False)
        yield "kl_den", forms.DateField(label="Đến ngày (nếu đã hết)", required=False)


def _attested(form):
    for code, words in form.attested.items():
        yield f"n_{code}", forms.ChoiceField(label=words, choices=_KNOWN, required=False)


_PARTS = (
    ("Xét gì", _asked),
    ("Danh hiệu, hình thức đã có", _awards),
    ("Xếp loại hằng năm", _ratings),
    ("Sáng kiến, đề tài", _initiatives),
    ("Người trong tập thể năm xét", _team),
    ("Cụm, khối, phong trào", _movement),
    ("Tập thể, mô hình", _itself),
    ("Thời gian công tác", _tenures),
    ("Kỷ luật, xác minh", _pauses),
    ("Đơn vị xác nhận", _attested),
)


# --- The form


class FactsForm(DressedForm, _Asking):
    """The facts of one case before an award of a day. ``facts()`` is what was typed, as the pure functions take it."""

    marks_required = False

    def clean(self):
        """Refuse what cannot be, beside its field."""
        typed = super().clean()
        for name, words in faults_of(typed, _RATED):
            self.add_error(name, words)
        return typed

    def parted(self):
        """(heading, fields) of each part, for the page."""
        return [(part, [self[name] for name in names]) for part, names in self.parts.items()]

    @property
    def year(self) -> int:
        return self.cleaned_data["nam"]

    @property
    def route(self) -> str:
        return self.cleaned_data.get("loai", "")

    def facts(self) -> Facts:
        """What was typed; what was left open is not known."""
        typed = self.cleaned_data
        return Facts(
            self.whom,
            began_on=typed.get("lap"),
            ended_on=typed.get("giai_the"),
            known_from=_NEVER if typed.get("khac") else None,
            held=tuple(self._held()),
            ratings=tuple(Rating(year, level) for level, year in self._years("x_")),
            initiatives=tuple(self._initiatives()),
            pauses=(Pause(typed["kl"], typed["kl_tu"], typed["kl_den"]),) if typed.get("kl") else (),
            teams=tuple(self._teams()),
            movement=self._movement(),
            led={self.year: typed["dan_dau"].replace("none", "")} if typed.get("dan_dau") else {},
            may_receive_flags=_known(typed.get("duoc_co")),
            groups=frozenset(typed.get("nhom") or ()),
            model_years=typed.get("mo_hinh"),
            tenures=self._numbers("k_"),
            hard_tenures=self._numbers("h_"),
            attested={
                code: _known(typed[f"n_{code}"]) for code in self.attested if _known(typed[f"n_{code}"]) is not None
            },
        )

    def _years(self, prefix):
        for name, years in self.cleaned_data.items():
            if name.startswith(prefix):
                yield from ((name.removeprefix(prefix), year) for year in dict.fromkeys(years))

    def _numbers(self, prefix):
        found = self.cleaned_data.items()
        return {
            name.removeprefix(prefix): value for name, value in found if name.startswith(prefix) and value is not None
        }

    def _held(self):
        typed = self.cleaned_data
        for code, year in self._years("d_"):
            yield Held(code, year, typed.get(f"ngay_{code}"))
        if typed.get("nn"):
            yield Held(typed["nn"], self.year, self.book.day)
        if typed.get("co"):
            yield Held(typed["co"], self.year)

    def _initiatives(self):
        for name, years in self.cleaned_data.items():
            if name.startswith("s_"):
                _, kind, scope = name.split("_")
                for year in years:
                    yield Initiative(f"{_THING[kind]} {SCOPE_WORDS[scope]}", scope, year, kind)

    def _teams(self):
        typed = self.cleaned_data
        if typed.get("t_members") is not None:
            yield Team(self.year, **{column: typed.get(f"t_{column}") for column in _TEAM})

    def _movement(self):
        typed = self.cleaned_data
        if not typed.get("pt_do"):
            return None
        first, chosen = {"first": (True, True), "chosen": (False, True), "none": (False, False)}.get(
            typed["pt_kq"], (None, None)
        )
        return Movement(typed["pt_do"], typed["pt_tu"], typed["pt_den"], typed["pt_khi"], first, chosen)


def _known(word) -> bool | None:
    return {"co": True, "khong": False}.get(word)
