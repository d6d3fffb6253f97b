"""One SQLite file holds a record; what it holds is read back as the model's dataclasses."""

from onrecord.store.file import Found, Meta, Store, input_key_of
from onrecord.store.queries import LISTINGS, Filters, Listing, select, standing
from onrecord.store.searching import Hit, search
from onrecord.store.surroundings import sentence_around
from onrecord.store.verifying import Finding, verify

__all__ = [
    "LISTINGS", "Filters", "Finding", "Found", "Hit", "Listing", "Meta", "Store", "input_key_of", "search", "select",
    "sentence_around", "standing", "verify",
]  # fmt: skip
