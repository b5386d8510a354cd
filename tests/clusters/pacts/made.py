"""Pacts as tests make them: what is signed, scanned, laid before the council, and sent by a form."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from clusters.changes import actions as within_year
from clusters.models import Pact, Target
from clusters.pacts import signing
from documents.models import Document, DocumentType

State = Pact.State
TODAY = date(2026, 11, 20)
DAY = date(2026, 3, 16)
MANAGERS = {"officer", "leader", "administrator"}
KEEPERS = {"leader_unit", "deputy_unit"}
PARTIES = {*KEEPERS, "member"}
SEES = MANAGERS | PARTIES


def target(content="Sáng kiến được công nhận", measure="sáng kiến", planned="5", **fields):
    return Target(content=content, measure=measure, planned=Decimal(planned), **fields)


def again(pact):
    return Pact.objects.get(pk=pact.pk)


def sign(pact, user, **fields):
    facts = {"name": "Nông Văn Ký", "title": "Chủ tịch", "day": DAY}
    return signing.sign(pact, by=user, **(facts | fields))


def sign_all(pact, officers):
    for row in pact.parties.select_related("membership"):
        if again(pact).state == State.OPEN and not row.signed_on:
            sign(again(pact), officers[row.membership.unit_id])
    return again(pact)


def leave(row, officer, notice):
    within_year.leave(row, by=officer, since=date(2026, 5, 1), paper=notice, reason="Chuyển cụm")


def scan(name="ban-ky.pdf"):
    content = io.BytesIO()
    if name.endswith(".pdf"):
        document = pikepdf.new()
        document.add_blank_page()
        document.save(content)
    else:
        Image.new("RGB", (60, 40), "#336699").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue())


def paper(reference="25/TTr-SNV", code="TTr", day=date(2026, 3, 20)):
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code=code),
        reference=reference,
        issuer_name="Sở Nội vụ",
        subject="xác nhận giao ước thi đua",
        year=day.year,
        month=day.month,
        day=day.day,
    )


def known_paper():
    return Document.objects.filter(reference="25/TTr-SNV").first() or paper()


def lines(*rows, initial=0):
    """What the browser sends for lines: dicts of fields."""
    sent = {"chi-tieu-TOTAL_FORMS": len(rows), "chi-tieu-INITIAL_FORMS": initial}
    return sent | {f"chi-tieu-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def typed(pact, *rows, initial=0, **fields):
    words = {name: getattr(pact, name) for name in ("title", "preamble", "commitment", "version")}
    return words | lines(*rows, initial=initial) | fields


def line(content, planned="5", measure="mô hình", **fields):
    return {"content": content, "planned": planned, "measure": measure} | fields


def post(client, pact, act, **fields):
    """Take a step by its form, on the version that stands unless ``fields`` names another."""
    data = {"act": act, "version": again(pact).version} | fields
    return client.post(reverse("pact_step", args=[pact.pk]), data)
