"""Which functions are primitive in R 4.2: errors in their arguments do not name them."""

from ..syntax.primitives import PRIMITIVES as _NAMED

_SYNTAX = (
    "! != $ $<- %% %*% %/% & && ( * + - / : :: ::: < <- <<- <= = == > >= @ @<- [ [<- [[ [[<- ^ break for"
    " function if next repeat while { | || ~"
)
PRIMITIVES = _NAMED | frozenset(_SYNTAX.split())

_UNEVALUATED = (
    ":: ::: ~ @ [ [[ [[<- [<- { && <- <<- = || $ $<- @<- break call expression for forceAndCall function if"
    " log missing next on.exit quote rep repeat return round signif substitute switch UseMethod while"
)
SPECIALS = frozenset(_UNEVALUATED.split())
"""Those of them that R gets unevaluated: `typeof` is "special"."""
