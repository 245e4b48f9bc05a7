"""How things look: sheets and figures as text, as a page, as JSON. Knows values only."""
