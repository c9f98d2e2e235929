"""Names of persons, open world: what is one, what is none, where it begins and ends."""

from __future__ import annotations

import pytest

from stance import find_figures
from stance.figures import KnownFigures

NOBODY = KnownFigures([])


def names(text: str, known: KnownFigures | None = None) -> list[str]:
    """Names and aliases in reading order."""
    mentions = [mention for figure in find_figures(text, known) for mention in figure.mentions]
    return [
        mention.text for mention in sorted(mentions, key=lambda one: one.start) if mention.kind in ("name", "alias")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sen. Orla Quint voted no.", ["Orla Quint"]),
        ("The bill by Rep. Hal Burr, R-N.D., failed.", ["Hal Burr"]),
        ("It was Secretary of State Mei-Lin Tanaka-Brandt who spoke.", ["Mei-Lin Tanaka-Brandt"]),
        ("Former acting Attorney General Dana Whitfield agreed.", ["Dana Whitfield"]),
        ("President-elect Ximena Abernathy-Ruiz waved.", ["Ximena Abernathy-Ruiz"]),
        ("Lord Penhallurick objected, and Dame Perpetua Wynstone agreed.", ["Penhallurick", "Perpetua Wynstone"]),
        ("Police blamed Quillan O’Rafferty’s aides.", ["Quillan O’Rafferty"]),
        ("Police blamed Quillan O'Rafferty's aides.", ["Quillan O'Rafferty"]),
        ("They met Ramona de la Cruz and Bram van Houten.", ["Ramona de la Cruz", "Bram van Houten"]),
        ("They met Anneke ter Borgh and Lucien d’Aubray.", ["Anneke ter Borgh", "Lucien d’Aubray"]),
        ("Qais al-Khazali spoke to Mohammed bin Rashid.", ["Qais al-Khazali", "Mohammed bin Rashid"]),
        ("Aides to P.K. Venkataswamy and J. D. Okoro left.", ["P.K. Venkataswamy", "J. D. Okoro"]),
        ("Emeka J. Haldane met Cornelius Wray Jr. in May.", ["Emeka J. Haldane", "Cornelius Wray Jr."]),
        ("Voters like Tadeusz “Tad” Wolanski Jr. most.", ["Tadeusz “Tad” Wolanski Jr."]),
        ("Ed McAdoo, Jo Prys-Adeyemi and Nell O'Farrant came.", ["Ed McAdoo", "Jo Prys-Adeyemi", "Nell O'Farrant"]),
        ("“It is over,” said Odalys Achebe-Fontaine, who ran it.", ["Odalys Achebe-Fontaine"]),
        ("But Dana Whitfield disagreed.", ["Dana Whitfield"]),
        ("On Monday Dana Whitfield disagreed.", ["Dana Whitfield"]),
        ("Supermodel Lena Fairchild waved.", ["Lena Fairchild"]),
        ("The critic Will Price and the singer Mark Diamond came.", ["Will Price", "Mark Diamond"]),
        ("Nevada treasurer Dexter March left in March. March wept.", ["Dexter March", "March"]),
        ("Sir Desmond Field and Dame Tracey Bright met in a field.", ["Desmond Field", "Tracey Bright"]),
        ("Labour MP Keziah Bright spoke. Bright said no.", ["Keziah Bright", "Bright"]),
        ("Guests met Séamus Lawless, 39, of Bray.", ["Séamus Lawless"]),
        ("Guests met Srirang Manohar, project coordinator at a lab.", ["Srirang Manohar"]),
        ("The Bhairav Singh Solanki government won.", ["Bhairav Singh Solanki"]),
        ("Ex-senator Pell wept.", ["Pell"]),
        ("She was backed by the area’s MP, Gurdeep Sangha.", ["Gurdeep Sangha"]),
        ("Guests praised Mira Sorvino, Ottla Vanterpool and Rosamund Quarles.",
         ["Mira Sorvino", "Ottla Vanterpool", "Rosamund Quarles"]),
        ("BOISE, Idaho — Gov. Augustin Vellacourt spoke.", ["Augustin Vellacourt"]),
    ],
)  # fmt: skip
def test_a_name_is_found_without_title_and_ending(text: str, expected: list[str]) -> None:
    assert names(text, NOBODY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Supreme Court met in New York on Monday, Jan. 6.",
        "The White House and the Senate Judiciary Committee agreed.",
        "Students for Reform and Never Trump marched.",
        "They dined at Mar-a-Lago and at Camp David.",
        "She studied at Johns Hopkins University and at Harvard.",
        "They stood at the Lincoln Memorial, near the Kennedy Center.",
        "The Whitfield Foundation and the Garcia Institute gave money.",
        "Goldman Sachs, Morgan Stanley and Wells Fargo fell.",
        "The USS Cole sailed from Port Sorrel to Kettle Island.",
        "The Affordable Care Act and the Green New Deal differ.",
        "Fox News and The New York Times reported it.",
        "Republicans, Democrats and Libertarians met in Grand Rapids, Mich.",
        "French and German police arrested a Saudi-born man.",
        "He lives on Elm Street in Orange County.",
        "Merry Christmas and Happy New Year!",
        "In Roe v. Wade the court ruled.",
        "What now? Perhaps. However, nobody knows.",
        "The Harbor Business League and the Tenants' Alliance agreed.",
        "Hurricane Katrina hit Louisiana in August.",
        "They met in the Franklin Pierce Room, near the Will Rogers Annex.",
        "The firm, Merritt Cold Storage, and CellLine paid 11 MLAs.",
        "The American Society of Rural Druggists agreed.",
        "The Smiths split. Fans of Smiths songs wept, and former Smiths drummers sued.",
        "",
        "Word",
    ],
)
def test_what_is_no_person_is_not_taken_for_one(text: str) -> None:
    assert names(text) == []


def test_a_surname_alone_belongs_to_the_full_name_wherever_that_stands() -> None:
    text = "Whitfield quits\n\nDana Whitfield quit on Monday. Whitfield’s aides wept, and WHITFIELD smiled."
    (figure,) = find_figures(text, NOBODY)
    assert figure.name == "Dana Whitfield"
    assert [mention.text for mention in figure.mentions] == ["Whitfield", "Dana Whitfield", "Whitfield", "WHITFIELD"]


@pytest.mark.parametrize(
    ("full", "later"),
    [
        ("Bram van Houten", "Van Houten"),
        ("Bram van Houten", "van Houten"),
        ("Ramona de la Cruz", "De la Cruz"),
        ("Anneke ter Borgh", "ter Borgh"),
        ("Qais al-Khazali", "al-Khazali"),
        ("Lucien d’Aubray", "D’Aubray"),
    ],
)
def test_a_particle_belongs_to_the_surname(full: str, later: str) -> None:
    text = f"On Monday {full} spoke. {later} left, and many applauded {later}."
    assert names(text, NOBODY) == [full, later, later]


def test_two_of_one_surname_keep_their_mentions_apart() -> None:
    text = "Gov. Al Vellacourt spoke. His wife, Perpetua Vellacourt, smiled. Mrs. Vellacourt left. Vellacourt stayed."
    governor, wife = find_figures(text, NOBODY)
    assert [m.text for m in governor.mentions if m.kind == "name"] == ["Al Vellacourt", "Vellacourt"]
    assert [(m.text, m.start) for m in wife.mentions if m.kind == "name"] == [
        ("Perpetua Vellacourt", text.index("Perpetua")),
        ("Vellacourt", text.index("Mrs. ") + 5),
    ]


def test_a_couple_shares_a_surname() -> None:
    found = {figure.id: [m.text for m in figure.mentions] for figure in find_figures("Bill and Hillary Clinton came.")}
    assert found == {"bill-clinton": ["Bill"], "hillary-clinton": ["Hillary Clinton"]}


def test_a_first_name_or_nickname_alone_is_an_alias() -> None:
    text = "Tadeusz “Tad” Wolanski spoke. “We love Tad,” said a man. Many like Tadeusz."
    (figure,) = find_figures(text, NOBODY)
    assert [(m.text, m.kind) for m in figure.mentions] == [
        ("Tadeusz “Tad” Wolanski", "name"),
        ("Tad", "alias"),
        ("Tadeusz", "alias"),
    ]


def test_a_nickname_is_the_person_whose_name_it_is_short_for() -> None:
    (figure,) = find_figures("Victor Bloom spoke. “We like Vic,” a man said.", NOBODY)
    assert [(m.text, m.kind) for m in figure.mentions] == [("Victor Bloom", "name"), ("Vic", "alias")]


def test_a_headline_holds_no_names_but_those_of_the_article() -> None:
    text = "Congresswoman Blackwood Introduces Bipartisan Bill to Save Pharmacies\n\nTeodora Blackwood spoke."
    assert names(text, NOBODY) == ["Blackwood", "Teodora Blackwood"]


def test_a_paragraph_that_names_one_of_two_means_that_one() -> None:
    text = "Phil Henning spoke.\n\nSuzanne Henning won. Henning smiled.\n\nHenning left.\n\nMs. Bo Pell wept."
    phil, suzanne, _ = find_figures(text, NOBODY)
    assert [m.text for m in suzanne.mentions] == ["Suzanne Henning", "Henning"]
    assert [m.text for m in phil.mentions] == ["Phil Henning", "Henning"]


def test_a_title_of_another_gender_is_another_person() -> None:
    text = "Garrick Pell was convicted. “He is innocent,” Ms. Pell said."
    assert len(find_figures(text, NOBODY)) == 2


def test_a_headline_in_capitals_or_title_case_names_who_the_article_names() -> None:
    body = "\n\nDana Whitfield lost. Orla Quint won."
    assert names("WHITFIELD FALLS AS QUINT RISES IN POLLS" + body, NOBODY)[:2] == ["WHITFIELD", "QUINT"]
    assert names("Whitfield Blames Quint After Long Night" + body, NOBODY)[:2] == ["Whitfield", "Quint"]


def test_an_article_names_people_in_full_so_a_stray_capital_is_nobody() -> None:
    text = "Dana Whitfield spoke. It rained. She left by car. The crowd went home. It was late. They came from Jerome."
    assert names(text, NOBODY) == ["Dana Whitfield"]


def test_a_surname_that_is_also_a_title_needs_a_person_of_that_name() -> None:
    assert names("Dana Bishop and Amir Shah spoke. Shah left, and Bishop stayed.", NOBODY) == [
        "Dana Bishop",
        "Amir Shah",
        "Shah",
        "Bishop",
    ]
    assert names("Bishop stayed. King left.", NOBODY) == []


def test_a_party_tag_is_no_name() -> None:
    assert names("Sen. Orla Quint (D-Mass.) and Sen. Ada Finch, R-N.D., met.", NOBODY) == ["Orla Quint", "Ada Finch"]


def test_attributive_names_of_persons_count_and_those_of_buildings_do_not() -> None:
    assert names("The Trump administration met near Trump Tower with Clinton campaign aides.") == ["Trump", "Clinton"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Barnabas Yunupingu backed it. Mr Yunupingu left.", ["Barnabas Yunupingu", "Yunupingu"]),
        ("Federal member Barnabas Yunupingu (Nationals) backed it.", ["Barnabas Yunupingu"]),
        ("Beside Clarrie Pascoe stood two men. Pascoe demanded a recount.", ["Clarrie Pascoe", "Pascoe"]),
        ("Cr Trang Huynh-Baker and Alhaji Sanusi Dankwambo left.", ["Trang Huynh-Baker", "Sanusi Dankwambo"]),
        ("Farmer Reg Battye was not surprised.", ["Reg Battye"]),
        ("Al Quint and his wife, Harleen, left.", ["Al Quint", "Harleen"]),
        ("Smt. Kamakshi Deshbandhu spoke. They love Kamakshi-ji there.", ["Kamakshi Deshbandhu", "Kamakshi-ji"]),
        ("Resident Siegfried Blunt asked why. “No,” Mr Blunt said.", ["Siegfried Blunt", "Blunt"]),
        ("Mr Blunt left, as the blunt often do.", ["Blunt"]),
        ("Barnaby Thrupp fixed it. “Barney is kind,” they say.", ["Barnaby Thrupp", "Barney"]),
        ("Former CM Prithvi Chaudhari-Rao left.", ["Prithvi Chaudhari-Rao"]),
        ("Malia Pell led. \"I'm up,\" she said. \"I'm here. I've won. I'll go.\"", ["Malia Pell"]),
        ("They thanked Olabisi Onabanje.", ["Olabisi Onabanje"]),
        ("They drove to Olabisi Onabanje.", []),
    ],
)
def test_names_told_by_what_stands_around_them(text: str, expected: list[str]) -> None:
    assert names(text, NOBODY) == expected


def test_a_person_repeated_by_title_is_one_person() -> None:
    text = "Barnabas Yunupingu (Nationals) spoke. Mr Yunupingu left. Resident Siegfried Blunt sat. Mr Blunt wept."
    assert [figure.name for figure in find_figures(text, NOBODY)] == ["Barnabas Yunupingu", "Siegfried Blunt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bettina Power said no. Voters like Power. Power has won.", ["Bettina Power", "Power", "Power"]),
        ("Wrenna Moon, 44, left. It was Moon who paid.", ["Wrenna Moon", "Moon"]),
        ("“No,” said Osric Fairbanks, a law professor.", ["Osric Fairbanks"]),
        ("Minister P. Selvanar spoke. Ms. Selvanar wept.", ["P. Selvanar", "Selvanar"]),
        ("Darcy Bugg lost. Mr Bugg wept.", ["Darcy Bugg", "Bugg"]),
        ("It was seen by a son, Anders.", ["Anders"]),
        ("Hungary’s Gergo Szantos left. Szantos wept.", ["Gergo Szantos", "Szantos"]),
        ("(Reporting by Lieke Postmaa)", ["Lieke Postmaa"]),
        ("Shares of Georgia Power rose. Qadra Steel is based in Ohio.", []),
        ("Bettina Power rose by 3 percent.", []),
    ],
)
def test_surnames_that_are_words(text: str, expected: list[str]) -> None:
    assert names(text, NOBODY) == expected
    assert len(find_figures(text, NOBODY)) == bool(expected)
