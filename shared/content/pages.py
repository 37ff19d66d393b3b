"""Renders the service's pages and mails: templates hold the markup, and each language its words. HTML is autoescaped.

In a template, `say("confirmed.title")` is a text of the language, with its placeholders filled; of several wordings
`turn` picks one. What stands between two asterisks is strong there, and plain in a text.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Literal

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_eval_context, select_autoescape
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from shared.content import dates, texts
from shared.content.texts import LANGUAGES, Language

_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|]")
_STRONG = re.compile(r"\*([^*]+)\*")


@cache
def _environment(language: Language, folder: Literal["pages", "mails"]) -> Environment:
    environment = Environment(
        # What is prose from end to end, such as the privacy policy, is a template of its language.
        loader=ChoiceLoader([PackageLoader("shared.content", language), PackageLoader("shared.content", "templates")]),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "language": language,
        "languages": {each: texts.say_on_page("language.name", each) for each in LANGUAGES},
        "say": _sayer(texts.catalogue(language, folder)),
    }
    for naming in (
        *(dates.clock, dates.dated, dates.day_of_month, dates.label, dates.month, dates.month_and_year),
        *(dates.short_month, dates.short_weekday),
    ):
        environment.filters[naming.__name__] = partial(naming, language=language)
    environment.filters |= {"said": _said, "lines": _lines, "markdown": _in_markdown}
    return environment


def _sayer(catalogue: dict[str, tuple[str, ...]]) -> Callable[..., str]:
    @pass_eval_context
    def say(context: EvalContext, key: str, turn: int = 0, **values: object) -> str:
        text = catalogue[key][turn % len(catalogue[key])]
        if context.autoescape:
            return Markup(_STRONG.sub(r"<strong>\1</strong>", str(escape(text)))).format(**values)  # noqa: S704  # escaped
        return _STRONG.sub(r"\1", text).format(**values)

    return say


@pass_eval_context
def _said(context: EvalContext, text: str) -> str:
    """A text on one line, escaped anew: what a macro of a text template returns counts as HTML to those who call it."""
    line = " ".join(str(text).split())
    return escape(line) if context.autoescape else line


@pass_eval_context
def _lines(context: EvalContext, text: str) -> list[str]:
    """The lines of a text that hold anything."""
    return [_said(context, line) for line in text.splitlines() if line.strip()]


def _in_markdown(text: str) -> str:
    """A text in which nothing is taken for Markdown's own."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def render(template: str, language: Language, **values: object) -> str:
    """The template of that name ("pages/signup.html", "mails/audit.txt") in that language, filled in.

    Raises:
        jinja2.UndefinedError: the template names a value that was not given.
        KeyError: the language has no such text.
    """
    folder: Literal["pages", "mails"] = "mails" if template.startswith("mails/") else "pages"
    return _environment(language, folder).get_template(template).render(**values)
