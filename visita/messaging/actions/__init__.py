"""The only writers of the delivery log, and the wish that a client be told."""

from visita.messaging.actions.begin import begin
from visita.messaging.actions.begin_again import begin_again
from visita.messaging.actions.settle import settle
from visita.messaging.actions.tell import tell, tell_series, untell
from visita.messaging.actions.watch_codes import watch_codes

__all__ = ["begin", "begin_again", "settle", "tell", "tell_series", "untell", "watch_codes"]
