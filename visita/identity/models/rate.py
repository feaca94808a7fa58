"""Counters of anonymous requests in fixed windows (an unlogged table: lost at a crash, and that is fine)."""

from django.db import models


class RateCounter(models.Model):
    """How often `key` (a hash of organization, route and address) was seen in `window` (epoch minute)."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="rate_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.window}"
