"""YAML as this project reads it, its own files and those of a user: plain values only, no key twice, bounded, and every fault with its line.

PyYAML takes the last of two equal keys in silence, dies of deep nesting, lets the ValueError of 2018-02-30 or of a 5,000-digit number through, and
writes out what a mark (`*a`, and `<<: *a` most of all) repeats, so that a line of it fills memory.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from .errors import TongbiError
from .keeping import kept

__all__ = ["YamlError", "load_own", "load_yaml", "parse_yaml"]

MAX_BYTES = 2_000_000
MAX_DEPTH = 60
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|-?\.[0-9]+")
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(TongbiError):
    """A YAML file that cannot be used: `problem` names key and line, `remedy` says what to do."""

    def __init__(self, path: object, problem: str, remedy: str = "") -> None:
        self.path, self.problem, self.remedy = str(path), problem, remedy
        super().__init__(": ".join(part for part in (self.path, problem, remedy) if part))


class _Fault(yaml.YAMLError):
    """What is wrong, with a remedy; `place` is the node it is wrong in."""

    def __init__(self, problem: str, remedy: str, node: yaml.Node) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.line = problem, remedy, node.start_mark.line + 1


class _Loader(_BASE):  # type: ignore[misc]
    """A safe loader that takes no key twice and names the key whose value it cannot make."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        self.flatten_mapping(node)
        made: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise _Fault("a key is no plain word", "write one 'key: value' a line", key_node)
            if key in made:
                raise _Fault(f"key {key!r} stands twice", "keep one of them", key_node)
            made[key] = self._value(key, value_node, deep)
        return made

    def _value(self, key: Hashable, node: yaml.Node, deep: bool) -> Any:
        try:
            return self.construct_object(node, deep=deep)
        except yaml.constructor.ConstructorError as error:
            raise _Fault(f"key {key!r} has a tag YAML files of this project may not have ({error.problem})", "write a plain value", node) from error
        except (ValueError, AttributeError, TypeError, OverflowError, KeyError, IndexError) as error:
            raise _Fault(f"key {key!r} has a value that is no date or number, though it looks like one", "put it in quotation marks", node) from error


def _number(loader: Any, node: yaml.ScalarNode) -> int | Decimal | str:
    """A number as people write it, all of its digits kept; what only YAML 1.1 takes for one (010 for eight, 1:30 for ninety, 1_0) is words."""
    if not PLAIN.fullmatch(node.value):
        return node.value
    return Decimal(node.value) if "." in node.value else int(node.value)


_Loader.add_constructor("tag:yaml.org,2002:int", _number)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)
_Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True))


def load_own(path: Traversable) -> Any:
    """The value of one of the package's own lists, which its tests look through for faults: it is read once and kept."""
    text = path.read_text("utf-8")
    return kept(__file__, f"yaml {yaml.__version__}", text, lambda: yaml.load(text, _BASE))


def load_yaml(path: Path) -> Any:
    """The value of a YAML file. Raises YamlError for whatever is wrong with it, in reading or in the YAML."""
    if path.exists() and not path.is_file():
        raise YamlError(path, "it is no regular file", "put the file itself there")
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise YamlError(path, f"it cannot be read ({error.strerror or error})", "check its name and permissions") from error
    return parse_yaml(data, path)


def parse_yaml(data: bytes | str, path: object) -> Any:
    """The value of YAML in memory; `path` is what its faults are named by.

    >>> parse_yaml("a: 1\\nb: [x, y]", "note.yml")
    {'a': 1, 'b': ['x', 'y']}
    >>> try:
    ...     parse_yaml("a: 1\\na: 2", "note.yml")
    ... except YamlError as error:
    ...     print(error)
    note.yml: key 'a' stands twice (line 2): keep one of them
    """
    if len(data) > MAX_BYTES:
        raise YamlError(path, f"it is larger than {MAX_BYTES // 1_000_000} MB", "shorten its notes")
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        _bound(text, path)
        return yaml.load(text, Loader=_Loader)  # a subclass of the safe loader
    except YamlError:
        raise
    except UnicodeError as error:
        raise YamlError(path, "it is not UTF-8", "save it again as UTF-8") from error
    except _Fault as fault:
        raise YamlError(path, f"{fault.problem} (line {fault.line})", fault.remedy) from fault
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlError(path, "it is not YAML" + (f" at line {mark.line + 1}" if mark else ""), "check indentation and quotes") from error
    except (ValueError, AttributeError, TypeError, OverflowError, RecursionError, KeyError, IndexError) as error:
        raise YamlError(path, "it has a value that cannot be read as YAML", "put its values in quotation marks") from error


def _bound(text: str, path: object) -> None:
    """Refuse what nests too deep or repeats itself before anything is built of it: the builders call themselves for every level."""
    depth = 0
    for event in yaml.parse(text, Loader=_BASE):
        if isinstance(event, yaml.events.AliasEvent):
            raise YamlError(path, f"it repeats a part by its mark *{event.anchor} (line {event.start_mark.line + 1})", "write that part out")
        if isinstance(event, yaml.events.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise YamlError(
                    path, f"it nests more than {MAX_DEPTH} levels deep (line {event.start_mark.line + 1})", "write one 'key: value' a line"
                )
        elif isinstance(event, yaml.events.CollectionEndEvent):
            depth -= 1
