"""Reading a filing's text: folding, splitting, outline, digests, proofreading."""
