import pytest

from index.furniture import furniture_rule, furniture_rules

FURNITURE = [
    ("ALSO READ: Kenya Plane Crash: Flight, En Route To Popular Destination, Crashes; No Survivors", "promotion"),
    ("ALSO READ:\u00a0Big Blow To Trump: India To Produce SJ-100 With Russia | 7 Key Features", "promotion"),
    ("Also In News", "promotion"),
    ("Read more: Senate votes on budget", "promotion"),
    ("RELATED STORY: What we know so far", "promotion"),
    ("» You may also like", "promotion"),
    ("Click here to get the app", "promotion"),
    ("buttons=(Accept !) days=(20)", "markup"),
    ('poster="http://v.example.com/images/1.jpg?x=1"', "markup"),
    (".png)", "markup"),
    ("IMG_2041.jpeg", "markup"),
    ("[pullquote]", "markup"),
    ("***", "markup"),
    ("https://example.com/2024/05/talks", "markup"),
    ("Our website uses cookies to enhance your experience. Learn More", "consent"),
    ("We use cookies on this site. By continuing you agree to our policy.", "consent"),
    ("Accept !", "button"),
    ("ADVERTISEMENT", "button"),
    ("Story continues below", "button"),
    ("Slideshow (4 images)", "button"),
    ("Enlarge this image toggle caption Alex Wong/Getty Images Alex Wong/Getty Images", "button"),
    ("The opinions posted here do not belong to www.example.com. The author is solely responsible.", "legal"),
    ("The views expressed in this column are those of the author and not of this newspaper.", "legal"),
    ("© 2019 Example Media. All rights reserved.", "legal"),
    ("This material may not be published, broadcast, rewritten or redistributed.", "legal"),
    ("Purchases you make through our links may earn us a commission.", "legal"),
    ("Share this story on Facebook", "share"),
    ("SHARE THIS ARTICLE Share Tweet Post Email", "share"),
    ("Follow Jane Doe on Twitter: @janedoe", "follow"),
    ("Contact the reporter at jane@example.com or 313-222-6512.", "follow"),
    ("Sign up for our free newsletter and get the day's news.", "subscription"),
    ("Get the Monitor stories you care about delivered to your inbox.", "subscription"),
    ("Support local journalism. Subscribe today.", "subscription"),
]

CONTENT = [
    "Main Sticking Point: Cross-Border Militancy",
    "Concerns Of Escalation Following Belligerent Rhetoric",
    "NN ONLINE:",
    "What happened?",
    "Google said on Thursday that it would stop the use of cookies that follow you from site to site.",
    "“We use cookies and you accept that,” the company's lawyer argued in court.",
    "Like Facebook, Twitter has struggled to moderate what its users post.",
    "Copyright law is changing fast",
    "Image copyright Getty Images Image caption Protesters demanded the closure of the embassy",
    "The opinion of the court was unanimous.",
    "Related companies were fined 40 million euros over the merger.",
    "More than 9,000 people fled.",
    "Read together, the two reports tell of a cover-up.",
    "Support for independent journalism is waning in Hungary.",
    "Twitter",
    "The law makes insults and obscene or vulgar remarks against religion a punishable offense.",
    "The newsletter's editor was arrested on Monday.",
    "Watch out for ice on the roads, the police warned.",
    "He will sign the bill into law.",
]


@pytest.mark.parametrize(("line", "rule"), FURNITURE)
def test_furniture_is_set_aside(line: str, rule: str) -> None:
    assert furniture_rule(line) == rule


@pytest.mark.parametrize("line", CONTENT)
def test_content_is_kept(line: str) -> None:
    assert furniture_rule(line) is None


def test_a_long_line_is_a_story_whatever_it_ends_in() -> None:
    assert furniture_rule("word " * 80 + "Sign up for our newsletter here.") is None


def test_rules_for_commenters_are_furniture_only_at_the_foot() -> None:
    rule = (
        "Insults against a person, defamatory remarks and vulgar language are punishable. Legal action will be taken."
    )
    assert furniture_rules(["The story.", rule, "", ".png)"]) == [None, "conduct", None, "markup"]
    assert furniture_rules([rule, "The story goes on."]) == [None, None]
