"""The matching itself, over a handful of statements written for the purpose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.matching import MOST_SUGGESTIONS, Document, Matcher

DOCUMENTS = (
    Document(
        statement="X.2.1",
        level=2,
        texts=(
            "Ajuda a montar mapas da jornada do cliente.",
            "ajudei; sob orientação; preenchi o mapa",
            "Ajudei a analista a preencher o mapa da jornada dos clientes.",
        ),
    ),
    Document(
        statement="X.4.1",
        level=4,
        texts=(
            "Desenha a jornada do cliente com várias áreas.",
            "liderei o desenho; conduzi; prototipamos",
            "Liderei o redesenho da jornada do cliente com logística e atendimento.",
        ),
    ),
    Document(
        statement="X.6.1",
        level=6,
        texts=(
            "Elabora políticas para toda a empresa.",
            "aprovada pelo conselho; obrigatória",
            "Redigi a política de clientes, aprovada pelo conselho para toda a empresa.",
        ),
    ),
)
UNRELATED = (
    "folha de pagamento; férias; servidores; backup; estoque",
    "Migrei o servidor e fiz a folha de férias.",
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher("pt", DOCUMENTS, audience=("cliente", "ponto de contato"), unrelated=UNRELATED)


def first(matcher: Matcher, text: str) -> str:
    return matcher.rank(text)[0].statement


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Ajudei a desenhar a jornada dos clientes, sob orientação.", "X.2.1"),
        ("Conduzi o redesenho da jornada do cliente com as áreas.", "X.4.1"),
        ("Política de clientes obrigatória, aprovada pelo conselho.", "X.6.1"),
    ],
)
def test_words_of_responsibility_tell_levels_apart(matcher: Matcher, text: str, statement: str) -> None:
    """The same theme goes to the level whose words its author uses."""
    assert matcher.suggest(text)[0].statement == statement


@pytest.mark.parametrize(
    "text", ["AJUDEI A MONTAR O MAPA", "ajudei montei mapa jornda", "Àjudêi a mòntar o mapá"]
)
def test_case_accents_and_slips_do_not_matter(matcher: Matcher, text: str) -> None:
    """A careless spelling finds the same statement as a careful one."""
    assert first(matcher, text) == "X.2.1"


def test_a_text_on_other_work_gets_no_suggestion(matcher: Matcher) -> None:
    """Other work is not suggested, though it is ranked when asked."""
    text = "Conduzi a migração dos servidores e o backup da folha de pagamento."
    assert matcher.suggest(text) == ()
    assert len(matcher.rank(text)) == len(DOCUMENTS)


@pytest.mark.parametrize("text", ["", "   \n", "123 456 !!!", "zzz qqq www", "клиент карта", "\x00\u202e"])
def test_a_text_that_says_nothing_gets_no_suggestion(matcher: Matcher, text: str) -> None:
    """Empty, unknown and foreign words lead nowhere, and break nothing."""
    assert matcher.suggest(text) == ()


def test_terms_are_words_of_the_text_as_written(matcher: Matcher) -> None:
    """The reason that is given can be found in the text, letter by letter."""
    text = "AJUDEI a Analista com o MAPA da Jornada dos clientes"
    terms = matcher.suggest(text)[0].terms
    assert {"AJUDEI", "MAPA"} <= set(terms)
    assert set(terms) <= set(text.split())


SURVEY = Document(
    statement="X.3.1",
    level=3,
    texts=("pesquisa NPS", "NPS das lojas", "respondi pela pesquisa de muitas lojas, em ti e no rh"),
)


def test_only_words_that_carried_the_match_are_terms(matcher: Matcher) -> None:
    """What is far weaker than the strongest word is no reason: here a slip, known by its pieces alone."""
    terms = matcher.suggest("Ajudei a preencher o mapa, ao lado da empresa e da jornda")[0].terms
    assert set(terms) == {"Ajudei", "preencher", "mapa"}


def test_words_that_say_nothing_are_no_terms() -> None:
    """Nor are their other forms, or two letters that are no name, though they count."""
    found = Matcher("pt", (SURVEY, *DOCUMENTS)).suggest("Muitas pesquisas, em ti; com RH")[0]
    assert set(found.terms) == {"pesquisas", "RH"}


def test_a_short_word_is_not_outdone_by_its_length() -> None:
    """NPS has fewer pieces than a long word, and says no less."""
    assert Matcher("pt", (SURVEY, *DOCUMENTS)).suggest("Acompanhei a pesquisa NPS")[0].terms[0] == "NPS"


def test_naming_whom_the_work_is_for_counts(matcher: Matcher) -> None:
    """The same words score higher where a client is named, and without the audience they do not."""
    deaf = Matcher("pt", DOCUMENTS, unrelated=UNRELATED)
    text = "Conduzi o redesenho com as áreas e o ponto de contato"
    assert matcher.rank(text)[0].score > deaf.rank(text)[0].score


def test_an_example_counts_at_once(matcher: Matcher) -> None:
    """A text that was linked moves the next one like it, and the first matcher stays as it was."""
    text = "Organizei a quermesse dos clientes da paróquia com barraquinhas."
    taught = matcher.with_examples(
        [("X.4.1", "Quermesse da paróquia, barraquinhas para clientes."), ("?", "x")]
    )
    before = {match.statement: match.score for match in matcher.rank(text)}
    assert taught.suggest(text)[0].statement == "X.4.1"
    assert taught.suggest(text)[0].score > before["X.4.1"]
    assert {match.statement: match.score for match in matcher.rank(text)} == before


def test_statements_alone_are_enough_to_rank() -> None:
    """A skill that has neither indicators nor examples is matched by its own sentences."""
    documents = [
        Document(statement=each.statement, level=each.level, texts=each.texts[:1]) for each in DOCUMENTS
    ]
    assert first(Matcher("pt", documents), "política da empresa") == "X.6.1"


def test_statements_alone_are_enough_to_suggest() -> None:
    """Where nothing is known of other work, less is asked of a text."""
    documents = [Document(statement=each.statement, level=each.level, texts=each.texts) for each in DOCUMENTS]
    assert Matcher("pt", documents).suggest("Ajudei a preencher o mapa da jornada")[0].statement == "X.2.1"


def test_no_statements_no_matches() -> None:
    """A skill without statements in the language suggests nothing."""
    assert Matcher("ru", ()).suggest("путь клиента") == ()
    assert Matcher("ru", ()).rank("путь клиента") == ()


@given(st.text(max_size=300))
def test_any_text_is_answered_the_same_way_twice(text: str) -> None:
    """Scores lie in 0–1, best first, at most three; the same text gives the same answer."""
    matcher = Matcher("pt", DOCUMENTS, audience=("cliente",), unrelated=UNRELATED)
    found = matcher.suggest(text)
    assert len(found) <= MOST_SUGGESTIONS
    assert all(0 <= match.score <= 1 for match in matcher.rank(text))
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert found == Matcher("pt", DOCUMENTS, audience=("cliente",), unrelated=UNRELATED).suggest(text)
