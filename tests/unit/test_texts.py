"""Holds the copy against the code that says it and the phones that show it, whoever edits it, in every language."""

import ast
import re
import string
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import pytest
from jinja2 import Environment, nodes

from shared.content.segments import count_segments, fit, is_gsm7, spelt_plainly
from shared.content.texts import LANGUAGES, Language, catalogue, say
from shared.domain.answers import routes

ROOT = Path(__file__).parents[2]
SECTIONS = {key.partition(".")[0] for key in catalogue("en")}
NOT_TEXTED = ("mail.", "calendar.", "summary.alt", "summary.chart", "export.")
Folder = Literal["", "pages", "mails"]
FOLDERS: tuple[Folder, ...] = get_args(Folder)

# For each placeholder something as long as it plausibly gets.
PLAUSIBLE = {
    "amount": "12 applications",
    "answered": 30,
    "action": "block 30 minutes this week and write down what you would like to do more often.",
    "average": "10.0",
    "cause": "pressure from outside (family, money, what one ought to do)",
    "brand": "Career Centre Unstuck",
    "checkins": "31 check-ins",
    "added": "2.5 hours",
    "certificate": "Google Data Analytics Professional Certificate",
    "counted": "2.5 hours (12.5 hours in all), 3 modules",
    "contact": "Questions: careers@example-university.edu",
    "count": 31,
    "countries": "US, CA, GB, IE, AU",
    "email": "maria.fernanda.villanueva@alumni.example-university.edu",
    "emergency": "your emergency number",
    "date": "Wed 30 Sep 2027",
    "day": "Wednesday",
    "days": "31 days",
    "done": 3,
    "goal": "Finish the online course on data analysis twice",
    "how": "1200 of 5000, 120 days left, a bit behind; about 190 a week gets you there",
    "left": "120 days left",
    "first": "time at home with the children",
    "following": "calculated risks",
    "experiment": "shadow the design team for a morning and then ask about a move",
    "finished": "Excel for analysts on Udemy, PMP certificate, webinar on pay talks",
    "gone": "exhaustion, no excitement",
    "intention": "ask the scheduler about the early shifts before the rota is out",
    "items": "time at home with the children; a calm team; good pay; impact; learning",
    "goals": "Apply to museums and galleries (12 of 40); finish 2 evening courses (1 of 2)",
    "group": "local chapter of the Project Management Institute",
    "learning": "Google Data Analytics Professional Certificate on Coursera",
    "list": "closed the Acme deal; finished module 3 of the course; wrote to two old colleagues",
    "link": "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/me?lang=en&token=WyI1ZjNjMWE5YjdkMmU0ZjYw"
    "IiwxNzczMzU4MjA3XQ.zs9b98yObYIFs5QMerutH9KRNEE",
    "line": "call 13 11 14, or text 0477 13 11 14",
    "missing": "2.5 months",
    "made": 3,
    "means": "an evening course at the community college",
    "mood": "7.5",
    "months": "2.5 months",
    "month": "September",
    "moods": 30,
    "more": "12 days",
    "most": 10,
    "name": "Maria Fernanda",
    "names": "Ana, Tom from the old team, Prof. Lee, my old boss Maria, Kim (uni), Dave, Lou",
    "nearest": "20:30",
    "new": "Monday dread, no growth",
    "note": "That is wonderful, so proud of you. Drinks are on me when you are done with module 4",
    "number": 6,
    "pace": "one every 3 weeks",
    "of": 7,
    "other": "burnout (too much for too long)",
    "phrases": "mentoring the new colleague; budget meeting",
    "phrase": "mentoring the new colleague",
    "place": "North Dakota/New Salem",
    "prompted": "31 check-ins",
    "self_care": "swimming with my sister, long walks",
    "second": "being asked before things are decided",
    "since": "September 2026",
    "skill": "explaining numbers to people who do not like them",
    "step": "calculated risks",
    "steps": "career audit, SMART goals, upskilling, network, calculated risks, mental health",
    "streak": 365,
    "target": 5000,
    "time": "19:30",
    "values": "1 creativity 2 stability 3 impact 4 time for my family 5 learning",
    "value": "time at home with the children",
    "told": "31 days answered, 120 wins, mood 7.5 on average",
    "total": "12.5 hours",
    "weekday": "Wed",
    "what": "7.5 for Wed, 3 wins, the new time zone",
    "year": 2026,
    "until": "Wed 30 Sep",
    "url": "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
    "whom": "the Centre for Work and Health, free of charge, +1 415 555 0142, ask for Ana",
    "when": "tomorrow at 19:30",
    "whose": "Finish the online course on data analysis twice: ",
    "wins": "closed the Acme deal; finished module 3 of the course; wrote to two old colleagues",
}

# The same in Spanish, where the letters that cost a text its room are in the words of members alone.
EN_ESPANOL = PLAUSIBLE | {
    "amount": "12 solicitudes",
    "action": "aparta 30 minutos esta semana y escribe lo que te gusta hacer a menudo.",
    "cause": "presiones de fuera (familia, dinero, lo que se espera)",
    "brand": "Centro Laboral Unstuck",
    "checkins": "31 preguntas",
    "added": "2.5 horas",
    "certificate": "Certificado profesional de analista de datos",
    "counted": "2.5 horas (12.5 horas en total), 3 lecciones",
    "email": "maria.fernanda.villanueva@alumni.example-university.edu",
    "place": "Dakota del Norte",
    "told": "31 jornadas con respuesta, 120 logros, promedio de 7.5",
    "what": "el 7.5 (mié), 3 logros, la nueva zona horaria",
    "goals": "Escribir a museos y salas (12 de 40); terminar 2 cursos de tarde (1 de 2)",
    "note": "Qué maravilla, me da tanto orgullo. Yo pago las copas cuando termines la unidad cuatro",
    "contact": "Preguntas: carreras@example-university.edu",
    "emergency": "a emergencias",
    "date": "mié 30 de sept de 2027",
    "day": "miércoles",
    "days": "31 jornadas",
    "goal": "Terminar dos veces el curso de datos en internet",
    "how": "1200 de 5000, vence hoy, con algo de retraso; cerca de 190 por semana y llegas",
    "left": "vence mañana",
    "first": "tiempo en casa con los niños",
    "following": "riesgos calculados",
    "experiment": "acompañar al equipo de diseño una mañana y luego pedir el cambio",
    "finished": "Excel para analistas en Udemy, certificado PMP, webinar de sueldos",
    "gone": "agotamiento, falta de entusiasmo",
    "intention": "preguntar por los turnos de mañana antes de que salga la lista",
    "items": "tiempo en casa con los niños; un equipo en calma; buen sueldo; aprender",
    "group": "la rama local del Project Management Institute",
    "learning": "certificado de analista de datos de Google en Coursera",
    "list": "cerramos el trato con Acme; el tercer tema del curso; dos colegas saludados",
    "line": "llama al 988 (en EE. UU., marca 2 para español) o manda AYUDA al 988, a toda hora",
    "missing": "2.5 meses",
    "means": "un curso de tarde en el centro del barrio",
    "months": "2.5 meses",
    "month": "septiembre",
    "more": "12 jornadas",
    "name": "Juan Fernando",
    "names": "Ana, Tom del otro equipo, la profe Lee, mi jefa de antes Maite, Kim (uni), Dave, Lu",
    "new": "miedo al lunes, estancamiento",
    "pace": "1 cada 3 semanas",
    "other": "desgaste (demasiado por mucho tiempo)",
    "phrases": "la charla con el nuevo colega; la junta de presupuesto",
    "phrase": "la charla con el nuevo colega",
    "prompted": "31 preguntas",
    "self_care": "nadar con mi hermana, paseos largos",
    "second": "que me pregunten antes de decidir",
    "skill": "explicar cifras a gente que no las quiere",
    "step": "riesgos calculados",
    "steps": "balance profesional, metas SMART, nuevas habilidades, red de contactos, salud mental",
    "values": "1 crear 2 calma 3 impacto 4 tiempo con mi familia 5 aprender",
    "value": "tiempo en casa con los niños",
    "total": "12.5 horas",
    "weekday": "mié",
    "until": "mié 30 de sept",
    "whom": "el Centro de Trabajo y Salud, sin costo, +1 415 555 0142, pregunta por Ana",
    "when": "mañana a las 19:30",
    "whose": "Terminar dos veces el curso de datos en internet: ",
    "wins": "cerramos el trato con Acme; el tercer tema del curso; dos colegas saludados",
}
# What members wrote, with such letters.
WITH_ACCENTS = {
    "goal": "Terminar la certificación de análisis de datos",
    "action": "abrir la lección siguiente del módulo de economía básica",
    "value": "tranquilidad económica y días libres",
    "learning": "programación en Python, en línea y de día",
    "name": "Sofía Hernández Cárdenas",
    "experiment": "acompañar un día al equipo de diseño y pedir después un cambio de área",
    "intention": "pedirle a Íñigo la próxima reunión y después llamar a la tía Ángela",
    "self_care": "natación con mi hermana, música, caminatas",
    "whose": "Terminar la certificación de análisis de datos: ",
    "values": "1 creación 2 tranquilidad 3 días libres 4 economía 5 más",
    "first": "tranquilidad económica y días libres",
    "second": "aprendizaje continuo, día a día",
}
# What is not spelt without them, and has no other word that says as much.
NEEDS_ACCENTS = {
    "goals.rate_days",
    "goals.left_many",
    "upskill.module_one",
    "upskill.module_many",
    "upskill.lesson_one",
    "upskill.chapter_one",
    "upskill.chapter_many",
}
VALUES: dict[Language, dict[str, object]] = {"en": PLAUSIBLE, "es": EN_ESPANOL}


class Said(NamedTuple):
    """A place where a text is said: the keys it may have there, and the placeholders it is given."""

    where: str
    keys: frozenset[str]
    given: frozenset[str]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("shared", "functions", "cli"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def keys_in(tree: ast.AST) -> frozenset[str]:
    """The strings that have the form of a key, whether there is such a text or not."""
    joined = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in joined)
    strings = (node.value for node in constants if isinstance(node.value, str))
    return frozenset(
        text for text in strings if text.partition(".")[0] in SECTIONS and text.partition(".")[2].isidentifier()
    )


def keys_named() -> frozenset[str]:
    """Of the modules that say texts: others name files of their own, such as "page.css"."""
    return frozenset().union(*(keys_in(tree) for _, tree in sources() if imported(tree) & {"texts", "Message"}))


def computed() -> re.Pattern[str]:
    """Keys that are put together where they are said: f"summary.{noun}_one"."""
    found = set()
    for node in (node for _, tree in sources() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        if parts[0] and str(parts[0]).partition(".")[0] in SECTIONS and "." in str(parts[0]):
            found.add("".join(re.escape(str(part)) if part else r"\w+" for part in parts))
    return re.compile("|".join(sorted(found)))


def said_in_templates(folder: Folder) -> re.Pattern[str]:
    """The keys that the templates of a folder say, and those that code says on a page."""
    environment, found = Environment(autoescape=True), set[str]()
    for path in sorted((ROOT / "shared/content").glob(f"*/{folder}/**/*")):
        if path.suffix in (".html", ".txt"):
            calls = environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call)
            says = (call.args[0] for call in calls if isinstance(call.node, nodes.Name) and call.node.name == "say")
            found.update(chain.from_iterable(map(patterns, says)))
    if folder == "pages":
        code = "\n".join((ROOT / path).read_text(encoding="utf-8") for path, _ in sources())
        found.update(map(re.escape, re.findall(r'say_on_page\("([^"]+)"', code)))
        found.update(rf"error\.{error}" for error in re.findall(r'WrongField\("(\w+)"', code))
        wrong = re.findall(r'InvalidFile\([^,]+, "(\w+)"(?: if \w+ else "(\w+)")?', code)
        found.update(rf"import_error\.{error}" for errors in wrong for error in errors if error)
        found.add(r"country\.\w+")
    return re.compile("|".join(sorted(found)))


def patterns(key: nodes.Node) -> list[str]:
    """Those that an expression of a template may come to: "count." ~ noun ~ "_one", or one of two."""
    match key:
        case nodes.Const():
            return [re.escape(key.value)]
        case nodes.CondExpr():
            return [*patterns(key.expr1), *(patterns(key.expr2) if key.expr2 else [])]
        case nodes.Concat():
            return ["".join(parts) for parts in product(*map(patterns, key.nodes))]
    return [r"\w+"]


def imported(tree: ast.AST) -> set[str]:
    return {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}


def said() -> list[Said]:
    """Every call that names its key on the spot and its placeholders one by one."""
    found = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "texts.say",
                "message.say",
                "message.answer",
                "message.ask",
            ):
                keys = frozenset().union(*(keys_in(argument) for argument in node.args))
                given = [keyword.arg for keyword in node.keywords]
                if keys and None not in given:
                    found.append(Said(f"{path}:{node.lineno}", keys, frozenset(filter(None, given))))
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wordings(language: Language = "en", folder: Folder = "") -> dict[str, str]:
    """Every wording, keyed "section.name", with its number where there are several."""
    return {
        f"{key} {number}".removesuffix(" 0"): text
        for key, texts in catalogue(language, folder).items()
        for number, text in enumerate(texts)
    }


def texted(language: Language) -> dict[str, str]:
    return {key: text for key, text in wordings(language).items() if not key.startswith(NOT_TEXTED)}


def test_every_text_is_said_somewhere() -> None:
    put_together = computed()
    assert {key for key in catalogue("en").keys() - keys_named() if not put_together.fullmatch(key)} == set()


@pytest.mark.parametrize("folder", ["pages", "mails"])
def test_every_text_of_pages_and_mails_is_said_somewhere(folder: Folder) -> None:
    said = said_in_templates(folder)
    assert {key for key in catalogue("en", folder) if not said.fullmatch(key)} == set()


def test_every_question_is_asked_somewhere() -> None:
    asked = {f"ask.{name}" for name in routes.QUESTIONS}
    assert {key for key in catalogue("en") if key.startswith("ask.")} == asked


def test_every_text_that_is_said_exists() -> None:
    assert keys_named() <= catalogue("en").keys()


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_and_names_the_same(language: Language, folder: Folder) -> None:
    """Its wordings of a text may differ in number."""
    named = [
        {key: set().union(*map(placeholders, texts)) for key, texts in catalogue(each, folder).items()}
        for each in ("en", language)
    ]
    assert named[0] == named[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_the_same_wording_twice(language: Language) -> None:
    assert [key for key, texts in catalogue(language).items() if len(set(texts)) < len(texts)] == []


@pytest.mark.parametrize("call", said(), ids=lambda call: call.where)
def test_every_placeholder_gets_its_value_where_the_text_is_said(call: Said) -> None:
    assert set().union(*(placeholders(text) for key in call.keys for text in catalogue("en")[key])) <= call.given


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_plain_names(language: Language, folder: Folder) -> None:
    for key, text in wordings(language, folder).items():
        for _, name, form, conversion in string.Formatter().parse(text):
            assert name is None or (name.isidentifier() and not form and not conversion), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_texted_is_within_two_segments(language: Language) -> None:
    said = {key: count_segments(text.format_map(VALUES[language])) for key, text in texted(language).items()}
    assert {key: segments for key, segments in said.items() if segments.count > 2} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_texted_is_in_the_sms_alphabet(language: Language) -> None:
    """But for the few words that Spanish has no other for."""
    said = {key: text.format_map(VALUES[language]) for key, text in texted(language).items()}
    assert {key for key, text in said.items() if not is_gsm7(text)} == (NEEDS_ACCENTS if language == "es" else set())


def test_a_question_around_words_with_accents_is_never_cut() -> None:
    """It loses accents rather than words."""
    for key, text in texted("es").items():
        if key.startswith(("ask.", "review.")):
            said = text.format_map(EN_ESPANOL | WITH_ACCENTS)
            assert fit(said) in (said, spelt_plainly(said)), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["checkin.question", "checkin.unclear", "settings.undone", "opt_in.remind"])
def test_what_is_texted_most_costs_one_segment(key: str, language: Language) -> None:
    texts = catalogue(language)[key]
    assert {count_segments(text.format_map(VALUES[language])).count for text in texts} == {1}


def test_on_a_saturday_whose_name_has_an_accent_an_answer_in_spanish_still_has_room() -> None:
    for key in ("checkin.low", "checkin.mid", "checkin.high", "checkin.unclear"):
        assert count_segments(say(key, "es", day="sábado")).count <= 2


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_shouts(language: Language, folder: Folder) -> None:
    for key, text in wordings(language, folder).items():
        assert "!!" not in text, key
        assert text == text.strip() != "", key


def test_a_text_asked_for_by_a_wrong_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("checkin.no_such_text", "en")


def test_what_a_member_wrote_is_said_back_and_not_filled_in() -> None:
    assert say("checkin.win", "en", wins="fixed {brand} and {0}") == "Win saved: fixed {brand} and {0}."
