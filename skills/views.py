"""Reading the skills."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from skills.catalogue import definition, summaries
from skills.forms import ReadingForm
from skills.models import Language, Skill
from skills.reading import skill_page


@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    reader = _reader(request)
    context = {"skills": summaries(*reader), "language_name": Language(reader[0]).label}
    return render(request, "skills/list.html", context)


@require_safe
def skill_detail(request: HttpRequest, code: str) -> HttpResponse:
    skill, reader = _skill(code), _reader(request)
    languages = definition(skill.pk, skill.framework.version, *reader).languages
    form = ReadingForm(request.GET, languages=languages)
    status = 200 if form.is_valid() else 400
    page = skill_page(skill, reader=reader, **form.cleaned_data)
    return render(request, "skills/detail.html", {"page": page, "form": form}, status=status)


def _skill(code: str) -> Skill:
    try:
        return Skill.objects.coded(code)
    except Skill.DoesNotExist as error:
        raise Http404(code) from error


def _reader(request: HttpRequest) -> tuple[str, str]:
    """The reader's language, and that of official texts; sign-in is required of every page."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.reader
