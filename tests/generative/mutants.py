"""Mutants of the kernels: their sources, wrong in one place and run as plain Python.

Nothing is compiled and nothing of the running package is touched: every mutant is a set of namespaces of its own.
"""

import ast
import builtins
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from sojourn import stages
from sojourn.tables import layouts

PACKAGE = "sojourn.stages."
FILES = (
    "residence.thresholds",
    "residence.cumulative_presence",
    "residence.continuous_stay",
    "residence.chain",
    "residence.kernel",
    "presence.kernel",
)
"""Sources of the kernels, each after those that it imports."""
MOST_TURNS = 200_000
"""Turns of loops after which a mutant is taken to run for ever."""

EDGES = {ast.GtE: ast.Gt, ast.Gt: ast.GtE, ast.LtE: ast.Lt, ast.Lt: ast.LtE, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
JOINED = {ast.And: ast.Or, ast.Or: ast.And}
EXTREMES = {"min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """One wrong place: the file, which of its places, and the change in words that outlive a change of line numbers."""

    file: str
    place: int
    name: str


class EndlessLoop(AssertionError):
    """A mutant that does not come to an end."""


def source(file: str) -> ast.Module:
    path = Path(stages.__file__).parent / (file.replace(".", "/") + ".py")
    return ast.parse(path.read_text(encoding="utf-8"))


def mutants(files: tuple[str, ...] = FILES) -> Iterator[Mutant]:
    """Every mutant of every kernel, in the order of the sources."""
    for file in files:
        seen: dict[str, int] = {}
        for place, (function, node, wrong) in enumerate(places(source(file))):
            name = f"{file}.{function}: {ast.unparse(node)} -> {ast.unparse(wrong)}"
            seen[name] = seen.get(name, 0) + 1
            yield Mutant(file, place, name if seen[name] == 1 else f"{name} (place {seen[name]})")


def places(tree: ast.Module) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Function, expression and wrong expression of every place inside functions compiled as kernels."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and any(ast.unparse(each) in ("kernel", "inlined") for each in function.decorator_list):
            for node in ast.walk(function):
                yield from ((function.name, node, wrong) for wrong in wrongs(node))


def wrongs(node: ast.AST) -> Iterator[ast.expr]:
    """What an expression becomes: another comparison, one less or more, the other extreme, and or or, without its not."""
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            operators = [*node.ops[:index], EDGES[type(operator)](), *node.ops[index + 1 :]]
            yield ast.Compare(node.left, operators, node.comparators)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)) and is_one(node.right):
        yield node.left
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EXTREMES:
        yield ast.Call(ast.Name(EXTREMES[node.func.id], ast.Load()), node.args, node.keywords)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(JOINED[type(node.op)](), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1


class Replace(ast.NodeTransformer):
    """Puts one expression in the place of another."""

    def __init__(self, old: ast.expr, new: ast.expr) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().visit(node)


class CountTurns(ast.NodeTransformer):
    """Counts the turns of every `while`."""

    def visit_While(self, node: ast.While) -> ast.While:
        self.generic_visit(node)
        node.body.insert(0, ast.parse("count_turn()").body[0])
        return node


def load(mutant: Mutant | None = None) -> SimpleNamespace:
    """The kernels as plain Python, one of them wrong in one place: spells_of, decisions_of, reach and civil."""
    spaces = loaded(FILES, mutant)
    dates, decide, pair = (spaces[PACKAGE + file] for file in ("residence.thresholds", "residence.kernel", "presence.kernel"))
    return SimpleNamespace(spells_of=pair.spells_of, decisions_of=decide.decisions_of, reach=dates.reach, civil=dates.civil)


def loaded(files: tuple[str, ...], mutant: Mutant | None = None) -> dict[str, SimpleNamespace]:
    """The files of kernels as plain Python by module, each after those that it imports."""
    spaces: dict[str, SimpleNamespace] = {}
    counter = turns()
    for file in files:
        tree = source(file)
        if mutant is not None and mutant.file == file:
            _, old, new = list(places(tree))[mutant.place]
            tree = Replace(old, new).visit(tree)
        tree = ast.fix_missing_locations(CountTurns().visit(tree))
        space = {"__name__": PACKAGE + file, "count_turn": counter, "__builtins__": builtins_with(spaces)}
        exec(compile(tree, PACKAGE + file, "exec"), space)
        spaces[PACKAGE + file] = SimpleNamespace(**space)
    return spaces


def turns() -> Callable[[], None]:
    made = 0

    def count_turn() -> None:
        nonlocal made
        made += 1
        if made > MOST_TURNS:
            raise EndlessLoop

    return count_turn


def builtins_with(spaces: dict[str, SimpleNamespace]) -> dict[str, object]:
    """The builtins, with an import that finds the mutant's own modules first."""

    def find(name: str, *rest: object) -> object:
        if name == "numpy":
            return SimpleNamespace(**vars(np) | {"empty": nonsense})
        if name == "sojourn.compiled":
            return SimpleNamespace(kernel=lambda function: function, inlined=lambda function: function)
        if name == "sojourn.tables.layouts":
            return SimpleNamespace(**{each: as_records(kind) for each, kind in vars(layouts).items() if isinstance(kind, np.dtype)})
        if name == PACKAGE + "residence":
            return SimpleNamespace(**{each.rpartition(".")[2]: space for each, space in spaces.items()})
        return spaces.get(name) or importlib.import_module(name)

    return {**vars(builtins), "__import__": find}


def nonsense(length: int, kind: np.dtype) -> np.ndarray:
    """Memory that nobody has written yet, the same in every run."""
    return np.frombuffer(bytearray(b"\x5a" * (length * np.dtype(kind).itemsize)), kind)


def as_records(kind: np.dtype) -> np.dtype:
    """A layout whose rows give their fields as attributes, as they do in compiled code."""
    return np.dtype((np.record, kind))
