"""onrecord turns a pile of news articles into a sourced record."""

__version__ = "0.1.0"
