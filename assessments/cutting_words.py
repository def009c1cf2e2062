"""By which words a pasted text is cut: list marks, labels, headings, how a sentence or an achievement begins.

Pure: no Django, no database, no clock. Portuguese, Russian and English at once, because people mix them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def _names(lines: str) -> frozenset[str]:
    return frozenset(name.strip() for line in lines.strip().splitlines() for name in line.split("|"))


# \uf0b7 and \uf0a7 are how word processors paste their bullets; a letter o with a tab is their second level.
BULLET = re.compile(
    r"(?:[*–—−-]|\d{1,2}[.)]|[^\W\d_]\))\s+(?=\S)|[•●▪■◦‣·✓✔➤►→\uf0b7\uf0a7]\s*(?=\S)|o\t\s*(?=\S)"
)
HASHES = re.compile(r"#{1,6}\s+")
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”»)\]]*\s+(?=[^a-zà-ÿа-яё\s])")
# A full stop after these ends no sentence.
SHORTENED = _names(
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

# Headings of a CV that say nothing themselves.
WORK_SECTIONS = _names(
    """
    experiência|experiências|experiência profissional|experiências profissionais|histórico profissional
    trajetória profissional|realizações|principais realizações|resultados|principais resultados|projetos
    principais projetos|atividades|principais atividades|responsabilidades|resumo|resumo profissional|perfil
    perfil profissional|objetivo|sobre mim|currículo|curriculum vitae|cv|autoavaliação|avaliação anual
    опыт|опыт работы|профессиональный опыт|трудовая деятельность|достижения|ключевые достижения|результаты
    основные результаты|проекты|ключевые проекты|обязанности|должностные обязанности|о себе|обо мне
    цель|резюме|самооценка|итоги года|experience|work experience|professional experience|employment
    achievements
    key achievements|projects|key projects|responsibilities|summary|profile|objective|about me|resume
    annual review|self-assessment|annual self-assessment|годовой отчёт|годовая оценка|отчёт о работе
    """
)
# Those under which there is no work: what follows is left aside up to the next heading.
OTHER_SECTIONS = _names(
    """
    formação|formação acadêmica|educação|escolaridade|idiomas|línguas|cursos|certificações
    cursos e certificações|principais competências|habilidades|competências|conhecimentos
    informática|ferramentas|contato
    contatos|dados pessoais|interesses
    hobbies|referências|informações adicionais|образование|языки|знание языков|иностранные языки|курсы
    повышение квалификации|сертификаты|навыки|ключевые навыки|профессиональные навыки|компетенции|контакты
    личные данные|личная информация|интересы|хобби|рекомендации|дополнительная информация|education|languages
    courses|certifications|certificates|skills|key skills|competencies|tools|contact|contacts|personal details
    interests|references|additional information
    """
)
LONGEST_SECTION = 60
# "Autoavaliação 2026", "Самооценка за 2026 год", "Опыт работы — 5 лет 3 месяца".
YEAR_OF_SECTION = re.compile(
    r"\s(?:(?:de|за|for|of)\s)?(?:19|20)\d\d(?:\sгода?|\s?г\.)?$|\s[—–-]\s\d.*$", re.IGNORECASE
)
CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|linkedin\.com/|\bt\.me/"
    r"|\+\d[\d\s().-]{8,20}|\(\d{2,3}\)\s?\d{4,5}[-\s]?\d{4}|\b(?:tel|telefone|fone|celular|whatsapp|e-?mail|phone|тел|телефон|моб)\b\.?\s?:",
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


def section(line: str) -> str:
    """Whether a line is a well-known heading of a CV: "work", "other" or nothing."""
    name, _, rest = line.partition(":")
    name = YEAR_OF_SECTION.sub("", name[:LONGEST_SECTION]).strip().casefold()
    if name in OTHER_SECTIONS:
        return "other"
    return "work" if name in WORK_SECTIONS and not rest.strip() else ""


def label(text: str) -> tuple[str, str]:
    """The part of an item that a label names, and the text after the label; nothing and all of it without."""
    found = LABEL.match(text)
    if not found:
        return "", text
    return str(found.lastgroup), text[found.end() :]
