"""A reading that may take all memory, or end the process, in a child that is bounded in both.

What a page of a PDF draws can be told only by drawing it, and a few lines can tell the library to draw a billion things.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from .errors import DocumentError

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

# A yearbook of a thousand pages takes some hundred megabytes and a few minutes; no page takes more than a few seconds.
MAX_MEMORY = 1_000_000_000
MAX_SECONDS = 15
MAX_SECONDS_IN_ALL = 600
Result = TypeVar("Result")


def confined(reading: Callable[[], Result], path: object) -> Result:
    """What `reading()` returns or raises; DocumentError where it needs more memory or time than a document does, or ends its process.

    Where processes cannot be forked it is called as it is.
    """
    if resource is None or not hasattr(os, "fork"):
        return reading()
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _answer(reading, sending)
    os.close(sending)
    try:
        with open(receiving, "rb") as pipe:
            answer = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGXCPU:
        raise DocumentError(path, f"a page takes more than {MAX_SECONDS} seconds to read, or all {MAX_SECONDS_IN_ALL}", "print it to a new PDF")
    if status or not answer:
        raise DocumentError(path, "it needs more memory than a document does, or crashes its reader", "print it to a new PDF")
    result, error = pickle.loads(answer)  # from ourselves
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def give_time() -> None:
    """Let a confined reading go on for a page more; elsewhere nothing."""
    if resource is not None and _confined:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, min(int(used.ru_utime + used.ru_stime) + MAX_SECONDS, MAX_SECONDS_IN_ALL))


_confined = False


def _answer(reading: Callable[[], Any], sending: int) -> NoReturn:
    """In the child: read, say what came out, and end without what a program does at its end."""
    global _confined
    _confined = True
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
        faulthandler.disable()  # how it ended is said by the parent
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_AS, _held() + MAX_MEMORY)
        give_time()
        try:
            answer = pickle.dumps((reading(), None))
        except Exception as error:
            answer = pickle.dumps((None, error))
        with open(sending, "wb") as pipe:
            pipe.write(answer)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _held() -> int:
    """The memory that this process has taken already, which a child takes over; a guess where nobody says."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 2 * MAX_MEMORY


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, hard))
