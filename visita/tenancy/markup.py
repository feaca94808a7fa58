"""An organization's own HTML, cleaned when it is kept: text, lists, tables and links, nothing that acts or looks like ours."""

import nh3

TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "b", "em", "i", "br", "hr", "a", "blockquote", "table", "thead", "tbody",
    "tr", "th", "td", "dl", "dt", "dd",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel"}
LONGEST = 40_000  # characters in one language


def clean(html: str) -> str:
    """What is left of the HTML: no script, style, class, picture, form or `hx-`; links lead out without a referrer."""
    return nh3.clean(
        html.replace("\x00", ""),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
