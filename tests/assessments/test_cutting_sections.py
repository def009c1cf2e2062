"""Headings, and whose text it is, are no work: they are left aside and stand behind no item."""

from __future__ import annotations

import pytest

from tests.assessments.cutting_cases import YEAR_PT, YEAR_RU, made

ASIDE_PT = """Ana Souza
Cargo: Analista de CX
Gestora: Marta Lima
Meus principais resultados de 2025
REALIZACOES
Metas para 2026"""
TITLES_PT = """Redesenhei a jornada do cliente com TI
Treinei 15 atendentes em escuta ativa
Implantei a pesquisa NPS em 40 lojas
Respondi reclamações no balcão
Abrir a pesquisa às franquias"""
ASIDE_RU = """Иванова Мария Петровна
Должность: специалист
Итоги 2025 года
Ключевые достижения за 1-е полугодие 2025 г.
Что сделано в 2024 году:"""
TITLES_RU = """Провела исследование пути клиента в 12 магазинах
Веду карту пути клиента
Разбирала жалобы
Обучила 15 сотрудников"""


@pytest.mark.parametrize(
    ("text", "aside", "titles", "starts"),
    [
        (YEAR_PT, ASIDE_PT, TITLES_PT, ["2024-01-01", "2022-01-01"]),
        (YEAR_RU, ASIDE_RU, TITLES_RU, ["2024-03-01", "2022-01-01"]),
    ],
    ids=["pt", "ru"],
)
def test_a_review_of_the_year(text: str, aside: str, titles: str, starts: list[str]) -> None:
    """Whose it is and its headings are left aside, and no item's situation; a time is read, not repeated."""
    found = made(text)
    assert found.aside == aside
    assert [item.title for item in found.items] == titles.splitlines()
    assert {item.situation for item in found.items} == {""}
    assert [item.started_on for item in found.items if item.started_on] == starts


HEADINGS = """Resultados de 2025
Итоги 2025 года
Realizações
Minhas entregas no ano de 2025
Experiencia
Avaliação de desempenho — 2º semestre de 2025
Итоги за 2025 год
Отчёт за II квартал 2025
Результаты
Достижения за год
Key achievements in 2025
Balanço 2025:
## Destaques (2025)"""


@pytest.mark.parametrize("line", HEADINGS.splitlines())
def test_headings_that_say_nothing(line: str) -> None:
    """However they are written, with whatever year; what stands under them is work."""
    found = made(f"{line}\n- Mapeei a jornada\n- Ouvi 12 clientes")
    assert found.aside == line.removeprefix("## ")
    assert [item.situation for item in found.items] == ["", ""]


@pytest.mark.parametrize(
    "line", ["Banco Araçari", "Projeto Ipê 2025", "Магазин «Петрович»", "Resultados do NPS 2025"]
)
def test_headings_that_say_something(line: str) -> None:
    """An employer or a project is the situation of what was done there."""
    assert [item.situation for item in made(f"{line}\n- Mapeei a jornada\n- Ouvi clientes").items] == [
        line
    ] * 2


@pytest.mark.parametrize(
    "name", ["Ana Souza", "João da Silva Neto", "Мария Иванова", "Гузель Тагирова Ильинична"]
)
def test_a_name_is_nobodys_situation(name: str) -> None:
    assert made(f"{name}\n- Mapeei a jornada\n- Ouvi 12 clientes").aside == name


@pytest.mark.parametrize(
    "line", ["Ana Souza elogiou o atendimento", "Mapeei a jornada", "ana souza", "Casas Bahia"]
)
def test_what_is_no_name(line: str) -> None:
    assert line not in made(f"{line}\n\nOuvi 12 clientes.").aside


def test_a_name_further_down_is_no_name() -> None:
    """Only the first lines say whose text it is: elsewhere somebody may be part of the work."""
    assert "Ana Souza" not in made("Ouvi 12 clientes.\n\nAna Souza\n- Mapeei a jornada\n- Treinei").aside
