"""Reads the HTML of a mail as its text, for mails that have no other.

Not by the standard library's parser, whose time can grow with the square of the length: Python 3.13.0 takes half a
minute for 100 KB of `<a x="`. Here each character is looked at a few times, whatever the page holds.
"""

import html
import re

_UNSAID = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (("<!--", "-->"), *((rf"<{tag}\b", rf"</{tag}\s*>") for tag in ("style", "script", "title")))
)
# A tag with its name, a declaration, what stands between them, and a "<" that is none of these.
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9:]*)[^<>]*>|<[!?/][^<>]*>|([^<]+|<)", re.IGNORECASE)
_BLOCKS = frozenset("p div tr li ul ol table h1 h2 h3 h4 hr blockquote pre".split())


def text_of(page: str) -> str:
    """What HTML says: its blocks as lines, what is quoted with ">" before each. Never raises."""
    for begin, end in _UNSAID:
        page = _without(page, begin, end)
    said: list[str] = []
    quoted = 0
    for closes, name, words in _TOKEN.findall(page):
        is_new = not said or said[-1] == "\n"
        tag = name.lower()
        if tag == "blockquote":
            quoted = max(0, quoted + (-1 if closes else 1))
        if tag == "br" or (tag in _BLOCKS and not is_new):
            said.append("\n")
        plain = re.sub(r"\s+", " ", html.unescape(words))
        if is_new:
            plain = plain.lstrip()
            plain = f"> {plain}" if plain and quoted else plain
        if plain:
            said.append(plain)
    return "".join(said)


def _without(page: str, begin: re.Pattern[str], end: re.Pattern[str]) -> str:
    """The page without what stands between two marks, as often as there are both."""
    kept, at = [], 0
    while (opened := begin.search(page, at)) and (closed := end.search(page, opened.end())):
        kept.append(page[at : opened.start()])
        at = closed.end()
    return "".join((*kept, page[at:]))
