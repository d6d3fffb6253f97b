"""How the reader model is made: from annotated news to the files that the `language` room opens.

This folder is the only place that needs torch. `README.md` has the one command from data to shipped files.
"""
