"""Once is once: people of the demonstration send every form that they find as it stands, twice, and it is done once."""

import io

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from PIL import Image

from clusters.models import Category, Membership
from documents.models import Document, DocumentType, Sending
from units.models import Role, User

from .walk import forms_on, pages

pytestmark = pytest.mark.django_db

TEXT = "gửi hai lần"
NEW_PAPER = {"reference": "987/QĐ-BNV", "date": "05/01/2026", "issuer_name": "Bộ Nội vụ", "subject": TEXT}
DAYS = {"begins_on": "01/02/2026", "ends_on": "30/11/2026"}
# What is typed where a page leaves something to be typed.
TYPED = {
    "answer": {"words": TEXT},
    "report_duty": {"words": TEXT},
    "new_document": {"subject": TEXT, "body": "Nội dung.", "recipients": "Các đơn vị"},
    "new_received": NEW_PAPER,
    "new_cited": NEW_PAPER,
    "new_spoken": {"issuer_name": "Chủ tịch", "date": "05/01/2026", "occasion": "họp", "subject": TEXT},
    "keep_text": {"name": TEXT},
    "replace": {"reason": TEXT},
    "recall": {"reason": TEXT},
    "new_milestone": {"title": TEXT, "proof": "first_meeting", "due_on": "01/12/2026"},
    "new_campaign": {"name": TEXT, "participants": TEXT, "contents": TEXT, "criteria": TEXT, **DAYS},
    "join_campaign": {"people": "5"},
    "new_example": {"name": "Hoàng Văn Bình", "post": TEXT, "title": TEXT, "deed": TEXT, "sources": TEXT},
    "new_criteria": {"name": TEXT, "total": "100"},
    "new_ballot": {"award": "Cờ thi đua", "held_on": "20/11/2026"},
}
# What certainly makes something, by the name of the page that the form is sent to.
MAKING = {
    *TYPED, "add_signed", "announce_change", "begin_division", "copy", "copy_criteria", "draft_ballot_paper", "duty_matrix",
    "enter_paper", "guide_clusters", "issue", "new_activity", "new_review", "print_list", "remind_late", "remind_launches",
    "step", "take_up_campaign", "write_activity_paper", "write_cluster_report",
}  # fmt: skip
# Who walks, and through which kinds of pages; None: through all.
PAPERS = {"home", "documents", "document", "issue"}
OF_A_CLUSTER = {
    "clusters", "division", "cluster", "cluster_activities", "activity", "new_activity", "cluster_ballots", "ballot",
    "new_ballot", "cluster_progress", "campaigns", "campaign", "join_campaign", "duties", "duty", "received", "answer",
}  # fmt: skip
WALKERS = {"chuyenvien": None, "truongcum": PAPERS | OF_A_CLUSTER, "vanthu": PAPERS, "lanhdao": PAPERS}
# Forms that end a login or send parts of a page.
OTHERS = {"logout", "preview"}
OURS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ("documents", "clusters", "campaigns", "awards", "units")
]


def rows():
    """How many rows each table has, in one question."""
    tables = [model._meta.db_table for model in OURS if model is not Sending]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))  # noqa: S608
        return dict(cursor.fetchall())


def picture():
    memory = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(memory, "PNG")
    return SimpleUploadedFile("anh.png", memory.getvalue(), "image/png")


def sent(client, form, typed):
    """The answer to ``form``; a file for each field of one where nothing else is asked for."""
    files = {name: [picture()] for name in form.files} if form.kind == "add_signed" else {}
    return client.post(form.action, form.data(**typed) | files)


def typed_into(form):
    """What is typed into ``form``; choices that must be made, are."""
    typed = dict(TYPED.get(form.kind, {}))
    if form.kind in ("new_received", "new_cited"):
        typed["type"] = DocumentType.objects.get(code="QĐ").pk
    if form.kind == "new_criteria":
        typed["category"] = Category.objects.first().pk
    return typed


def send_twice(client, form):
    """(whether it made something, what is wrong with the second sending)."""
    with transaction.atomic():
        typed, before = typed_into(form), rows()
        first = sent(client, form, typed)
        made = rows()
        grown = any(made[table] > count for table, count in before.items())
        fault = None
        if grown:
            again = sent(client, form, typed)
            changed = {table: count - made[table] for table, count in rows().items() if count != made[table]}
            if changed or again.status_code != 302 or again.url != first.headers.get("Location"):
                fault = f"{form.kind} {form.button} on {form.page}: {again.status_code}, {changed}"
        transaction.set_rollback(True)
    return grown, fault


def begins(user):
    """Where who leads a cluster writes for it, and an issued paper of the own body: few pages link there."""
    issued = Document.objects.filter(issuer_unit=user.unit, state="issued").first()
    papers = [issued.get_absolute_url()] if issued and user.role == Role.CLERK else []
    led = Membership.objects.filter(unit=user.unit, role="leader", cluster__division__year=2026).first()
    return [reverse(page, args=[led.cluster_id]) for page in ("cluster_progress", "new_ballot")] if led else papers


def test_every_form_that_makes_something_makes_it_once(sample, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made, faults, tried, without = set(), [], {}, set()
    for name, only in WALKERS.items():
        user = User.objects.get(username=name)
        for client, address, page in pages(user, begins(user), only):
            for form in forms_on(page, address):
                if not any(field == "once" for field, _ in form.values):
                    without.add(form.kind)
                key = (name, form.kind, form.button)
                if form.kind in OTHERS or tried.get(key, 0) > 1:
                    continue
                grown, fault = send_twice(client, form)
                tried[key] = 2 if grown else tried.get(key, 0) + 1
                made |= {form.kind} if grown else set()
                faults += [fault] if fault else []
    assert faults == []
    assert without == set()
    assert sorted(MAKING - made) == []
