"""From a pasted review or CV to evidence: cut, looked through, and stored when the person says so."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.actions.errors import NotEditableError
from assessments.actions.from_text import add_items
from assessments.actions.once import once
from assessments.cutting import cut
from assessments.forms.from_text import Draft, ItemsForm, TextForm, draft_of
from assessments.results.evidence.from_text import suggested_for_rows
from assessments.views.evidence import damaged, go_to, last_day
from people.clock import day_of, now
from people.models import User
from people.requests import signed_in

PAGE = "assessments/from_text/page.html"


@require_http_methods(["GET", "HEAD", "POST"])
def from_text(request: HttpRequest) -> HttpResponse:
    """A text to paste, then its items; nothing is stored before the last button."""
    user, at = signed_in(request), now()
    if request.method != "POST":
        return text_page(request, TextForm(initial={"language": user.reader[1]}))
    if "count" in request.POST:
        return look_through(request, user, at)
    return cut_text(request, user, at)


def cut_text(request: HttpRequest, user: User, at: dt.datetime) -> HttpResponse:
    form, latest = TextForm(request.POST), last_day(user, at)
    found = cut(form.cleaned_data["text"], latest=latest) if form.is_valid() else None
    if found and found.items:
        return items_page(request, user, draft_of(found, form, latest))
    if found:
        form.say_nothing_found()
    return text_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def look_through(request: HttpRequest, user: User, at: dt.datetime) -> HttpResponse:
    """What one of the buttons does with the items."""
    form = ItemsForm(request.POST, latest=last_day(user, at))
    if not form.is_valid():
        return damaged(request)
    if form.verb == "save":
        return save(request, user, at, form)
    if form.verb == "again":
        return text_page(request, TextForm(initial={"text": form.text, "language": form.language_code}))
    if form.verb == "suggest" and request.headers.get("HX-Request"):
        return suggestions(request, user, form)
    draft = form.changed()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if draft.errors else HTTPStatus.OK
    return items_page(request, user, draft, status)


def save(request: HttpRequest, user: User, at: dt.datetime, form: ItemsForm) -> HttpResponse:
    """Stores what is kept, all of it or nothing."""
    if not form.may_be_stored():
        return items_page(request, user, form.refused(), HTTPStatus.UNPROCESSABLE_ENTITY)
    items = [item.new_item(form.language_code) for item in form.kept]

    def add() -> str:
        add_items(items=items, by=user, at=at, on=day_of(at))
        return reverse("assessments:evidence")

    try:
        address = once(token=form.cleaned_data["form_token"], by=user, at=at, do=add)
    except NotEditableError:
        return items_page(request, user, form.without_links(), HTTPStatus.CONFLICT)
    messages.success(request, added(len(items)))
    return go_to(request, address)


def added(count: int) -> str:
    return ngettext("%(count)d item added.", "%(count)d items added.", count) % {"count": count}


def suggestions(request: HttpRequest, user: User, form: ItemsForm) -> HttpResponse:
    """For one item as it is typed."""
    item = form.items[form.number - 1]
    (suggested,) = suggested_for_rows(user, form.language_code, [item.row])
    context = {"item": item, "suggested": suggested, "language": form.language_code}
    return render(request, "assessments/from_text/suggested.html", context)


def text_page(request: HttpRequest, form: TextForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return page(request, {"form": form, "draft": None, "cards": ()}, status)


def items_page(
    request: HttpRequest, user: User, draft: Draft, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    rows = [item.row for item in draft.items]
    cards = list(zip(draft.items, suggested_for_rows(user, draft.language, rows), strict=True))
    return page(request, {"form": None, "draft": draft, "cards": cards}, status)


def page(request: HttpRequest, context: dict[str, object], status: HTTPStatus) -> HttpResponse:
    """The page, or for htmx its form, which static/js/app.js focuses: a browser does so once a page."""
    fragment, mark = ("#from-text", "data-focus") if request.headers.get("HX-Request") else ("", "autofocus")
    return render(request, f"{PAGE}{fragment}", {**context, "focus_mark": mark}, status=status)
