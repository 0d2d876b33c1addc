"""Web pages: the tree without what nobody sees, the block that holds the report, its paragraphs and tables."""
