"""Composes the rooms: articles are read one by one, then joined into one record."""

from onrecord.pipeline.build import BuildSummary, Progress, build, remove

__all__ = ["BuildSummary", "Progress", "build", "remove"]
