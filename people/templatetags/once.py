"""Parts of a page that many readers share are rendered once per language and process."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# Of one part, in all languages: enough for every statement of some skills. Beyond it the part begins anew.
MOST_KEPT = 1000


class OnceNode(template.Node):
    def __init__(self, nodelist: NodeList, names: dict[str, FilterExpression]) -> None:
        self.nodelist, self.names = nodelist, names
        self.texts: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = [given.resolve(context) for given in self.names.values()]
        key = (get_language(), *values)
        text = self.texts.get(key)
        if text is None:
            if len(self.texts) >= MOST_KEPT:
                self.texts.clear()
            # Nothing of one request's context but the values can get into what others read.
            alone = context.new(dict(zip(self.names, values, strict=True)))
            text = self.texts[key] = self.nodelist.render(alone)
        return text


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """``{% once name=value … %}…{% endonce %}``: the part sees these values alone, and is kept for each.

    The values are compared as ``==`` does: name whatever else the part depends on. Without any it holds
    files, addresses and messages.
    """
    words = token.split_contents()[1:]
    names = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError(f"once takes name=value only, not {words[0]}")
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist, names)
