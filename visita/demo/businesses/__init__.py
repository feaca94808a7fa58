"""The example businesses, one file each: different trades, countries, languages and rules."""

from visita.demo.businesses.aurora import AURORA
from visita.demo.businesses.belvedere import BELVEDERE
from visita.demo.businesses.brio import BRIO
from visita.demo.businesses.carpati import CARPATI
from visita.demo.businesses.ceban import CEBAN
from visita.demo.businesses.delancey import DELANCEY
from visita.demo.businesses.ferrante import FERRANTE
from visita.demo.businesses.harbour import HARBOUR
from visita.demo.businesses.kingsway import KINGSWAY
from visita.demo.businesses.lak import LAK
from visita.demo.businesses.lather import LATHER
from visita.demo.businesses.meridian import MERIDIAN
from visita.demo.businesses.passo import PASSO
from visita.demo.businesses.ridgeline import RIDGELINE
from visita.demo.businesses.siluet import SILUET
from visita.demo.businesses.tassula import TASSULA
from visita.demo.businesses.tukipiste import TUKIPISTE
from visita.demo.plan import Business

BUSINESSES: tuple[Business, ...] = (
    MERIDIAN, SILUET, TASSULA, AURORA, KINGSWAY, DELANCEY,
    CARPATI, CEBAN, HARBOUR, BELVEDERE, PASSO, LAK, LATHER, BRIO, RIDGELINE, FERRANTE, TUKIPISTE,
)  # fmt: skip
