"""What members of a council read of the nominations on their agenda, and who does not."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from awards.council import agenda
from awards.models import Nomination, Piece
from awards.nominations.papers import draft_report
from documents.models import Document, Upload
from units.finding import find

from .made import TODAY, called, fit, made_file, prepared


@pytest.fixture
def report(three, nine):
    """The report on the first of the three, as the unit wrote it, answering the checklist."""
    paper = draft_report(Nomination.objects.select_related("dossier").get(pk=three[0].pk), by=nine["unit_officer"])
    paper.capacity, paper.signer_name = "GIÁM ĐỐC", "Hoàng Văn Sáu"
    paper.save()
    Piece.objects.create(dossier=three[0].dossier, nomination=three[0], line="Báo cáo thành tích", paper=paper)
    return paper


def item_of(meeting, row):
    return meeting.items.get(nomination=row)


def paper_address(meeting, row, paper):
    return reverse("council_item_paper", args=[item_of(meeting, row).pk, paper.pk])


def uploaded(by, letter):
    return Upload.objects.create(
        kind="proof", area="khen-thuong", name=f"{letter}.pdf", extension="pdf", content_type="application/pdf", size=1,
        sha256=letter * 64, file=ContentFile(b"%PDF-1.4", "ban.pdf"), by=by,
    )  # fmt: skip


def test_a_member_reads_the_file_of_a_nomination_from_the_agenda_and_the_ballot(opened, three, report, nine, client_of):
    upload = uploaded(nine["unit_officer"], "a")
    Piece.objects.create(dossier=three[0].dossier, line="Chứng nhận sáng kiến", upload=upload)
    Piece.objects.create(dossier=three[0].dossier, line="Bản xác nhận thuế", not_needed="Không là doanh nghiệp")
    client, item = client_of(nine["council_member"]), item_of(opened, three[0])
    for way in ("council_agenda", "council_vote"):
        assert item.get_absolute_url() in client.get(reverse(way, args=[opened.pk])).content.decode()
    page = client.get(item.get_absolute_url()).content.decode()
    assert paper_address(opened, three[0], report) in page
    assert upload.get_absolute_url() in page
    assert "Không cần: Không là doanh nghiệp" in page
    # Explained, without ways to records that are not the member's.
    assert "judgement-verdict" in page
    assert three[0].recipient.get_absolute_url() not in page
    assert "Về phiếu của tôi" in page
    answer = client.get(paper_address(opened, three[0], report))
    assert (answer.status_code, answer["Content-Type"], answer.content[:4]) == (200, "application/pdf", b"%PDF")
    assert answer["Content-Disposition"].startswith("inline")


def test_only_what_goes_with_the_nomination_is_opened_by_it(opened, three, report, nine, client_of):
    client = client_of(nine["council_member"])
    assert client.get(paper_address(opened, three[1], report)).status_code == 404
    other = fit(made_file(nine["unit_officer"], nine["officer"]), "Bế Văn Một")
    foreign = draft_report(other, by=nine["unit_officer"])
    assert client.get(paper_address(opened, three[0], foreign)).status_code == 404


def test_strangers_and_who_has_no_seat_read_nothing(opened, three, report, nine, client_of):
    for who in ("stranger", "unit_officer"):
        client = client_of(nine[who])
        assert client.get(item_of(opened, three[0]).get_absolute_url()).status_code == 404
        assert client.get(paper_address(opened, three[0], report)).status_code == 404


def test_a_member_of_the_council_without_a_seat_reads_nothing(council, officer, three, nine, client_of):
    """The standing members alone consider: the others are not asked."""
    standing = agenda.add(prepared(council, officer, body="standing"), by=officer, keys=[three[0].pk])
    council.members.filter(user=nine["council_member"]).update(is_standing=False)
    standing = called(standing, officer)
    address = item_of(standing, three[0]).get_absolute_url()
    assert client_of(nine["council_member"]).get(address).status_code == 404
    assert client_of(nine["chair"]).get(address).status_code == 200


def test_who_left_reads_no_more_who_goes_on_in_the_next_makeup_does(opened, three, report, nine, council, client_of):
    client, address = client_of(nine["council_member"]), item_of(opened, three[0]).get_absolute_url()
    upload = uploaded(nine["unit_officer"], "b")
    Piece.objects.create(dossier=three[0].dossier, line="Tờ trình", upload=upload)
    addresses = [address, paper_address(opened, three[0], report), upload.get_absolute_url(), opened.get_absolute_url()]
    assert [client.get(one).status_code for one in addresses] == [200] * 4
    council.members.filter(user=nine["council_member"]).update(until=date(2026, 11, 19))
    assert [client.get(one).status_code for one in addresses] == [404] * 4
    assert "Phiếu chờ bạn bỏ" not in client.get("/").content.decode()
    council.pk, council.since, council._state.adding = None, TODAY, True
    council.save()
    council.members.create(name="Đinh Quang Phúc", since=TODAY, user=nine["council_member"])
    assert [client.get(one).status_code for one in addresses] == [200] * 4


def test_a_member_finds_what_is_theirs(opened, three, nine):
    def found(who):
        rows = {section.title: section.rows for section in find(nine[who], "nong thi", 5)}
        return [row.words for row in rows.get("Đề nghị trình Hội đồng", ())]

    assert found("council_member") == ["Nông Thị An", "Nông Thị Bình", "Nông Thị Cúc"]
    assert (found("stranger"), found("officer")) == ([], [])


def test_a_report_that_was_written_and_never_issued_or_sent_is_not_read(opened, three, nine, client_of):
    paper = draft_report(Nomination.objects.select_related("dossier").get(pk=three[1].pk), by=nine["unit_officer"])
    assert paper.state == Document.State.DRAFT
    assert client_of(nine["council_member"]).get(paper_address(opened, three[1], paper)).status_code == 404


def test_a_paper_that_cannot_be_set_yet_is_told_of(opened, three, report, nine, client_of):
    report.capacity = report.signer_name = ""
    report.save()
    answer = client_of(nine["council_member"]).get(paper_address(opened, three[0], report), follow=True)
    assert "chưa soạn xong nên chưa xem được" in answer.content.decode()
