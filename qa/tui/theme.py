"""The two looks, ink on paper and paper on ink, and which one a terminal starts with. Owns every colour."""

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="quoth-dark",
    dark=True,
    background="#171614",
    surface="#1f1d1a",
    panel="#2a2723",
    foreground="#ebe5d9",
    primary="#e8b962",
    secondary="#8cc3b2",
    accent="#e8b962",
    success="#8cc3b2",
    warning="#e8b962",
    error="#f0876c",
    variables={
        "muted": "#a39a8a",
        "faint": "#4a453d",
        "mark": "#594417",
        "mark-text": "#ffe7b3",
        "passage": "#24211c",
        "differs": "#f0876c",
        "differs-mark": "#6b2c1f",
        "differs-text": "#ffd9cf",
        "footer-background": "#171614",
        "footer-key-foreground": "#e8b962",
        "footer-description-foreground": "#a39a8a",
        "input-selection-background": "#594417",
        "block-cursor-background": "#2a2723",
        "block-cursor-foreground": "#ebe5d9",
        "block-cursor-blurred-background": "#1f1d1a",
        "block-hover-background": "#1f1d1a",
        "scrollbar": "#3a362f",
        "scrollbar-hover": "#4a453d",
        "scrollbar-active": "#e8b962",
        "scrollbar-background": "#171614",
        "scrollbar-background-hover": "#171614",
        "scrollbar-background-active": "#171614",
    },
)

LIGHT = Theme(
    name="quoth-light",
    dark=False,
    background="#fbf8f1",
    surface="#f4efe3",
    panel="#e9e2d2",
    foreground="#26221c",
    primary="#1d4f7c",
    secondary="#1f665a",
    accent="#1d4f7c",
    success="#1f665a",
    warning="#8a5a00",
    error="#b0301a",
    variables={
        "muted": "#6b6356",
        "faint": "#d6cdba",
        "mark": "#fbe08a",
        "mark-text": "#26221c",
        "passage": "#f4edda",
        "differs": "#b0301a",
        "differs-mark": "#f6c4b6",
        "differs-text": "#5a1206",
        "footer-background": "#fbf8f1",
        "footer-key-foreground": "#1d4f7c",
        "footer-description-foreground": "#6b6356",
        "input-selection-background": "#fbe08a",
        "block-cursor-background": "#e9e2d2",
        "block-cursor-foreground": "#26221c",
        "block-cursor-blurred-background": "#f4efe3",
        "block-hover-background": "#f4efe3",
        "scrollbar": "#d6cdba",
        "scrollbar-hover": "#b9af9a",
        "scrollbar-active": "#1d4f7c",
        "scrollbar-background": "#fbf8f1",
        "scrollbar-background-hover": "#fbf8f1",
        "scrollbar-background-active": "#fbf8f1",
    },
)


def fitting(environment: Mapping[str, str]) -> Theme:
    """Light where the terminal says, through ``COLORFGBG``, that its own background is; else dark."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in {"7", "15"} else DARK
