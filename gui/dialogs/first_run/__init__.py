"""The first start, page by page."""
