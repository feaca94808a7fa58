"""Models of clients."""

from visita.clients.models.client import Client, SearchKey, Subject, SubjectKey
from visita.clients.models.code import CodePatience, OneTimeCode
from visita.clients.models.doubt import Difference, Double, Merge
from visita.clients.models.keeping import ClientFile, ClientNote, ClientTag, Tag, TagColor
from visita.clients.models.password import ClientPassword
from visita.clients.models.personal import PersonalData
from visita.clients.models.session import ClientSession

__all__ = [
    "Client",
    "ClientFile",
    "ClientNote",
    "ClientPassword",
    "ClientSession",
    "ClientTag",
    "CodePatience",
    "Difference",
    "Double",
    "Merge",
    "OneTimeCode",
    "PersonalData",
    "SearchKey",
    "Subject",
    "SubjectKey",
    "Tag",
    "TagColor",
]
