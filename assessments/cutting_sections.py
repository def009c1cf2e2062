"""Lines of a CV or review that are no work themselves: its headings, contacts, whose it is.

Pure: no Django, no database, no clock. Portuguese, Russian and English, with accents or without.
"""

from __future__ import annotations

import re
import unicodedata

from assessments.cutting_words import names


def plain(text: str) -> str:
    """In one case and without accents: ё is е, й is и."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


# Headings that say nothing themselves, without "main", "my" or a year.
WORK_SECTIONS = names(
    plain("""
    experiência|experiências|experiência profissional|experiências profissionais|histórico profissional
    trajetória profissional|realizações|resultados|projetos|atividades|responsabilidades|entregas|conquistas
    destaques|resumo|resumo profissional|perfil|perfil profissional|objetivo|sobre mim|currículo
    curriculum vitae|cv|autoavaliação|avaliação anual|avaliação de desempenho|relatório anual|retrospectiva
    опыт|опыт работы|профессиональный опыт|трудовая деятельность|достижения|результаты|проекты|обязанности
    должностные обязанности|о себе|обо мне|цель|резюме|самооценка|итоги года|годовой отчет|годовая оценка
    отчет о работе|итоги работы|результаты работы|experience|work experience|professional experience
    employment|achievements|accomplishments|projects|responsibilities|summary|profile|objective|about me
    resume|annual review|self-assessment|annual self-assessment|performance review
    """)
)
# The same where a year follows: without one they may be a label or a sentence.
YEARLY_SECTIONS = names(
    plain("""
    balanço|metas|objetivos|planos|relatório|avaliação|o que fiz|итог|итоги|планы|цели|отчет|оценка
    что сделано|что я сделал|что я сделала|results|outcomes|goals|plans|report|review|what i did
    """)
)
# Those under which there is no work: what follows is left aside up to the next heading.
OTHER_SECTIONS = names(
    plain("""
    formação|formação acadêmica|educação|escolaridade|idiomas|línguas|cursos|certificações
    cursos e certificações|principais competências|habilidades|competências|conhecimentos
    informática|ferramentas|contato
    contatos|dados pessoais|interesses
    hobbies|referências|informações adicionais|образование|языки|знание языков|иностранные языки|курсы
    повышение квалификации|сертификаты|навыки|ключевые навыки|профессиональные навыки|компетенции|контакты
    личные данные|личная информация|интересы|хобби|рекомендации|дополнительная информация|education|languages
    courses|certifications|certificates|skills|key skills|competencies|tools|contact|contacts|personal details
    interests|references|additional information
    """)
)

LONGEST_SECTION = 60
FIRST_OF_SECTION = re.compile(
    r"(?:(?:meus|minhas|os|as|мои|наши|my|our|the)\s)?(?:(?:principais|основные|главные|ключевые|main|key)\s)?"
)
# "Autoavaliação 2026", "Самооценка за 2026 год", "Опыт работы — 5 лет 3 месяца".
LAST_OF_SECTION = re.compile(r"\s[—–-]\s\d.*$")
YEAR_OF_SECTION = re.compile(
    r"[\s,]{1,2}(?:[—–-]\s)?(?:(?:de|do ano de|no ano de|em|para|за|на|в|for|of|in)\s)?"
    r"(?:(?:[1-4]\s?[ºo°]|i{1,3}|iv|[1-4](?:-[еиое]{1,2})?|первое|второе)\s"
    r"(?:semestre|trimestre|полугодие|квартал)\s(?:de\s)?)?"
    r"\(?(?:19|20)\d\d\)?(?:\s(?:год[ау]?|г\.?)|г\.?)?$"
    r"|\s(?:do ano|do semestre|do trimestre|за год|за полугодие|за квартал|of the year)$"
)
CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|linkedin\.com/|\bt\.me/"
    r"|\+\d[\d\s().-]{8,20}|\(\d{2,3}\)\s?\d{4,5}[-\s]?\d{4}|\b(?:tel|telefone|fone|celular|whatsapp|e-?mail|phone|тел|телефон|моб)\b\.?\s?:",
    re.IGNORECASE,
)
# What a form says of whose review it is.
ABOUT_THE_PERSON = re.compile(
    r"(?:nome(?: completo)?|colaborador(?:a|\(a\))?|cargo|função|gestor(?:a|\(a\))?|área"
    r"|departamento|período|data|ф\.?\s?и\.?\s?о\.?|имя|сотрудник|должность|отдел|подразделение|руководитель|период|дата"
    r"|name|employee|position|job title|manager|department|period|date)\s?:",
    re.IGNORECASE,
)
# The commonest first names: a line of capitalised words may as well be an employer's.
FIRST_NAMES = names(
    plain("""
    ana|maria|mariana|marina|juliana|fernanda|patrícia|aline|amanda|beatriz|bruna|camila|carla|carolina
    cláudia|cristina|daniela|débora|eduarda|gabriela|helena|isabela|isabel|jéssica|joana|júlia|larissa|laura
    letícia|luana|luciana|luiza|luísa|márcia|natália|paula|priscila|rafaela|renata|roberta|sandra|simone|sofia
    tatiana|vanessa|vitória|viviane|adriana|alice|andréa|joão|josé|antônio|francisco|carlos|paulo|pedro
    lucas|luiz|luis|marcos|gabriel|rafael|daniel|marcelo|bruno|eduardo|felipe|rodrigo|andré|fernando|fábio
    leonardo|gustavo|guilherme|leandro|tiago|thiago|anderson|ricardo|márcio|jorge|sebastião|alexandre|roberto
    diego|vítor|sérgio|cláudio|matheus|mateus|henrique|caio|renato|vinícius|hugo|otávio
    анна|мария|елена|ольга|наталья|наталия|ирина|екатерина|татьяна|светлана|юлия|анастасия|марина|дарья|алина
    евгения|ксения|надежда|людмила|галина|валентина|вера|любовь|александра|алена|виктория|полина|софья|софия
    оксана|лариса|елизавета|кристина|яна|алиса|варвара|вероника|диана|инна|александр|алексей|сергей|андрей
    дмитрий|михаил|иван|евгений|владимир|максим|денис|павел|николай|игорь|роман|артем|илья|никита|олег|юрий
    антон|виктор|кирилл|константин|вадим|станислав|виталий|григорий|егор|анатолий|борис|василий|тимур|руслан
    """)
)
PATRONYMIC = re.compile(r"\w{2,20}(?:вна|ична|ович|евич|ьич)")
NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)?")
PARTICLES = frozenset({"da", "de", "do", "das", "dos", "e", "van", "von"})


def section(line: str) -> str:
    """Whether a line is a well-known heading of a CV or review: "work", "other" or nothing."""
    name, _, rest = line.partition(":")
    name = LAST_OF_SECTION.sub("", plain(name[:LONGEST_SECTION])).strip()
    bare = YEAR_OF_SECTION.sub("", name).strip()
    if bare in OTHER_SECTIONS:
        return "other"
    short = FIRST_OF_SECTION.sub("", bare, count=1)
    is_known = {bare, short} & WORK_SECTIONS or (bare != name and short in YEARLY_SECTIONS)
    return "work" if is_known and not rest.strip() else ""


def is_person(line: str) -> bool:
    """Whether a line is the name of a person, as it stands above their own text."""
    found = [word for word in line.split() if word not in PARTICLES]
    if not 2 <= len(found) <= 5 or not all(NAME.fullmatch(word) and word[0].isupper() for word in found):
        return False
    words = [plain(word) for word in found]
    # In Russian the family name may come first.
    firsts = words[:1] if words[0].isascii() else words
    return any(word in FIRST_NAMES or PATRONYMIC.fullmatch(word) for word in firsts)
