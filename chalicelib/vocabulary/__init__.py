"""The city's words as data, one file each: a code, its Chinese name, and what must be decided about it.

Whoever needs a list of codes reads it here; `infra/contract.py` writes them into the API document, the service schema and the
clients' `vocabulary.ts`. Standard library only, so that anything may import it.
"""
