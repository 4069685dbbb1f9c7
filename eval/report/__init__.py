"""One report in five forms. Owns where they are written; each form has its own file."""

from pathlib import Path

from eval.types import Report


def write_report(report: Report, folder: Path) -> list[Path]:
    """Writes report.json, .md and .html and junit.xml into ``folder``; gives their paths."""
    from eval.report.html import as_html
    from eval.report.junit import as_junit
    from eval.report.markdown import as_markdown

    forms = {
        "report.json": report.model_dump_json(indent=1) + "\n",
        "report.md": as_markdown(report),
        "report.html": as_html(report),
        "junit.xml": as_junit(report),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in forms.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in forms]
