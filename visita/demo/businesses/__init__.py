"""The example businesses, one file each: different trades, countries, languages and rules."""

from visita.demo.businesses.aurora import AURORA
from visita.demo.businesses.delancey import DELANCEY
from visita.demo.businesses.kingsway import KINGSWAY
from visita.demo.businesses.meridian import MERIDIAN
from visita.demo.businesses.siluet import SILUET
from visita.demo.businesses.tassula import TASSULA
from visita.demo.plan import Business

BUSINESSES: tuple[Business, ...] = (MERIDIAN, SILUET, TASSULA, AURORA, KINGSWAY, DELANCEY)
