"""A small VoiceXML 2.1 interpreter (W3C REC 2007-06-19) of its own: it knows no sandbox, only how to fetch a document.

call.py       one call being walked: `VoiceCall(fetch, session)`, `start`, `press`, `hang_up` (begin here)
document.py   reading a document: what it says, which keys it takes, who handles an event
content.py    executable content: what stands in blocks, filled and handlers
grammar.py    DTMF grammars, each made into one regular expression
expr.py       the small part of ECMAScript in `expr` and `cond`
scope.py      the variables of a call
"""
