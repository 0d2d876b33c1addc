"""Parts of the Word reader, one module for each idea of WordprocessingML (ECMA-376)."""
