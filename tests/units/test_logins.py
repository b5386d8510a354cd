"""Wrong passwords: slowed down, then locked for the pair of account and address; passwords that are guessed soon."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.conftest import PASSWORD
from units.logins import address_of
from units.models import User

LOCKED = "tạm khóa trên máy này"


def attempt(username="hoa", password="sai-mat-khau", address="10.0.0.1"):  # noqa: S107 - a wrong one
    """What the login page answers; each attempt is a browser of its own."""
    sent = {"username": username, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("login"), sent)


def fail(times, **who):
    for _ in range(times):
        response = attempt(**who)
    return response


def let_pass(minutes):
    """As if so many minutes went by."""
    for model in (AccessAttempt, AccessFailureLog):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(minutes=minutes))


def test_the_fifth_wrong_password_locks_and_says_for_how_long(officer):
    fourth = fail(4)
    assert (fourth.status_code, LOCKED in fourth.content.decode()) == (200, False)
    fifth = attempt()
    page = fifth.content.decode()
    assert (fifth.status_code, fifth["Retry-After"]) == (429, "60")
    assert f"{LOCKED}. Hãy thử lại sau 1 phút, hoặc nhờ người quản trị mở khóa." in page
    assert 'value="hoa"' in page, "the form comes back filled"
    # The right one does not help before the wait is over.
    assert attempt(password=PASSWORD).status_code == 429
    let_pass(2)
    assert attempt(password=PASSWORD).status_code == 302


def test_nobody_locks_out_somebody_else(officer, leader):
    assert fail(6).status_code == 429
    assert attempt(password=PASSWORD, address="10.0.0.2").status_code == 302, "the same account elsewhere"
    assert attempt("dang", PASSWORD).status_code == 302, "another account on that machine"


def test_each_time_the_wait_is_longer(officer):
    waits = []
    for _ in range(4):
        waits.append(fail(5)["Retry-After"])
        let_pass(16)
    assert waits == ["60", "900", "900", "43200"]
    assert attempt(password=PASSWORD).status_code == 429
    let_pass(12 * 60)
    assert attempt(password=PASSWORD).status_code == 302


def test_trying_on_makes_the_wait_no_longer_and_getting_in_begins_anew(officer):
    fail(9)
    assert AccessFailureLog.objects.count() == 5
    let_pass(2)
    assert attempt(password=PASSWORD).status_code == 302
    assert fail(4).status_code == 200


def test_an_administrator_sees_and_opens_what_is_locked(officer, administrator, client_of):
    fail(5)
    client, url = client_of(administrator), reverse("admin:units_loginlock_changelist")
    page = client.get(url).content.decode()
    assert "10.0.0.1" in page
    assert "Mở khóa các dòng đã chọn" in page
    row = AccessAttempt.objects.get()
    done = client.post(url, {"action": "unlock", "_selected_action": [row.pk]}, follow=True).content.decode()
    assert "Đã mở khóa 1 dòng" in done
    assert attempt(password=PASSWORD).status_code == 302
    assert "hoa từ 10.0.0.1" in client.get(reverse("admin:admin_logentry_changelist")).content.decode()
    assert client_of(officer).get(url).status_code in (302, 403)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.2.3.4", "127.0.0.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.9", "1.2.3.4"),
        (2, "1.2.3.4", "1.2.3.4"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    told = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", **told)) == address


# --- Pages


def test_pages_of_who_is_logged_in_are_stored_nowhere(officer, client_of):
    client = client_of(officer)
    for path in (reverse("home"), reverse("units"), "/khong-co/"):
        assert client.get(path)["Cache-Control"] == "private, no-store", path
    assert "no-store" in Client().get(reverse("login"))["Cache-Control"]


# --- Passwords

HOA = {"username": "nguyenthihoa", "full_name": "Nguyễn Thị Hòa"}


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456", "MatKhau123456", "mật khẩu 123456", "passwordpassword", "aaaaaaaaaaaa", "thi-dua-2020x",
        "x-thi-dua-2020", "nguyenthihoanguyenthihoa", "hoa hoa hoa hoa", "nguyễn thị hòa", "qwertyuiopas", "123456789012",
        "abcabcabcabcabc", "01/01/1990 1990", "Langson@2026", "khenthuong2026", "chuyenvien2026", "anhyeuem123456",
        "a" * 500,
    ],
)  # fmt: skip
def test_what_is_guessed_soon_is_refused(password):
    with pytest.raises(ValidationError, match="dễ đoán"):
        validate_password(password, User(**HOA))


@pytest.mark.parametrize(
    "password", ["cây đa giếng nước sân đình", "trong-dong-bac-son-xanh", "bút chì mèo đen mưa", PASSWORD]
)
def test_four_words_that_have_nothing_in_common_are_taken(password):
    validate_password(password, User(**HOA))


def test_the_page_that_changes_it_says_so_beside_the_field(officer, client_of):
    sent = {"old_password": PASSWORD, "new_password1": "matkhau123456", "new_password2": "matkhau123456"}
    page = client_of(officer).post(reverse("account"), sent).content.decode()
    assert "Mật khẩu này dễ đoán" in page
