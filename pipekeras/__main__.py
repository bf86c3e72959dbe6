"""`python -m pipekeras`, for where the command is not on the path."""

from .cli import main

raise SystemExit(main())
