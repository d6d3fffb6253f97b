"""The formats that articles come in: one file each, whose `read` turns a document into articles."""
