"""Parts of a page that are rendered once per language."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from people.templatetags import once as once_module

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


NAMED = "{% load once %}{% once name=name %}{{ name }}{{ other }}{% now 'H:i:s.u' %}{% endonce %}"


def test_a_part_is_kept_for_each_of_its_values() -> None:
    template = Template(NAMED)
    first, second = (template.render(Context({"name": name})) for name in ("Ana", "Boris"))
    assert (first[:3], second[:5]) == ("Ana", "Boris")
    assert template.render(Context({"name": "Ana"})) == first


def test_a_part_sees_its_values_alone() -> None:
    assert Template(NAMED).render(Context({"name": "Ana", "other": "secret"})).find("secret") == -1


def test_a_part_is_escaped_like_the_rest_of_the_page() -> None:
    assert Template(NAMED).render(Context({"name": "<b>"})).startswith("&lt;b&gt;")


def test_the_kept_texts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once_module, "MOST_KEPT", 2)
    template = Template(NAMED)
    for name in ("Ana", "Boris", "Carla", "Ana"):
        assert template.render(Context({"name": name})).startswith(name)
    node = next(iter(template.nodelist.get_nodes_by_type(once_module.OnceNode)))
    assert len(node.texts) == 2


def test_a_value_without_a_name_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        Template("{% load once %}{% once name %}{% endonce %}")
