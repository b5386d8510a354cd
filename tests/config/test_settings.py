"""How dates are read, that models and migrations agree, that the program says it lives."""

from datetime import date

import pytest
from django import forms
from django.core.management import call_command
from django.urls import reverse


class DateForm(forms.Form):
    """Any form of the program with a date."""

    day = forms.DateField()


@pytest.mark.parametrize("typed", ["03/04/2026", "3/4/2026", "03-04-2026", "03.04.2026"])
def test_the_day_comes_before_the_month(typed):
    form = DateForm({"day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2026, 4, 3)


@pytest.mark.parametrize("typed", ["31/02/2026", "04/31/2026", "2026/04/03", "hôm nay"])
def test_a_day_that_is_none_is_refused(typed):
    assert not DateForm({"day": typed}).is_valid()


def test_a_date_is_shown_as_it_is_typed():
    assert 'value="03/04/2026"' in str(DateForm(initial={"day": date(2026, 4, 3)})["day"])


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


@pytest.mark.django_db
def test_the_supervisor_needs_no_login(client):
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.content) == (200, b"ok\nworkers 0\n")
