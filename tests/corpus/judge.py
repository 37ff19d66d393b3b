"""Judges what was understood of the labelled texts beside it. `make corpus` prints the table.

A case is {"id", "now", "context", "text", "expect"}. Rules are made on `work.jsonl` and `mended.jsonl`; weights are
learned from these, but for what is denser than life in the second, and from `learned.jsonl`, and from `short.jsonl`
those of the phrases of wins, engaged and drained. `held.jsonl`, `fresh.jsonl` and `aimed.jsonl` (by writers told to
aim at what is hard) are looked at for their scores alone; see DECISIONS.md for what was chosen by these.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cli.parse import parsed

KEYS = ("mood", "engaged", "drained", "wins", "progress", "command", "safety")
_PHRASES = ("engaged", "drained", "wins")
_BANDS = {"low": (1, 4.5), "mid": (5, 6.5), "high": (7, 10)}
_SAME = 0.6  # two phrases say the same from this F1 of the words that carry meaning
_CARRY_NOTHING = frozenset(
    "a an the i im ive we my our your his her their me it its this that these those to of for in on at by from with w"
    " into about and or but is was are were be been so too very really just also then".split()
)


def cases(half: str) -> list[dict[str, Any]]:
    """The labelled texts of a half: "work", "held" and so on."""
    lines = Path(__file__).with_name(f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def judge(expected: dict[str, Any], got: dict[str, Any]) -> dict[str, bool]:
    """Whether each key is right. Of a crisis, only its recognition counts, and whether it is a stop too."""
    if expected["safety"] == "crisis":
        stops = [bool(each["command"] and each["command"]["name"] == "stop") for each in (expected, got)]
        return {"command": stops[0] == stops[1], "safety": got["safety"] == "crisis"}
    return {
        "mood": _same_mood(expected["mood"], got["mood"]),
        **{key: _same_phrases(expected[key], got[key]) for key in _PHRASES},
        "progress": sorted(map(str, expected["progress"])) == sorted(map(str, got["progress"])),
        "command": _same_command(expected["command"], got["command"]),
        "safety": expected["safety"] == got["safety"],
    }


def _same_mood(expected: Any, got: Any) -> bool:
    if isinstance(expected, list):
        return any(_same_mood(each, got) for each in expected)
    if isinstance(got, int | float) and expected in _BANDS:
        return _BANDS[expected][0] <= got <= _BANDS[expected][1]
    return bool(expected == got)


def _same_phrases(expected: Iterable[str], got: Iterable[str]) -> bool:
    left, unmatched = list(got), list(expected)
    if len(left) != len(unmatched):
        return False
    for phrase in unmatched:
        best = max(left, key=lambda other: _overlap(phrase, other))
        if _overlap(phrase, best) < _SAME:
            return False
        left.remove(best)
    return True


def _overlap(one: str, other: str) -> float:
    x, y = _content(one), _content(other)
    return 2 * (x & y).total() / max(1, x.total() + y.total())


def _content(phrase: str) -> Counter[str]:
    words = re.findall(r"\w+", re.sub(r"['’`]", "", phrase.lower()))
    return Counter([word for word in words if word not in _CARRY_NOTHING] or words)


def _same_command(expected: Any, got: Any) -> bool:
    if not expected or not got:
        return not expected and not got
    e, g = expected["args"], got["args"]
    if expected["name"] != got["name"]:
        return False
    if expected["name"] == "new_goal":
        units = [re.sub(r"(ies|es|s|y)$", "", str(each["unit"] or "").lower()) for each in (e, g)]
        exact = (e["target"], e["due"]) == (g["target"], g["due"]) and units[0] == units[1]
        return exact and _overlap(e["text"], g["text"]) >= _SAME
    if expected["name"] in ("values", "dealbreakers"):
        return _same_phrases(e["items"], g["items"])
    return json.dumps(e, sort_keys=True) == json.dumps(json.loads(json.dumps(g)), sort_keys=True) or (
        {k: sorted(v) if isinstance(v, list) else v for k, v in e.items()}
        == {k: sorted(v) if isinstance(v, list | tuple) else v for k, v in g.items()}
    )


def score(half: str, writer: str = "") -> tuple[dict[str, float], list[str]]:
    """The percentages right, by key, "whole" and of crises, and every miss in words; of ids that begin so alone."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    misses = []
    for case in cases(half):
        if not case["id"].startswith(writer):
            continue
        got = parsed(case)["reply"]
        verdict = judge(case["expect"], got)
        crisis = case["expect"]["safety"] == "crisis"
        verdict |= {"whole": all(verdict.values())}
        of.update(verdict.keys())
        right.update(key for key, ok in verdict.items() if ok)
        of["crisis recall" if crisis else "no false alarm"] += 1
        right["crisis recall" if crisis else "no false alarm"] += (got["safety"] == "crisis") == crisis
        misses += [
            f"{case['id']} {key}: {case['text']!r}\n    expected {case['expect'][key]!r}\n    got      {got[key]!r}"
            for key in KEYS
            if not verdict.get(key, True)
        ]
    keys = (*KEYS, "whole", "crisis recall", "no false alarm")
    return {key: 100 * right[key] / max(1, of[key]) for key in keys}, misses


def main() -> None:
    """Print the table, half by half; with "--misses", every miss of the working half."""
    halves = ("work", "mended", "learned", "held", "fresh", "aimed")
    tables = {half: score(half) for half in halves}
    print(f"{'key':<16}" + "".join(f"{half:>11}" for half in halves) + "   percent right")
    for key in tables["work"][0]:
        print(f"{key:<16}" + "".join(f"{tables[half][0][key]:>11.1f}" for half in halves))
    if "--misses" in sys.argv:
        print("\n".join(tables["work"][1]))


if __name__ == "__main__":
    main()
