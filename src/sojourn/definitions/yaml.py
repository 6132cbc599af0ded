"""YAML 1.2 files with the line of every key, so that each message can name file and line.

YAML 1.2 (ruamel) keeps the country code `NO` a text; YAML 1.1 readers turn it into `false`.
"""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from sojourn.errors import Problem, SojournError, problem
from sojourn.messages import has


class Document:
    """One loaded YAML file: plain `data`, and `line(path)` for the place of a key."""

    def __init__(self, file: Path, tree: Any) -> None:
        self.file = file
        self.tree = tree
        self.data = plain(tree)

    def line(self, path: tuple[str | int, ...]) -> int | None:
        """The line (from 1) of the deepest key of `path` that the file holds."""
        node, line = self.tree, 1
        for key in path:
            place = position(node, key)
            if place is None:
                break
            line, node = place + 1, node[real_key(node, key)]
        return line

    def place(self, path: tuple[str | int, ...]) -> tuple[Path, int | None]:
        """File and line of the deepest key of `path`."""
        return self.file, self.line(path)

    def words(self, path: tuple[str | int, ...]) -> list[str]:
        """The keys of a path as they stand in the file."""
        node, found = self.tree, []
        for key in path:
            known = real_key(node, key)
            found.append(str(known))
            node = node[known] if position(node, key) is not None else None
        return found

    def build(self, model: type[BaseModel]) -> BaseModel:
        """The file as a model. Raises SojournError with every problem of the file, each with its line."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise SojournError(*[self.problem(each) for each in error.errors()]) from None

    def problem(self, error: Any) -> Problem:
        """One validation error as a problem: by the code the model raised, else by pydantic's kind of error."""
        path = tuple(error["loc"])
        key = ".".join(self.words(path)) or self.file.name
        cause = (error.get("ctx") or {}).get("error")
        carried = getattr(cause, "problem", None)
        if carried is not None:
            return Problem(carried.code, *self.place(carried.fields.get("path", path)), carried.fields)
        code = f"definitions.{error['type']}"
        code = code if has(code) else "definitions.invalid"
        return problem(code, *self.place(path), key=key, detail=error["msg"])


class Refused(ValueError):
    """Raised inside a model's validator: carries the problem, to which the loader adds file and line."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.problem = problem(code, **fields)


def load(file: Path) -> Document:
    """Read one YAML file. Raises SojournError where it is missing, is not YAML, or is not a mapping."""
    if not file.is_file():
        raise SojournError(problem("definitions.no_file", file))
    try:
        tree = YAML(typ="rt").load(file.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SojournError(problem("definitions.not_yaml", file, line, detail=error.problem or "")) from None
    except (YAMLError, UnicodeDecodeError):
        raise SojournError(problem("definitions.not_yaml", file, detail="")) from None
    except ValueError as error:  # a date that is no day of the calendar
        raise SojournError(problem("definitions.not_yaml", file, detail=error)) from None
    if not isinstance(tree, CommentedMap):
        raise SojournError(problem("definitions.not_a_mapping", file, 1))
    return Document(file, tree)


def plain(node: Any) -> Any:
    """Commented nodes as plain dicts and lists."""
    if isinstance(node, CommentedMap):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [plain(value) for value in node]
    return node


def real_key(node: Any, key: str | int) -> Any:
    """The key as the file has it: a model's path holds text, or a date's representation, where the file holds a date."""
    if isinstance(node, CommentedMap) and key not in node:
        return next((each for each in node if str(key) in (str(each), repr(each))), key)
    return key


def position(node: Any, key: str | int) -> int | None:
    """Line (from 0) of `key` inside a node, or None where the node does not hold it."""
    key = real_key(node, key)
    if isinstance(node, CommentedMap) and key in node:
        return node.lc.key(key)[0]
    if isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
        return node.lc.item(key)[0]
    return None
