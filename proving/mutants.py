"""Mutants of the audit's arithmetic and checks: one small fault put into one line at a time, and whether the cases of the tests see it.

    python -m proving.mutants --most 200 --seed 1 --of checks

A mutant is killed when any finding on the cases (`tests/cases/audit.yml`) is another than that of the code as it stands. One that the cases let
pass is held against many made-up claims, true and falsified, and against our own data: where it changes a verdict there, the cases lack one. The
others change a sentence, a number nobody is shown, or nothing (`<` for `<=` where both come to the same).
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import multiprocessing
import random
import resource
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

import pandas as pd

from analysis import catalogue, dataset
from analysis.audit import CheckFailed, findings

from . import claims
from .audit_cases import breaks_of, cases, made_catalogue, observe
from .bulletins import Story, stories

CHECKS = ("bases", "changes", "earlier", "integers", "parts", "prints", "rates", "runs", "spans")
MODULES = (
    *(f"analysis.audit.checks.{name}" for name in CHECKS),
    *(f"analysis.series.{name}" for name in ("intervals", "derive", "implied")),
    "analysis.audit.verdicts",
)
# Seconds of a core that a mutant may take; one that takes longer is seen by anybody.
PATIENCE = 60
CLAIMS = 600
PAIRS = ((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.Is, ast.IsNot), (ast.In, ast.NotIn))
COMPARED = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
COMPUTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult}
NAMED = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor", "low": "high", "high": "low"}


@dataclass(frozen=True)
class Mutant:
    """One fault: the module, the line, what stood there and what stands there now."""

    module: str
    line: int
    was: str
    now: str
    tree: ast.Module


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    source = importlib.import_module(module).__file__ or ""
    with open(source, encoding="utf-8") as file:
        whole = ast.parse(file.read())
    places = [node for part in whole.body if isinstance(part, ast.FunctionDef | ast.ClassDef) for node in ast.walk(part)]
    for node in places:
        for changed in _changed(node):
            kept = copy.copy(node.__dict__)
            was = ast.unparse(node)
            node.__dict__.update(changed)
            yield Mutant(module, getattr(node, "lineno", 0), was, ast.unparse(node), copy.deepcopy(whole))
            node.__dict__.clear()
            node.__dict__.update(kept)


def _changed(node: ast.AST) -> Iterator[dict[str, Any]]:
    """What to write into a node for each of its mutants."""
    match node:
        case ast.Compare(ops=ops):
            for at, sign in enumerate(ops):
                if type(sign) in COMPARED:
                    yield {"ops": [*ops[:at], COMPARED[type(sign)](), *ops[at + 1 :]]}
        case ast.BoolOp(op=op):
            yield {"op": ast.Or() if isinstance(op, ast.And) else ast.And()}
        case ast.BinOp(op=op) if type(op) in COMPUTED:
            yield {"op": COMPUTED[type(op)]()}
        case ast.If(test=test) | ast.IfExp(test=test):
            yield {"test": ast.UnaryOp(ast.Not(), test)}
        case ast.Constant(value=value) if type(value) is int:
            yield {"value": value + 1}
        case ast.Constant(value=value) if type(value) is bool:
            yield {"value": not value}
        case ast.Name(id=name) if name in NAMED:
            yield {"id": NAMED[name]}
        case ast.Attribute(attr=name) if name in NAMED:
            yield {"attr": NAMED[name]}


def plant(mutant: Mutant) -> None:
    """Put a mutant into the modules as they are loaded: every function of its module gets the code of the mutant's."""
    module = sys.modules[mutant.module]
    made = ModuleType(mutant.module)
    made.__dict__.update({key: value for key, value in vars(module).items() if key.startswith("__")})
    tree = copy.deepcopy(mutant.tree)
    for part in ast.walk(tree):  # a check is registered once
        if isinstance(part, ast.FunctionDef):
            part.decorator_list = [d for d in part.decorator_list if not (isinstance(d, ast.Call) and getattr(d.func, "id", "") == "check")]
    exec(compile(ast.fix_missing_locations(tree), mutant.module, "exec"), made.__dict__)
    _take_over(vars(module), vars(made))


def _take_over(old: Any, new: Any) -> None:
    for name, theirs in list(new.items()):
        ours = old.get(name)
        ours, theirs = (getattr(one, "__wrapped__", one) for one in (ours, theirs))
        ours, theirs = (one.fget if isinstance(one, property) else getattr(one, "__func__", one) for one in (ours, theirs))
        if isinstance(ours, FunctionType) and isinstance(theirs, FunctionType):
            if ours.__code__.co_freevars == theirs.__code__.co_freevars:
                ours.__code__, ours.__defaults__, ours.__kwdefaults__ = theirs.__code__, theirs.__defaults__, theirs.__kwdefaults__
        elif isinstance(ours, type) and isinstance(theirs, type) and ours.__module__ == theirs.__module__:
            _take_over(vars(ours), vars(theirs))


# --- what is held against it


@cache
def observed_cases() -> list[tuple[str, pd.DataFrame, Any, Any]]:
    """Of every case its check, observations, catalogue and breaks."""
    return [
        (case["check"], observe(case["texts"], case.get("names")), made_catalogue(case.get("catalogue", {})), breaks_of(case)) for case in cases()
    ]


@cache
def observed_claims() -> list[tuple[pd.DataFrame, Any]]:
    """Many made-up claims, as they are and falsified, and our own data."""
    draw = random.Random(11)
    tables: list[tuple[pd.DataFrame, Any]] = []
    for seed in (101, 102):
        batch = list(stories(CLAIMS, seed))
        tables.append((claims.observe(batch, [Decimal(0)] * CLAIMS), None))
        tables.append((claims.observe(batch, [_falsified(story, draw) for story in batch]), None))
    return [*tables, (dataset.load().observations, catalogue.load())]


def _falsified(story: Story, draw: random.Random) -> Decimal:
    """An error for a story's number that keeps its form, nought where it has none."""
    if story.stated is None:
        return Decimal(0)
    error = story.stated.step * draw.randint(1, 40)
    return error if story.sensible(error) and story.stated.same_form(story.stated.value + error) else Decimal(0)


def figures(table: pd.DataFrame, *about: Any) -> list[tuple[Any, ...]]:
    """Of every finding what the tests hold it to."""
    found = findings(table, *about)
    return [(f.check, f.verdict, f.cause, f.stated, f.implied, f.smallest_visible_error, [s.claim.id for s in f.subjects]) for f in found]


def verdicts(table: pd.DataFrame, about: Any) -> Counter[tuple[str, str, str]]:
    """How often each check says what of which claim."""
    return Counter((f.check, str(f.verdict), f.claim.id) for f in findings(table, about))


@cache
def expected_figures() -> list[list[tuple[Any, ...]]]:
    """The figures of every case by the code as it stands."""
    return [figures(*about) for _, *about in observed_cases()]


@cache
def expected_verdicts() -> list[Counter[tuple[str, str, str]]]:
    """The verdicts on the made-up claims and our data by the code as it stands."""
    return [verdicts(*each) for each in observed_claims()]


def judge(mutant: Mutant) -> str:
    """"killed" by a case, "a verdict changed" that no case sees, or "no verdict changed"."""
    plant(mutant)
    warnings.simplefilter("error", CheckFailed)
    try:
        for (_, *about), expected in zip(observed_cases(), expected_figures(), strict=True):
            if figures(*about) != expected:
                return "killed"
        changed = any(verdicts(*each) != expected for each, expected in zip(observed_claims(), expected_verdicts(), strict=True))
    except Exception:
        return "killed"
    return "a verdict changed" if changed else "no verdict changed"


def _judge_apart(mutant: Mutant, said: Any) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    said.send(judge(mutant))


def outcome(mutant: Mutant) -> str:
    """Judge a mutant in a process of its own, which it may hang or spoil."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_judge_apart, args=(mutant, there))
    child.start()
    there.close()
    try:
        return here.recv()
    except EOFError:
        return "killed"  # it ran out of time, or brought the process down
    finally:
        child.join()


def main() -> None:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--most", type=int, default=100, help="so many mutants, drawn from all")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--of", default="", metavar="WORD", help="of the modules whose name has this word (checks)")
    chosen = options.parse_args()
    listed = [mutant for module in MODULES if chosen.of in module for mutant in mutants(module)]
    drawn = random.Random(chosen.seed).sample(listed, min(chosen.most, len(listed)))
    expected_figures(), expected_verdicts()
    count: Counter[str] = Counter()
    for number, mutant in enumerate(drawn, 1):
        said = outcome(mutant)
        count[said] += 1
        if said != "killed":
            print(f"{said}: {mutant.module}:{mutant.line}: {mutant.was}  ->  {mutant.now}", flush=True)
        if number % 20 == 0:
            print(f"{number} of {len(drawn)}: {dict(count)}", file=sys.stderr, flush=True)
    print(f"{len(drawn)} of {len(listed)} mutants: {dict(count)}")


if __name__ == "__main__":
    main()
