"""A pack's own playthroughs: run with the stub, and held against what the author says must come of them."""
