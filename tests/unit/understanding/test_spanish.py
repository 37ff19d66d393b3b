"""Texts in Spanish are read by the same rules as English ones."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.understanding.reply import Context, Reply
from shared.domain.understanding.spanish import reworded
from shared.domain.understanding.understand import understand

NOW = datetime.fromisoformat("2026-03-03T19:42:00-06:00")  # a Tuesday
KNOWN = (
    "hoy",
    "un",
    "7",
    "seis",
    "y",
    "medio",
    "a",
    "las",
    "me",
    "quiero",
    "morir",
    "de",
    "sueño",
    "marzo",
    "el",
    "¿",
    ",",
)


def read(text: str, asked: str = "daily_checkin") -> Reply:
    return understand(text, Context(asked), NOW)


@pytest.mark.parametrize(
    "text",
    [
        "ya no quiero vivir",
        "me quiero morir",
        "quiero matarme",
        "No aguanto más, quiero acabar con todo",
        "mi familia estaría mejor sin mí",
        "me voy a quitar la vida",
        "me corto",
        "mi esposo me va a matar",
        "hoy un 3. la verdad pienso en suicidarme todos los días",
        "no le veo sentido a seguir viviendo",
        "anoche me corté las muñecas",
        "ojalá no despertara mañana",
        "mi marido me pega y tengo miedo de que me mate",
        "tengo las pastillas en la mano y me las voy a tomar todas",
        "sería mejor si yo no existiera. Un 5",
        "no quiero seguir con esta vida",
        "siento que ya no tengo nada por qué vivir",
        "quiero morirme de una vez",
        "voy a quitarme la vida este fin de semana",
        "estoy pensando en cortarme las venas",
        "me arranco la vida y ya, qué más da",
        "ya no aguanto vivir así, quisiera morirme",
        "mi esposo me golpea y hoy sacó un cuchillo",
        "me quiero ahorcar",
        "si me muero mañana a nadie le importa",
        "tengo ganas de matarme",
        "mi vida ya no tiene sentido",
        "todo sería más fácil si me muriera",
        "hoy intenté suicidarme",
        "no quiero existir",
        "anoche me tomé todas las pastillas y desperté, qué lástima",
        "estoy sola en la azotea y quiero brincar",
        "solo quiero dormir y no despertar",
        "ya no puedo seguir viviendo",
        "me siento una carga, estarían mejor sin mí",
        "mi novio dijo que me mata si lo dejo",
        "me quiero matar",
        "estoy pensando en matarme",
        "ya no quiero estar en este mundo",
        "no quiero seguir con vida",
        "quiero dejar de existir",
        "me gustaría estar muerta",
        "ojalá me muriera hoy",
        "prefiero estar muerto que seguir así",
        "hoy es mi último día, cuiden a mis hijos",
        "voy a acabar con mi vida esta noche",
        "tengo un plan para suicidarme",
        "anoche casi me tomo todas las pastillas",
        "me tomé un montón de pastillas",
        "estoy en el puente y voy a saltar",
        "quiero tirarme por la ventana",
        "me dan ganas de tirarme a las vías",
        "nadie me va a extrañar cuando me vaya",
        "todos estarían mejor si yo no estuviera",
        "mis hijos estarían mejor sin mí",
        "soy una carga para mi familia",
        "no le encuentro sentido a mi vida",
        "la vida no vale la pena",
        "estoy cansada de vivir",
        "no puedo más, me quiero morir",
        "quisiera dormirme y no despertar nunca",
        "no quiero despertar mañana",
        "me estoy haciendo daño otra vez",
        "me corto los brazos para aguantar",
        "volví a cortarme anoche",
        "mi marido me golpeó y me amenazó de muerte",
        "mi ex dice que me va a matar",
        "mi novio me pegó anoche y tengo miedo",
        "mi pareja me quiere matar, ayuda",
        "no me quiero vivir ya",
        "nomás quiero que se acabe todo, para siempre",
        "pienso en la muerte todos los días",
        "tengo la pistola de mi papá aquí conmigo",
        "ya escribí mi carta de despedida",
        "me voy a colgar",
        "deseo morirme",
        "no tengo ganas de seguir viviendo",
        "hoy pensé otra vez en matarme",
        "quiero suicidarme",
        "me quiero quitar la vida, no puedo con esto",
        "a veces pienso que sería mejor estar muerto",
        "ya no encuentro razones para vivir",
        "perdón por todo, hoy termino con esto",
        "siento que estorbo, todos estarían mejor sin mí",
        "quisiera no haber nacido",
        "tengo ganas de desaparecer para siempre",
        "no quiero seguir aquí, me duele todo",
        "voy a tomarme todas las pastillas que encuentre",
        "me lastimé los brazos otra vez con la navaja",
        "mi papá me pega y ya no aguanto",
        "mi esposo me quiso ahorcar anoche",
        "me amenaza con matarme si lo dejo",
        "ya no le veo sentido a nada, quiero morirme",
        "estoy harto de vivir así",
        "he pensado en tirarme al metro",
        "no creo que llegue a mañana, adiós a todos",
        "me voy a matar hoy. un 1",
        "qué ganas de no despertar nunca",
        "nadie me va a extrañar",
        "pienso en quitarme la vida desde hace meses",
        "quiero acabar con mi vida",
    ],
)
def test_a_call_for_help_is_heard(text: str) -> None:
    assert read(text).safety == "crisis"


@pytest.mark.parametrize(
    "text",
    [
        "me muero de sueño",
        "estoy muerto de cansancio",
        "me mata este proyecto",
        "casi me muero de la risa en la junta jajaja, un 8",
        "mi jefa me va a matar si no entrego el reporte. 5",
        "muerta de hambre, apenas salí. 6",
        "los lunes me matan, un 4",
        "quiero acabar con todo el papeleo esta semana. 7",
        "me corté el pelo, un 8",
        "hoy maté todos los pendientes! 9",
        "hoy es mi último día en la empresa, 8",
        "me pega el sol todo el día en la obra, 5",
        "me muero de cansancio, un 4",
        "me estoy muriendo de calor en la cocina. 5",
        "la presentación me mató de nervios pero salió, 8",
        "el nuevo sistema nos está matando, 3",
        "mi hija me mata con sus ocurrencias, 9",
        "murió mi laptop, qué día. 2",
        "no quiero levantarme tan temprano, 5",
        "quiero desaparecer de esta oficina, 3",
        "hoy acabé con toda la lista, 9",
        "el café me salvó la vida, 7",
        "no vale la pena discutir con el cliente, 5",
        "corté la llamada, me agotó. 4",
        "me despido de todos en la oficina el viernes, cambio de trabajo! 9",
        "estoy cansada de vivir lejos del trabajo, 5",
        "el doctor salvó una vida hoy, un 10",
        "quiero terminar con todo antes del viernes, 6",
        "prefiero morir que hacer otro reporte jaja, 5",
        "nadie me va a extrañar en esa junta jaja, 7",
        "no quiero seguir en ventas, 5",
        "no le veo sentido a este proyecto, 4",
        "me muero por unas vacaciones",
        "casi me muero del susto en la junta",
        "qué muerta estoy, 12 horas de pie. 4",
        "este jefe me va a matar de un coraje jaja. 5",
        "me matan las reuniones largas",
        "mato por un café, 6",
        "el proyecto murió por fin. 7",
        "se me murió la compu, 3",
        "corté con el proveedor, un 7",
        "me cortaron la luz, 4",
        "quiero matar a mi jefe jaja, un 3",
        "hoy acabé con todo lo pendiente, 9",
        "no puedo más con este excel, 4",
        "vida o muerte esa entrega, pero salió. 8",
        "nos fue de muerte en la presentación, un 9",
        "ya no quiero vivir en esta ciudad, mucho tráfico. 5",
        "quiero desaparecer una semana a la playa, 6",
        "me quiero morir con tanto trabajo jaja, 5",
        "me dio un ataque de risa, 8",
        "no quiero seguir con este proyecto, 4",
        "muero de sed, hoy hizo 40 grados en la obra. 6",
        "estaba muerta de nervios pero salió la entrevista, 9",
        "mi mamá me va a matar, se me olvidó su cumple jaja. 7",
        "hoy salté de alegría, un 10",
        "la pistola de silicón se descompuso, 5",
        "tomé las pastillas para la gripe, 6",
        "voy a saltar la cuerda en el gym, 8",
        "me duele la espalda, me está matando. 4",
        "el cliente se quiere morir con el precio jaja, 7",
        "me hizo daño la comida, 4",
        "me muero de ganas de salir de vacaciones, 7",
        "me mata el tráfico, 4",
        "quedé muerto después del inventario. 5",
        "matamos la presentación, un 9!",
        "mi jefe me quiere matar por el retraso jaja, 5",
        "no aguanto más estas juntas, 3",
        "me corto el cabello mañana, 7",
        "se me quitaron las ganas de trabajar, 3",
        "terminé con todo lo de la semana, 8",
        "la junta estuvo de muerte lenta, 4",
        "no quiero seguir trabajando los sábados, 4",
        "estoy muerta, qué día. 5",
        "me quería morir cuando se borró el archivo, 4",
        "casi mato a la impresora, 5",
        "hoy le di vida al proyecto muerto, 8",
        "me hace daño tanto café, 6",
        "qué ganas de matar al proveedor jaja, 4",
        "salté la comida para acabar el reporte, 5",
        "voy a saltar de proyecto, un 7",
        "mi mamá está mejor, un 8",
    ],
)
def test_what_only_sounds_alike_is_none(text: str) -> None:
    assert read(text).safety != "crisis"


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("pausa hasta el 15 de marzo", "pause", {"until": "2026-03-15"}),
        ("pausa hasta el lunes", "pause", {"until": "2026-03-09"}),
        ("no me escribas por dos semanas", "pause", {"until": "2026-03-17"}),
        ("ya volví", "resume", {}),
        ("pregúntame en 2 horas", "snooze", {"minutes": 120}),
        ("pregúntame a las diez", "snooze", {"minutes": 138}),
        ("más tarde", "snooze", {"minutes": 60}),
        ("mejor a las 8", "set_time", {"time": "20:00"}),
        ("escríbeme a las 7 de la mañana", "set_time", {"time": "07:00"}),
        ("pregunta a las 20:00", "set_time", {"time": "20:00"}),
        ("solo entre semana", "set_days", {"days": ["mon", "tue", "wed", "thu", "fri"]}),
        ("solo de lunes a jueves", "set_days", {"days": ["mon", "tue", "wed", "thu"]}),
        ("me llamo Ximena", "set_name", {"name": "Ximena"}),
        ("me mudé a Madrid", "set_timezone", {"timezone": "Europe/Madrid"}),
        ("estoy en Lima", "set_timezone", {"timezone": "America/Lima"}),
        ("mi correo es ana@example.com", "set_email", {"email": "ana@example.com"}),
        ("era un 7", "correct", {"mood": 7}),
        ("mis logros", "list_wins", {}),
        ("mis metas", "list_goals", {}),
        ("¿Cómo voy?", "stats", {}),
        ("mándame mi resumen", "summary", {}),
        ("mis datos", "export", {}),
        ("deshacer", "undo", {}),
        ("hoy no", "skip", {}),
        ("gracias", "thanks", {}),
        ("ya no me manden mensajes", "stop", {}),
    ],
)
def test_commands_bear_their_arguments(text: str, name: str, args: dict[str, Any]) -> None:
    for asked in ("daily_checkin", "none"):
        command = read(text, asked).command
        assert command is not None, asked
        found = {key: list(value) if isinstance(value, tuple) else value for key, value in command.args.items()}
        assert (command.name, found) == (name, args), asked


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("un siete", 7),
        ("hoy un 6 y medio", 6.5),
        ("le doy un ocho", 8),
        ("5 de 10, muchas reuniones", 5),
        ("tuve 3 juntas y salí a las 7, un 4", 4),
        ("quedé en nueve", 9),
    ],
)
def test_scores(text: str, mood: float) -> None:
    assert read(text).mood == mood


@pytest.mark.parametrize(
    ("asked", "text", "name", "args"),
    [
        ("savings", "unos tres meses", "savings", {"months": 3}),
        ("savings", "medio año", "savings", {"months": 6}),
        ("rut_check", "la primera y la tercera", "rut_check", {"signs": [1, 3]}),
        ("rut_check", "ninguna", "rut_check", {"signs": []}),
        ("confirm_delete", "no, conservar", "keep", {}),
        ("opt_in", "claro que sí", "yes", {}),
    ],
)
def test_open_questions(asked: str, text: str, name: str, args: dict[str, Any]) -> None:
    command = read(text, asked).command
    assert command is not None
    found = {key: list(value) if isinstance(value, tuple) else value for key, value in command.args.items()}
    assert (command.name, found) == (name, args)


def test_a_goal_stays_in_the_members_own_words() -> None:
    command = read("terminar tres cursos para fines de mayo", "goal").command
    assert command is not None
    assert command.args == {"text": "terminar tres cursos", "target": 3, "unit": "cursos", "due": "2026-05-31"}


def test_wins_and_energy_stay_in_the_members_own_words() -> None:
    reply = read("un 7. me encantó dar la clase. logro: mandé mi CV a dos empresas")
    assert (reply.mood, reply.wins, reply.engaged) == (7, ("mandé mi CV a dos empresas",), ("dar la clase",))


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("hoy no paré, fue un 6", "today no paré, it was a 6"),  # a skip only as a whole clause
        ("had tacos con la familia and it was great. 8", None),
        ("je ne veux pas que tu viennes", None),
        ("era un 7", "actually make that a 7"),
        ("mi correo es ana.reyes@example.com", "my email is ana.reyes@example.com"),
    ],
)
def test_only_what_is_known_of_a_spanish_text_is_put_into_english(text: str, english: str | None) -> None:
    wording = reworded(text)
    assert (wording and wording.text) == english


def test_what_another_lives_through_or_what_is_long_past_is_no_crisis() -> None:
    assert read("mi hermano dice que ya no quiere vivir, 4").safety == "support"
    assert read("hace tres años intenté quitarme la vida, hoy estoy bien. 7").safety != "crisis"


@given(st.text(alphabet=st.sampled_from("¿¡ .,\n7ñá@/:"), max_size=30) | st.lists(st.sampled_from(KNOWN)).map(" ".join))
def test_each_part_of_a_wording_stands_for_a_part_of_the_text(text: str) -> None:
    if wording := reworded(text):
        for at in range(len(wording.text)):
            start, end = wording.own_span(at, at + 1)
            assert 0 <= start <= end <= len(text)
