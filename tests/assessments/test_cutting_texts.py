"""People recognise their work in the items that their texts are cut into."""

from __future__ import annotations

import pytest

from assessments.cutting import LONGEST_TITLE, MOST_ITEMS, Item, merged, pieces, split
from assessments.cutting_dates import plain_span
from assessments.cutting_words import sentences
from tests.assessments.cutting_cases import CV, PROFILE, RESUME, REVIEW, TODAY, made


def test_a_cv() -> None:
    """Roles are the situation of what was done in them, with their time; the rest is left aside."""
    found = made(CV)
    first, second, third, fourth, fifth = found.items
    assert first.title == "Redesenhei a jornada do cliente no aplicativo com TI e operação"
    assert first.situation == "Banco Araçari\nAnalista de Experiência do Cliente\nmar 2024 – atual"
    assert (first.started_on, first.ended_on) == ("2024-03-01", "")
    assert (second.action, second.result) == (
        "Conduzi a pesquisa pós-venda em 12 lojas.",
        "Com isso, o NPS subiu 9 pontos.",
    )
    assert third.action == "Treinei 15 atendentes em escuta ativa."
    assert (fourth.started_on, fourth.ended_on) == ("2022-01-01", "2023-12-31")
    assert fifth.title == "Montei a planilha de motivos de contato"
    for line in ("Ana Souza", "ana@example.org", "EXPERIÊNCIA PROFISSIONAL", "USP", "Idiomas: inglês"):
        assert line in found.aside


def test_a_review() -> None:
    """A long paragraph is several achievements; labelled lines are one item; numbers of a list go."""
    found = made(REVIEW)
    titles = [item.title for item in found.items]
    assert len(titles) == 6
    assert titles[1].startswith("Также я обучила")
    assert titles[2] == "Кроме того, переделала форму жалобы на сайте"
    assert "т. к. люди" in found.items[2].action
    assert found.aside == "Самооценка за 2026 год"
    assert found.items[0].situation == ""
    assert found.items[0].result == "В результате очереди в часы пик сократились на 18 %."
    labelled = found.items[3]
    assert labelled.situation.endswith("клиенты не понимали статус заказа.")
    assert labelled.action == "описала путь клиента с пятью отделами."
    assert labelled.result == "звонков о статусе стало вдвое меньше."
    assert labelled.started_on == "2024-03-01"
    assert found.items[5].action == "Подготовила отчёт для директора"


def test_an_exported_profile() -> None:
    """The lines about one employment are the situation, in any order; skills and schools are left aside."""
    (item,) = made(PROFILE).items
    assert item.situation.splitlines() == PROFILE.splitlines()[9:13]
    assert item.action.endswith("os resultados à diretoria.")
    assert (item.started_on, item.ended_on) == ("2022-01-01", "")
    assert "Atendimento" in made(PROFILE).aside


def test_a_resume_of_a_job_site() -> None:
    """The time stands first, and a list entry goes on in the next line."""
    first, second = made(RESUME).items
    assert first.situation.splitlines() == RESUME.splitlines()[5:9]
    assert first.started_on == second.started_on == "2021-03-01"
    assert second.action == "Составила карту пути клиента и согласовала её с маркетингом;"
    assert "Опыт работы — 5 лет 3 месяца" in made(RESUME).aside


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("mar 2024 – atual | conduzi a pesquisa", "Conduzi a pesquisa"),
        ("[2022-2023] Ouvi clientes", "Ouvi clientes"),
        ("Ouvi clientes, 2022-2023.", "Ouvi clientes"),
        ("Conduzi de 2022 a 2023 a pesquisa", "Conduzi de 2022 a 2023 a pesquisa"),
        ("Conduzi a pesquisa de 2022 a 2023", "Conduzi a pesquisa de 2022 a 2023"),
        # Neither was read into the fields: there are two, or it is in no calendar.
        ("2018-2019, 2020-2021: ouvi clientes", "2018-2019, 2020-2021: ouvi clientes"),
        ("2023-2022: ouvi clientes", "2023-2022: ouvi clientes"),
        ("2022-2023", "2022-2023"),
    ],
)
def test_titles_without_the_time_that_was_read(text: str, title: str) -> None:
    """At its beginning or end, where the title is whole without it; what was done keeps every word."""
    (item,) = made(f"- {text}").items
    assert (item.title, item.action) == (title, text)


def test_a_numbered_review() -> None:
    """A short entry with its paragraph under it is the title of it."""
    text = "Avaliação anual\n\n1) Jornada do app\nRefiz a jornada com TI.\nResultado: menos chamadas."
    (item,) = made(text).items
    assert (item.title, item.action, item.result) == (
        "Jornada do app",
        "Refiz a jornada com TI.",
        "menos chamadas.",
    )


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "Mapeei a jornada\nTreinei 12 pessoas\nReduzi filas",
            ["Mapeei a jornada", "Treinei 12 pessoas", "Reduzi filas"],
        ),
        ("mapeei a jornada\ntreinei 12 pessoas", ["Mapeei a jornada", "Treinei 12 pessoas"]),
        ("Projeto Ipê:\n- Fiz a\n- Fiz b", ["Fiz a", "Fiz b"]),
        (
            "Mapa da jornada\n" + "Desenhei o mapa com três áreas e testei com clientes. " * 2,
            ["Mapa da jornada"],
        ),
        ("Resultado: NPS subiu", ["NPS subiu"]),
        ("Com isso, o NPS subiu.", ["Com isso, o NPS subiu"]),
        ("x" * 100, ["X" + "x" * 78 + "…"]),
        ("palavra " * 15, ["P" + ("palavra " * 10)[1:-1] + "…"]),
        ("Resultado:", ["Resultado"]),
        ("---\n***\n \u200b", []),
        ("", []),
    ],
)
def test_titles(text: str, titles: list[str]) -> None:
    assert [item.title for item in made(text).items] == titles


def test_a_long_title_is_cut_between_words() -> None:
    (item,) = made("Acompanhei diariamente " + "todos os pedidos atrasados " * 8).items
    assert len(item.title) <= LONGEST_TITLE
    assert item.title.endswith("…")
    assert item.action.startswith(item.title.rstrip("…"))


def test_more_than_sixty_are_joined() -> None:
    """The person is told how many there were."""
    found = made("\n".join(f"• Atendi o caso número {number}" for number in range(200)))
    assert found.joined_from == 200
    assert 0 < len(found.items) <= MOST_ITEMS
    assert "número 199" in found.items[-1].action


def test_sixty_are_not_joined() -> None:
    found = made("\n".join(f"• Atendi o caso número {number}" for number in range(60)))
    assert (len(found.items), found.joined_from) == (60, 0)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("mar 2024 – atual", ("2024-03-01", None)),
        ("2022-2023", ("2022-01-01", "2023-12-31")),
        ("с марта 2024 по н. в.", ("2024-03-01", None)),
        ("03/2022 a 05/2023", ("2022-03-01", "2023-05-31")),
        ("01.03.2024 – 15.06.2024", ("2024-03-01", "2024-06-15")),
        ("jan–mar 2024", ("2024-01-01", "2024-03-31")),
        ("desde 2019", ("2019-01-01", None)),
        ("março de 2021 até o momento", ("2021-03-01", None)),
        ("янв. 2020 г. – дек. 2021 г.", ("2020-01-01", "2021-12-31")),
        ("2020 — настоящее время", ("2020-01-01", None)),
        ("May 2020 to present", ("2020-05-01", None)),
        # Its year has not ended: it goes on.
        ("2024-2026", ("2024-01-01", None)),
        ("с марта 2024 по май 2025", ("2024-03-01", "2025-05-31")),
        ("(11) 2022-2023", None),
        ("99999-2022-2023", None),
        ("marketing 2022", None),
        ("2023-2022", None),
        ("13/2020 - 14/2021", None),
        ("31.02.2020 - 01.03.2020", None),
        ("00.02.2020 - 01.03.2020", None),
        ("jan - atual", None),
        ("1920-1930", None),
        ("2027-2028", None),
        ("2018-2019, 2020-2021", None),
    ],
)
def test_times(text: str, span: tuple[str, str | None] | None) -> None:
    """A time is read where it is plain; a telephone number, or two times, is none."""
    found = plain_span(text, TODAY)
    read = found and (found.started_on.isoformat(), found.ended_on and found.ended_on.isoformat())
    assert read == span


def test_merging() -> None:
    """The first one's title stays; the time reaches from the earlier start to the later end."""
    first = Item(title="A", situation="Loja", action="Fiz a.", started_on="2022-01-01", ended_on="2022-12-31")
    second = Item(
        title="Outro",
        situation="Loja\nBairro",
        action="Fiz b.",
        result="Bom.",
        started_on="2021-01-01",
        ended_on="2023-01-31",
    )
    assert merged(first, second) == Item(
        title="A",
        situation="Loja\nBairro",
        action="Fiz a.\nOutro\nFiz b.",
        result="Bom.",
        started_on="2021-01-01",
        ended_on="2023-01-31",
    )
    assert merged(first, Item(title="Fiz c", action="Fiz c.", started_on="2023-01-01")).ended_on == ""
    assert merged(first, Item(title="Fiz c", action="Fiz c.")).action == "Fiz a.\nFiz c."


def test_splitting() -> None:
    """Lines, or the sentences of one line; the result stays with the first."""
    item = Item(title="T", situation="S", action="Fiz a. Fiz b.", result="R")
    assert split(item) == (
        Item(title="T", situation="S", action="Fiz a.", result="R"),
        Item(title="Fiz b", situation="S", action="Fiz b."),
    )
    assert pieces("Fiz a.\nFiz b. Fiz c.") == ("Fiz a.", "Fiz b. Fiz c.")
    assert split(Item(title="T")) == (Item(title="T"),)


def test_sentences() -> None:
    """An abbreviation, an initial or a lower-case letter behind the stop ends none."""
    text = "O Dr. Silva viu. т. е. Мы сделали 5 тыс. Клиентов! «Ok?» Sim… 24 casas. ok. fim"
    assert list(sentences(text)) == [
        "O Dr. Silva viu. т. е. Мы сделали 5 тыс. Клиентов!",
        "«Ok?»",
        "Sim…",
        "24 casas. ok. fim",
    ]
