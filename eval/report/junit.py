"""The gate as JUnit XML, which CI systems show. Owns the layout; the verdicts come from the gate alone.

A test case is a floor. Cases that were lost are listed in the suite's output: they fail nothing by themselves.
"""

from xml.etree import ElementTree as Xml

from eval.report.rows import lost_cases, number, verdict
from eval.types import Check, Report


def as_junit(report: Report) -> str:
    """One test suite with a test case for each floor, failed where it was missed."""
    missed = sum(not check.met for check in report.gate.checks)
    suite = Xml.Element(
        "testsuite",
        name=f"quoth eval {report.suite}",
        tests=str(len(report.gate.checks)),
        failures=str(missed),
        time=f"{report.timings.seconds:.3f}",
    )
    for check in report.gate.checks:
        suite.append(_test(check, report))
    output = Xml.SubElement(suite, "system-out")
    lost = (f"{outcome.blame}: {outcome.id}: {outcome.question}" for outcome in lost_cases(report))
    output.text = "\n".join(_printable(line) for line in (verdict(report.gate), *lost))
    Xml.indent(suite)
    return Xml.tostring(suite, encoding="unicode", xml_declaration=False) + "\n"


def _test(check: Check, report: Report) -> Xml.Element:
    name = check.floor.metric
    test = Xml.Element("testcase", classname=f"quoth.eval.{report.suite}", name=name)
    if not check.met:
        metric = report.measured(name)
        value = number(name, metric.value) if metric else "nothing"
        bound = check.floor.at_least if check.floor.at_least is not None else check.floor.at_most
        Xml.SubElement(test, "failure", message=f"measured {value}, the floor is {number(name, bound or 0.0)}")
    return test


def _printable(text: str) -> str:
    # XML 1.0 has no way to write most control characters.
    return "".join(character if character.isprintable() else " " for character in text)
