"""The nouns: exact numbers, dates, citations, terms, facts, observations, effects, state, figures."""
