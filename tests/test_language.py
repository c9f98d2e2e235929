"""Texts that are clearly not English are told from those that are."""

import pytest

from stance.language import looks_english
from stance.shipped import shipped

FOREIGN = {
    "German": "Der Senator sagte am Montag in Washington, dass er das Gesetz nicht unterstützen werde. So war es "
    "schon in der Debatte, was man an den Zahlen sah. The New York Times hatte darüber berichtet, und Donald Trump "
    "war in the White House.",
    "Dutch": "De minister was van plan om de wet in te trekken, maar we zijn er niet zeker van of dit in het "
    "parlement is besproken. Hij had veel kritiek op de premier, die over de kosten sprak.",
    "French": "Le président a déclaré lundi que son gouvernement ne soutiendrait pas la loi, et que les citoyens "
    "devraient attendre. On me dit que son adversaire, the Guardian, a critiqué la décision à Paris.",
    "Spanish": "El presidente dijo el lunes que su gobierno no apoyaría la ley, y que los ciudadanos tendrían que "
    "esperar. La oposición criticó la decisión en Madrid después de la votación, y no hay acuerdo.",
    "Danish": "Statsministeren sagde mandag at regeringen ikke vil støtte loven, og at borgerne må vente. "
    "Oppositionen kritiserede beslutningen i København efter afstemningen, men der er ingen aftale for de fleste.",
    "Russian": "Президент заявил в понедельник, что правительство не поддержит закон, и что гражданам придётся "
    "подождать, пока парламент не примет решение.",
    "Chinese": "总统周一表示，政府不会支持这项法律，公民必须等待。反对派在投票后批评了这一决定，但没有达成协议。"
    "总统周一表示，政府不会支持这项法律，公民必须等待。",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_noticed(language):
    assert not looks_english(FOREIGN[language])
    assert not looks_english(FOREIGN[language] * 1000)


@pytest.mark.parametrize("name", sorted(path.name for path in shipped("seeds").glob("*.txt")))
def test_the_seeds_are_english(name):
    text = shipped("seeds", name).read_text(encoding="utf-8")
    assert looks_english(text)
    assert looks_english(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Guten Morgen, Herr Präsident",
        "1,234 — 5.6 % ... " * 100,
        "Vale wins. Reed loses. Hall resigns.",
        "Governor Vale signed the bill on Tuesday, ending a six-month fight with lawmakers who said it was too costly.",
        "RT @newsdesk: Sen. Vale: “We won’t yield” https://t.co/abc #politics 😀 and that is what she said to us all "
        "when we asked her about it.",
        "Gov. Ned Vale speaks in Dayton. (Photo by Ada Reed/Getty Images)\n\nContact Bo Hall at bhall@example.com. "
        "Follow her on X.",
        "Sen. Ned Vale, Rep. Ada Reed, Mayor Bo Hall and Gov. Ida Quint met in Lansing, Michigan, on Monday, Nov. 3. "
        "Vale, Reed and Quint voted yes. Hall voted no.",
    ],
)
def test_short_and_plain_texts_raise_no_alarm(text):
    assert looks_english(text)


def test_only_the_beginning_of_an_endless_text_is_looked_at():
    assert looks_english("It is the senator who would not have been there if they had asked her. " * 300 + "x " * 10**6)
