"""What a person wrote in a mail, as their mail program sends it: the quote and the signature are not theirs."""

from email import message_from_string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.html_text import text_of
from shared.channels.mail_text import LONGEST, body_of, written
from shared.content import texts
from shared.content.texts import LANGUAGES

OURS = ("hello@unstuck.example", "reply.unstuck.example")
REPLY_TO = "reply+5f3c1a9b7d2e4f60-abcdefghijklmnopqrstuvwx23@reply.unstuck.example"
MARKER = "#= Reply above this line =#"
ASKED = f"{MARKER}\n\nHi Ana,\n\nHow was work today, 1 to 10?\n\n-- \nYou get this because you signed up for Unstuck."
QUOTED = "\n".join(f"> {line}".rstrip() for line in ASKED.split("\n"))
SAID = "7, the budget meeting drained me\nWin: sent off my portfolio"

# How mail programs say whom they quote. Each quotes with ">" below it.
ATTRIBUTED = {
    "Gmail": "On Thu, Nov 26, 2026 at 9:00 AM Unstuck <hello@unstuck.example> wrote:\n",
    "Gmail, wrapped": "On Thu, Nov 26, 2026 at 9:00 AM Unstuck <\nhello@unstuck.example> wrote:\n",
    "Gmail in Spanish": "El jue, 26 nov 2026 a las 9:00, Unstuck (<hello@unstuck.example>) escribió:\n",
    "Gmail in Japanese": "2026年11月26日(木) 9:00 Unstuck <hello@unstuck.example>:\n",
    "Apple Mail": "> On Nov 26, 2026, at 9:00 AM, Unstuck <hello@unstuck.example> wrote:\n> ",
    "iPhone": "Sent from my iPhone\n\n> On Nov 26, 2026, at 9:00 AM, Unstuck wrote:\n> ",
    "iPhone in Spanish": "Enviado desde mi iPhone\n\n> El 26 nov 2026, a la(s) 9:00, Unstuck escribió:",
    "Thunderbird": "On 26/11/2026 09:00, Unstuck wrote:",
    "Thunderbird in Spanish": "El 26/11/2026 a las 9:00, Unstuck escribió:",
    "Proton": "Sent with Proton Mail secure email.\n\n"
    "On Thursday, November 26th, 2026 at 9:00 AM, Unstuck <hello@unstuck.example> wrote:\n",
    "a French one": "Le jeu. 26 nov. 2026 à 09:00, Unstuck <hello@unstuck.example> a écrit :\n",
    "one that names the reply address": f"чт, 26 нояб. 2026 г., 9:00 Unstuck <{REPLY_TO}>:",
    "one without a word": "",
}
# Those that do not quote with ">", what they do instead.
UNMARKED = {
    "Outlook": "From: Unstuck <hello@unstuck.example>\nSent: Thursday, November 26, 2026 9:00 AM\n"
    "To: Ana Ruiz <ana@example.com>\nSubject: Your check-in for Thu\n\n",
    "Outlook in Spanish": "________________________________\nDe: Unstuck <hello@unstuck.example>\n"
    "Enviado: jueves, 26 de noviembre de 2026 9:00\nPara: Ana Ruiz\nAsunto: Tu pregunta del jue\n\n",
    "Outlook for iOS": "Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n"
    "From: Unstuck <hello@unstuck.example>\nSent: Thursday\n\n",
    "Outlook 2007": "-----Original Message-----\nFrom: Unstuck\nSent: Thursday\n\n",
    "Outlook in German": "Von: Unstuck <hello@unstuck.example>\nGesendet: Donnerstag, 26. November 2026\n"
    "An: Ana\nBetreff: Your check-in\n\n",
    "Yahoo": "    On Thursday, November 26, 2026 at 09:00:00 AM EST, Unstuck <hello@unstuck.example> wrote:\n\n ",
    "Yahoo for Android": "Sent from Yahoo Mail on Android\n\nOn Thu, Nov 26, 2026 at 9:00, Unstuck wrote:\n",
    "Samsung": "Sent from my Galaxy\n\n\n-------- Original message --------\nFrom: Unstuck\n"
    "Date: 26/11/2026 9:00 (GMT+01:00)\nTo: Ana\nSubject: Your check-in\n\n",
}
NAMED = "On Thu, Nov 26, 2026 at 9:00, Unstuck{}<hello@unstuck.example> wrote:\n"
REPLIES = {
    **{program: f"{SAID}\n\n{said}\n{QUOTED}\n" for program, said in ATTRIBUTED.items()},
    **{program: f"{SAID}\n\n{said}{ASKED}" for program, said in UNMARKED.items()},
    "one that quotes nothing": SAID,
    "one that answers below": f"{NAMED.format(' ')}{QUOTED}\n\n{SAID}\n",
    "one that answers below what it says in two lines": f"{NAMED.format(chr(10))}{QUOTED}\n\n{SAID}\n",
}
BARE = {
    "one that keeps the marker alone": f"{SAID}\n\n{ASKED}",
    "one with Windows line ends": f"{SAID}\n\n{ASKED}".replace("\n", "\r\n"),
}


def mail(body: str, kind: str = "text/plain; charset=utf-8", **headers: str) -> str:
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return f"MIME-Version: 1.0\nContent-Type: {kind}\n{lines}\n{body}"


def read(raw: str, name: str = "Ana Ruiz") -> str:
    return written(body_of(message_from_string(raw)), name, OURS)


@pytest.mark.parametrize("program", REPLIES | BARE)
def test_what_a_mail_program_quotes_is_cut(program: str) -> None:
    assert read(mail((REPLIES | BARE)[program], Content_Transfer_Encoding="8bit")) == SAID


@pytest.mark.parametrize("program", REPLIES)
def test_an_answer_is_found_in_a_mail_without_our_marker_too(program: str) -> None:
    assert read(mail(REPLIES[program].replace(MARKER, ""))) == SAID


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_marker_ends_a_reply_in_each_language(language: texts.Language) -> None:
    marker = texts.catalogue(language, "mails")["frame.marker"][0]
    assert written(f"7\n\n* {marker} *\nHow was work?", "", ()) == "7"


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAna Ruiz\nSenior Analyst, Acme\n+1 415 555 0123",
        "--\nAna",
        "Ana",
        "Ana Ruiz\nSenior Analyst | Acme",
        "Best,\nAna",
        "Kind regards,\n\nAna Ruiz\nAcme Inc.",
        "Thanks!\nAna",
        "Saludos,\nAna",
        "Un abrazo,\nAna Ruiz",
        "Sent from my iPhone",
        "Sent from my Samsung Galaxy smartphone.",
        "Sent from Mail for Windows",
        "Enviado desde mi iPhone",
        "Enviado desde Outlook para Android",
        "Obtener Outlook para iOS",
        "Get Outlook for Android",
    ],
)
def test_a_signature_is_cut(signature: str) -> None:
    assert read(mail(f"{SAID}\n\n{signature}\n\n{QUOTED}")) == SAID


@pytest.mark.parametrize(
    "text",
    [
        "7\n- shipped the report\n-called Ana",
        "Win: sent from my desk three applications",
        "Sent with love: two thank-you notes",
        "On Monday my boss wrote: do it again",
        "To: do tomorrow, ring Tom",
        "Thanks\n7 today",
        "Thanks",
        "Gracias\nfue un buen día",
        "a > b, and 7 > 5",
        "5 #= not bad",
        "Anabel helped me\nAna did not",
        "7. Ana",
        "SKIP",
        "from: home, worked 8h",
    ],
)
def test_what_only_looks_like_a_quote_or_a_signature_is_kept(text: str) -> None:
    assert read(mail(f"{text}\n\n{QUOTED}")) == text


def test_nothing_written_is_nothing_and_not_our_own_words() -> None:
    for quoted in (
        QUOTED,
        ASKED,
        f"From: Unstuck <{OURS[0]}>\nSent: Thursday\n\n{ASKED}",
        "Sent from my iPhone\n\n" + QUOTED,
    ):
        assert read(mail(quoted)) == ""


def test_answers_between_the_lines_are_read() -> None:
    assert read(mail(f"{QUOTED}\n7, fine\n> What drained you?\nthe budget meeting\n")) == "7, fine\nthe budget meeting"


def test_a_line_that_the_mail_program_broke_is_one_again() -> None:
    text = "Win: finished the third module of the course on data engineering that I\nhad put off\nand it felt good"
    assert read(mail(text)) == text.replace("I\nhad", "I had")


# How a mail carries its text


def parts(*each: str, kind: str = "alternative") -> str:
    inside = "".join(f"--b\n{part}\n" for part in each)
    return f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="b"\n\n{inside}--b--\n'


def test_of_text_and_html_the_text_is_read() -> None:
    assert read(parts(mail("7"), mail("<p>8</p>", "text/html"))) == "7"
    assert read(parts(mail(" \n"), mail("<p>8</p>", "text/html"))) == "8"


def test_what_is_attached_is_ignored() -> None:
    note = mail("3", Content_Disposition='attachment; filename="notes.txt"')
    picture = mail("AAAA", "image/png", Content_Transfer_Encoding="base64")
    assert read(parts(note, picture, parts(mail("7"), mail("<b>7</b>", "text/html")), kind="mixed")) == "7"
    assert (
        read(parts(parts(note, mail("3"), kind="mixed"), kind="mixed").replace("multipart/mixed", "message/rfc822", 1))
        == ""
    )
    assert read(parts(picture, kind="mixed")) == ""


@pytest.mark.parametrize(
    ("body", "charset", "encoding"),
    [
        ("7, d=C3=ADa largo =F0=9F=98=80", "utf-8", "quoted-printable"),
        ("NywgZMOtYSBsYXJnbyDwn5iA", "UTF-8", "base64"),
        ("7, d=EDa largo", "iso-8859-1", "quoted-printable"),
        ("7, d=EDa largo", "windows-1252", "quoted-printable"),
        ("7, d=EDa largo", "x-unknown", "quoted-printable"),
        ("7, d=EDa largo", "utf-8", "quoted-printable"),
        ("7, d=EDa largo", "rot13", "quoted-printable"),
        ("7, d+AO0-a largo", "utf-7", "7bit"),
    ],
)
def test_whatever_the_charset_says_the_text_is_read(body: str, charset: str, encoding: str) -> None:
    said = read(mail(body, f"text/plain; charset={charset}", Content_Transfer_Encoding=encoding))
    assert said.startswith("7, día largo")


GMAIL_HTML = (
    '<div dir="ltr">7, the budget meeting drained me<div>Win: sent off my portfolio</div></div><br>'
    '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Thu, Nov 26, 2026 at 9:00 AM Unstuck &lt;'
    '<a href="mailto:hello@unstuck.example">hello@unstuck.example</a>&gt; wrote:<br></div>'
    '<blockquote class="gmail_quote"><p>#= Reply above this line =#</p>How was work?</blockquote></div>'
)
OUTLOOK_HTML = (
    "<html><head><title>x</title><style><!-- p.MsoNormal {margin:0} --></style></head><body><!--[if mso]><xml>9</xml>"
    '<![endif]--><div class="WordSection1"><p class="MsoNormal">7, the budget meeting drained&nbsp;me<o:p></o:p></p>'
    '<p class="MsoNormal">Win: sent off my portfolio<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
    '<div style="border-top:solid #E1E1E1"><p><b>From:</b> Unstuck &lt;hello@unstuck.example&gt; <br>'
    "<b>Sent:</b> Thursday<br><b>To:</b> Ana<br></p></div><p>#= Reply above this line =#</p></div></body></html>"
)


@pytest.mark.parametrize("page", [GMAIL_HTML, OUTLOOK_HTML, GMAIL_HTML.replace("#=", "").replace("=#", "")])
def test_a_mail_of_html_alone_is_read_as_its_text(page: str) -> None:
    assert read(mail(page, "text/html; charset=utf-8")) == SAID


def test_html_is_read_block_by_block_and_what_is_hidden_is_not() -> None:
    assert (
        text_of("<p>a <b>b</b>&amp;c</p><div>d<br>e</div><script>f</script><ul><li>g<li>h</ul>")
        == "a b&c\nd\ne\ng\nh\n"
    )
    assert text_of("<style>a<p>b") == "a\nb"


# Whatever comes


def test_no_more_is_read_than_a_text_may_have() -> None:
    assert len(read(mail("win " * 5000))) <= LONGEST


@given(st.text(), st.text(max_size=20))
def test_any_text_is_cut_to_some_of_it(body: str, name: str) -> None:
    said = written(body, name, OURS)
    assert len(said) <= LONGEST
    assert said == said.strip()


@given(st.text(alphabet=" <>/!-=\"'&;#abp\n[]?") | st.text())
def test_any_html_is_read(page: str) -> None:
    text_of(page)


LINES = st.sampled_from(
    [
        *ASKED.split("\n"),
        *QUOTED.split("\n"),
        "On 1 Nov Unstuck wrote:",
        "From: a",
        "Sent: b",
        "--",
        "7",
        "Best,",
        "Ana",
        "",
        ">",
    ]
)


@given(st.lists(LINES, max_size=12))
def test_none_of_the_lines_that_are_quoted_is_ever_read(lines: list[str]) -> None:
    said = written("\n".join(lines), "Ana", OURS)
    assert not [line for line in said.split("\n") if line.startswith((">", MARKER))]
