"""Templates: how a pack words its prompts. A small part of Jinja2's sandbox: variables, conditions, and loops over given lists.

No arithmetic, no calls, no filters, no `range`, no macros, no imports; what comes out is bounded, and so is the work.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from jinja2 import Template, TemplateRuntimeError, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_SOURCE = 16_384
"""Characters of a template."""
MAX_OUTPUT = 65_536
"""Bytes that filling in a template may give; the rest is cut."""
MAX_TURNS = 20_000
"""Turns of all loops together."""
MAX_LOOPS = 3
"""Loops within loops."""
MAX_DEPTH = 40
"""Anything within anything."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Tuple,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
_WORDS: Mapping[type[nodes.Node], str] = {
    nodes.Call: "call anything",
    nodes.Filter: "use filters",
    nodes.Test: "use tests; a plain condition asks whether there is something",
    nodes.Macro: "define macros",
    nodes.Assign: "set variables",
    nodes.Include: "include other files",
    nodes.Import: "import other files",
    nodes.FromImport: "import other files",
    nodes.Extends: "extend other files",
    **dict.fromkeys((nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow), "calculate"),
    nodes.List: "build lists",
    nodes.Dict: "build tables",
}
_LOOP = frozenset({"first", "last", "index", "index0", "length"})
_BUDGET = "_budget"


class TemplateError(ValueError):
    """A template does not parse, does what templates may not, or fails when it is filled in. `line` counts from 1."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class TemplateRefused(TemplateError):
    """It parses, and does what templates may not."""


class _Bounded(ImmutableSandboxedEnvironment):
    """Reads keys of tables and the state of loops; never an attribute of anything else."""

    def getattr(self, obj: object, attribute: str) -> object:
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))


def _shown(value: object) -> str:
    """What `{{ value }}` prints. Tables and lists have no text of their own."""
    if value is None or isinstance(value, Undefined):
        return ""
    if isinstance(value, str | int):
        return str(value)
    raise TemplateError("only a text or a number can be shown")


@pass_context
def _given(context: Context, value: object) -> Iterator[object]:
    """What a loop goes over: a list that was given, within the turns that are left."""
    budget: list[int] = context[_BUDGET]
    for item in value if isinstance(value, list | tuple) else ():
        budget[0] -= 1
        if budget[0] < 0:
            raise TemplateError(f"the loops go round more than {MAX_TURNS} times")
        yield item


_environment = _Bounded(trim_blocks=True, lstrip_blocks=True, autoescape=False, finalize=_shown)
_environment.globals.clear()
_environment.filters = {"given": _given}


def render(source: str, values: Mapping[str, object]) -> str:
    """The template filled in with `values` (texts, numbers, and lists and tables of these).

    Raises:
        TemplateError: it is no template, or fails with these values.
    """
    parts: list[str] = []
    room = MAX_OUTPUT
    try:
        for part in _compiled(source).generate({**values, _BUDGET: [MAX_TURNS]}):
            data = part.encode()
            parts.append(part if len(data) <= room else data[:room].decode(errors="ignore"))
            room -= len(data)
            if room <= 0:
                break
    except TemplateError:
        raise
    except (TemplateRuntimeError, TypeError, ValueError, LookupError) as error:
        raise TemplateError(str(error)) from None
    return "".join(parts)


def names_in(source: str) -> dict[str, int]:
    """The names that the template reads from what it is given, each with the line it is first read on.

    Raises:
        TemplateError: it is no template.
    """
    tree = _parsed(source)
    stored = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"} | {"loop"}
    out: dict[str, int] = {}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in stored:
            out.setdefault(name.name, name.lineno)
    return out


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    tree = _parsed(source)
    for loop in list(tree.find_all(nodes.For)):
        loop.iter = nodes.Filter(loop.iter, "given", [], [], None, None, lineno=loop.lineno)
    tree.set_environment(_environment)
    return _environment.from_string(tree)


def _parsed(source: str) -> nodes.Template:
    if len(source) > MAX_SOURCE:
        raise TemplateError(f"a template has at most {MAX_SOURCE} characters, this one has {len(source)}")
    try:
        tree = _environment.parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(error.message or "this does not parse", error.lineno) from None
    except RecursionError:
        raise TemplateError("this is nested too deep") from None
    _check(tree, 0, 0)
    return tree


def _check(node: nodes.Node, depth: int, loops: int) -> None:
    if depth > MAX_DEPTH:
        raise TemplateRefused("this is nested too deep", node.lineno)
    if not isinstance(node, _ALLOWED):
        words = _WORDS.get(type(node), f"use this ({type(node).__name__.lower()})")
        raise TemplateRefused(f"a template may not {words}", node.lineno)
    if isinstance(node, nodes.Name | nodes.Getattr):
        name = node.name if isinstance(node, nodes.Name) else node.attr
        if name.startswith("_"):
            raise TemplateRefused(f'a template may not read "{name}"', node.lineno)
    if isinstance(node, nodes.For):
        loops += 1
        _check_loop(node, loops)
    for child in node.iter_child_nodes():
        _check(child, depth + 1, loops)


def _check_loop(loop: nodes.For, loops: int) -> None:
    if loops > MAX_LOOPS:
        raise TemplateRefused(f"loops may be nested {MAX_LOOPS} deep", loop.lineno)
    if loop.recursive:
        raise TemplateRefused("a loop may not call itself", loop.lineno)
    if not isinstance(loop.iter, nodes.Name | nodes.Getattr | nodes.Getitem):
        raise TemplateRefused("a loop goes over a list that is given, and nothing else", loop.lineno)
