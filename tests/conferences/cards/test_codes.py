"""Codes of cards: what is read as one, what the last letter catches."""

import random

import pytest

from conferences.cards import codes

CODE = "VT6XZNTMB3DK"


def test_a_code_begins_with_the_letters_of_its_event_and_is_read_back():
    code = codes.make("VT6")
    assert code.startswith("VT6")
    assert len(code) == 12
    assert codes.read(code) == code
    assert codes.read(codes.shown(code)) == code


def test_the_code_of_the_trial_is_still_read():
    assert codes.read(CODE) == CODE
    assert codes.shown(CODE) == "VT6 XZN TMB 3DK"


@pytest.mark.parametrize("typed", ["xzntmb3dk", " XZN-TMB-3DK ", "xzn tmb 3dk\n", "vt6xzntmb3dk"])
def test_nine_letters_are_enough_where_the_event_is_known(typed):
    assert codes.read(typed, "VT6") == CODE


def test_letters_that_look_like_figures_are_read_as_such():
    code = next(code for code in iter(lambda: codes.make("1A0"), None) if "V" in code[3:])
    typed = code.replace("1", "l").replace("0", "o").replace("V", "u")
    assert codes.read(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "XZNTMB3DK", "VT6XZNTMB3D", "VT6XZNTMB3DKK", "VT6XZNTMB3D*", "ĐT6XZNTMB3DK", "0" * 400]
)
def test_what_is_no_code_is_none(typed):
    assert codes.read(typed) is None


def test_a_wrong_letter_and_two_that_changed_places_are_caught():
    rng, missed = random.Random(1), []  # noqa: S311
    for _ in range(40):
        code = codes.make("".join(rng.choices(codes.LETTERS, k=3)))
        for place in range(12):
            wrong = [code[:place] + letter + code[place + 1 :] for letter in codes.LETTERS if letter != code[place]]
            for other in range(place + 1, 12):
                swapped = list(code)
                swapped[place], swapped[other] = swapped[other], swapped[place]
                wrong += ["".join(swapped)] if code[place] != code[other] else []
            missed += [one for one in wrong if codes.read(one)]
    assert missed == []


def test_none_of_what_is_taken_is_made(monkeypatch):
    drawn = iter("AAAAAB")
    monkeypatch.setattr(codes.secrets, "choice", lambda letters: next(drawn))
    assert codes.event_letters({"AAA"}) == "AAB"
    drawn = iter("0000000000000001")
    taken = "AAB00000000"
    assert codes.make("AAB", {taken + codes.check(taken)})[:11] == "AAB00000001"
