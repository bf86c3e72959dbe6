"""Arguments that are accepted because R's programs give them, and have no effect here."""

from __future__ import annotations

from typing import Any

from ..syntax.tree import Call, Const
from . import conditions
from .session import session
from .values import Builtin

_REASONS = {
    "it is about R's memory or how it works inside": (
        "EISPACK LINPACK attrib.as.set aux cacheOK costs extptr.as.ref full ignore.bytecode "
        "ignore.srcref keep.xy nmax refhook reset shallow single.NA useHash ptype .ptype xdr native "
        "keep.source srcfile useSource ts.eps"
    ),
    "it says how an answer is announced": (
        "domain immediate immediate. noBreaks. progress .progress prompt quiet quietly verbose info "
        "warn.conflicts blocking log_changes print.gap"
    ),
    "there is one encoding, UTF-8, and one locale": (
        "allowNA allow_surrogate_pairs encoding fileEncoding locale mark skip_word_none useBytes "
        "use_width skipNul ok"
    ),
    "there is one place where functions and classes are kept": (
        "access env envir fdef genericFunction lib.loc local package sealed simpleInheritanceOnly "
        "useAsDefault valueClass where S3methods .env last lhs scoped frame minframe"
    ),
    "files and programs are kept as the system keeps them": (
        "compress copy.date copy.mode extras extra_cols mode restore_times rw setTimes "
        "support_old_tars tar unzip winslash minimized invisible show.output.on.console runLast "
        "save compressed force check tzdir location"
    ),
    "where it matters, a method of the class reads it": (
        "x class type n k drop digits row.names optional quote recursive deparse.level"
    ),
}

HARMLESS = {formal: reason for reason, formals in _REASONS.items() for formal in formals.split()}
"""Formals that no answer depends on, and why."""

WITHOUT_EFFECT = {
    ".drop": "group_trim",
    ".is_node": "list_assign list_merge list_modify map_depth modify_depth",
    ".name_repair": "bind_cols read_excel",
    ".ns": "call2",
    ".preserve": "filter_all filter_at filter_if",
    ".ragged": "map_depth modify_depth",
    ".rows": "as_tibble",
    ".type": "simplify",
    "Dvec": "qr.Q",
    "allowEscapes": "read.table",
    "along.with": "seq.POSIXt",
    "antialias": "image_convert",
    "as.factor": "col row",
    "asp": "writePNG",
    "bg": "writeJPEG",
    "check.rows": "data.frame",
    "coalesce": "image_read",
    "color.space": "writeJPEG",
    "comment": "image_write",
    "compare": "is_installed",
    "complete": "qr.R validObject",
    "compose_args": "image_composite",
    "compression": "file_path_sans_ext image_write",
    "cond": "computeRestarts findRestart",
    "copy": "nest_join",
    "correlation": "summary.glm summary.lm",
    "create": "env_poke",
    "dec": "scan",
    "default": "list_transpose",
    "defines": "image_blank image_read image_write",
    "deltat": "window",
    "density": "image_read image_write",
    "depth": "image_convert image_read image_write",
    "descend": "match.fun",
    "df": "predict.lm",
    "dirmark": "Sys.glob",
    "dpi": "writePNG",
    "eps.correct": "pretty",
    "except": "simplify2array",
    "extend": "window",
    "extra": "download.file",
    "factor.exclude": "rbind.data.frame",
    "fix.empty.names": "data.frame",
    "flatten": "image_write",
    "flush": "read.table",
    "follow": "is_file",
    "force.array": "abind",
    "frequency": "window",
    "fresh": "prep",
    "guess_max": "read_excel",
    "headers": "download.file",
    "hier.names": "abind",
    "html": "str_view",
    "include_na": "col_factor",
    "incomparables": "duplicated.data.frame",
    "inherit": "cnd_message env_poke env_unbind",
    "inherits": "dynGet",
    "interlace": "image_convert",
    "invert": "regmatches<-",
    "is.cmplx": "prettyNum",
    "is_node": "pluck_depth",
    "justify": "print.dist print.table",
    "keep": "nest_join",
    "make.names": "abind",
    "max": "print.fs_path",
    "max.names": "all.names all.vars",
    "max_extra_cols": "print.tbl_df",
    "metadata": "writePNG",
    "method": "abbreviate download.file lm.fit sort.list",
    "na": "parse_date parse_datetime",
    "na.action": "acf pacf predict.lm",
    "name_repair": "list_cbind list_flatten",
    "named.vector": "adrop",
    "new.names": "abind",
    "nlines": "scan",
    "no.dups": "merge",
    "numerals": "read.table",
    "omit_na": "str_sub<-",
    "one.d.array": "adrop",
    "operator": "image_border",
    "ordered": "col_factor",
    "overwrite": "dir_copy",
    "parent": "env_clone",
    "partial": "sort.int sort.list",
    "pred.var": "predict.lm",
    "predicate": "flatten_if",
    "prefix": "cnd_message",
    "prevalence": "confusionMatrix",
    "probability": "hist",
    "pseudo_image": "image_blank",
    "quantile.type": "summary.default",
    "recurse": "dir_create",
    "repage": "image_crop",
    "replace": "setAs",
    "retain": "prep",
    "scale": "predict.lm",
    "sep": "print.glue",
    "showEnv": "print.formula",
    "showWarnings": "file.create",
    "simplify": "aggregate.data.frame",
    "singular.ok": "lm.fit",
    "size": "chol2inv list_cbind",
    "sparse": "contr.poly contrasts",
    "split": "sink",
    "strict": "list_simplify",
    "strip": "image_read",
    "symbolic.cor": "summary.glm summary.lm",
    "text": "writePNG",
    "ties.method": "fct_lump_n",
    "timeout": "system system2",
    "toRaw": "iconv",
    "tol": "qr.solve",
    "trim": "gettextf",
    "tz": "as.difftime",
    "use.anon.names": "abind",
    "use.dnns": "abind",
    "use.first.dimnames": "abind",
    "use_escapes": "str_view",
    "version": "is_installed saveRDS serialize setClass",
    "weight": "sample_frac sample_n",
    "whitespace_only": "str_wrap",
    "width": "expr_deparse",
}
"""Formals that answers of R depend on, and the functions that do not read them."""

_UNREAD = {(name, formal) for formal, names in WITHOUT_EFFECT.items() for name in names.split()}


def unread_arguments(function: Builtin, given: dict[str, int], call: Any) -> list[str]:
    """Formals without effect that the call gives another value than their default."""
    found = [formal for formal in given if (function.name, formal) in _UNREAD]
    span = getattr(call, "span", None)
    if found and span is not None and span.source.internal:
        return []
    return [formal for formal in found if not _is_default(function, formal, given[formal], call)]


def _is_default(function: Builtin, formal: str, at: int, call: Any) -> bool:
    if type(call) is not Call or at >= len(call.args):
        return False
    value = call.args[at].value
    default = next(p.default for p in function.signature.params if p.name == formal)
    return type(value) is Const and type(default) is Const and value.value == default.value


def tell(function: Builtin, formals: list[str]) -> None:
    """Warn, once for each argument, that it has no effect."""
    for formal in formals:
        if (function.name, formal) not in session.told:
            session.told.add((function.name, formal))
            conditions.warn(f"argument '{formal}' of {function.name}() has no effect in pipekeras")
