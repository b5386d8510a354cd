"""The same paper twice: found however its number and its body are written, asked about, also of two at one moment."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from documents.models import Document, DocumentType
from documents.source.references import is_same_body, reference_key, tidy_reference

STC, TQ = "Sở Tài chính tỉnh X", "UBND tỉnh Tuyên Quang"


def nfd(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5/BC-STC", "05/BC-STC", True),
        ("5/BC-STC", "005/bc-stc", True),
        ("5/BC-STC", "50/BC-STC", False),
        ("10/BC-STC", "1/BC-STC", False),
        ("4912/UBND-NC", "4912/UBND\u2011NC", True),  # the no-break hyphen of Word
        ("4912/UBND-NC", "4912/UBND\u2010NC", True),
        ("4912/UBND-NC", "4912/UBND\u2013NC", True),
        ("4912/UBND-NC", "4912/UBND\u2014NC", True),
        ("4912/UBND-NC", "4912/UBND\u2212NC", True),
        ("4912/UBND-NC", "4912 / UBND - NC", True),
        ("4912/UBND-NC", "Số: 4912/UBND-NC", True),
        ("4912/UBND-NC", "số4912/UBND-NC", True),
        ("4912/UBND-NC", "4912/UBND-NV", False),
        ("12/QĐ-UBND", "12/qđ-ubnd", True),
        ("12/QĐ-UBND", "12/Q\u00d0-UBND", True),
        ("12/QĐ-UBND", "12/q\u00f0-ubnd", True),
        ("12/TỜ-UBND", nfd("12/TỜ-UBND"), True),
        ("12/QĐ-UBND", "12\u2044QĐ-UBND", True),
        ("45/2019/QH14", "45/2019/QH15", False),
        ("45/2019/QH14", "45/2019/QH014", False),
        ("79-CV/TW", "079\u2013CV/TW", True),
    ],
)
def test_two_ways_of_writing_a_number_and_symbol(one, other, same):
    assert (reference_key(one) == reference_key(other)) is same


@pytest.mark.parametrize("dash", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d")
def test_the_register_keeps_marks_as_a_keyboard_types_them(dash):
    assert tidy_reference(f"Số:  12 / Q\u00d0 {dash} UBND") == "12/QĐ-UBND"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (TQ, "Ủy ban nhân dân tỉnh Tuyên Quang", True),
        (TQ, "Uỷ ban nhân dân tỉnh Tuyên Quang", True),
        (TQ, nfd("ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG"), True),
        (TQ, "UBND tỉnh Hà Giang", False),
        (TQ, "UBND", True),
        ("HĐND tỉnh Lạng Sơn", "Hội đồng nhân dân tỉnh Lạng Sơn", True),
        ("UBND TP. Lạng Sơn", "Ủy ban nhân dân thành phố Lạng Sơn", True),
        ("Ban Thi đua - Khen thưởng", "Ban Thi đua, khen thưởng", True),
        ("Sở Tài chính", STC, True),
        ("Sở Tài chính", "Sở Tài nguyên", False),
        ("Chính phủ", "Thủ tướng Chính phủ", False),
        ("Bộ Nội vụ", "", False),
        ("Ban Bí thư", "Ban Bí thư Trung ương Đoàn", False),
        ("UBND tỉnh", "Uỷ ban Nhân dân tỉnh Tuyên Quang", True),
        ("UBND TỈNH", TQ, True),
        ("Tỉnh ủy", "Tỉnh uỷ Lạng Sơn", True),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo tỉnh Lạng Sơn", True),
        ("Sở GDĐT", "Sở GD&ĐT", True),
        ("Sở LĐTB&XH", "Sở Lao động - Thương binh và Xã hội", True),
        ("U.B.N.D tỉnh", "Ủy ban nhân dân tỉnh", True),
        ("UBND H. Cao Lộc", "UBND huyện Cao Lộc", True),
        ("Ủy ban MTTQ Việt Nam tỉnh", "UBMTTQVN tỉnh Lạng Sơn", True),
        ("Bộ CHQS tỉnh", "Bộ Chỉ huy Quân sự tỉnh", True),
        ("UBND tỉnh", "Văn phòng UBND tỉnh", False),
        ("UBND tỉnh Lạng Sơn", "UBND tỉnh Lào Cai", False),
        ("Sở Nội vụ", "Sở Ngoại vụ", False),
        ("Sở Tài chính", "Sở Tư pháp", False),
        ("Sở Y tế", "Sở Nội vụ", False),
        ("UBND huyện Cao Lộc", "UBND huyện Lộc Bình", False),
        ("Sở Tài chính", "Sở TN&MT", False),
        ("UBND tỉnh", "Chủ tịch UBND tỉnh", False),
        ("Công an tỉnh", "Công an huyện Cao Lộc", False),
    ],
)
def test_two_names_of_a_body(one, other, same):
    assert is_same_body(one, other) is is_same_body(other, one) is same


def arrival(reference, body):
    """What the browser sends for a paper that came in."""
    return {
        "type": DocumentType.objects.get(code="BC").pk,
        "reference": reference,
        "date": "24/10/2025",
        "issuer_name": body,
        "subject": "kết quả phong trào",
        "den-arrived_on": "24/10/2025",
    }


def recorded(reference, body):
    """What the browser sends for a paper that all cite."""
    return arrival(reference, body) | {"note": ""}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("5/BC-STC", STC), ("05/BC-STC", STC)),
        (("4912/UBND-NC", TQ), ("4912/UBND\u2011NC", TQ)),
        (("4912/UBND-NC", TQ), ("4912/ubnd-nc", "Uỷ ban nhân dân tỉnh Tuyên Quang")),
        (("12/QĐ-UBND", TQ), (nfd("12/q\u00f0-ubnd"), nfd(TQ))),
    ],
)
@pytest.mark.parametrize("page", ["new_received", "new_cited"])
def test_the_second_is_asked_about_and_taken_when_it_is_another(clerk, client_of, first, second, page):
    client, typed = client_of(clerk), arrival if page == "new_received" else recorded
    assert client.post(reverse(page), typed(*first)).status_code == 302
    asked = client.post(reverse(page), typed(*second))
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["other"])
    assert asked.context["same"] == [Document.objects.get()]
    assert client.post(reverse(page), typed(*second) | {"other": "on"}).status_code == 302
    assert Document.objects.count() == 2


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["new_received", "new_cited"])
def test_of_four_who_send_one_paper_at_one_moment_one_stores_it_and_three_are_asked(page, clerk, officer):
    typed = arrival if page == "new_received" else recorded
    ways = [typed(reference, STC) for reference in ("5/BC-STC", "05/BC-STC", "5/bc\u2011stc", "05/BC\u2013STC")]
    ready = Barrier(4)

    def send(number):
        client = Client()
        client.force_login((clerk, officer)[number % 2])
        ready.wait()
        try:
            return client.post(reverse(page), ways[number])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(send, range(4)))
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    assert Document.objects.count() == 1
    refused = [answer.context["same"] for answer in answers if answer.status_code == 422]
    assert refused == [[Document.objects.get()]] * 3
