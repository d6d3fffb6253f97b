"""The PLOVER code of an event, and where each act stands between cooperation and conflict."""

from __future__ import annotations

from onrecord.model.records import EventStatus, EventType

COOPERATIVE: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
HOSTILE: frozenset[EventType] = frozenset({"THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
SPOKEN: frozenset[EventType] = frozenset({"REQUEST", "ACCUSE", "REJECT"})
"""Acts of speech that the ontology codes alike whether made or announced."""

SCALE: dict[EventType, float] = {
    "COOPERATE": 7.0,
    "AID": 7.0,
    "RETREAT": 5.0,
    "CONCEDE": 4.0,
    "SUPPORT": 4.0,
    "AGREE": 3.0,
    "CONSULT": 1.0,
    "REQUEST": -1.0,
    "ACCUSE": -2.0,
    "REJECT": -4.0,
    "THREATEN": -5.0,
    "PROTEST": -6.0,
    "SANCTION": -6.5,
    "MOBILIZE": -7.0,
    "COERCE": -7.5,
    "ASSAULT": -10.0,
}
"""From joint work (7) to violence (-10), after the Goldstein weights of the CAMEO categories that PLOVER grew from."""


def plover(act: EventType, status: EventStatus) -> str:
    """The code a PLOVER user expects of an act: the act itself where it happened, else what intending it amounts to.

    An intended cooperative act is AGREE and an intended hostile one THREATEN; a cooperative act that is denied or
    called off is REJECT. Acts of speech keep their own code.
    """
    if act in SPOKEN or status in ("happened", "ongoing"):
        return act
    if act in COOPERATIVE:
        return "REJECT" if status == "denied" else "AGREE"
    return "THREATEN" if status == "planned" else act
