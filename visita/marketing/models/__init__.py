"""Models of marketing."""

from visita.marketing.models.funnel import FunnelStep

__all__ = ["FunnelStep"]
