"""The duties of a year: set by the department, how far each cluster has come, and the calendar."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.duties.actions import Standing
from documents.steps.accepting import accepted, attempted
from units.excel_out import excel, heading_for
from units.filters import words_of
from units.pages import form_page
from units.permissions import managers_only, may_manage, overseers_only
from units.templatetags.parts import to
from units.text import key_or_none

from ..activities.models import Activity
from ..divisions.rights import cluster_or_404, division_or_404
from . import actions as milestones
from . import calendars, papers
from .forms import GuidanceForm, MilestoneForm, ProgressFilter
from .models import Milestone
from .progress import progress as progress_of


def milestone_list(request, year):
    """The duties of the year, with the guidance that they rest on; the department changes them."""
    found = division_or_404(request, year)
    return _list(request, found, GuidanceForm(user=request.user))


def _list(request, division, form):
    """The page of the duties, with the form for the guidance as it was typed."""
    manages = may_manage(request.user)
    context = {
        "division": division,
        "milestones": division.milestones.select_related("guidance__type", "division"),
        "drafts": papers.GUIDANCE.of(division.year) if manages else (),
        "form": form,
        "may_manage": manages,
        "area": "clusters",
        "tab": "milestones",
    }
    return render(request, "clusters/year/milestones.html", context, status=422 if form.errors else 200)


@managers_only
def edit_milestone(request, year, pk=None):
    """A new duty of the year, or one of them."""
    found = division_or_404(request, year)
    row = get_object_or_404(found.milestones, pk=pk) if pk else Milestone(division=found)
    form = MilestoneForm(request.POST or None, instance=row)
    if form.is_valid() and accepted(form, lambda: milestones.save(row, by=request.user, seen_version=form.seen)):
        messages.success(request, "Đã lưu.")
        return redirect("milestones", year)
    back = reverse("milestones", args=[year])
    up = to(f"Việc của các khối, cụm trong năm {year}", back)
    return form_page(request, form, "Sửa việc" if pk else "Thêm việc", up=up, back=back, area="clusters")


@require_POST
@managers_only
def remove_milestone(request, year, pk):
    """Take a duty out."""
    row = get_object_or_404(division_or_404(request, year).milestones, pk=pk)
    seen = key_or_none(request.POST.get("version", "")) or 0
    if attempted(request, lambda: milestones.remove(row, by=request.user, seen_version=seen)):
        messages.success(request, f"Đã bỏ «{row.title}».")
    return redirect("milestones", year)


@require_POST
@managers_only
def fill_milestones(request, year):
    """Add the usual duties, with dates of the year."""
    count = attempted(request, lambda: milestones.fill(division_or_404(request, year), by=request.user))
    if count:
        messages.success(request, f"Đã thêm {count} việc theo hướng dẫn mẫu. Hãy kiểm tra lại từng ngày.")
    return redirect("milestones", year)


@require_POST
@managers_only
def guide(request, year):
    """Have the guidance drafted, or name the one that was made outside the program."""
    found = division_or_404(request, year)
    if "draft" in request.POST:
        draft = attempted(request, lambda: papers.draft_guidance(found, by=request.user))
        return redirect(draft) if draft else redirect("milestones", year)
    form = GuidanceForm(request.POST, user=request.user)
    if form.is_valid():
        paper = form.cleaned_data["paper"]
        if accepted(form, lambda: milestones.rest_on(found, paper, by=request.user)):
            messages.success(request, f"Các việc của năm theo {paper.name}.")
            return redirect("milestones", year)
    return _list(request, found, form)


# --- How far they are


def _across(rows):
    """The duties, each with how many clusters have done it and how many are late."""
    cells = zip(*(row.cells for row in rows), strict=True)
    return [
        (
            column[0].milestone,
            sum(cell.done is not None for cell in column),
            sum(cell.standing == Standing.LATE for cell in column),
        )
        for column in cells
    ]


@overseers_only
def progress(request, year):
    """All clusters of a year side by side; with ``?xuat=xlsx`` as a list."""
    found = division_or_404(request, year)
    rows = progress_of(found)
    bar = ProgressFilter(request.GET or None)
    kept = bar.rows(rows)
    if request.GET.get("xuat") == "xlsx":
        heading = heading_for(request.user, f"Tiến độ các cụm, khối thi đua năm {year}", *words_of(bar))
        return excel(f"tien-do-cum-{year}", _columns(found), kept, heading)
    context = {
        "division": found,
        "rows": kept,
        "across": _across(kept or rows),
        "late": sum(bool(row.late) for row in rows),
        "count": len(rows),
        "filter": {"form": bar},
        "filtered": bool(request.GET.get("muc")),
        "reminders": papers.REMINDER.of(year) if may_manage(request.user) else (),
        "may_manage": may_manage(request.user),
        "area": "clusters",
        "tab": "progress",
    }
    return render(request, "clusters/year/progress.html", context)


def _columns(division):
    """What Excel shows of a cluster: who leads it, each duty, the sums."""
    across = [
        (f"{row.title} (hạn {row.due_on:%d/%m/%Y})", lambda line, place=place: _written(line.cells[place]))
        for place, row in enumerate(division.milestones.all())
    ]
    return [
        ("Khối", lambda line: str(line.cluster.parent or "")),
        ("Cụm, khối", lambda line: line.cluster.name),
        ("Đơn vị trưởng", lambda line: line.leader.unit.name if line.leader else ""),
        *across,
        ("Đã xong", lambda line: line.done),
        ("Quá hạn", lambda line: len(line.late)),
    ]


def _written(cell):
    """One duty in words: how far it is, and since when."""
    return f"{cell.standing.label} {cell.done.on:%d/%m/%Y}" if cell.done and cell.done.on else cell.standing.label


@require_POST
@managers_only
def remind_late(request, year):
    """Have the letter to the leaders of late clusters drafted."""
    draft = attempted(request, lambda: papers.draft_reminder(division_or_404(request, year), by=request.user))
    return redirect(draft) if draft else redirect("progress", year)


def cluster_progress(request, pk):
    """What one cluster has to do in its year, and how far it is."""
    cluster = cluster_or_404(request, pk)
    rows = progress_of(cluster.division, clusters=[cluster.pk])
    begun = cluster.activities.visible_to(request.user).filter(
        state__in=[Activity.State.DRAFT, Activity.State.RETURNED]
    )
    begun = {row.kind: row for row in begun}
    context = {
        "cluster": cluster,
        "division": cluster.division,
        "cells": [(cell, begun.get(cell.milestone.proof)) for cell in rows[0].cells] if rows else [],
        "leads": cluster.is_led_by(request.user),
        "loggable": Activity.Kind.values,
        "area": "clusters",
        "tab": "duties",
    }
    return render(request, "clusters/year/cluster_progress.html", context)


# --- The calendar


@overseers_only
def division_calendar(request, year):
    """The year of all clusters."""
    return _calendar(request, division_or_404(request, year), None)


def cluster_calendar(request, pk):
    """The year of one cluster."""
    cluster = cluster_or_404(request, pk)
    return _calendar(request, cluster.division, cluster)


def _calendar(request, division, cluster):
    """One month, or with ``?thang=nam`` the year."""
    months = calendars.months(division)
    found = calendars.events(division, request.user, cluster)
    shown = _month(request, months)
    context = {
        "division": division,
        "cluster": cluster,
        "months": months,
        "shown": shown,
        "today": timezone.localdate(),
        "may_manage": may_manage(request.user),
        "area": "clusters",
        "tab": "calendar",
    }
    if shown:
        place = months.index(shown)
        context["weeks"] = calendars.weeks(shown.year, shown.month, found)
        context["before"] = f"?thang={months[place - 1]:%Y-%m}" if place else ""
        context["after"] = f"?thang={months[place + 1]:%Y-%m}" if place + 1 < len(months) else ""
    else:
        context["year"] = [(month, [e for e in found if e.day.replace(day=1) == month]) for month in months]
    return render(request, "clusters/year/calendar.html", context)


def _month(request, months):
    """The month that the address names, else that of today, else the first; None for the whole year."""
    named = request.GET.get("thang", "")
    if named == "nam":
        return None
    known = {f"{month:%Y-%m}": month for month in months}
    today = timezone.localdate().replace(day=1)
    return known.get(named) or (today if today in months else months[0])
