"""Recipients stay found by what their units are and were called, when a unit is named anew or one goes into another."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from units.models import Succession, Unit
from units.models.unit import reachable

from .models import Recipient
from .unit_words import UnitWords


def refresh(units: set[int]):
    """Store the search words of the recipients of ``units`` and of what those became anew, where they changed."""
    pairs = Succession.objects.filter(predecessor__isnull=False, successor__isnull=False)
    pairs = pairs.order_by().values_list("predecessor", "successor")
    units = reachable(0, [*pairs, *((0, unit) for unit in units)])
    words = UnitWords(units)
    for row in Recipient.objects.filter(unit__in=units).prefetch_related("merged").iterator(chunk_size=500):
        before = row.search_text
        row.tidy(words)
        if row.search_text != before:
            Recipient.objects.filter(pk=row.pk).update(search_text=row.search_text)


@receiver(post_save, sender=Unit)
def _named(instance, created, **kwargs):
    """A new unit has no recipients yet."""
    if not created:
        refresh({instance.pk})


@receiver([post_save, post_delete], sender=Succession)
def _succeeded(instance, **kwargs):
    if instance.successor_id:
        refresh({instance.successor_id})
