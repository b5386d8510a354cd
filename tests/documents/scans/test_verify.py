"""The page that tells of a file whether it was issued here to the byte, and whether that paper still holds."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.life.actions import approve, submit
from documents.life.issuing import issue
from documents.models import Document, Effect, IssuedCopy, Upload
from documents.papers.actions import save_draft
from documents.scans.actions import withdraw
from documents.uploads import keep

from ..conftest import words
from ..uploads.test_uploads import pdf

pytestmark = pytest.mark.django_db
# What of a paper a file is.
ISSUED, SIGNED = "bản phát hành", "bản đã ký, đóng dấu"

DAY = date(2020, 2, 25)


@pytest.fixture
def media(settings, tmp_path):
    """A folder of its own for what is kept, empty."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def issued_from(officer, leader, clerk):
    """A function that takes a draft through every step."""

    def issued(draft):
        submit(draft, by=officer)
        approve(draft, by=leader)
        return issue(draft, by=clerk, day=DAY)

    return issued


@pytest.fixture
def issued(draft, issued_from):
    """Công văn số 01/UBND-KGVX, in force."""
    return issued_from(draft)


@pytest.fixture
def affected(issued, issued_from, officer, province, signer):
    """A function that issues a second paper which does something to the first; returns that second paper."""

    def by(kind, reason="ghi sai số liệu"):
        draft = save_draft(Document(**words(issuer_unit=province, signer=signer, subject="việc mới")), by=officer)
        Effect.objects.create(paper=draft, target=issued, kind=kind, reason=reason)
        return issued_from(draft)

    return by


def bytes_of(paper):
    return bytes(IssuedCopy.objects.get(document=paper).content)


def ask(client, content, name="Công văn.pdf"):
    """What the page answers to a file."""
    return client.post(reverse("verify"), {"file": SimpleUploadedFile(name, content)})


def told(response):
    """What the page tells: each paper, whether it holds, and whether the file is the issued copy itself."""
    return [(paper.pk, standing.words, is_copy) for paper, standing, is_copy in response.context["papers"]]


def text_of(response):
    """The page's words, single-spaced."""
    return " ".join(response.content.decode().split())


def test_the_file_of_an_issued_paper_is_known_and_holds(issued, officer, client_of):
    content = bytes_of(issued)
    response = ask(client_of(officer), content)
    assert told(response) == [(issued.pk, "Còn hiệu lực", ISSUED)]
    page = text_of(response)
    assert "Tệp «Công văn.pdf» đúng từng byte với bản phát hành của văn bản này." in page
    shown = page.partition('<dl class="row mb-0">')[2].partition("</dl>")[0]
    facts = [part.partition(">")[2].partition("</dd>")[0] for part in shown.split("<dd ")[1:]]
    assert facts == [
        "01/UBND-KGVX",
        "25/02/2020",
        "UBND tỉnh Lạng Sơn",
        "báo cáo kết quả phong trào thi đua",
        "1",
        f"<code>{hashlib.sha256(content).hexdigest()}</code>",
    ]


def test_any_other_name_of_the_file_says_the_same(issued, officer, client_of):
    response = ask(client_of(officer), bytes_of(issued), name="x.bin")
    assert told(response) == [(issued.pk, "Còn hiệu lực", ISSUED)]


@pytest.mark.parametrize("place", [0, -1])
def test_one_flipped_bit_makes_it_unknown(issued, officer, client_of, place):
    content = bytearray(bytes_of(issued))
    content[place] ^= 1
    response = ask(client_of(officer), bytes(content))
    assert told(response) == []
    page = text_of(response)
    assert "Không có văn bản nào phát hành ở đây giống tệp này" in page
    assert hashlib.sha256(content).hexdigest() in page
    assert issued.subject not in page


def test_a_replaced_paper_is_told_with_the_one_in_its_place(issued, affected, officer, client_of):
    second = affected(Effect.Kind.REPLACES)
    response = ask(client_of(officer), bytes_of(issued))
    assert told(response) == [(issued.pk, "Đã bị thay thế", ISSUED)]
    assert (
        f'Văn bản thay thế: <a href="{second.get_absolute_url()}">Công văn số 02/UBND-KGVX</a>, ngày 25/02/2020. '
        "Lý do: ghi sai số liệu<"
    ) in text_of(response)
    assert told(ask(client_of(officer), bytes_of(second))) == [(second.pk, "Còn hiệu lực", ISSUED)]


def test_a_recalled_paper_is_told_with_the_one_that_recalls_it(issued, affected, officer, client_of):
    second = affected(Effect.Kind.RECALLS, reason="")
    response = ask(client_of(officer), bytes_of(issued))
    assert told(response) == [(issued.pk, "Đã thu hồi", ISSUED)]
    assert (
        f'Văn bản thu hồi: <a href="{second.get_absolute_url()}">Công văn số 02/UBND-KGVX</a>, ngày 25/02/2020<'
    ) in text_of(response)


def test_a_draft_that_would_replace_it_is_not_told(issued, officer, province, signer, client_of):
    draft = save_draft(Document(**words(issuer_unit=province, signer=signer, subject="việc mới")), by=officer)
    Effect.objects.create(paper=draft, target=issued, kind=Effect.Kind.REPLACES)
    response = ask(client_of(officer), bytes_of(issued))
    assert told(response) == [(issued.pk, "Còn hiệu lực", ISSUED)]
    assert "Văn bản thay thế" not in text_of(response)


@pytest.mark.parametrize(
    ("field", "days", "standing"),
    [
        ("effective_to", 0, "Đã hết hiệu lực từ ngày {day}"),
        ("effective_to", 1, "Còn hiệu lực"),
        ("effective_from", 0, "Còn hiệu lực"),
        ("effective_from", 1, "Đã ban hành, có hiệu lực từ ngày {day}"),
    ],
)
def test_the_days_between_which_a_paper_holds_are_told(draft, issued_from, officer, client_of, field, days, standing):
    day = timezone.localdate() + timedelta(days=days)
    setattr(draft, field, day)
    draft.save()
    paper = issued_from(draft)
    response = ask(client_of(officer), bytes_of(paper))
    assert told(response) == [(paper.pk, standing.format(day=f"{day:%d/%m/%Y}"), ISSUED)]


# --- Signed copies


def added(paper, content, kind, by):
    return keep(ContentFile(content, name="a.pdf"), by=by, kind=kind, document=paper)


def test_a_signed_copy_of_an_issued_paper_is_known(issued, clerk, client_of):
    added(issued, pdf(), Upload.Kind.SIGNED, clerk)
    response = ask(client_of(clerk), pdf())
    assert told(response) == [(issued.pk, "Còn hiệu lực", SIGNED)]
    assert "đúng từng byte với bản đã ký, đóng dấu của văn bản này." in text_of(response)


def test_a_signed_copy_that_was_added_twice_is_told_once(issued, clerk, client_of):
    added(issued, pdf(), Upload.Kind.SIGNED, clerk)
    added(issued, pdf(), Upload.Kind.SIGNED, clerk)
    assert told(ask(client_of(clerk), pdf())) == [(issued.pk, "Còn hiệu lực", SIGNED)]


def test_a_signed_copy_that_was_withdrawn_is_not_known_until_it_is_added_again(issued, clerk, client_of):
    withdraw(added(issued, pdf(), Upload.Kind.SIGNED, clerk), by=clerk, reason="nhầm tệp")
    assert told(ask(client_of(clerk), pdf())) == []
    assert told(ask(client_of(clerk), bytes_of(issued))) == [(issued.pk, "Còn hiệu lực", ISSUED)]
    added(issued, pdf(), Upload.Kind.SIGNED, clerk)
    assert told(ask(client_of(clerk), pdf())) == [(issued.pk, "Còn hiệu lực", SIGNED)]


@pytest.mark.parametrize("kind", [Upload.Kind.SCAN, Upload.Kind.PROOF])
def test_another_file_of_an_issued_paper_is_not_the_paper(issued, clerk, client_of, kind):
    added(issued, pdf(), kind, clerk)
    assert told(ask(client_of(clerk), pdf())) == []


def test_a_signed_copy_of_a_draft_was_not_issued(draft, officer, client_of):
    added(draft, pdf(), Upload.Kind.SIGNED, officer)
    assert told(ask(client_of(officer), pdf())) == []


def test_a_signed_copy_of_a_paper_of_others_was_not_issued_here(officer, client_of):
    fields = words(origin="received", reference="50/BC-UBND", symbol="", body="", day=17)
    added(Document.objects.create(**fields), pdf(), Upload.Kind.SIGNED, officer)
    assert told(ask(client_of(officer), pdf())) == []


# --- Who is told, and what is refused


def test_who_may_not_open_the_paper_is_told_without_a_way_to_it(issued, affected, stranger, client_of):
    second = affected(Effect.Kind.REPLACES)
    response = ask(client_of(stranger), bytes_of(issued))
    assert told(response) == [(issued.pk, "Đã bị thay thế", ISSUED)]
    page = text_of(response)
    assert "Văn bản thay thế: Công văn số 02/UBND-KGVX, ngày 25/02/2020. Lý do: ghi sai số liệu<" in page
    assert issued.get_absolute_url() not in page
    assert second.get_absolute_url() not in page


def test_who_may_open_the_paper_is_shown_the_way(issued, officer, client_of):
    page = text_of(ask(client_of(officer), bytes_of(issued)))
    assert f'<a href="{issued.get_absolute_url()}">Mở văn bản trong sổ</a>' in page


@pytest.mark.parametrize("who", ["officer", "store_keeper", "council_member", "stranger", "administrator"])
def test_every_account_may_ask(people, client_of, who):
    client = client_of(people[who])
    assert f'href="{reverse("verify")}" aria-current="page"' in text_of(client.get(reverse("verify")))
    assert told(ask(client, b"Xin")) == []


def test_nothing_is_stored(media, issued, officer, client_of):
    ask(client_of(officer), bytes_of(issued))
    ask(client_of(officer), b"Xin")
    assert list(media.rglob("*")) == []
    assert list(Upload.objects.all()) == []


def test_a_file_too_large_for_memory_is_compared_all_the_same(issued, officer, client_of, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    assert told(ask(client_of(officer), bytes_of(issued))) == [(issued.pk, "Còn hiệu lực", ISSUED)]


def test_what_cannot_be_compared_is_told_beside_the_field(officer, client_of, settings):
    settings.UPLOAD_MAX_MB = 1
    client = client_of(officer)
    assert client.post(reverse("verify")).context["form"].errors == {"file": ["Hãy chọn tệp cần kiểm tra."]}
    assert ask(client, b"").context["form"].errors == {
        "file": ["Tệp «Công văn.pdf» rỗng, không có nội dung. Hãy mở lại tệp trên máy, lưu lại rồi gửi."]
    }
    large = ask(client, b"0" * (1024 * 1024 + 1))
    assert large.context["form"].errors == {
        "file": [
            "Tệp «Công văn.pdf» nặng 1,0 MB, mỗi tệp chỉ được tới 1 MB. "
            "Hãy quét lại ở 200–300 dpi, hoặc chia thành nhiều tệp."
        ]
    }
    assert "papers" not in large.context
    assert "Kết quả hiện ở đây" in text_of(large)


def test_the_answer_takes_the_same_number_of_questions_for_one_paper_and_for_many(
    issued, issued_from, officer, province, signer, clerk, client_of, django_assert_num_queries
):
    client = client_of(officer)
    added(issued, pdf(), Upload.Kind.SIGNED, clerk)
    # Session, account with its unit, papers, their files, what was done to them, units that went into the own one, which may be
    # opened, menu.
    with django_assert_num_queries(8):
        ask(client, pdf())
    for number in range(3):
        draft = save_draft(Document(**words(issuer_unit=province, signer=signer, subject=f"việc {number}")), by=officer)
        added(issued_from(draft), pdf(), Upload.Kind.SIGNED, clerk)
    with django_assert_num_queries(8):
        assert len(told(ask(client, pdf()))) == 4
