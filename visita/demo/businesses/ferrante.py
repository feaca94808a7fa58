"""A notary in Milan: every service asks for documents to bring, prices are agreed, deeds are confirmed by the office."""

from visita.demo.names import ITALIANS
from visita.demo.plan import (
    Business,
    By,
    Calendar,
    Consent,
    Group,
    Hours,
    Offered,
    Place,
    Question,
    Staff,
    Step,
    steps,
)

_BOTH = (By("ferrante"), By("colombo"))
_SALE = {
    "it": "Portate: documento d'identità e codice fiscale di tutte le parti, atto di provenienza, planimetria catastale,"
    " APE. Se comprate con mutuo, anche i dati della banca.",
    "en": "Bring: identity card and tax code of everybody who signs, the previous deed, the cadastral plan, the energy"
    " certificate. With a mortgage also the bank's details.",
}
_POWER = {
    "it": "Portate un documento d'identità valido e i dati completi della persona che vi rappresenta.",
    "en": "Bring a valid identity card and the full details of the person who will act for you.",
}
_WILL = {
    "it": "Venite da soli. Portate un documento d'identità e l'elenco dei beni; i testimoni li troviamo noi.",
    "en": "Come alone. Bring an identity card and a list of what you own; we provide the witnesses.",
}

_READ = Step("text", "papers", {"it": "Prima dell'appuntamento", "en": "Before the appointment"}, {
    "it": "Nella pagina dei dati trovate l'elenco dei documenti da portare. Senza di essi l'atto non si prepara.",
    "en": "With your details you find the list of papers to bring. Without them no deed can be prepared."})  # fmt: skip

FERRANTE = Business(
    slug="ferrante",
    name="Studio Notarile Ferrante",
    trade="notary",
    language="it",
    languages=("it", "en"),
    zone="Europe/Rome",
    country="IT",
    currency="EUR",
    phone="02 5550 0164",
    accent="#5c4a2e",
    places=(Place("Studio Ferrante", "Corso Magenta 52", "Milano", "02 5550 0164", journal="09:00-18:00"),),
    calendars=(
        Calendar("ferrante", "Giovanna Ferrante", (Hours("0134", ("09:30-13:00", "15:00-18:00")),), title="Not.",
                 occupation={"it": "notaio", "en": "notary"}),
        Calendar("colombo", "Tommaso Colombo", (Hours("01234", ("09:00-13:00", "14:30-17:30")),), title="Dott.",
                 occupation={"it": "collaboratore, pratiche e copie", "en": "associate, papers and copies"}),
        Calendar("sala", "Sala stipule", (Hours("01234", ("09:00-18:30",)),), kind="room", online=False),
    ),
    groups=(
        Group("casa", {"it": "Casa", "en": "Property"}, 30),
        Group("famiglia", {"it": "Famiglia e successioni", "en": "Family and estates"}, 30),
        Group("impresa", {"it": "Impresa", "en": "Companies"}, 30),
        Group("pratiche", {"it": "Procure, copie e autentiche", "en": "Powers of attorney, copies"}, 15),
    ),
    services=(
        Offered("compravendita", "casa", {"it": "Compravendita: primo incontro", "en": "Buying or selling: first meeting"},
                _BOTH, 45, 0, weight=3, fields={"is_default": True, "preparation": _SALE, "price_shown": False,
                                                "synonyms": {"it": "rogito, acquisto casa, mutuo", "en": "house, flat"}}),
        Offered("stipula", "casa", {"it": "Stipula dell'atto", "en": "Signing the deed"}, (By("ferrante"),), 60, None,
                needs=(("sala",),), weight=2, settings={"approval": True}, fields={"buffer_after": 15, "preparation": _SALE}),
        Offered("testamento", "famiglia", {"it": "Testamento", "en": "Will"}, (By("ferrante"),), 60, None, weight=1,
                fields={"preparation": _WILL, "synonyms": {"it": "eredità, lascito"}}),
        Offered("successione", "famiglia", {"it": "Successione: consulenza", "en": "Inheritance: advice"}, _BOTH, 45, 120,
                weight=2),
        Offered("srl", "impresa", {"it": "Costituzione di società", "en": "Founding a company"}, (By("ferrante"),), 60, 250,
                weight=1, fields={"synonyms": {"it": "srl, startup, statuto"}}),
        Offered("procura", "pratiche", {"it": "Procura o delega", "en": "Power of attorney"}, _BOTH, 30, 90, weight=3,
                fields={"preparation": _POWER, "synonyms": {"it": "delega, mandato"}}),
        Offered("autentica", "pratiche", {"it": "Autentica di firma", "en": "Certifying a signature"}, _BOTH, 15, 45,
                weight=3, fields={"preparation": _POWER}),
    ),
    people=ITALIANS,
    clients=30,
    staff=(
        Staff("owner", "Not. Giovanna Ferrante", "owner", "ferrante"),
        Staff("reception", "Lucia Brambilla", "reception"),
        Staff("tommaso.colombo", "Dott. Tommaso Colombo", "specialist", "colombo"),
    ),
    notice={
        "it": "Portate sempre un documento d'identità in corso di validità.",
        "en": "Always bring a valid identity card.",
    },
    policy={
        "it": "Si può spostare o disdire fino a un giorno prima. Le stipule si confermano per telefono.",
        "en": "You can move or cancel until the day before. Signings are confirmed by phone.",
    },
    settings={"lead_minutes": 1440, "horizon_days": 45, "cancel_until_minutes": 1440, "several_services": False},
    paths={"": (*steps("specialty", "service"), _READ, *steps("time"))},
    questions=(
        Question("parties", {"it": "Quante persone firmano?", "en": "How many people sign?"}, "number"),
        Question("matter", {"it": "Di che cosa si tratta?", "en": "What is it about?"}, hint={
            "it": "Indirizzo dell'immobile, nome della società o del defunto.",
            "en": "Address of the property, name of the company or of the deceased."}),
    ),
    consents=(
        Consent({"it": "Porterò i documenti elencati.", "en": "I will bring the papers listed."}, file="documenti-da-portare.pdf"),
    ),
    holidays=((12, 7), (12, 8), (12, 25), (12, 26), (1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15)),
    notes=("Serve l'interprete", "Manca la planimetria", "Viene con la banca"),
    meeting="Iscrizioni",
    around=(2, 8),
)  # fmt: skip
