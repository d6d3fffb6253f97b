"""onrecord turns a pile of news articles into a sourced record.

`onrecord.build`, `onrecord.Record` and `onrecord.judge` are loaded when they are first used, so that `import onrecord`
stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import Record, Said, build, judge

__version__ = "0.4.0"
__all__ = ["Record", "Said", "__version__", "build", "judge"]


def __getattr__(name: str) -> Any:
    if name in ("Record", "Said", "build", "judge"):
        return getattr(import_module("onrecord.api"), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
