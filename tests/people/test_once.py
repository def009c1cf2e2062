"""Parts of a page that are rendered once per language."""

from django.template import Context, Template
from django.utils import translation

PART = "{% load i18n once %}{% once %}{% get_current_language as code %}{{ code }}{% endonce %}"


def test_a_part_is_kept_for_each_language() -> None:
    template = Template(PART)
    for language in ("ru", "pt-br", "ru"):
        with translation.override(language):
            assert template.render(Context()) == language


def test_a_part_is_rendered_the_first_time_only() -> None:
    """The second reader in a language gets the first one's text."""
    template = Template("{% load once %}{% once %}{% now 'H:i:s.u' %}{% endonce %}")
    assert template.render(Context()) == template.render(Context())


def test_nothing_of_a_request_gets_into_a_kept_part() -> None:
    template = Template("{% load once %}{% once %}{% if name %}{{ name }}{% endif %}{% endonce %}{{ name }}")
    assert template.render(Context({"name": "Ana"})) == "Ana"
