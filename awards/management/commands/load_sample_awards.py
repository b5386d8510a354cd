"""Load the sample recipients with what they were given; ``load_sample_data`` and ``load_catalogue`` go before."""

from random import Random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from awards.catalogue.models import Whom
from awards.models import Award, Recipient
from awards.sample import handed, kinds, played, presented, recipients, special, stored
from awards.sample.history import History
from awards.sample.units import Places
from awards.sample.years import Story, story_of
from units.models import User

# The same invented people on every machine.
SEED = 2020


class Command(BaseCommand):
    """Adds them once; where sample recipients are there, nothing is changed."""

    help = "Nạp cá nhân, tập thể và quá trình khen thưởng minh họa 2015–2026. Chạy lại không làm mất gì."

    @transaction.atomic
    def handle(self, *args, **options):
        """Load everything, or nothing at all; raises ``CommandError`` in real use or without the sample accounts."""
        if settings.REAL_USE:
            raise CommandError("Không nạp khen thưởng minh họa: đây là bản dùng thật. Chỉ nạp khi DEMO=True.")
        by = User.objects.filter(invented=True, username="chuyenvien").first()
        if not by:
            raise CommandError("Chưa có tài khoản minh họa. Hãy chạy load_sample_data trước.")
        if not Recipient.objects.filter(sample=True).exists():
            _load(by)
            stored.fill(by)
            played.play(by)
            handed.play(by)
            presented.play(by)
            stored.leave_open(by)
        rows, awards = (
            Recipient.objects.filter(sample=True).count(),
            Award.objects.filter(recipient__sample=True).count(),
        )
        self.stdout.write(f"Khen thưởng minh họa: {rows} cá nhân, tập thể, hộ gia đình; {awards} lần khen.")


def _load(by):
    random, places = Random(SEED), Places.read()  # noqa: S311  invented people, no secret
    rows = recipients.make(random, places)
    history = History(places, by)
    stories = {row: story_of(row, random) for row in rows}
    people = [row for row in rows if row.kind == Whom.PERSON]
    for row, lines in kinds.make(places, people).items():
        stories.setdefault(row, Story()).lines += lines
    history.store(stories)
    history.store_public({row.unit.code: row for row in rows if row.is_unit})
    special.make(people)
    kinds.leave_open()
