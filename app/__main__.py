"""The program's first line: a command, the window, or the self-test of a built program.

Whatever goes wrong, the person at the keyboard reads one sentence and never a traceback.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app import bootstrap

_REFUSED, _WRONG, _INTERRUPTED = 1, 2, 130
_PAINTED = "--until-painted"
"""For measuring the start: the window closes as soon as it has been painted."""
_log = logging.getLogger("phoihop")


def main(argv: Sequence[str]) -> int:
    """Do what *argv* says; returns the exit code."""
    speak_utf8()
    bootstrap.start_logging()
    try:
        code = _run(list(argv))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough, like `| head`; the interpreter must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # the last line of defence: a bug becomes a sentence
        _log.exception("unexpected error")
        _tell(_bug_sentence(error), wants_json="--json" in argv)
        return _REFUSED
    return code


def speak_utf8() -> None:
    """A Windows console may be on a code page without Vietnamese letters; a window has none."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _run(argv: list[str]) -> int:
    if argv[:1] == ["--self-test"]:
        from app.self_test import self_test

        if len(argv) != 2:
            sys.stderr.write("Cách dùng: --self-test TỆP_BÁO_CÁO\n")
            return _WRONG
        return self_test(Path(argv[1]))
    gc.disable()  # nothing is thrown away while a program is loaded
    from app.cli import opening

    today = date.today()  # noqa: DTZ011 - offices work by their own wall clock
    measured = _PAINTED in argv
    window = opening.wants_window([word for word in argv if word != _PAINTED])
    if window is not None:
        show = bootstrap.show_and_close if measured else bootstrap.run_window
        try:
            return opening.window(window, today=today, show=show)
        finally:
            gc.enable()
    from app.cli import line  # every command, with all that they need

    bootstrap.loaded()

    return line.main(
        argv,
        default_folder=bootstrap.default_folder(),
        today=today,
        open_store=bootstrap.open_store,
        creating=bootstrap.creating,
    )


def _tell(sentence: str, *, wants_json: bool) -> None:
    if wants_json:
        error = {"error": {"code": "bug", "message": sentence}}
        sys.stdout.write(f"{json.dumps(error, ensure_ascii=False, indent=2)}\n")
    sys.stderr.write(f"{sentence}\n")


def _bug_sentence(error: Exception) -> str:
    return (
        f"Chương trình gặp lỗi ngoài dự kiến ({type(error).__name__}); việc đang làm chưa được "
        f"lưu. Chi tiết ở {bootstrap.log_file()}."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
