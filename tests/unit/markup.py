"""The HTML of mails and pages as a test sees it."""

from html.parser import HTMLParser

VOID = frozenset(("meta", "input", "br", "link", "img"))  # elements that are never closed


class Outline(HTMLParser):
    """Checks that tags are closed in order, and keeps the links, pictures and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str | None] = []
        self.pictures: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag == "img":
            self.pictures.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


class Page(HTMLParser):
    """A page's elements with their attributes and text; an element left open or closed twice fails the test."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[int, str] = {}
        self.open: list[int] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for index in self.open:
            self.texts[index] = self.texts.get(index, "") + data

    def all(self, tag: str, **attrs: str) -> list[dict[str, str | None]]:
        return [found for name, found in self.elements if name == tag and attrs.items() <= found.items()]

    def by_id(self, id_: str) -> dict[str, str | None]:
        [found] = [attrs for _, attrs in self.elements if attrs.get("id") == id_]
        return found

    def text_of(self, id_: str) -> str:
        [index] = [i for i, (_, attrs) in enumerate(self.elements) if attrs.get("id") == id_]
        return " ".join(self.texts[index].split())

    def chosen(self, field: str) -> list[str | None]:
        """The values that a select, its radios or its boxes would be sent with."""
        boxes = [a["value"] for a in self.all("input", name=field) if "checked" in a]
        start = next(
            (i for i, (tag, a) in enumerate(self.elements) if tag == "select" and a.get("name") == field), None
        )
        if start is None:
            return boxes
        options = []
        for tag, attrs in self.elements[start + 1 :]:
            if tag not in {"option", "optgroup"}:
                break
            options.append(attrs)
        return [option["value"] for option in options if "selected" in option]
