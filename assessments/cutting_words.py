"""By which words a pasted text is cut: list marks, labels, how a sentence or an achievement begins.

Pure: no Django, no database, no clock. Portuguese, Russian and English at once, because people mix them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def names(lines: str) -> frozenset[str]:
    """What stands between the bars and line ends."""
    return frozenset(name.strip() for line in lines.strip().splitlines() for name in line.split("|"))


# \uf0b7 and \uf0a7 are how word processors paste their bullets; a letter o with a tab is their second level.
BULLET = re.compile(
    r"(?:[*–—−-]|\d{1,2}[.)]|[^\W\d_]\))\s+(?=\S)|[•●▪■◦‣·✓✔➤►→\uf0b7\uf0a7]\s*(?=\S)|o\t\s*(?=\S)"
)
HASHES = re.compile(r"#{1,6}\s+")
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”»)\]]*\s+(?=[^a-zà-ÿа-яё\s])")
# A full stop after these ends no sentence.
SHORTENED = names(
    """
    sr sra dr dra prof profa eng ex p.ex etc nº no av art núm pág vs e.g i.e mr mrs ms
    г гг т т.е т.д т.п т.к е д п п.п стр тыс млн млрд руб ул им р см н н.в
    """.replace(" ", "|")
)
LONGEST_SHORTENED = 12
_LABELS = {
    "situation": "situação|contexto|desafio|problema|tarefa|cenário|ситуация|контекст|проблема|задача"
    "|situation|context|challenge|problem|task|background",
    "action": "ação|ações|o que fiz|atuação|действие|действия|что сделано|что сделал|что сделала|что я сделал"
    "|что я сделала|action|actions|what i did",
    "result": "resultado|resultados|impacto|efeito|результат|результаты|итог|итоги|эффект|result|results"
    "|outcome|impact",
}
LABEL = re.compile(
    "|".join(rf"(?P<{part}>{names})" for part, names in _LABELS.items()).join(("(?:", r")\s*[:–—]\s*")),
    re.IGNORECASE,
)
# Sentences that tell what came of it, and no more than that.
OUTCOME = re.compile(
    r"(?:como resultado|em consequência|com isso|com isto|graças a isso|o resultado foi"
    r"|isso (?:reduziu|aumentou|permitiu|gerou)"
    r"|в результате|в итоге|благодаря этому|это позволило|это (?:снизило|повысило|сократило)"
    r"|as a result|this (?:led|reduced|increased|saved|allowed)|thanks to this)\b",
    re.IGNORECASE,
)
# Sentences that begin another achievement.
ANOTHER = re.compile(
    r"(?:também|além disso|além d[aeo]|em paralelo|por fim|outr[oa]|(?:em|no ano de) (?:19|20)\d\d"
    r"|n[oa] (?:primeir|segund|terceir|quart|últim)[oa] (?:semestre|trimestre|ano)"
    r"|также|кроме того|помимо|ещё|еще|параллельно|наконец|в (?:19|20)\d\d"
    r"|в[о]? (?:перв|втор|треть|четв[её]рт|последн)\w{2,4} (?:полугоди|квартал|год)\w{1,2}"
    r"|also|in addition|besides|in parallel|finally|another|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a line; nothing but the white space between them goes."""
    begun = 0
    for end in SENTENCE_END.finditer(text):
        before = text[max(begun, end.start() - LONGEST_SHORTENED) : end.start()].rsplit(maxsplit=1)
        last = before[-1].lstrip('(«"“') if before else ""
        is_initial = len(last) == 1 and last.isupper()
        if is_initial or last.casefold() in SHORTENED:
            continue
        yield text[begun : end.end()].strip()
        begun = end.end()
    if text[begun:].strip():
        yield text[begun:].strip()


def label(text: str) -> tuple[str, str]:
    """The part of an item that a label names, and the text after the label; nothing and all of it without."""
    found = LABEL.match(text)
    if not found:
        return "", text
    return str(found.lastgroup), text[found.end() :]
