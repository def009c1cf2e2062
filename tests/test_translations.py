"""The catalogues are complete, sound, compiled, and keep to the words of the product."""

import re
from pathlib import Path
from string import Formatter

import polib
import pytest
from django.utils.translation import gettext, ngettext, override, pgettext

LOCALE = Path(__file__).resolve().parents[1] / "locale"
PLURALS = {"pt_BR": 2, "ru": 4}
NAMED = re.compile(r"%\(\w+\)[sd]|%%")
TAG = re.compile(r"</?\w+>")

# Context, English, Portuguese, Russian.
WORDS: list[tuple[str, str, str, str]] = [
    ("own rating", "Not yet", "Ainda não", "Пока нет"),
    ("own rating", "I know how", "Conheço", "Знаю, как"),
    ("own rating", "I have done it", "Pratico", "Есть опыт"),
    ("own rating", "I answer for it", "Respondo por isso", "Отвечаю за это"),
    ("reviewer's rating", "Knows how", "Conhece", "Знает, как"),
    ("reviewer's rating", "Has done it", "Pratica", "Есть опыт"),
    ("reviewer's rating", "Answers for it", "Responde por isso", "Отвечает за это"),
    ("assessment", "draft", "rascunho", "черновик"),
    ("assessment", "submitted", "enviada", "отправлена"),
    ("assessment", "in review", "em análise", "на проверке"),
    ("assessment", "returned", "devolvida", "возвращена"),
    ("assessment", "withdrawn", "retirada", "отозвана"),
    ("assessment", "reopened", "reaberta", "открыта повторно"),
    ("level", "competent", "atingido", "достигнут"),
    ("level", "proficient", "parcialmente atingido", "достигнут частично"),
    ("level", "developing", "em desenvolvimento", "в развитии"),
    ("level", "none", "sem pontos", "нет баллов"),
    ("strength of evidence", "no action", "sem ação", "нет действий"),
    ("strength of evidence", "in outline", "em linhas gerais", "в общих чертах"),
    ("strength of evidence", "with a result", "com resultado", "с результатом"),
    ("strength of evidence", "verifiable", "verificável", "можно проверить"),
    ("", "Skill ladder", "Escada de habilidades", "Лестница навыков"),
    ("", "Statement", "Responsabilidade", "Пункт"),
    ("", "Target level", "Nível-alvo", "Целевой уровень"),
    ("", "no practice", "sem prática", "нет опыта"),
    ("", "full responsibility", "responsabilidade plena", "полная ответственность"),
    ("", "claimed", "declarado", "заявлено"),
    ("", "validated", "validado", "утверждено"),
    ("", "Return for changes", "Devolver para ajustes", "Вернуть на доработку"),
    ("", "Shortest path", "Caminho mais curto", "Кратчайший путь"),
    ("", "not defined", "não definido", "не предусмотрен"),
    ("", "implied", "incluído no nível acima", "засчитан"),
    # The employee reads “you”; to a reviewer that would be somebody else.
    ("", "what you did", "o que você fez", "что сделали вы"),
    ("", "action", "o que foi feito", "что сделано"),
]


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def texts(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def fields(text: str) -> set[str]:
    """What is filled in: %(name)s, and the fields in braces. %% is one too, for it must stay doubled."""
    return {*NAMED.findall(text), *(f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name)}


@pytest.mark.parametrize("language", PLURALS)
def test_nothing_is_empty_or_doubtful(language: str) -> None:
    """Every message has its translation, and a person confirmed it."""
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    assert entries
    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy] == []


@pytest.mark.parametrize("language", PLURALS)
def test_what_is_filled_in_is_the_same(language: str) -> None:
    """A translation fills in what its message fills in; one for a single thing may leave the number out."""
    wrong = [entry.msgid for entry in catalogue(language) for text in texts(entry) if not _fills(entry, text)]
    assert wrong == []


def _fills(entry: polib.POEntry, text: str) -> bool:
    known = fields(entry.msgid) | fields(entry.msgid_plural)
    lost = known - fields(text)
    return fields(text) <= known and (not lost or (bool(entry.msgid_plural) and len(lost) == 1))


@pytest.mark.parametrize("language", PLURALS)
def test_the_markup_is_the_same(language: str) -> None:
    """A translation opens and closes the tags of its message, and no others."""
    differing = [
        entry.msgid
        for entry in catalogue(language)
        for text in texts(entry)
        if sorted(TAG.findall(text)) != sorted(TAG.findall(entry.msgid))
    ]
    assert differing == []


@pytest.mark.parametrize("language", PLURALS)
def test_edges_are_the_same(language: str) -> None:
    """A translation begins and ends with the white space of its message."""
    differing = [
        entry.msgid
        for entry in catalogue(language)
        for text in texts(entry)
        if _edges(text) != _edges(entry.msgid)
    ]
    assert differing == []


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@pytest.mark.parametrize(("language", "count"), PLURALS.items())
def test_plural_forms_are_counted(language: str, count: int) -> None:
    """A message with a number has as many forms as its language, and the catalogue says how many."""
    file = catalogue(language)
    assert f"nplurals={count};" in file.metadata["Plural-Forms"]
    assert {len(entry.msgstr_plural) for entry in file if entry.msgid_plural} == {count}


@pytest.mark.parametrize("language", PLURALS)
def test_the_compiled_file_is_current(language: str) -> None:
    """What runs is what is written: the .mo says the same as its .po."""
    compiled = polib.mofile(str(LOCALE / language / "LC_MESSAGES" / "django.mo"))
    assert _content(compiled) == _content(catalogue(language))


def _content(file: polib.POFile | polib.MOFile) -> dict[tuple[str | None, str], list[str]]:
    return {(entry.msgctxt, entry.msgid): texts(entry) for entry in file if not entry.obsolete}


@pytest.mark.parametrize(("context", "message", "pt", "ru"), WORDS)
def test_words_of_the_product(context: str, message: str, pt: str, ru: str) -> None:
    """A thing has one name in a language, everywhere."""
    for code, wanted in (("pt-br", pt), ("ru", ru)):
        with override(code):
            assert (pgettext(context, message) if context else gettext(message)) == wanted


@pytest.mark.parametrize(
    ("code", "number", "wanted"),
    [
        ("pt-br", 1, "cerca de 1 minuto"),
        ("pt-br", 5, "cerca de 5 minutos"),
        ("ru", 1, "около 1 минуты"),
        ("ru", 5, "около 5 минут"),
        ("ru", 21, "около 21 минуты"),
    ],
)
def test_numbers_take_their_form(code: str, number: int, wanted: str) -> None:
    """One minute is not written as five are."""
    with override(code):
        text = ngettext("about %(n)s minute", "about %(n)s minutes", number)
    assert text % {"n": number} == wanted
