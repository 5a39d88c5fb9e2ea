"""The group of commands: their order, the workspace they work in, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from typing import Any, TextIO

import click

from ..errors import TongbiError
from ..workspace import VARIABLE
from ..writing.acting import named
from .streams import Harmless

# In the order of the work: a workspace, what is in it, what comes of it, and looking closer.
ORDER = ("init", "add", "data", "publish", "extract", "audit", "review", "find", "why", "revisions", "diff")
DOCUMENT_LEFT_OUT, REFUSED, CONTRADICTION_FOUND = 1, 2, 3


class Commands(click.Group):
    """The group of commands: turns errors a person can mend into one line and exit code 2, and prints nothing that acts on a terminal."""

    def main(self, *arguments: Any, **more: Any) -> Any:
        """Run a command with streams that are there and harmless, messages about wrong options among what they carry."""
        if sys.stdout is None:
            if sys.stderr is not None:
                sys.stderr.write("Error: standard output is closed\n")
            sys.exit(REFUSED)
        out, err = sys.stdout, sys.stderr
        for stream in filter(None, (out, err)):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            sys.stdout, sys.stderr = Harmless(out), Harmless(err) if err is not None else None  # type: ignore[assignment]
            try:
                return super().main(*arguments, **more)
            finally:
                # Here a full disk is still an error to report; at the end of the program it would be lost.
                out.flush()
        except BrokenPipeError:
            # Whoever was reading has seen enough.
            _discard(out)
            sys.exit(1)
        except OSError as error:
            # What is printed before a command runs, its help, can fail as well.
            _discard(out)
            if err is not None:
                err.write(f"Error: {_failed(error)}\n")
            sys.exit(REFUSED)
        finally:
            sys.stdout, sys.stderr = out, err

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what goes wrong and can be mended is one line."""
        before = os.environ.get(VARIABLE)
        warnings.showwarning = _told
        try:
            return super().invoke(ctx)
        except TongbiError as error:
            raise _Refused(str(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            if error.filename is None and _is_nowhere():
                raise _Refused("the folder in which this was started is gone: change into another one") from error
            _discard(sys.stdout)
            raise _Refused(_failed(error)) from error
        finally:
            # A program that runs commands one after another is in the workspace it was in.
            os.environ.pop(VARIABLE, None)
            os.environ.update({} if before is None else {VARIABLE: before})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work; one without a place in it comes last."""
        return sorted(self.commands, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List each command with the whole first sentence of its help."""
        rows = [(name, self.commands[name].get_short_help_str(limit=300)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _discard(stream: TextIO) -> None:
    """Drop what a stream still holds and cannot write, lest the interpreter try once more at its end."""
    try:
        stream.flush()
    except OSError:
        with contextlib.suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _failed(error: OSError) -> str:
    return f"{named(error.filename or 'the output')}: {error.strerror or error}"


def _is_nowhere() -> bool:
    """Whether the working folder has been deleted."""
    try:
        os.getcwd()
    except OSError:
        return True
    return False


class _Refused(click.ClickException):
    exit_code = REFUSED


def _told(message: Warning | str, category: type[Warning], *place: Any) -> None:
    """A warning as a line for a person; those of libraries to their makers are no business of theirs."""
    if issubclass(category, UserWarning) and category.__module__.partition(".")[0] == __name__.partition(".")[0]:
        click.echo(f"warning: {message}", err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--workspace", metavar="FOLDER", envvar=VARIABLE, help="The workspace to work in.  [default: the one around this folder]")
@click.version_option(package_name="tongbi")
def main(workspace: str | None) -> None:
    """Read, check and publish the year-on-year statistics of Chinese rule-of-law bulletins."""
    if workspace is not None:
        from .. import workspace as workspaces

        workspaces.choose(workspace)
