"""A need of a criterion as the back office types it: chosen by words, checked so that the program can count it."""

from functools import cached_property

from django import forms
from django.forms.models import BaseInlineFormSet

from units.text import fold

from ..catalogue.book import award_names
from ..catalogue.forms import CriterionForm, Listed
from ..catalogue.models import Need
from ..catalogue.values import amount_of
from .case import codes_of
from .facts import CLASS_WORDS, GROUP_WORDS, LEVEL_WORDS, LEVELS, SCOPE_WORDS, TENURE_WORDS, Movement

NAMES = {
    "run": "số năm, số lần liên tục đến năm xét",
    "count": "số năm, số lần trong thời gian đó",
    "in_succession": "số lần liên tục được tặng",
    "holds": "đã được tặng",
    "since": "số năm từ khi được tặng",
    "initiative": "sáng kiến, đề tài",
    "members": "số người, tỷ lệ người trong tập thể",
    "meets": "đạt tiêu chuẩn danh hiệu khác trong năm",
    "leads": "dẫn đầu cụm, khối",
    "movement": "phong trào thi đua",
    "aged": "số năm xây dựng, phát triển",
    "anniversary": "kỷ niệm năm tròn",
    "no_flags": "không thuộc đối tượng được tặng cờ",
    "model": "số năm mô hình sản xuất hiệu quả",
    "attested": "đơn vị xác nhận",
    "not_twice": "chưa được khen cho cùng thành tích",
    "not_paused": "không bị kỷ luật, thanh tra, xác minh",
    "one_state_form": "chưa có hình thức cấp nhà nước trong năm",
    "one_flag": "chưa có cờ thi đua khác của năm",
    "not_dissolved": "tập thể chưa giải thể",
    "tenure": "số năm công tác",
    "in_office": "số năm giữ chức vụ",
    "outside": "không thuộc nhóm có tiêu chuẩn riêng",
    "once": "chưa được tặng lần nào",
    "undisciplined": "không bị kỷ luật trong thời gian giữ chức vụ",
}
_RATED = {code: LEVEL_WORDS[code] for code in LEVELS}
_TEAM = {"done": "hoàn thành nhiệm vụ", "ldtt": "đạt “Lao động tiên tiến”", "cstdcs": "đạt “Chiến sĩ thi đua cơ sở”",
         "warned": "bị kỷ luật từ cảnh cáo trở lên"}  # fmt: skip
_CLUSTERS = {"province": "tỉnh", "nation": "Trung ương", "district": "huyện"}
# Scopes and clusters share codes, of which a list holds each once.
_OF_CLUSTERS = {
    "province": "cấp tỉnh; tỉnh; lãnh đạo cấp tỉnh",
    "nation": "cấp toàn quốc; Trung ương",
    "district": "huyện",
}
_NAMED = {*TENURE_WORDS, *SCOPE_WORDS}
_PLACES = {"first": "dẫn đầu", "chosen": "được bình xét"}
_KINDS = {"initiative": "sáng kiến", "topic": "đề tài, đề án, công trình"}
_WITHIN = {"year": "trong năm xét", "run": "trong thời gian liên tục đó"}
# {condition: (columns that it needs, what «về» may be)}; "awards": codes of awards, "rated": or of ratings.
_ASKS = {
    "run": (("of", "least"), "rated"),
    "count": (("of", "least"), "rated"),
    "in_succession": (("of", "least", "span"), "awards"),
    "holds": (("of",), "awards"),
    "since": (("least",), None),
    "initiative": (("of", "least"), SCOPE_WORDS),
    "members": (("of",), _TEAM),
    "meets": (("of",), "awards"),
    "leads": (("of",), _CLUSTERS),
    "movement": (("of",), _PLACES),
    "aged": (("least",), None),
    "model": (("least",), None),
    "attested": (("words",), None),
    "tenure": (("of",), TENURE_WORDS),
    "in_office": (("of", "least"), CLASS_WORDS),
    "outside": (("of", "words"), GROUP_WORDS),
}
_ONE = (
    "in_succession",
    "holds",
    "initiative",
    "members",
    "meets",
    "leads",
    "movement",
    "tenure",
    "in_office",
    "outside",
)


class CriterionEdit(CriterionForm):
    """One way to an award."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = GROUP_WORDS.items()


class NeedForm(forms.ModelForm):
    """One need. What it is about, and which of its columns count, depends on the condition."""

    condition = forms.ChoiceField(label="Điều kiện", choices=[("", "Chọn điều kiện"), *NAMES.items()])
    of = Listed(label="Về", between=" | ", widget=forms.SelectMultiple(attrs={"size": 5}))
    kind = forms.ChoiceField(label="Sáng kiến hay đề tài", choices=[("", "–"), *_KINDS.items()], required=False)
    within = forms.ChoiceField(label="Trong thời gian", choices=[("", "–"), *_WITHIN.items()], required=False)
    by = Listed(label="Phong trào do ai phát động", choices=Movement.BY.items())
    at = Listed(label="Khen khi", choices=Movement.AT.items())
    only = forms.ChoiceField(label="Chỉ với nhóm", choices=[("", "–"), *GROUP_WORDS.items()], required=False)

    class Meta:
        model = Need
        fields = ["position", "condition", "of", "kind", "least", "most", "share", "over", "span", "within", "by", "at",
                  "alt", "only", "hard", "words"]  # fmt: skip
        help_texts = {
            "alt": "Các điều cùng chữ (a, b, c) đi với nhau; đạt một chữ là đủ.",
            "hard": "Không có xác nhận thì chưa kết luận.",
            "share": "Ví dụ 70%.",
            "over": "Ví dụ 50%: phải nhiều hơn một nửa.",
        }

    def __init__(self, *args, awards, **kwargs):
        super().__init__(*args, **kwargs)
        self.awards = awards
        self.fields["of"].choices = [
            ("Mức xếp loại", _RATED.items()),
            ("Danh hiệu, hình thức", self.awards.items()),
            ("Phạm vi sáng kiến; cụm, khối do ai tổ chức", (SCOPE_WORDS | _OF_CLUSTERS).items()),
            ("Người trong tập thể", [each for each in _TEAM.items() if each[0] not in _RATED]),
            ("Trong phong trào", _PLACES.items()),
            ("Thời gian công tác", TENURE_WORDS.items()),
            ("Chức vụ", [each for each in CLASS_WORDS.items() if each[0] not in _NAMED]),
            ("Thuộc nhóm", [each for each in GROUP_WORDS.items() if each[0] not in _NAMED]),
            *(
                [("Đang ghi", [(self.instance.of, self.instance.words)])]
                if self.instance.condition == "attested"
                else []
            ),
        ]

    def clean(self):
        """Refuse, beside the field, what the program could not count."""
        typed = super().clean() or self.cleaned_data
        condition = typed.get("condition")
        if not condition or self.errors:
            return typed
        columns, about = _ASKS.get(condition, ((), None))
        for name in columns:
            if typed.get(name) in (None, ""):
                self.add_error(name, f"«{NAMES[condition].capitalize()}» cần ô này.")
        self._check_about(condition, about, typed.get("of", ""))
        self._check_members(condition, typed)
        if condition == "attested" and not typed.get("of"):
            typed["of"] = fold(typed.get("words", "")).replace(" ", "-")[:60].strip("-")
        return typed

    def _check_about(self, condition, about, of):
        allowed = about
        if isinstance(about, str):
            allowed = self.awards if about == "awards" else _RATED | self.awards
        codes = codes_of(of) if of else []
        if about is None or not codes:
            return
        if wrong := [code for code in codes if code not in allowed]:
            self.add_error("of", f"Không dùng được ở điều kiện này: {', '.join(wrong)}. Hãy chọn lại.")
        elif condition in _ONE and len(codes) > 1:
            self.add_error("of", "Điều kiện này chỉ chọn một.")

    def _check_members(self, condition, typed):
        if condition != "members":
            return
        if not (typed.get("share") or typed.get("over")) and typed.get("least") is None and typed.get("most") is None:
            self.add_error("share", "Hãy ghi tỷ lệ, hoặc số ít nhất, số nhiều nhất.")
        for name in ("share", "over"):
            if typed.get(name) and amount_of(typed[name]) is None:
                self.add_error(name, "Tỷ lệ viết 70% hoặc 2/3.")


class NeedFormSet(BaseInlineFormSet):
    """The needs of one criterion; the names of awards are asked for once."""

    @cached_property
    def awards(self):
        """What awards are called."""
        return award_names()

    def get_form_kwargs(self, index):
        """Each form knows the awards."""
        return {**super().get_form_kwargs(index), "awards": self.awards}
