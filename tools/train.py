"""Trains the weights that `shared/domain/understanding/learned/models.py` reads: `make train`.

Deterministic but for the last digits of the network's, which depend on the machine: the same corpus and rules give the
same weights. L1 keeps only the few thousand features that carry much.
Where the rules were made on a line (`work`), their verdict on it is no evidence and is left out; on those on which they
were mended (`mended`) it is a little too good, and kept: of most of them nothing was mended.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from cli.parse import context_and_time
from shared.domain.understanding.learned import features, models
from shared.domain.understanding.learned.reconsider import spans_of, spans_ruled, verdicts_of
from shared.domain.understanding.normalise import normalise
from shared.domain.understanding.understand import by_rules
from tests.corpus.judge import cases
from tools import train_network as network
from tools.recombine import recombined

WEIGHTS = Path(models.FOLDER)
# The inverse of how strongly L1 holds the weights of whole texts down, found by leaving the voices `w?a` out.
MESSAGES_C = {"command": 4.0, "safety": 0.6, "mood": 1.5}
WORDS_C1, WORDS_C2 = 1.0, 0.01
OPEN = ("opt_in", "confirm_delete", "rut_check", "values", "dealbreakers", "goal", "savings")
RECOMBINED = 4000  # twice as many are worse: their phrases are known by heart then
LEAST = 0.06  # weights below it are left out
# How the ids of those mended lines begin that are denser than life: to learn from them, too, helps nobody.
DENSE = "h"
# And of those from which only whole texts are learned: the tags of words are no better with them, a third larger.
OF_TEXTS = ("l", "e", "fa", "st")
# Calls for help are few and unlike each other: many small weights hear more of them than few large ones (left out by
# writer: 9 in 10 and 8 in 10 at one false alarm in a hundred). What the rules hear stands anyway and is no evidence.
CRISIS_C, CRISIS_LEAST, CRISIS_LINES = 0.1, 0.05, 2


class Line:
    """A labelled text, its features and its labels."""

    def __init__(self, case: dict[str, Any], ruled: bool) -> None:
        self.id: str = case.get("id", "")
        self.text = normalise(case["text"])
        self.found = features.tokens(self.text)
        self.asked = case["context"]["asked"]
        self.expect = case["expect"]
        context, now = context_and_time(case)
        reply = by_rules(self.text, context, now)
        self.verdicts = verdicts_of(reply) if ruled else {"command": "unknown", "safety": "unknown", "mood": "unknown"}
        self.ruled = features.tags_of(self.found, spans_ruled(reply, self.text)) if ruled else ["?"] * len(self.found)

    def labels(self) -> dict[str, str]:
        """Of a line of `safety.jsonl` only the safety is labelled."""
        if "command" not in self.expect:
            return {"safety": self.expect["safety"] or "null"}
        command, mood = self.expect["command"], self.expect["mood"]
        mood = mood[0] if isinstance(mood, list) else mood
        return {
            "command": command["name"] if command else "null",
            "safety": self.expect["safety"] or "null",
            "mood": "number" if isinstance(mood, int | float) else mood or "null",
        }

    def tags(self) -> list[str]:
        kinds = ("wins", "engaged", "drained")
        expected = {kind: [_written(self.text, phrase) for phrase in self.expect[kind]] for kind in kinds}
        return features.tags_of(self.found, spans_of(self.text, expected, self.expect["mood"]))


def _elsewhere(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Some reports as if they came with nothing or with something else open: members report whenever they like."""
    reports = [
        case
        for case in lines
        if case["context"]["asked"] == "daily_checkin"
        and case["expect"]["command"] is None
        and (case["expect"]["wins"] or case["expect"]["mood"] not in (None, "same"))
    ]
    for asked, every in (("none", 4), *((asked, 60) for asked in OPEN)):
        for case in reports[::every]:
            yield {**case, "context": {**case["context"], "asked": asked}}


def _alone(case: dict[str, Any]) -> dict[str, Any]:
    """A line of `safety.jsonl`, which has no more than a text and its safety, as a case."""
    context = {"asked": "none"}
    return {**case, "now": "2026-03-03T19:42:00-05:00", "context": context, "expect": {"safety": case["safety"]}}


def _written(text: str, phrase: str) -> str:
    """A label's phrase as it stands in the text."""
    plain = normalise(phrase)
    at = text.lower().find(plain.lower())
    return text[at : at + len(plain)] if at >= 0 else plain


def train_messages(lines: list[Line], folder: Path = WEIGHTS) -> None:
    """One regularised logistic regression a label, one against the rest."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(_of_message(line), 1.0) for line in lines])
    names = vectorizer.get_feature_names_out()
    features_but_bias = np.nonzero(names != "bias")[0]  # each model has a bias of its own
    weights: dict[str, list[tuple[str, float]]] = {}
    for key, strength in MESSAGES_C.items():
        labels = [line.labels().get(key, "") for line in lines]
        told = np.array([bool(label) for label in labels])
        for label in sorted({*labels} - {""}):
            fitted = np.array([each == label for each in labels])[told]
            if label == "crisis":
                columns, held, bias = _crisis(matrix[told], names, fitted)
            else:
                columns, held, bias = _fit(matrix[told], fitted, features_but_bias, strength, 1.0, LEAST)
            for at, weight in zip(columns, held, strict=True):
                weights.setdefault(str(names[at]), []).append((f"{key}.{label}", float(weight)))
            weights.setdefault("bias", []).append((f"{key}.{label}", bias))
    _write("messages", weights, folder)


def _crisis(matrix: Any, names: Any, fitted: Any) -> tuple[Any, Any, float]:
    lines = np.bincount(matrix.indices, minlength=len(names))
    ruled = np.array([str(name).startswith("R ") for name in names])
    columns = np.nonzero((lines >= CRISIS_LINES) & ~ruled & (names != "bias"))[0]
    return _fit(matrix, fitted, columns, CRISIS_C, 0.0, CRISIS_LEAST)


def _fit(matrix: Any, fitted: Any, columns: Any, strength: float, l1: float, least: float) -> tuple[Any, Any, float]:
    """The columns that carry weight, their weights, and the bias."""
    matrix = matrix[:, columns]
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=strength, l1_ratio=l1, solver="liblinear", max_iter=300, random_state=0)
    model.fit(matrix, fitted)
    kept = np.nonzero(np.abs(model.coef_[0]) >= least)[0]
    return columns[kept], model.coef_[0][kept], float(model.intercept_[0])


def _of_message(line: Line) -> Iterator[str]:
    told = features.message_features(line.found, line.asked) | features.verdict_features(line.asked, line.verdicts)
    return (features.named(kind, value) for kind, values in told.items() for value in values)


def _of_words(line: Line) -> Iterator[list[str]]:
    columns = features.word_features(line.found, line.asked, line.ruled)
    kinds = [kind for kind, _ in columns]
    for values in zip(*(column for _, column in columns), strict=False):
        yield [features.named(kind, value) for kind, value in zip(kinds, values, strict=True) if value is not None]


def train_words(lines: list[Line], folder: Path = WEIGHTS) -> None:
    """A linear-chain conditional random field over tags."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for line in lines:
        if line.found and "wins" in line.expect and line.expect["safety"] != "crisis":
            trainer.append(list(_of_words(line)), line.tags())
    trainer.select("lbfgs")
    trainer.set_params({"c1": WORDS_C1, "c2": WORDS_C2, "max_iterations": 100, "feature.possible_transitions": True})
    file = folder / "words.crfsuite"
    trainer.train(str(file))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    weights: dict[str, list[tuple[str, float]]] = {}
    for kind, feature, tag, weight in _dumped(tagger, file):
        if abs(weight) >= LEAST or kind == "transition":
            weights.setdefault(f"after {feature}" if kind == "transition" else feature, []).append((tag, weight))
    file.unlink()
    _write("words", weights, folder)


def _dumped(tagger: Any, file: Path) -> list[tuple[str, str, str, float]]:
    """What the model holds: (kind, feature or tag before, tag, weight)."""
    dump = file.with_suffix(".txt")
    tagger.dump(str(dump))
    found, section = [], ""
    for line in dump.read_text(encoding="utf-8").split("\n"):
        if line.endswith("= {"):
            section = line.partition(" ")[0]
        elif section in ("TRANSITIONS", "STATE_FEATURES") and "-->" in line:
            left, _, right = line.rpartition(" --> ")
            tag, _, weight = right.rpartition(": ")
            feature = left.split(") ", 1)[1]
            found.append(("transition" if section == "TRANSITIONS" else "state", feature, tag, float(weight)))
    dump.unlink()
    return found


def _write(name: str, weights: dict[str, list[tuple[str, float]]], folder: Path) -> None:
    kinds: dict[str, list[str]] = {}
    for feature, held in sorted(weights.items()):
        name_of_kind, _, value = feature.partition(" ")
        if "\n" not in feature:
            written = " ".join(f"{label} {weight:.2f}" for label, weight in sorted(held))
            kinds.setdefault(name_of_kind, []).append(f"{value}\t{written}")
    text = "\n\n".join("\n".join([kind, *lines]) for kind, lines in sorted(kinds.items()))
    (folder / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    print(f"{name}: {len(weights)} features")


def training_lines(without: tuple[str, ...] = ()) -> list[Line]:
    """All lines to learn from but those whose ids begin so."""
    told = {half: _told(half, without) for half in ("work", "learned")}
    told["mended"] = _told("mended", (*without, DENSE))
    lines = [Line(case, ruled=half != "work") for half in told for case in told[half]]
    lines += [Line(case, ruled=True) for case in _elsewhere(told["learned"])]
    return lines + [Line(_alone(case), ruled=False) for case in cases("safety")]


def lines_for_words(lines: list[Line], without: tuple[str, ...] = ()) -> list[Line]:
    """Those of the lines from which the tags of words are learned, and more for these alone: short ones, in which moods
    and commands are rarer than in life (learned from them, too, these cost half a point each), and recombined ones."""
    short, left_out = list(cases("short")), (*without, *OF_TEXTS)
    further = (*short, *recombined(_told("learned", left_out) + short, RECOMBINED))
    return [line for line in lines if not line.id.startswith(OF_TEXTS)] + [Line(case, ruled=True) for case in further]


def lines_for_network(lines: list[Line], without: tuple[str, ...] = ()) -> list[Line]:
    """Those from which the network learns: it gains from all lines, and from those that only words are learned from."""
    further = lines_for_words([], without)
    return [line for line in (*lines, *further) if "wins" in line.expect and line.expect["safety"] != "crisis"]


def _told(half: str, without: tuple[str, ...]) -> list[dict[str, Any]]:
    return [case for case in cases(half) if not case["id"].startswith(without)]


def main() -> None:
    """Read the corpus, train, and write the weights beside the code that reads them."""
    lines = training_lines()
    train_messages(lines)
    train_words(lines_for_words(lines))
    network.train(lines_for_network(lines), WEIGHTS)


if __name__ == "__main__":
    main()
