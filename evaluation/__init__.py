"""How right onrecord is, measured on annotated texts that stay outside the project (`ONRECORD_TEST_DATA`)."""
