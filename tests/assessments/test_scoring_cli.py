"""The command line: one case, many lines, and everything that is no case."""

import copy
import io
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assessments import scoring
from assessments.scoring import Case, CaseError, main
from assessments.scoring_json import inside, parse
from tests.assessments.scoring_cases import POOL, WORKED_EXAMPLE

ROOT = Path(__file__).parents[2]
MISSING = object()


def run(data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "assessments.scoring", *arguments]
    return subprocess.run(command, input=data, capture_output=True, cwd=ROOT, check=False, timeout=60)


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def written(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_one_case_from_a_shell() -> None:
    """One case in, one result out, exit 0, nothing on stderr."""
    done = run(written(WORKED_EXAMPLE["case"]))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == WORKED_EXAMPLE["result"]


def test_many_lines_from_a_shell() -> None:
    """One case per line in, one result per line out, in the same order."""
    done = run(b"\n".join(written(given["case"]) for given in POOL), "--lines")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [given["result"] for given in POOL]


def test_a_malformed_case_from_a_shell() -> None:
    """Exit 2, nothing on stdout, one line on stderr that names the field."""
    case = copy.deepcopy(WORKED_EXAMPLE["case"])
    case["levels"][2]["statements"][0]["claim"] = 4
    done = run(written(case))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b'levels[2].statements[0].claim: must be 0, 1, 2, 3, "na" or null\n'


def test_a_bad_line_stands_in_its_place() -> None:
    """The lines around it are scored all the same, and the exit is 2."""
    good = written(WORKED_EXAMPLE["case"])
    done = run(b"\n".join([good, b"\xff", b"", good]), "--lines")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [next(iter(answer)) for answer in answers] == ["levels", "error", "error", "levels"]
    assert answers[1] == {"error": "input: not UTF-8"}


def test_an_unknown_option_from_a_shell() -> None:
    """The usage is told, and the exit is 2."""
    done = run(b"", "--line-by-line")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--lines" in done.stderr


def test_no_lines_are_no_results(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing in, nothing out, exit 0."""
    feed(monkeypatch, b"")
    assert main(["--lines"]) == 0
    assert capsys.readouterr().out == ""


def test_the_exits_within_one_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A good case is 0; a bad one is 2, alone and among lines."""
    good = written(WORKED_EXAMPLE["case"])
    for data, arguments, code in ((good, [], 0), (b"{}", [], 2), (good + b"\n{}", ["--lines"], 2)):
        feed(monkeypatch, data)
        assert main(arguments) == code
    captured = capsys.readouterr()
    assert captured.err == "on: missing\n"
    assert captured.out.splitlines()[-1] == '{"error": "on: missing"}'


def test_the_module_is_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run as a program, the module answers with its exit code."""
    feed(monkeypatch, b"[]")
    monkeypatch.setattr(sys, "argv", ["scoring"])
    with pytest.raises(SystemExit, match="2"):
        runpy.run_path(str(scoring.__file__), run_name="__main__")
    assert capsys.readouterr().err == "case: must be an object\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "input: not JSON (", id="empty"),
        pytest.param(b"{", "input: not JSON (", id="cut off"),
        pytest.param(b"{} {}", "input: not JSON (", id="two values"),
        pytest.param(b'"\xe9"', "input: not UTF-8", id="Latin 1"),
        pytest.param("{}".encode("utf-16"), "input: not UTF-8", id="UTF-16"),
        pytest.param(b"NaN", "input: not JSON (NaN is no number)", id="NaN"),
        pytest.param(b'{"target": -Infinity}', "input: not JSON (-Infinity is no number)", id="Infinity"),
        pytest.param(b"9" * 5000, "input: not JSON (", id="5,000 digits"),
        pytest.param(b"[" * 200_000, "input: nested too deeply", id="lists in lists"),
        pytest.param(b'{"a":' * 200_000, "input: nested too deeply", id="objects in objects"),
        pytest.param(b'{"on": 1, "on": 2}', "on: given twice", id="a name twice"),
        pytest.param(b"null", "case: must be an object", id="null"),
        pytest.param(b"[]", "case: must be an object", id="a list"),
        pytest.param(b"{}", "on: missing", id="an empty object"),
    ],
)
def test_what_is_no_case_at_all(data: bytes, message: str) -> None:
    """The text itself is wrong, and the message is one line."""
    with pytest.raises(CaseError) as caught:
        Case.from_json(parse(data))
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_byte_order_mark_is_no_harm() -> None:
    """Some editors write one at the beginning."""
    assert Case.from_json(parse(b"\xef\xbb\xbf" + written(WORKED_EXAMPLE["case"]))).target == 4


STATEMENT = "levels[0].statements[0]"
ITEM = f"{STATEMENT}.evidence[0]"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("on",), MISSING, "on: missing"),
        (("on",), 20260101, "on: must be a date like 2026-01-31"),
        (("on",), "20260101", "on: must be a date like 2026-01-31"),
        (("on",), "2026-W01-1", "on: must be a date like 2026-01-31"),
        (("on",), "2026-01-01\n", "on: must be a date like 2026-01-31"),
        (("on",), "٢٠٢٦-٠١-٠١", "on: must be a date like 2026-01-31"),
        (("on",), "2026-02-30", "on: is a day that does not exist"),
        (("on",), "0000-01-01", "on: is a day that does not exist"),
        (("target",), MISSING, "target: missing"),
        (("target",), True, "target: must be a whole number, from 1 to 7"),
        (("target",), 2.0, "target: must be a whole number, from 1 to 7"),
        (("target",), "2", "target: must be a whole number, from 1 to 7"),
        (("target",), 0, "target: must be a whole number, from 1 to 7"),
        (("target",), 8, "target: must be a whole number, from 1 to 7"),
        (("target",), 7, "target: is not one of the levels given"),
        (("levels",), MISSING, "levels: missing"),
        (("levels",), {}, "levels: must be a list"),
        (("levels",), [], "levels: must have at least 1"),
        (("levels", 0), None, "levels[0]: must be an object"),
        (("levels", 0, "level"), MISSING, "levels[0].level: missing"),
        (("levels", 0, "level"), True, "levels[0].level: must be a whole number, from 1 to 7"),
        (("levels", 0, "level"), 8, "levels[0].level: must be a whole number, from 1 to 7"),
        (("levels", 1, "level"), 2, "levels[1].level: given twice"),
        (("levels", 0, "statements"), MISSING, "levels[0].statements: missing"),
        (("levels", 0, "statements"), "", "levels[0].statements: must be a list"),
        (("levels", 0, "statements"), [], "levels[0].statements: must have at least 1"),
        (("levels", 0, "statements", 0), 1, f"{STATEMENT}: must be an object"),
        (("levels", 0, "statements", 0, "id"), MISSING, f"{STATEMENT}.id: missing"),
        (("levels", 0, "statements", 0, "id"), "", f"{STATEMENT}.id: must be a string that is not empty"),
        (("levels", 0, "statements", 0, "id"), 1, f"{STATEMENT}.id: must be a string that is not empty"),
        (("levels", 1, "statements", 0, "id"), "CEXP.2.1", "levels[1].statements[0].id: given twice"),
        (("levels", 0, "statements", 0, "claim"), MISSING, f"{STATEMENT}.claim: missing"),
        (("levels", 0, "statements", 0, "claim"), True, f"{STATEMENT}.claim: must be 0, 1, 2, 3"),
        (("levels", 0, "statements", 0, "claim"), 3.0, f"{STATEMENT}.claim: must be 0, 1, 2, 3"),
        (("levels", 0, "statements", 0, "claim"), -1, f"{STATEMENT}.claim: must be 0, 1, 2, 3"),
        (("levels", 0, "statements", 0, "claim"), "NA", f"{STATEMENT}.claim: must be 0, 1, 2, 3"),
        (("levels", 0, "statements", 0, "claim"), [], f"{STATEMENT}.claim: must be 0, 1, 2, 3"),
        (("levels", 0, "statements", 0, "review"), MISSING, f"{STATEMENT}.review: missing"),
        (("levels", 0, "statements", 0, "review"), 4, f"{STATEMENT}.review: must be 0, 1, 2, 3"),
        (("levels", 0, "statements", 0, "evidence"), MISSING, f"{STATEMENT}.evidence: missing"),
        (("levels", 0, "statements", 0, "evidence"), None, f"{STATEMENT}.evidence: must be a list"),
        (("levels", 0, "statements", 0, "evidence", 0), [], f"{ITEM}: must be an object"),
        (("levels", 0, "statements", 0, "evidence", 0, "action"), MISSING, f"{ITEM}.action: missing"),
        (("levels", 0, "statements", 0, "evidence", 0, "action"), 1, f"{ITEM}.action: must be true or false"),
        (("levels", 0, "statements", 0, "evidence", 0, "result"), "x", f"{ITEM}.result: must be true"),
        (("levels", 0, "statements", 0, "evidence", 0, "ended_on"), MISSING, f"{ITEM}.ended_on: missing"),
        (("levels", 0, "statements", 0, "evidence", 0, "ended_on"), "", f"{ITEM}.ended_on: must be a date"),
        (("levels", 0, "statements", 0, "evidence", 0, "ended_on"), "2026-13-01", f"{ITEM}.ended_on: is a"),
        (("levels", 0, "statements", 0, "evidence", 0, "corroborated"), None, f"{ITEM}.corroborated: must"),
        (("levels", 0, "statements", 0, "evidence", 0, "verdict"), "yes", f"{ITEM}.verdict: must be one of"),
        (("levels", 0, "statements", 0, "evidence", 0, "verdict"), None, f"{ITEM}.verdict: must be one of"),
        (("levels", 0, "statements", 0, "evidence", 0, "same_as"), 1, f"{ITEM}.same_as: must be a string"),
        (("levels", 0, "statements", 0, "evidence", 0, "weight"), 1, f"{ITEM}.weight: unknown field"),
        (("levels", 0, "statements", 0, "note"), "", f"{STATEMENT}.note: unknown field"),
        (("levels", 0, "name"), "", "levels[0].name: unknown field"),
        (("name",), "x", "name: unknown field"),
        (("",), "x", '"": unknown field'),
        (("a\nb",), "x", '"a\\nb": unknown field'),
        (("уровень",), "x", '"\\u0443\\u0440'),
        (("x" * 100_000,), "x", "x" * 60 + "...: unknown field"),
        (("policy",), None, "policy: must be an object"),
        (("policy",), {"attain": "1"}, "policy.attain: unknown field"),
        (("policy",), {"attained": 0.85}, "policy.attained: must be a fraction in a string"),
        (("policy",), {"attained": "0.85"}, "policy.attained: must be a fraction in a string"),
        (("policy",), {"attained": "-1/2"}, "policy.attained: must be a fraction in a string"),
        (("policy",), {"attained": "1/2 "}, "policy.attained: must be a fraction in a string"),
        (("policy",), {"attained": "1e9"}, "policy.attained: must be a fraction in a string"),
        (("policy",), {"attained": "1/" + "9" * 10}, "policy.attained: must be a fraction in a string"),
        (("policy",), {"attained": "1/0"}, "policy.attained: has a denominator of 0"),
        (("policy",), {"proficient": "3/2"}, "policy.proficient: must be from 0 to 1"),
        (("policy",), {"lower": 1}, "policy.lower: must be a fraction in a string"),
        (("policy",), {"na_share": None}, "policy.na_share: must be a fraction in a string"),
        (("policy",), {"floor": 4}, "policy.floor: must be a whole number, from 0 to 3"),
        (("policy",), {"floor": False}, "policy.floor: must be a whole number, from 0 to 3"),
        (("policy",), {"stale_months": -1}, "policy.stale_months: must be a whole number, 0 or more"),
        (("policy",), {"stale_months": "36"}, "policy.stale_months: must be a whole number, 0 or more"),
    ],
)
def test_the_message_names_the_field(path: tuple[Any, ...], value: object, message: str) -> None:
    """Whatever is wrong, wherever it is: one line that begins with the field."""
    case = copy.deepcopy(WORKED_EXAMPLE["case"])
    case["levels"][0]["statements"][0]["evidence"] = [
        {"action": True, "result": True, "ended_on": None, "corroborated": True}
    ]
    place: Any = case
    for name in path[:-1]:
        place = place[name]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    with pytest.raises(CaseError) as caught:
        Case.from_json(parse(written(case)))
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_what_may_be_left_out() -> None:
    """The verdict and the origin of an item, the policy, and any of its numbers."""
    case = copy.deepcopy(WORKED_EXAMPLE["case"]) | {"policy": {"lower": "1/2"}}
    item = {"action": True, "result": True, "ended_on": None, "corroborated": True}
    more = {"verdict": "could_not_open", "same_as": "the same text"}
    case["levels"][0]["statements"][0]["evidence"] = [item, item | more]
    read = Case.from_json(case)
    assert read.to_json()["levels"][0]["statements"][0]["evidence"] == [item, item | more]
    assert read.to_json()["policy"] == {
        "attained": "85/100",
        "proficient": "65/100",
        "floor": 2,
        "lower": "50/100",
        "stale_months": 36,
        "na_share": "1/3",
    }


def test_a_name_that_is_half_a_character() -> None:
    """A lone surrogate, legal in JSON, neither breaks the result nor the message."""
    case = copy.deepcopy(WORKED_EXAMPLE["case"])
    case["levels"][2]["statements"][1]["id"] = "\ud800"
    done = run(written(case))
    assert done.returncode == 0
    assert json.loads(done.stdout)["path"][0]["statement"] == "\ud800"
    assert inside("levels[0]", "\ud800") == 'levels[0]."\\ud800"'
