"""Which functions are primitive in R 4.2: errors in their arguments do not name them."""

from ..syntax.primitives import PRIMITIVES as _NAMED

_SYNTAX = (
    "! != $ $<- %% %*% %/% & && ( * + - / : :: ::: < <- <<- <= = == > >= @ @<- [ [<- [[ [[<- ^ break for"
    " function if next repeat while { | || ~"
)
PRIMITIVES = _NAMED | frozenset(_SYNTAX.split())
