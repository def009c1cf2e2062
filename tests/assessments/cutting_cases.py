"""Texts as people paste them: a CV, a review, a profile and a resume as sites export them."""

from __future__ import annotations

import datetime as dt

from assessments.cutting import Cut, cut

TODAY = dt.date(2026, 11, 20)
CV = """Ana Souza
Analista de CX
ana@example.org | (11) 98888-7777

EXPERIÊNCIA PROFISSIONAL

Banco Araçari
Analista de Experiência do Cliente
mar 2024 – atual
• Redesenhei a jornada do cliente no aplicativo com TI e operação, em três rodadas, com 24 entrevistas.
• Conduzi a pesquisa pós-venda em 12 lojas. Com isso, o NPS subiu 9 pontos.
• Treinei 15 atendentes
  em escuta ativa.

Loja Ipê — Assistente de atendimento (2022-2023)
- Respondi reclamações no balcão
- Montei a planilha de motivos de contato

FORMAÇÃO
Administração, USP, 2018 - 2021
Idiomas: inglês
"""
REVIEW = """Самооценка за 2026 год

В этом году я провела исследование пути клиента в 12 магазинах: наблюдала за кассами и поговорила с 24
покупателями. В результате очереди в часы пик сократились на 18 %. Также я обучила 15 сотрудников работе
с обратной связью. Кроме того, переделала форму жалобы на сайте, т. к. люди бросали её на втором шаге.

Проект «Карта пути»
с марта 2024 по н. в.
Ситуация: клиенты не понимали статус заказа.
Действие: описала путь клиента с пятью отделами.
Результат: звонков о статусе стало вдвое меньше.

1. Ввела еженедельный разбор отзывов
2) Подготовила отчёт для директора
"""
PROFILE = """Contato
ana@example.org

Principais competências
Atendimento

Ana Souza

Experiência
Banco Araçari
Analista de CX
janeiro de 2022 - Present (2 anos 3 meses)
São Paulo, Brasil
Implantei a pesquisa de satisfação em 40 agências e apresentei os resultados à
diretoria.

Formação acadêmica
USP
"""
RESUME = """Петрова Ирина
+7 999 123-45-67

Опыт работы — 5 лет 3 месяца

Март 2021 — настоящее время
3 года 2 месяца
ООО «Ромашка»
Специалист по клиентскому сервису
- Внедрила опрос покупателей в 12 магазинах;
- Составила карту пути клиента
и согласовала её с маркетингом;
"""

YEAR_PT = """Ana Souza
Cargo: Analista de CX
Gestora: Marta Lima

Meus principais resultados de 2025

- Redesenhei a jornada do cliente com TI.
- Treinei 15 atendentes em escuta ativa.

REALIZACOES
2024 – atual: implantei a pesquisa NPS em 40 lojas
Respondi reclamações no balcão (2022-2023)

Metas para 2026
Abrir a pesquisa às franquias.
"""
YEAR_RU = """Иванова Мария Петровна
Должность: специалист

Итоги 2025 года

Провела исследование пути клиента в 12 магазинах.
С марта 2024 по н. в.: веду карту пути клиента

Ключевые достижения за 1-е полугодие 2025 г.
2022–2023 — разбирала жалобы

Что сделано в 2024 году:
Обучила 15 сотрудников.
"""


def made(text: str) -> Cut:
    return cut(text, latest=TODAY)
