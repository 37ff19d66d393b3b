"""Runs MiniStack, in its own environment: `python launcher.py PYTHON SECONDS`. Started by `ministack`.

What MiniStack does not do by itself: run handlers under another interpreter than its own (PYTHON, so that
they have Lambda's packages and not MiniStack's), save its state while it runs (each SECONDS, so that a kill
loses no more), and end when whoever started it is gone.
"""

import os
import signal
import sys
import threading
import time

from ministack import app
from ministack.core.persistence import save_all


def _save_now() -> None:
    save_all(app._build_persistence_save_dict())


def _watch(parent: int, every: float) -> None:
    saved = time.monotonic()
    while True:
        time.sleep(1)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
        if time.monotonic() - saved >= every and app._MAIN_LOOP is not None:
            # On the loop that serves requests, so that nothing changes while it is written.
            app._MAIN_LOOP.call_soon_threadsafe(_save_now)
            saved = time.monotonic()


def main() -> None:
    interpreter, every = sys.argv[1], float(sys.argv[2])
    sys.argv[1:] = []
    sys.executable = interpreter
    threading.Thread(target=_watch, args=(os.getppid(), every), daemon=True).start()
    app.main()


if __name__ == "__main__":
    main()
