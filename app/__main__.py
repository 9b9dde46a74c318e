"""The program's first line: a command, the window, or the self-test of a built program.

Whatever goes wrong, the person at the keyboard reads one sentence and never a traceback.
"""

from __future__ import annotations

import gc
import io
import json
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app import bootstrap, language, last_word, paths
from app.settings import Settings
from app.words import told

_REFUSED, _WRONG, _INTERRUPTED = 1, 2, 130
_PAINTED = "--until-painted"
"""For measuring the start: the window closes as soon as it has been painted."""
_log = logging.getLogger("phoihop")


def main(argv: Sequence[str]) -> int:
    """Do what *argv* says; returns the exit code."""
    kept = speak_utf8()
    try:
        bootstrap.start_logging()
        language.begin(argv)
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
        sentence = _bug_sentence(error)
        _tell(sentence, wants_json="--json" in argv)
        if _means_window(argv):
            show(sentence)
        return _REFUSED
    if code == _WRONG and kept is not None:
        show(kept.getvalue().partition("\n\n")[0])
    return code


def speak_utf8() -> io.StringIO | None:
    """A Windows console may be on a code page without Vietnamese letters; a window has none.

    Returns what takes the place of a stderr that is not there.
    """
    kept = io.StringIO() if sys.stderr is None else None
    sys.stderr = kept or sys.stderr
    sys.stdout = sys.stdout or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return kept


def show(sentence: str) -> None:
    """Say *sentence* in a box, for whoever started a window and sees no terminal."""
    if not last_word.is_seen():
        return
    try:
        from app.ui import failure

        failure.tell(sentence, paths.log_file(), sys.argv[:1], Settings(paths.settings_file()))
    except Exception:  # Qt may be what fails
        _log.exception("no dialog could be shown")
        last_word.show_plainly(last_word.with_log(sentence, paths.log_file()))


def _means_window(argv: Sequence[str]) -> bool:
    """Whether a window was asked for; the part of the program that tells may be missing too."""
    try:
        from app.cli import opening

        return opening.wants_window(list(argv)) is not None
    except Exception:
        _log.exception("the command line could not be read")
        return not argv


def _run(argv: list[str]) -> int:
    if argv[:1] == ["--self-test"]:
        from app.self_test import self_test

        if len(argv) != 2:
            sys.stderr.write(told("Cách dùng: --self-test TỆP_BÁO_CÁO") + "\n")
            return _WRONG
        return self_test(Path(argv[1]))
    gc.disable()  # nothing is thrown away while a program is loaded
    from app.cli import opening

    today = date.today()  # noqa: DTZ011 - offices work by their own wall clock
    measured = _PAINTED in argv
    window = opening.wants_window([word for word in argv if word != _PAINTED])
    if window is not None:
        shown = bootstrap.show_and_close if measured else bootstrap.run_window
        try:
            return opening.window(window, today=today, show=shown, tell=show)
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
    if isinstance(error, ImportError):
        return told(
            "Phối Hợp thiếu một thành phần nên không chạy được ({name}). Cài lại Phối "
            "Hợp bằng bộ cài đặt rồi mở lại; dữ liệu không bị ảnh hưởng. Chi tiết ở "
            "{log_file}.",
            name=error.name or error,
            log_file=paths.log_file(),
        )
    return told(
        "Chương trình gặp lỗi ngoài dự kiến ({name}); việc đang làm chưa được lưu. Chi "
        "tiết ở {log_file}.",
        name=type(error).__name__,
        log_file=paths.log_file(),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
