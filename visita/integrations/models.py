"""Models of integrations, each kept in the folder of the outside system (or stand-in) it belongs to."""

from visita.integrations.video.models import Signal

__all__ = ["Signal"]
