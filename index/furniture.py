"""Owns which lines of a page are its furniture and not its article. Decides by what a line is, never by whose it is.

Furniture stays in the document and is only not indexed: a mistake here can hide a line from search, but never from a
reader. Where a line could be either, it is content.
"""

import re
from collections.abc import Sequence

_MOST_WORDS = 70
"""A longer line tells a story, even if it ends in a call to subscribe."""
_DECORATION = " \t\u00a0\u200b\ufeff*_#>•·►▶»«–—-|[]()"
"""Bullets and emphasis around a line, which say nothing of what it is."""


def furniture_rules(lines: Sequence[str]) -> list[str | None]:
    """For each line of a document the name of the rule that sets it aside, or None for content and blank lines."""
    rules = [furniture_rule(line) for line in lines]
    for number in reversed(range(len(lines))):
        if not lines[number].strip() or rules[number]:
            continue
        rules[number] = furniture_rule(lines[number], at_foot=True)
        if rules[number] is None:
            break
    return rules


def furniture_rule(line: str, *, at_foot: bool = False) -> str | None:
    """The name of the rule by which a line is furniture, or None where it is content or blank.

    ``at_foot`` says that nothing of the article follows; there a house's rules for comments are recognised too.
    """
    stripped = line.strip()
    if not stripped or stripped.count(" ") >= _MOST_WORDS or len(stripped) > 12 * _MOST_WORDS:
        return None
    if _MARKUP.match(stripped):
        return "markup"
    bare = stripped.strip(_DECORATION)
    if _PROMOTION.match(bare):
        return "promotion"
    if _BUTTON.match(bare):
        return "button"
    return _voiced_rule(bare, at_foot=at_foot)


def _voiced_rule(bare: str, *, at_foot: bool) -> str | None:
    """Rules for a site that speaks to its visitor; a line in which somebody is reported is none of these."""
    lowered = bare.lower()
    if not any(stem in lowered for stem in _STEMS) or _REPORTED.search(bare):
        return None
    if _SHARE_LINE.fullmatch(bare):
        return "share"
    for name, opening, anywhere in _VOICES:
        if opening.match(bare) or anywhere.search(bare):
            return name
    if at_foot and len(set(_ABUSE.findall(lowered))) >= 2 and _SANCTION.search(bare):
        return "conduct"
    return None


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE | re.VERBOSE)


_MARKUP = _pattern(r"""
    [\W_]*$ | (?: [\w:.-]+\s*=\s*(?:\([^()]*\)|"[^"]*"|'[^']*'|\{[^{}]*\}) [\s,;]* )+$
    | \S{0,80}\.(?:png|jpe?g|gif|webp|svg|bmp|mp[34]|mov|avif)\W*$ | !\[[^\]]*\]\([^)]*\)$
    | (?:https?://|www\.)\S+$ | </?[a-z][^<>]*>$ | <!--.*-->$ | \[/?[a-z_-]+(?:\s+\w+=[^\]]*)?\]$
    | \{\{.*\}\}$ | \{%.*%\}$
    | (?:\(?function\b|var\s|let\s|const\s|window\.|document\.|googletag|dataLayer).*[;{})]$
""")
"""What a template or a converter left behind: settings, tags, the name of a file, a bare address, a ruled line."""

_LABEL = r"""
    (?: (?:also|must|now|further|next)[\s-]+(?:read|see|watch|listen)(?:ing)?
      | (?:read|see|watch|listen)[\s-]+(?:also|more|next|now|live) | read | watch | more | learn\s+more
      | related(?:\s+(?:stor(?:y|ies)|articles?|news|coverage|content|links?|posts?|topics?|videos?|reading))?
      | recommended(?:\s+(?:for\s+you|stories|reading|videos?))? | trending(?:\s+now)? | don['’]t\s+miss
      | you\s+(?:may|might)\s+(?:also\s+)?like | editor['’]?s['’]?\s+(?:picks?|choice) | most\s+(?:read|popular|viewed)
      | in\s+case\s+you\s+missed\s+it | up\s+next | top\s+stories | full\s+coverage
      | (?:also|more)\s+(?:in|from|on)\s+(?:the\s+|this\s+)?(?:news|section|topic|author|category|series|this) )
"""
_PROMOTION = _pattern(rf"""
    {_LABEL}\W*$ | {_LABEL}\s*[:|»›>]\s*\S | (?:click|tap)\s+(?:here|(?:on\s+)?the\s+(?:link|image|photo|video))\b
    | (?:read|see|view|find)\s+(?:the\s+full|more|all|our)\b.{{0,80}}\bhere\W*$
""")
"""A call to read something else, with or without its headline."""

_BUTTON = _pattern(r"""
    (?: accept(?:\s+(?:all|cookies))? | agree | reject(?:\s+all)? | got\s+it | ok(?:ay)? | dismiss | close | cancel
      | (?:load|show|view|see|read|learn)\s+(?:more|less|all)(?:\s+comments)?
      | (?:leave|post|add|view)\s+(?:a\s+)?comments? | \d*\s*comments?
      | log\s*-?in | sign\s*-?(?:in|up|out) | subscribe(?:\s+now)? | newsletter(?:\s+sign-?\s?up)?
      | search | menu | print | e-?mail | save | reply | loading | skip\s+to\s+(?:main\s+)?content
      | (?:back\s+to|scroll\s+to)\s+top | (?:next|prev(?:ious)?)(?:\s+(?:page|article|story|post|image.{0,20}))?
      | advertise?ment(?:\s+continue\s+reading.{0,40})? | ad | ads\s+by\s+\w+ | sponsored(?:\s+(?:content|links?))?
      | (?:article|story)\s+continue[sd]\s+(?:below|after).{0,40} | continue\s+reading.{0,60} | play(?:\s+video)?
      | listen(?:\s+to\s+this\s+article)? | \d+\s+of\s+\d+ | (?:slideshow|gallery)\s*\(?.{0,12}images?\)?
      | photos? | videos? | images? | (?:enlarge\s+this\s+image|toggle\s+caption).{0,120} )\W*$
""")
"""The words on a button, a place for an advertisement, a picture that did not come along."""

_REPORTED = re.compile(
    r'\b(?:said|says|told|tells|according to|added|asked|announced|wrote|argued|claimed)\b|[“"].*[”"]', re.I
)
"""Signs that somebody is reported: then even "we use cookies" is news."""
_STEMS = (
    *(
        "@",
        "©",
        "(c)",
        "cookie",
        "recaptcha",
        "agree",
        "copyright",
        "rights",
        "redistributed",
        "reproduced",
        "opinions",
    ),
    *("views", "statements", "comments", "responsible", "commission", "disclaimer", "transcript", "privacy", "share"),
    *(
        "tweet",
        "facebook",
        "twitter",
        "instagram",
        "whats",
        "telegram",
        "newsletter",
        "inbox",
        "in box",
        "app",
        "subscri",
    ),
    *("journalism", "notifications", "alert", "text message", "legal", "policy", "prohibited", "signing up", "member"),
    *(
        "a tip",
        "consent",
        "accept",
        "acknowledge",
        "punishable",
        "moderat",
        "removed",
        "deleted",
        "published",
        "tolerated",
    ),
)
"""One of these is in every line that the rules below can match; looking for them first makes the rules cheap."""

_NETWORK = r"""(?:facebook|twitter|instagram|whats\s?app|telegram|linkedin|youtube|tiktok|pinterest|reddit
    |threads|bluesky|flipboard|snapchat|google\s+news)"""
_SHARE_LINE = _pattern(rf"""
    (?=[a-z#]) (?=.*\b(?:{_NETWORK}|share|tweet)\b)
    (?: (?:{_NETWORK}|share|shares|tweet|post|pin|e-?mail|print|copy|link|url|to|clipboard|on|via|by|with|this
         |the|article|us|story|page|news|follow|like|save|comments?|more|and|or|x
         |messenger|sms|rss|friends?) (?:\W+|$) ){{2,24}}
""")
"""Nothing but networks and what one does with a link, in two words or more: "Twitter" alone can be a heading."""

_NEVER = re.compile(r"(?!)")
_CONSENT = _pattern(r"""
    (?=.*\bcookies?\b)(?=.*\b(?:us(?:e|es|ing)|set|store|accept|policy|preferences|settings)\b)
    (?=.*\b(?:we|our|this\s+(?:web)?site)\b)(?=.*\b(?:you|your|accept|agree|consent)\b)
""")
_AGREEMENT = _pattern(r"""
    \bby\s+(?:continuing|using|browsing|signing\s+up|subscribing|registering|clicking)\b.{0,80}
    \byou\s+(?:agree|consent|accept|acknowledge)\b | \bprotected\s+by\s+recaptcha\b
""")
_RIGHTS = _pattern(r"""
    (?:©|\(c\)\s|copyright\b).{0,60}\b(?:(?:19|20)\d\d|all\s+rights|inc|llc|ltd)\b | ©
    | (?:image|photo)\s+copyright\b(?!.*\bcaption\b).{0,50}$
    | (?:\w+\W+){0,6}(?:views|opinions|statements|comments)\b.{0,60}
      \b(?:expressed|posted|stated|contained|published|shared|given)\b.{0,100}
      \b(?:(?:do|does)\s+not|don['’]t|not\s+(?:necessarily|those)|solely|(?:are|is)\s+(?:those|that)\s+of
          |(?:their|his|her)\s+own)\b
    | (?:the\s+)?(?:author|writer)s?\s+(?:is|are|alone\s+is)\s+(?:solely\s+)?responsible\b
    | (?:legal\s+)?disclaimer\s*[:.–-].*\b(?:views?|opinions?|liab|responsib|information|advice|accuracy|content)
    | (?=.*\bprivacy\s+(?:policy|notice)\b)(?=.*\b(?:terms|sign|subscri|newsletter))
""")
_RESERVED = _pattern(r"""
    \ball\s+rights\s+reserved\b | \bmay\s+not\s+be\s+(?:published|reproduced|copied|redistributed)\b
    | \b(?:rewritten|reproduced)\b.{0,40}\b(?:redistributed|permission|prohibited)\b
    | \bmay\s+(?:earn|receive)\b.{0,40}\bcommissions?\b
    | \btranscript\b.{0,60}\b(?:automatically\s+generated|final\s+form|been\s+edited\s+for)\b
""")
_FOLLOW = _pattern(rf"""
    follow\b.{{0,120}}(?:\bon\s+{_NETWORK}\b|@\w+)
    | (?:like|join|find|connect\s+with)\s+(?:us|our|me)\b.{{0,80}}\b{_NETWORK}\b
    | (?:contact|reach|e-?mail)\b.{{0,100}}\S@\S | (?:got|have)\s+a\s+(?:news\s+)?tip\b
""")
_ASK = r"""(?:sign\s+up|subscribe|register|join|download|get|want|become|stay|click|tap|enter|try)"""
_OFFER = r"""(?:newsletters?|in\s?box(?:es)?|(?:mobile|android|ios|our|free|\w+\s+news)\s+app
    |whats\s?app\s+(?:channel|group)|telegram\s+channel|subscri(?:bers?|ption|be)|push\s+notifications
    |breaking\s+news\s+alerts?|text\s+(?:messages|alerts?))"""
_SUBSCRIPTION = _pattern(rf"""
    (?:.{{0,80}}[.!?:)]\s*)?(?:please\s+)?{_ASK}\b.{{0,160}}\b{_OFFER}\b | {_OFFER}\s+sign\s*-?up\b
    | support\s+(?:[\w’'-]+\s+){{0,3}}journalism\b(?!\s+(?:is|was|are|were|has|have)\b)
    | (?:already|not)\s+a\s+(?:subscriber|member)\b
    | thank(?:s|\s+you)\s+for\s+(?:signing|subscribing|supporting\s+our|registering)\b
""")
_DELIVERY = _pattern(rf"""
    \b(?:delivered|sent|straight)\b.{{0,40}}\byour\s+in\s?box\b
    | \b{_OFFER}\b.{{0,60}}[.!?:]\s*{_ASK}\s+(?:up\s+)?(?:here|now|today|free)\b
""")
_VOICES = (
    ("consent", _CONSENT, _AGREEMENT),
    ("legal", _RIGHTS, _RESERVED),
    ("follow", _FOLLOW, _NEVER),
    ("subscription", _SUBSCRIPTION, _DELIVERY),
)
"""Name, what such a line begins with, what it may hold anywhere."""

_ABUSE = _pattern(
    r"\b(?:defamat|obscen|vulgar|abus|insult|derogat|inflammator|offensive|libel|slander|profan|indecen|hate)"
)
_SANCTION = _pattern(r"""
    \b(?:punishable|legal\s+action|prohibited|moderat\w+|policy|will\s+be\s+(?:removed|deleted)
       |not\s+be\s+(?:published|tolerated))\b
""")
"""A house's rules for its commenters: kinds of abuse, and what becomes of it."""
