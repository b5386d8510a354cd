"""The sample of awards: enough of each to show every rule, marked as invented, and loaded once."""

from collections import Counter

import pytest
from django.core.management import call_command

from awards.models import Award, Recipient


@pytest.mark.usefixtures("sample")
def test_the_sample_has_recipients_of_each_kind_and_says_that_they_are_invented():
    kinds = Counter(Recipient.objects.filter(sample=True).values_list("kind", flat=True))
    assert sum(kinds.values()) >= 1500
    assert min(kinds.values()) >= 50
    assert not Recipient.objects.filter(sample=True, note="").exists()
    codes = Counter(Award.objects.values_list("type__code", flat=True))
    assert {"LDTT", "CSTDCS", "CSTDT", "TTLDTT", "TTLDXS", "CTDT", "CTDCP", "BKT", "BKTTG", "HCLD3", "GDVH"} <= set(
        codes
    )
    assert Award.objects.filter(cancelled_on__isnull=False).count() == 3


@pytest.mark.usefixtures("sample")
def test_it_is_loaded_once():
    before = Award.objects.count()
    call_command("load_sample_awards", verbosity=0)
    assert Award.objects.count() == before
