"""Addresses of the office, below `/{organization}/office/`; `/office/` alone leads to the organization used last."""

from django.urls import path

from visita.web.office import (
    failed,
    funnel,
    home,
    letters,
    look,
    measuring,
    pages,
    services,
    sharing,
    switches,
)

app_name = "office"

urlpatterns = [
    path("office/", home.last_used, name="last_used"),
    path("<slug:organization>/office/", home.home, name="home"),
    path("<slug:organization>/office/funnel/", funnel.page, name="funnel"),
    path("<slug:organization>/office/failed/", failed.failed, name="failed"),
    path("<slug:organization>/office/letters/", letters.letters, name="letters"),
    path("<slug:organization>/office/look/", look.see, name="look"),
    path("<slug:organization>/office/look/picture/", look.picture, name="picture"),
    path("<slug:organization>/office/look/style/", look.style, name="style"),
    path("<slug:organization>/office/pages/", pages.pages, name="pages"),
    path("<slug:organization>/office/measuring/", measuring.measuring, name="measuring"),
    path("<slug:organization>/office/services/", services.listed, name="services"),
    path("<slug:organization>/office/services/<int:service>/", services.rules, name="service"),
    path("<slug:organization>/office/switches/", switches.switches, name="switches"),
    path("<slug:organization>/office/site/", sharing.site, name="site"),
    path("<slug:organization>/office/site/preview/", sharing.preview, name="preview"),
    path("<slug:organization>/office/site/origins/", sharing.sites, name="sites"),
]
