"""Brings a text into one form before it is read: what phones, keyboards and mail programs add is taken away."""

import re
import unicodedata

_QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_RUNS = re.compile(r"([!?.,;:_=~'\"-]{3})[!?.,;:_=~'\"-]+")  # of marks: more than three say no more than three
# What one line of ASCII is without. These patterns are compiled when a text needs them, by `re`, which keeps them.
_INVISIBLE = "[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\u20e3\ufe0e\ufe0f\ufeff]"
_FIGURES = r"(?![0-9])\d"  # of other scripts
_BLANKS = r"[^\S\n]+"
_EMPTY_LINES = r"(?: ?\n){3,}"
# Where a mail program begins to quote what is answered, and where it or its owner signs.
_QUOTED_BELOW = (
    r"(?i)^(?:on\b.{4,80}\bwrote:|-{3,} ?original message ?-{3,}|from: .{3,80}|_{10,}"
    r"|(?:le|am|el|em|il|op)\b.{4,80}(?:a écrit|schrieb|escribió|escreveu|ha scritto|schreef).{0,60}:)$"
)
_SIGNED_BELOW = r"(?i)^(?:--|(?:sent|get) (?:from|outlook|with) .{2,40}|sent using .{2,40}|envoyé de .{2,40})$"


def normalise(text: str) -> str:
    """The text with full-width, keycap and typographic characters made plain, and without quoted mail. Idempotent.

    >>> normalise("７／１０")
    '7/10'
    >>> normalise("७/१०"), normalise("٧/١٠")
    ('7/10', '7/10')
    >>> normalise("7️⃣ — it’s ok")
    "7 - it's ok"
    >>> normalise("a 6\\n\\nOn Tue, 3 Mar 2026 at 19:30, Unstuck wrote:\\n> How was work today?")
    'a 6'
    >>> normalise("Plutôt 6.\\n\\nLe mar. 10 mars 2026 à 18:00, Unstuck a écrit :\\n> How was work today?")
    'Plutôt 6.'
    """
    if not _is_plain(text):
        # What is taken away goes first: what it stood between may become one character.
        text = unicodedata.normalize("NFKC", re.sub(_INVISIBLE, "", text)).translate(_QUOTES)
        text = re.sub(_FIGURES, lambda figure: str(unicodedata.decimal(figure[0])), text)
        text = re.sub(_EMPTY_LINES, "\n\n", re.sub(_BLANKS, " ", text))
    text = _RUNS.sub(r"\1", text.strip())
    return _without_mail(text) if "\n" in text else text


def _is_plain(text: str) -> bool:
    """Whether a text is one line of ASCII, as most are, in which only runs of marks are to be made plain."""
    return text.isascii() and text.isprintable() and "  " not in text and "`" not in text


def _without_mail(text: str) -> str:
    """The lines that the member wrote. A message that is nothing but a quote is left as it is."""
    kept: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        if kept and (re.match(_QUOTED_BELOW, bare) or re.match(_SIGNED_BELOW, bare)):
            break
        if not bare.startswith(">"):
            kept.append(line)
    return re.sub(_EMPTY_LINES, "\n\n", "\n".join(kept)).strip() or text
