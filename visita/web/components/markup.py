"""An organization's cleaned HTML as a tree that templates write out, so that even here nothing passes unescaped."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from visita.tenancy.markup import TAGS

_EMPTY = {"br", "hr"}
_DEEPEST = 12  # deeper nesting is flattened: a template must not recurse without end


@dataclass(slots=True)
class Node:
    """An element with children, or a text (`tag` empty)."""

    tag: str = ""
    text: str = ""
    href: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether the element has no end."""
        return self.tag in _EMPTY


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or len(self.open) > _DEEPEST:
            return
        node = Node(tag, href=next((value or "" for name, value in attrs if name == "href"), ""))
        self.open[-1].children.append(node)
        if not node.empty:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        names = [node.tag for node in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(Node(text=data))


def tree(html: str) -> list[Node]:
    """The nodes of cleaned HTML."""
    parser = _Tree()
    root = parser.open[0]
    parser.feed(html)
    parser.close()
    return root.children
