"""The only writers of marketing's tables."""

from visita.marketing.actions.count_steps import count_steps

__all__ = ["count_steps"]
