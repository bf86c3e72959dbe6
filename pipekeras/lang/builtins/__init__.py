"""The base functions, one file a topic; importing this package declares them all."""

import importlib
import pkgutil

from ..registry import declare_defaults

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
declare_defaults()
