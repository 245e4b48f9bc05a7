"""Papers drawn up from a state: every figure of a certificate or a form, ready to be printed and signed."""
