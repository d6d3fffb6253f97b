"""Times: the expressions in an article that say when, as their words alone give them."""

from onrecord.extraction.times.extractor import extract

__all__ = ["extract"]
