"""The page of all rules: what each says, where the law says so, an example; advice is turned off and on there."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from units.permissions import may_manage, writers_only

from ..steps.models import history_of
from ..steps.refusing import Refused
from .actions import RULE, choose
from .judging import rules
from .models import RuleChoice


@writers_only
def rule_list(request):
    """All rules by subject, with what the office chose for each; ``?tim=`` narrows them by words."""
    today, words = timezone.localdate(), request.GET.get("tim", "").strip()[:100]
    choices = {row.code: row for row in RuleChoice.objects.all()}
    shown = [_told(rule, choices.get(rule.code), today) for rule in rules()]
    found = [row for row in shown if words.lower() in row["text"]]
    groups = {}
    for row in found:
        groups.setdefault(row["rule"].group, []).append(row)
    context = {"groups": groups.items(), "words": words, "total": len(shown), "count": len(found), "area": "documents"}
    context["may_choose"] = may_manage(request.user)
    return render(request, "documents/proofing/rules.html", context)


def _told(rule, choice, today):
    """What the page says of one rule."""
    is_off = bool(choice and choice.is_off)
    last = history_of(RULE, choice.pk).first() if choice else None
    text = " ".join([rule.wrong, rule.group, rule.bad, rule.good, *map(str, rule.articles)]).lower()
    return {"rule": rule, "is_off": is_off, "last": last, "text": text, "holds": rule.on(today) is not None}


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
