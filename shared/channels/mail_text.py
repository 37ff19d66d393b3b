"""What a person wrote in a mail: its text, without what the mail program quotes and without a signature. Pure.

Never raises, whatever the mail holds; what cannot be read is left out.
"""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import takewhile

from shared.channels import html_text

LONGEST = 1600  # characters of a reply that are read: as many as a text has
_LONGEST_PART = 100_000  # of what a part says, quotes and all
# Of these marks the line is made that stands above all that we mail: "#= Reply above this line =#".
_MARKER = re.compile(r"#=[^#]{4,80}=#")
_WRAPPED_AT = 72  # where a mail program broke a line, the next word had no room in so many characters, or a few more
_MOST_PARTS = 100
_LONGEST_ATTRIBUTION = 500

# Where a mail program begins to quote what is answered: "On Thu, Nov 26, 2026 at 9:00 AM Unstuck <…> wrote:".
_ATTRIBUTION = re.compile(
    r"[>\s]*(?:on|el|le|am|il|em|op|den)\b(?=.*\d).{4,300}"
    r"\b(?:wrote|escribi[oó]|a écrit|schrieb|ha scritto|escreveu|schreef|skrev)\b.{0,120}:",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"[>\s]*(?:_{10,}|-{3,} ?(?:original message|mensaje original|forwarded message) ?-{3,})", re.IGNORECASE
)
_HEADER = re.compile(
    r"[>\s]*\*?(?:from|sent|date|to|subject|de|enviad[oa]( el)?|fecha|para|asunto|von|gesendet|an|betreff|envoyé"
    r"|à|objet)\s?:\*? ?\S.*",
    re.IGNORECASE,
)
# What phones and mail programs sign with, and the line that parts a signature (RFC 3676).
_SIGNED = re.compile(
    r"--|—|(?:sent|enviado) (?:from|with|using|via|desde|con|mediante)(?: \w+){0,3} ?(?:i(?:phone|pad)|android"
    r"|samsung|galaxy|pixel|phone|móvil|movil|teléfono|mobile|tablet|blackberry|huawei|xiaomi|device|dispositivo"
    r"|windows|outlook|mail|correo|gmail|yahoo|aol|proton\w*|thunderbird|fastmail)\b.{0,60}"
    r"|(?:get|obt(?:ener|én)|descarga(?:r)?) outlook (?:for|para) .{2,60}",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:best|(?:best|kind|warm|many)? ?(?:regards|wishes|thanks)|thank you|thx|cheers|yours|take care|love"
    r"|(?:un )?(?:saludo|abrazo|beso)s?(?: cordial(?:es)?)?|(?:muchas )?gracias|atentamente|cordialmente)[,.!]?",
    re.IGNORECASE,
)


def body_of(message: Message) -> str:
    """The first text of a mail that says anything, or else its HTML as text; what is attached is ignored."""
    texts = {"text/plain": "", "text/html": ""}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in texts and not texts[kind]:
            texts[kind] = _decoded(part).strip()
    return _unwrapped(texts["text/plain"].split("\n")) or html_text.text_of(texts["text/html"])


def written(body: str, name: str, addresses: tuple[str, ...]) -> str:
    """What a member of that name wrote in a mail that says `body`, at most `LONGEST` characters of it.

    What is quoted ends it: all below our marker line, or where the mail program says whom it quotes, which it does
    with one of our `addresses` or in words that it is known by. Where nothing stands above the quote, it is what
    stands between and below. A signature is cut: what follows "--", what a phone adds, a closing with the name.

    >>> written("7, shipped it\\n\\nOn Thu, Nov 26, 2026 Unstuck <a@b.example> wrote:\\n> How was it?", "Ana", ())
    '7, shipped it'
    """
    marked = _MARKER.search(body)
    top = body[: marked.start()].rstrip(" \t*_") if marked else body
    above = _above_quote(top.split("\n"), addresses)
    # A marker that is not quoted has nothing but ours below it.
    quoted = marked is None or body[body.rfind("\n", 0, marked.start()) + 1 :].lstrip().startswith(">")
    if quoted and not "".join(above).strip():
        above = _unquoted(body.split("\n"), addresses) if re.search(r"^ *>", body, re.MULTILINE) else []
    return "\n".join(_without_signature(above, name)).strip()[:LONGEST].strip()


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a mail that are meant to be read; not those of a mail that is attached."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(part.get_payload())  # type: ignore[arg-type]
        elif part.get_content_disposition() != "attachment":
            yield part


def _decoded(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return _plain(raw.decode(charset))
        except (LookupError, ValueError):  # no such charset, or another one than it says
            continue
    return _plain(raw.decode("windows-1252", "replace"))


def _plain(text: str) -> str:
    """The beginning of a text, with one kind of line end and of blank, and without the halves of characters."""
    text = text[:_LONGEST_PART].encode("utf-8", "replace").decode()
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\0", "")


def _above_quote(lines: list[str], addresses: tuple[str, ...]) -> list[str]:
    """The lines above the first that begins a quote; a quoted line is one."""
    for n, line in enumerate(lines):
        if line.lstrip().startswith(">") or _begins_quote(lines[n : n + 4], addresses):
            return lines[:n]
    return lines


def _begins_quote(lines: list[str], addresses: tuple[str, ...]) -> bool:
    first = lines[0].strip()
    if _RULE.fullmatch(first):
        return True
    if _HEADER.fullmatch(first) and any(_HEADER.fullmatch(line.strip()) for line in lines[1:3]):
        return True
    whole = ""
    for line in takewhile(str.strip, lines[:3]):  # an attribution may be broken over three lines
        whole = f"{whole} {line.strip()}".strip()
        ends = whole.endswith(":") and len(whole) <= _LONGEST_ATTRIBUTION
        if ends and (_ATTRIBUTION.fullmatch(whole) or any(each in whole.lower() for each in addresses)):
            return True
    return False


def _unquoted(lines: list[str], addresses: tuple[str, ...]) -> list[str]:
    """The lines between and below what is quoted with ">", without those that say whom it quotes."""
    kept: list[str] = []
    skipped = 0
    for n, line in enumerate(lines):
        if _MARKER.search(line) and not line.lstrip().startswith(">"):
            break
        if skipped:
            skipped -= 1
        elif _begins_quote(lines[n : n + 4], addresses):
            skipped = next((more for more, each in enumerate(lines[n : n + 3]) if each.rstrip().endswith(":")), 0)
        elif not line.lstrip().startswith(">"):
            kept.append(line)
    return kept


def _without_signature(lines: list[str], name: str) -> list[str]:
    """The lines above the signature; one that stands first is all that was written."""
    names = {name.casefold().strip(), *name.casefold().split()[:1]} - {""}
    for n, line in enumerate(lines):
        bare = line.strip()
        following = next((below.strip().casefold() for below in lines[n + 1 :] if below.strip()), "")
        is_named = following.rstrip(",.") in names or following.startswith(tuple(f"{each} " for each in names))
        if _SIGNED.fullmatch(bare) or (n and _CLOSING.fullmatch(bare) and is_named):
            return lines[:n]
        if n and bare.casefold() in names and any(above.strip() for above in lines[:n]):
            return lines[:n]
    return lines


def _unwrapped(lines: list[str]) -> str:
    """The lines as they were written: where a mail program broke one that was too long, it is one again."""
    whole: list[str] = []
    before = ""
    for line in (each.rstrip() for each in lines):
        word = line.partition(" ")[0]
        had_no_room = before and len(before) + 1 + len(word) > _WRAPPED_AT
        if had_no_room and word and not word.startswith(("-", "*", ">")):
            whole[-1] += f" {line}"
        else:
            whole.append(line)
        before = line
    return "\n".join(whole)
