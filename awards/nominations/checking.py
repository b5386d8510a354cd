"""All nominations of a file judged at once by the functions of eligibility, and what each must be looked at for besides.

The law is that of the day of the decision, with what the transition leaves to files that were there before it.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from ..catalogue.book import book_of, catalogue
from ..catalogue.models import AwardType, Route
from ..eligibility.rules import Judgement, judge_in_transition
from ..records.facts import facts_of
from ..records.models import Award
from ..registrations.models import Aim, Registration
from . import asked, flags
from .competing import competed, movement_of
from .models import Dossier, Nomination


def main_of(recipient):
    """The record that stands for a recipient."""
    return recipient.merged_into or recipient


def judged(dossier: Dossier, nominations, day: date | None = None, of="type") -> dict[int, Judgement]:
    """{key: the explained answer} of each of ``nominations``, as many queries for 500 as for one.

    ``of="fallback"``: of what it is looked at for where it does not get its award.
    """
    day, known = day or timezone.localdate(), catalogue()
    received = dossier.received_on or day
    facts, movement = facts_of({main_of(row.recipient) for row in nominations}), movement_of(dossier, day)
    return {
        row.pk: judge_in_transition(
            known,
            getattr(row, of).code,
            replace(facts[main_of(row.recipient).pk], movement=movement),
            received,
            day,
            year=dossier.year,
            route=dossier.route,
            deed=row.deed if dossier.route != "merit" else "",
        )
        for row in nominations
    }


def check(dossier: Dossier) -> int:
    """Judge every nomination that goes on and store what was found; what changed since the last check is marked.

    How many changed. Called within the step that tells of it.
    """
    rows = list(rows_of(dossier).going_on())
    now, changed = timezone.now(), 0
    for row, answer in zip(rows, judged(dossier, rows).values(), strict=True):
        before = (row.met, row.missing) if row.checked_at else None
        row.met, row.missing = answer.met, missing_of(answer)
        is_other = before is not None and before != (row.met, row.missing)
        row.changed = _words(*before) if is_other else ""
        changed += is_other
        row.checked_at = now
    Nomination.objects.bulk_update(rows, ["met", "missing", "changed", "checked_at"], batch_size=500)
    dossier.checked_at = now
    return changed


def _words(met, missing) -> str:
    """What a check had found: ``Đủ điều kiện``, else what was missing."""
    return "Đủ điều kiện" if met else f"Còn thiếu: {missing}" if missing else "Chưa kết luận được"


def rows_of(dossier: Dossier):
    """The nominations of a file with what a check and a page read of them."""
    return dossier.nominations.select_related("type", "unit", "recipient__unit", "recipient__merged_into")


def doubts_about(dossier: Dossier, nominations) -> dict[int, list[str]]:
    """{key: what a person must look at} of ``nominations``: proposed elsewhere too, not registered, moved, died, renamed,
    objected to, not asked about.

    Thirteen queries at most, whatever their number.
    """
    found = defaultdict(list)
    people = {main_of(row.recipient).pk for row in nominations}
    elsewhere = _elsewhere(dossier, people)
    for key, words in asked.doubts(nominations).items():
        found[key] += words
    for key, words in unregistered(dossier, nominations).items():
        found[key].append(words)
    for key, words in _given_otherwise(dossier, nominations, people).items():
        found[key] += words
    for key, other_flags in flags.others_of(nominations).items():
        found[key] += [one.words for one in other_flags]
    for key, one in competed(nominations).items():
        found[key] += one.doubts
    for row in nominations:
        main = main_of(row.recipient)
        found[row.pk] += _proposed_too(row, dossier, elsewhere[main.pk]) + moved(row, main)
    return found


def _elsewhere(dossier, people) -> dict[int, list[Nomination]]:
    """{key of one of ``people``: nominations of other files of the year that go on}; drafts of other units stay theirs."""
    rows = (
        Nomination.objects.going_on()
        .filter(Q(recipient__in=people) | Q(recipient__merged_into__in=people), dossier__year=dossier.year)
        .exclude(dossier=dossier)
        .exclude(~Q(dossier__unit=dossier.unit_id), dossier__state__in=Dossier.OWN)
        .select_related("dossier__unit", "recipient")
        .order_by("pk")
    )
    found = defaultdict(list)
    for row in rows:
        found[row.recipient.merged_into_id or row.recipient_id].append(row)
    return found


def _proposed_too(row, dossier, others) -> list[str]:
    """Where the same was proposed too, in words: the same award, or another on another ground."""
    twice = [one for one in others if one.type_id == row.type_id or one.dossier.route != dossier.route]
    places = Counter((one.dossier.get_route_display().lower(), one.dossier.unit.name) for one in twice)
    return [
        f"Cũng được đề nghị ở {f'{number:02} hồ sơ' if number > 1 else 'hồ sơ'} {how} của {unit}."
        for (how, unit), number in places.items()
    ]


def _given_otherwise(dossier, nominations, people) -> dict[int, list[str]]:
    """{key: words} of those who were given the same form in the same year on another ground: it may have been the same deed."""
    rows = Award.objects.standing().filter(recipient__in=people, year=dossier.year, cancelled_on=None)
    rows = rows.exclude(route=dossier.route).exclude(type__form=AwardType.Form.TITLE).select_related("decision")
    given, found = defaultdict(list), defaultdict(list)
    for award in rows.order_by("pk"):
        given[award.recipient_id, award.type_id].append(award)
    for row in nominations:
        for award in given[main_of(row.recipient).pk, row.type_id]:
            how = award.get_route_display().lower()
            words = f"Năm {award.year} đã được khen hình thức này ({how}) theo {award.decision}: xem có cùng thành tích không."
            found[row.pk].append(words)
    return found


# --- What was not registered


def unregistered(dossier: Dossier, nominations) -> dict[int, str]:
    """{key: words} of those of ``nominations`` whose title nobody registered for the year of the file, where units registered
    in that year at all; with the office's rule where it has one. Two queries at most.
    """
    rows = [row for row in nominations if row.type.is_title] if dossier.route == Route.MERIT else []
    sent = Aim.objects.filter(registration__year=dossier.year, registration__state=Registration.State.SENT)
    if not rows or not sent.exists():
        return {}
    people = {main_of(row.recipient).pk for row in rows}
    aims = set(sent.filter(recipient__in=people).values_list("recipient", "type"))
    rule, book = registration_rule(), book_of(timezone.localdate())
    where = f"; vẫn đề nghị thì ghi lý do ({book.citation(rule)})" if rule else ""
    words = f"Chưa đăng ký danh hiệu này cho năm {dossier.year}{where}."
    return {row.pk: words for row in rows if (main_of(row.recipient).pk, row.type_id) not in aims}


def registration_rule():
    """The office's rule that a title that nobody registered is not given unless an officer says why; None where it has none:
    then it is to be looked at, and no more.
    """
    return book_of(timezone.localdate()).one("other", "office-registered")


def barred(dossier: Dossier, nominations) -> dict[int, str]:
    """{key: why it goes no further} of those that nobody registered, by the office's rule; none where it has none."""
    rule = registration_rule()
    if rule is None:
        return {}
    where = book_of(timezone.localdate()).citation(rule)
    words = f"Chưa đăng ký danh hiệu này cho năm {dossier.year} ({where})"
    return dict.fromkeys(unregistered(dossier, nominations), words)


def moved(row, main, *, is_name_told=False) -> list[str]:
    """What is another by now than when it was proposed; not the name, where somebody said how it is to be written."""
    told = []
    if main.ended_on:
        told.append(f"{'Đã mất' if main.kind == 'person' else 'Đã giải thể'} ngày {main.ended_on:%d/%m/%Y}.")
    if row.name != main.name and not is_name_told:
        told.append(f"Tên hiện nay: {main.name}.")
    if row.unit_id != main.unit_id:
        told.append(f"Đơn vị hiện nay: {main.unit or 'chưa ghi'}.")
    return told


def missing_of(answer: Judgement) -> str:
    """What a nomination keeps of what it lacks; nothing where it lacks nothing."""
    return "" if answer.met else lack_of(answer)


def lack_of(answer: Judgement) -> str:
    """What is missing, or stands in the way where nothing could be added: ``đã có … năm 2025``."""
    best = answer.best.findings if answer.best else ()
    words = [row.words for row in (*answer.general, *best) if row.met is False and not row.missing]
    return " và ".join(filter(None, [answer.missing, *words])) or answer.verdict


def refusal_of(answer: Judgement) -> str:
    """Why an award is not given, in words for the unit: what is missing, and where that stands."""
    lacks = [row for row in answer.general if row.met is not True]
    places = [row.citation for row in lacks if row.citation]
    if answer.best and answer.best.met is not True:
        places.append(answer.best.citation)
    where = f" ({'; '.join(dict.fromkeys(places))})" if places else ""
    return f"Chưa đủ điều kiện: {lack_of(answer)}{where}"
