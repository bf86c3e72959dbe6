"""library and its kin: known packages are attached, unknown ones refused with what is missing."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from .. import packages
from ..conditions import call_text, settle, warn
from ..environment import Environment
from ..evaluator.compile import evaluate
from ..generics import invoke
from ..lookup import note_functions
from ..registry import Context, builtin, special
from ..session import session
from ..values import NULL, RVector, character, integer, logical, rlist
from ..vectors.coerce import one_flag, one_int, one_string, strings
from .environments import list_environment


def _request(call: Call, env: Environment) -> tuple[str | None, dict[str, Any]]:
    """The package that a call names, as a symbol or as text, and the other arguments evaluated."""
    nodes = {}
    for position, arg in zip(("package", "help", "pos", "lib.loc"), call.args, strict=False):
        nodes[arg.name or position] = arg.value
    others = {n: evaluate(v, env) for n, v in nodes.items() if n not in ("package", "help")}
    node = nodes.get("package")
    if node is None:
        return None, others
    plain = isinstance(node, Name) and not (
        "character.only" in others and one_flag(others["character.only"], "character.only")
    )
    name = node.name if plain else one_string(evaluate(node, env), "package")
    return name, others


@special("library")
def library(call: Call, env: Environment) -> Any:
    name, others = _request(call, env)
    session.visible = False
    if name is None:
        return character(sorted(packages.KNOWN))
    try:
        packages.attach(name)
    except UserError as error:
        if "logical.return" in others:
            return logical(False)
        settle(error, call)
        raise
    session.visible = False
    return character([*session.packages, *packages.BASE_PACKAGES])


@special("require")
def require(call: Call, env: Environment) -> Any:
    name, _ = _request(call, env)
    session.visible = False
    if name is None:
        return NULL
    if name not in packages.KNOWN:
        text = f"there is no package called ‘{name}’"
        warn(text, Call(Name("library"), call.args))
        return logical(False)
    packages.attach(name)
    session.visible = False
    return logical(True)


@builtin("requireNamespace(package, ..., quietly = FALSE)", invisible=True)
def require_namespace(package: Any, dots: Any, quietly: Any) -> Any:
    return logical(one_string(package, "package") in packages.KNOWN)


@builtin("loadNamespace(package, ...)", "asNamespace", "getNamespace", invisible=True)
def load_namespace(package: Any, dots: Any) -> Any:
    if isinstance(package, Environment):
        return package
    name = one_string(package, "package")
    if name not in packages.KNOWN:
        raise packages.unknown(name)
    return packages.namespace(name)


@builtin("attachNamespace(ns, ...)", invisible=True)
def attach_namespace(ns: Any, dots: Any) -> Any:
    packages.attach(one_string(ns, "ns"))
    return NULL


@builtin("attach(what, pos = 2L, name, warn.conflicts = TRUE)", invisible=True)
def attach(ctx: Context, what: Any, pos: Any, name: Any = None, warn_conflicts: Any = None) -> Any:
    """Put a copy of a list, data frame or environment behind the global environment."""
    written = call_text(ctx.call.args[0].value) if ctx.call is not None else "what"
    label = written if name is None else one_string(name, "name")
    before = session.global_env
    for _ in range(one_int(pos, "pos") - 2):
        before = before.parent or before
    if isinstance(what, Environment):
        made = Environment(before.parent, label)
        made.values.update(what.values)
        note_functions(made.values)
    elif isinstance(what, RVector) and what.type == "list":
        made = list_environment(what, before.parent)
        made.name = label
    else:
        raise UserError("'attach' only works for lists, data frames and environments", code=Code.TYPE)
    before.parent = made
    return made


@special("detach", usage="detach(name, pos = 2L, unload = FALSE, character.only = FALSE, force = FALSE)")
def detach(call: Call, env: Environment) -> Any:
    nodes = {arg.name or ("name", "pos")[k]: arg.value for k, arg in enumerate(call.args[:2])}
    nodes |= {arg.name: arg.value for arg in call.args if arg.name}
    only = "character.only" in nodes and one_flag(evaluate(nodes["character.only"], env), "character.only")
    node = nodes.get("name", nodes.get("pos"))
    value: Any = integer(2) if node is None else None
    if node is not None and (only or not isinstance(node, Name)):
        value = evaluate(node, env)
    session.visible = False
    if isinstance(value, RVector) and value.type in ("double", "integer"):
        place = list(session.global_env.chain())[one_int(value, "pos") - 1]
        label = place.name or ""
    else:
        label = node.name if value is None and isinstance(node, Name) else one_string(value, "name")
    _detached(label)
    return NULL


def _detached(label: str) -> None:
    """Take a package, or what attach() put there, off the search path."""
    package = label.removeprefix("package:")
    if package in session.packages:
        packages.remove(package)
        return
    scope = session.global_env
    while scope.parent is not None and scope.parent.parent is not None:
        if scope.parent.name == label:
            scope.parent = scope.parent.parent
            return
        scope = scope.parent
    raise UserError("invalid 'name' argument", code=Code.PACKAGE)


@builtin("isNamespaceLoaded(name)")
def is_namespace_loaded(name: Any) -> Any:
    wanted = one_string(name, "name")
    return logical(wanted in session.packages or wanted in packages.BASE_PACKAGES)


@builtin("loadedNamespaces()", ".packages")
def loaded_namespaces() -> Any:
    return character([*session.packages, *packages.BASE_PACKAGES])


_PACKAGE_FIELDS = ["Package", "LibPath", "Version", "Priority", "Depends", "Imports", "LinkingTo", "Suggests"]
_PACKAGE_FIELDS += ["Enhances", "License", "License_is_FOSS", "License_restricts_use", "OS_type", "MD5sum"]
_PACKAGE_FIELDS += ["NeedsCompilation", "Built"]


@builtin("installed.packages(...)")
def installed_packages(dots: Any) -> Any:
    """A matrix of the known packages, one a row; what is not known of them is NA."""
    names = sorted(packages.KNOWN)
    columns: dict[str, list[str | None]] = {field: [None] * len(names) for field in _PACKAGE_FIELDS}
    columns["Package"] = list(names)
    columns["Version"] = [
        invoke("as.character", invoke("packageVersion", character(n))).data[0] for n in names
    ]
    return character(
        [text for column in columns.values() for text in column],
        {
            "dim": integer([len(names), len(columns)]),
            "dimnames": rlist([character(names), character(list(columns))]),
        },
    )


@builtin("install.packages(pkgs, ...)", invisible=True)
def install_packages(pkgs: Any, dots: Any) -> Any:
    unknown = [str(p) for p in strings(pkgs, "pkgs") if p not in packages.KNOWN]
    if unknown:
        raise packages.unknown(unknown[0])
    return NULL
