"""Form recognisers: a `Document` in, forms with raw text, values and places out."""
