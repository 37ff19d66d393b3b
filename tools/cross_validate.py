"""Judges how lines by writers are understood that nothing was learned from: `python -m tools.cross_validate t1 t2`.

For each argument, weights are trained without the lines of `learned.jsonl` whose ids begin so (each writer's begin
alike), and these are judged with them. Constants are chosen by this.
"""

import sys
import tempfile
from pathlib import Path

from shared.domain.understanding.learned import models, network
from tests.corpus.judge import score
from tools import train_network
from tools.train import lines_for_network, lines_for_words, train_messages, train_words, training_lines


def main() -> None:
    """Print the scores of each writer left out, and with "--misses" every miss."""
    for writer in (argument for argument in sys.argv[1:] if argument != "--misses"):
        with tempfile.TemporaryDirectory() as folder:
            lines = training_lines(without=(writer,))
            train_messages(lines, Path(folder))
            train_words(lines_for_words(lines, without=(writer,)), Path(folder))
            train_network.train(lines_for_network(lines, without=(writer,)), Path(folder))
            models.FOLDER, network.FILE = folder, str(Path(folder) / Path(network.FILE).name)
            for kept in (models._of_messages, models._tagger, network._network):
                kept.cache_clear()
            table, misses = score("learned", writer)
        print(writer, " ".join(f"{key} {percent:.1f}" for key, percent in table.items()))
        if "--misses" in sys.argv:
            print("\n".join(misses))


if __name__ == "__main__":
    main()
