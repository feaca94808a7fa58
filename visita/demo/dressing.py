"""A logo, a picture and some own words for one of the examples, all made by code: nobody else's work is in them."""

from io import BytesIO

from PIL import Image, ImageDraw

from visita.demo.plan import Business
from visita.foundation.actor import SYSTEM
from visita.tenancy import look
from visita.tenancy.actions import set_picture, set_services_page

_DRESSED = "siluet"
_WORDS = {
    "ru": "<h2>Как мы работаем</h2><p>Сначала разговор, потом ножницы. Кофе и чай у нас всегда есть.</p>"
    "<ul><li>Краска без аммиака</li><li>Инструменты стерильны</li></ul>",
    "en": "<h2>How we work</h2><p>First we talk, then we cut. There is always coffee and tea.</p>"
    "<ul><li>Colour without ammonia</li><li>Sterile tools</li></ul>",
}


def dress(business: Business, organization_id: int) -> None:
    """Puts them up where they belong; the other examples stay plain."""
    if business.slug != _DRESSED:
        return
    set_picture(organization_id, look.LOGO, _file(_logo(business.accent)), actor=SYSTEM)
    set_picture(organization_id, look.BACKGROUND, _file(_background(business.accent)), actor=SYSTEM)
    set_services_page(organization_id, _WORDS, actor=SYSTEM)


def _logo(color: str) -> Image.Image:
    """Half a face in one line of circles."""
    made = Image.new("RGB", (480, 480), color)
    draw = ImageDraw.Draw(made)
    draw.ellipse((110, 70, 370, 330), fill="#ffffff")
    draw.ellipse((170, 110, 430, 370), fill=color)
    draw.rounded_rectangle((150, 350, 230, 440), 40, fill="#ffffff")
    return made


def _background(color: str) -> Image.Image:
    """Soft waves of the salon's colour, as hair falls."""
    made = Image.new("RGB", (1600, 640), "#f3e7ec")
    draw = ImageDraw.Draw(made)
    for step in range(14):
        shade = Image.blend(Image.new("RGB", (1, 1), "#f3e7ec"), Image.new("RGB", (1, 1), color), step / 18)
        left = -200 + step * 130
        draw.ellipse((left, 80 + step * 12, left + 1500, 1500), fill=shade.getpixel((0, 0)))
    return made


def _file(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
