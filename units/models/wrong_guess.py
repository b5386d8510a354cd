"""How often an address asked a page without a login for something that there is not."""

from django.db import models


class WrongGuess(models.Model):
    """So many wrong ones of one kind from one address since ``began_at``; one row, whichever process of the server counts."""

    what = models.CharField("hỏi gì", max_length=30)
    address = models.CharField("từ địa chỉ", max_length=64)
    number = models.PositiveIntegerField("số lần sai", default=1)
    began_at = models.DateTimeField("từ lúc", db_index=True)

    class Meta:
        verbose_name = "lần hỏi sai"
        verbose_name_plural = "lần hỏi sai"
        ordering = ["-began_at"]
        constraints = [models.UniqueConstraint(fields=["what", "address"], name="guesses_are_counted_once")]

    def __str__(self):
        return f"{self.address}: {self.number}"
