"""The arguments that functions of packages have in R, for formals(), args() and help.

Functions that look at unevaluated arguments take them as written, and some declare only what they use.
"""

from __future__ import annotations

PACKAGE_USAGES = {
    "R6": {
        "R6Class": (
            "classname = NULL, public = list(), private = NULL, active = NULL, inherit = NULL, "
            "lock_objects = TRUE, class = TRUE, portable = TRUE, lock_class = FALSE, cloneable "
            "= TRUE, parent_env = parent.frame(), lock"
        ),
    },
    "abind": {
        "abind": (
            "..., along = N, rev.along = NULL, new.names = NULL, force.array = TRUE, make.names "
            "= use.anon.names, use.anon.names = FALSE, use.first.dimnames = FALSE, hier.names = "
            "FALSE, use.dnns = FALSE"
        ),
    },
    "dplyr": {
        "across": ".cols = everything(), .fns = NULL, ..., .names = NULL",
        "arrange": ".data, ..., .by_group = FALSE",
        "count": "x, ..., wt = NULL, sort = FALSE, name = NULL",
        "filter": ".data, ..., .preserve = FALSE",
        "group_by": ".data, ..., .add = FALSE, .drop = group_by_drop_default(.data)",
        "mutate": ".data, ...",
        "mutate_at": ".tbl, .vars, .funs, ..., .cols = NULL",
        "pull": ".data, var = -1, name = NULL, ...",
        "rename": ".data, ...",
        "select": ".data, ...",
        "slice": ".data, ..., .preserve = FALSE",
        "slice_head": ".data, ..., n, prop",
        "slice_max": ".data, order_by, ..., n, prop, with_ties = TRUE",
        "slice_sample": ".data, ..., n, prop, weight_by = NULL, replace = FALSE",
        "summarise": ".data, ..., .groups = NULL",
        "top_n": "x, n, wt",
    },
    "fs": {
        "dir_ls": (
            'path = ".", all = FALSE, recurse = FALSE, type = "any", glob = NULL, regexp = '
            "NULL, invert = FALSE, fail = TRUE, ..., recursive"
        ),
    },
    "glue": {
        "glue": (
            '..., .sep = "", .envir = parent.frame(), .open = "{", .close = "}", .na = "NA", '
            '.null = character(), .comment = "#", .literal = FALSE, .transformer = '
            "identity_transformer, .trim = TRUE"
        ),
    },
    "purrr": {
        "flatten": ".x",
    },
    "readr": {
        "cols": "..., .default = col_guess()",
        "read_csv": (
            "file, col_names = TRUE, col_types = NULL, col_select = NULL, id = NULL, locale = "
            'default_locale(), na = c("", "NA"), quoted_na = TRUE, quote = "\\"", comment = "", '
            "trim_ws = TRUE, skip = 0, n_max = Inf, guess_max = min(1000, n_max), name_repair = "
            '"unique", num_threads = readr_threads(), progress = show_progress(), '
            "show_col_types = should_show_types(), skip_empty_rows = TRUE, lazy = "
            "should_read_lazy()"
        ),
        "read_lines": (
            "file, skip = 0, skip_empty_rows = FALSE, n_max = Inf, locale = default_locale(), "
            "na = character(), lazy = should_read_lazy(), num_threads = readr_threads(), "
            "progress = show_progress()"
        ),
        "read_tsv": (
            "file, col_names = TRUE, col_types = NULL, col_select = NULL, id = NULL, locale = "
            'default_locale(), na = c("", "NA"), quoted_na = TRUE, quote = "\\"", comment = "", '
            "trim_ws = TRUE, skip = 0, n_max = Inf, guess_max = min(1000, n_max), progress = "
            'show_progress(), name_repair = "unique", num_threads = readr_threads(), '
            "show_col_types = should_show_types(), skip_empty_rows = TRUE, lazy = "
            "should_read_lazy()"
        ),
    },
    "recipes": {
        "bake": "object, ...",
        "juice": 'object, ..., composition = "tibble"',
        "prep": "x, ...",
        "step_center": (
            "recipe, ..., role = NA, trained = FALSE, means = NULL, na_rm = TRUE, skip = FALSE, "
            'id = rand_id("center")'
        ),
        "step_discretize": (
            "recipe, ..., role = NA, trained = FALSE, num_breaks = 4, min_unique = 10, objects "
            '= NULL, options = list(prefix = "bin"), skip = FALSE, id = rand_id("discretize")'
        ),
        "step_dummy": (
            'recipe, ..., role = "predictor", trained = FALSE, one_hot = FALSE, preserve = '
            "deprecated(), naming = dummy_names, levels = NULL, keep_original_cols = FALSE, "
            'skip = FALSE, id = rand_id("dummy")'
        ),
        "step_log": (
            "recipe, ..., role = NA, trained = FALSE, base = exp(1), offset = 0, columns = "
            'NULL, skip = FALSE, signed = FALSE, id = rand_id("log")'
        ),
        "step_mutate": (
            'recipe, ..., role = "predictor", trained = FALSE, inputs = NULL, skip = FALSE, id '
            '= rand_id("mutate")'
        ),
        "step_naomit": (
            'recipe, ..., role = NA, trained = FALSE, columns = NULL, skip = TRUE, id = rand_id("naomit")'
        ),
        "step_rm": (
            'recipe, ..., role = NA, trained = FALSE, removals = NULL, skip = FALSE, id = rand_id("rm")'
        ),
        "step_scale": (
            "recipe, ..., role = NA, trained = FALSE, sds = NULL, factor = 1, na_rm = TRUE, "
            'skip = FALSE, id = rand_id("scale")'
        ),
    },
    "rsample": {
        "initial_split": "data, prop = 3/4, strata = NULL, breaks = 4, pool = 0.1, ...",
    },
    "tibble": {
        "add_row": ".data, ..., .before = NULL, .after = NULL",
        "as_tibble": (
            'x, ..., .rows = NULL, .name_repair = c("check_unique", "unique", "universal", '
            '"minimal"), rownames = pkgconfig::get_config("tibble::rownames", NULL)'
        ),
        "tibble": ('..., .rows = NULL, .name_repair = c("check_unique", "unique", "universal", "minimal")'),
    },
    "tidyr": {
        "gather": (
            'data, key = "key", value = "value", ..., na.rm = FALSE, convert = FALSE, factor_key = FALSE'
        ),
        "separate": (
            'data, col, into, sep = "[^[:alnum:]]+", remove = TRUE, convert = FALSE, extra = '
            '"warn", fill = "warn", ...'
        ),
        "unnest": (
            "data, cols, ..., keep_empty = FALSE, ptype = NULL, names_sep = NULL, names_repair "
            '= "check_unique", .drop = deprecated(), .id = deprecated(), .sep = deprecated(), '
            ".preserve = deprecated()"
        ),
    },
}
"""By package and function, as written between the parentheses of R's usage."""
