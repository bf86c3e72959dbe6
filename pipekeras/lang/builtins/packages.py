"""library and its kin: known packages are attached, unknown ones refused with what is missing."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from .. import packages
from ..coerce import one_flag, one_string, strings
from ..compile import evaluate
from ..conditions import settle, warn
from ..environment import Environment
from ..generics import invoke
from ..registry import builtin, special
from ..session import session
from ..values import NULL, character, integer, logical, rlist


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


@builtin("detach(name, ..., character.only = FALSE, unload = FALSE)", invisible=True)
def detach(name: Any, dots: Any, only: Any, unload: Any) -> Any:
    package = one_string(name, "name").removeprefix("package:")
    if package not in session.packages:
        raise UserError("invalid 'name' argument", code=Code.PACKAGE)
    packages.remove(package)
    return NULL


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
