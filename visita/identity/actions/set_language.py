"""A person chooses the language of the staff side; it goes along to every organization they enter (US-07)."""

from visita.foundation import text
from visita.identity.models import User


def set_language(user_id: int, language: str) -> None:
    """The language of this person's pages, printouts and files. Refuses language_invalid."""
    User.objects.filter(pk=user_id).update(language=text.language(language))
