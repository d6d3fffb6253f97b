"""Bytes, files and folders become articles: `find` lists the inputs, `read_one` reads one, `read` reads them all."""

from onrecord.reading.inputs import STANDARD_INPUT, Input, find
from onrecord.reading.metadata import Metadata
from onrecord.reading.reader import FORMATS, Options, read, read_one

__all__ = ["FORMATS", "STANDARD_INPUT", "Input", "Metadata", "Options", "find", "read", "read_one"]
