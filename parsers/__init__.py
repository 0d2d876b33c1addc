"""Published self-evaluation reports: bytes in, forms with places out. Pure functions, no input or output."""
