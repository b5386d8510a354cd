"""The list of all rules: what each says, where the law says so, an example; advice is turned off and on there."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from units.columns import Column, InFile, OnPage
from units.lists import OfficeList
from units.permissions import may_manage, writers_only
from units.text import searchable

from ..source.vietnamese import table_day
from ..steps.models import Change
from ..steps.refusing import Refused
from .actions import RULE, choose
from .filters import RuleFilter
from .judging import rules
from .models import RuleChoice
from .rule import Level, Rule


@dataclass
class RuleRow:
    """What the list says of one rule; ``last``: the row of the log of its last turning off or on, if there was one."""

    rule: Rule
    is_off: bool
    last: Change | None

    @cached_property
    def words(self) -> str:
        """Everything that it is found by, without accents."""
        rule = self.rule
        return searchable(rule.wrong, rule.group, rule.bad, rule.good, *map(str, rule.articles))

    @property
    def articles(self) -> str:
        """Where the law says so, each with its days."""
        return "; ".join(
            f"{article} (từ {table_day(article.begins)}{_until(article)})" for article in self.rule.articles
        )

    @property
    def use(self) -> str:
        """Whether it is told."""
        return "Đang tắt" if self.is_off else "Đang dùng"

    @property
    def told(self) -> str:
        """Who turned it off or on last, and why."""
        if not self.last:
            return ""
        reason = f" – {self.last.reason}" if self.last.reason else ""
        return f"{self.last.act}: {self.last.by}, {table_day(timezone.localtime(self.last.at))}{reason}"


def _until(article) -> str:
    return f" đến trước {table_day(article.ends)}" if article.ends else ""


def _rows() -> list[RuleRow]:
    """All rules. Two queries."""
    chosen = {row.code: row for row in RuleChoice.objects.all()}
    last = {}
    for change in Change.objects.filter(about=RULE).select_related("by__unit"):
        last.setdefault(change.key, change)
    found = []
    for rule in rules():
        choice = chosen.get(rule.code)
        found.append(RuleRow(rule, bool(choice and choice.is_off), last.get(choice.pk) if choice else None))
    return found


class RuleList(OfficeList):
    """The rules of form."""

    what = "quy tắc"
    template_name = "documents/proofing/rules.html"
    filterset_class = RuleFilter
    queryset = RuleChoice.objects.none()
    paginate_by = 50
    export_name = "quy-tac-the-thuc"
    export_title = "Quy tắc soát thể thức"
    columns = [
        OnPage("Mức", "rule.level", look="nowrap marks"),
        Column("Quy tắc", "rule.wrong", look="rule-words"),
        InFile("Mức", lambda row: row.rule.level.label),
        InFile("Nhóm", "rule.group"),
        Column("Căn cứ", "articles", label="Căn cứ", look="small"),
        Column("Chưa đúng", "rule.bad", label="Chưa đúng", look="small"),
        Column("Đúng", "rule.good", label="Đúng", look="small"),
        InFile("Sử dụng", "use"),
        InFile("Tắt, bật lần cuối", "told"),
    ]

    def get_queryset(self):
        """The rules that the filter chose, in the order in which they are written."""
        super().get_queryset()
        return self.filterset.narrowed(_rows())

    def file_rows(self):
        """All of them."""
        return self.get_queryset()

    def get_context_data(self, **kwargs):
        """Whether the person may turn advice off."""
        more = {"may_choose": may_manage(self.request.user), "area": "documents", "error": Level.ERROR}
        return super().get_context_data(**more, **kwargs)


rule_list = writers_only(RuleList.as_view())


@require_POST
@writers_only
def choose_rule(request, code):
    """Turn one advice off, with a reason, or on again."""
    is_off = request.POST.get("is_off") == "1"
    try:
        choose(code, is_off=is_off, reason=request.POST.get("reason", "")[:500], by=request.user)
        messages.success(request, "Đã tắt quy tắc." if is_off else "Đã bật lại quy tắc.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("proofing_rules")
