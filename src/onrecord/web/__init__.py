"""The reading room: a record as pages in a browser, and the same pages as files.

A page is a pure function: the store's rows become a frozen page context (`pages/`), and a template draws it. The server
(`app`) and the static export (`site`) differ only in how a page is addressed (`places`).
"""
