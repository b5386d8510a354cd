"""Answers of the server that come to the scripts of a page when a test lets them go, in the order that it wants."""

HOLD = """(part) => {
  const real = window.fetch;
  window.held = [];
  window.fetch = async (address, more) => {
    if (!`${address}`.includes(part)) return real(address, more);
    const number = held.push(null) - 1, answer = await real(address, more);
    await new Promise((go) => { held[number] = go; });
    return answer;
  };
}"""


def hold(page, part):
    """From now on answers from addresses with ``part`` wait for ``let_go``."""
    page.evaluate(HOLD, part)


def let_go(page, *numbers):
    """Give the page these answers, one after the other; they are counted from 0 as they were asked for."""
    for number in numbers:
        page.wait_for_function("(number) => window.held[number]", arg=number)
        page.evaluate("(number) => held[number]()", number)
