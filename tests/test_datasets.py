"""Named sets, from tiny local files laid out as the published ones are, and from the real ones where here."""

import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stance import datasets
from stance.datasets import dse, fetch, gap, newsmtsc, persent
from stance.errors import DatasetError, UsageError
from stance.records import Target

Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Write a file into the folder that STANCE_DATASETS names, and pin published ones to what was written."""
    folder = tmp_path / "sets"
    folder.mkdir()
    monkeypatch.setenv("STANCE_DATASETS", str(folder))

    def write(path: str, text: str) -> Path:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        for files in (newsmtsc.FILES, dse.FILES, gap.FILES, persent.FILES):
            _pin(monkeypatch, files, path, text)
        return file

    return write


def _pin(monkeypatch: pytest.MonkeyPatch, files: dict[Any, fetch.Published], path: str, text: str) -> None:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    for key, file in files.items():
        if file.path == path:
            monkeypatch.setitem(files, key, replace(file, sha256=sha256))


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Write a file where files that come with stance are looked for."""
    monkeypatch.setattr("stance.shipped._PACKAGE", tmp_path / "stance")

    def write(path: str, text: str) -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def newsmtsc_line(**change: Any) -> str:
    row = {
        "sentence": "Obama said Obama won.",
        "mention": "Obama",
        "from": 11,
        "to": 16,
        "polarity": 1,
        "id": "allsides_10_4_25_Barack Obama_11_16",
    }
    return json.dumps({**row, **change}) + "\n"


# The project's own corpus


def test_own_reads_marks_groups_and_comments(shipped: Put) -> None:
    shipped(
        "data/corpus/train.txt",
        "# a comment\n{Marla Quisenberry|+|a} said {she|+|a} beat {Todd Vance|-}.\n\n"
        "{Ann Lee|0} and {Bo Lee|-} know that Lee, {Lee|0|x}, won; Ann Lee did.\n",
    )
    rows = datasets.load_labelled("own", "train")
    sentence = "Marla Quisenberry said she beat Todd Vance."
    other = "Ann Lee and Bo Lee know that Lee, Lee, won; Ann Lee did."
    assert [(row.name, row.stance, row.target) for row in rows] == [
        ("Marla Quisenberry", "support", Target(sentence, ((0, 17), (23, 26)))),
        ("Todd Vance", "oppose", Target(sentence, ((32, 42),))),
        ("Ann Lee", "neutral", Target(other, ((0, 7), (44, 51)))),
        ("Bo Lee", "oppose", Target(other, ((12, 18),))),
        ("Lee", "neutral", Target(other, ((29, 32), (34, 37), (48, 51)))),
    ]
    assert [row.document for row in rows] == [sentence] * 2 + [other] * 3
    assert datasets.splits("own") == ("train",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{Ann|*} won.", "line 2: expected {mention|+}, |-} or |0}, found {Ann|*}; correct it"),
        ("{ |+} won.", "line 2: expected {mention|+}, |-} or |0}, found { |+}; correct it"),
        (
            "{Ann|+} and {Bo won.",
            "line 2: expected a sentence with its targets marked as {mention|+}, found '{Ann|+} and",
        ),
        (
            "{Ann|+}} won.",
            "line 2: expected a sentence with its targets marked as {mention|+}, found '{Ann|+}} won.'",
        ),
        ("Ann won.", "found 'Ann won.'; close every brace and mark at least one target"),
        (
            "{Ann|+|a} said {she|-|a} won.",
            "line 2: expected one label for all marks of person 'a', found +, -; give them one label, or",
        ),
    ],
)
def test_own_refuses_bad_marks_by_line(shipped: Put, line: str, message: str) -> None:
    file = shipped("data/corpus/dev.txt", f"{{Ann|+}} won.\n{line}\n")
    with pytest.raises(DatasetError, match=re.escape(f"{file} line 2:")) as raised:
        datasets.load("own", "dev")
    assert message in str(raised.value)


def test_own_counts_offsets_without_the_marks(shipped: Put) -> None:
    shipped("data/corpus/train.txt", "So {Lee|-}{Leeds|0}, {Lee|+|b}.\n")
    rows = datasets.load_labelled("own", "train")
    assert [(row.name, row.target) for row in rows] == [
        ("Lee", Target("So LeeLeeds, Lee.", ((3, 6),))),
        ("Leeds", Target("So LeeLeeds, Lee.", ((6, 11),))),
        ("Lee", Target("So LeeLeeds, Lee.", ((13, 16),))),
    ]


# The project's labels of DSE's sentences

DSE = "[Trump]s aide met [Hillary Clinto]n, and Trump waved.\tTrump\tHillary Clinto\t3\nOnly [a] and [b].\ta\tb\t0\n"
HEADER = "split\tline\tstart\tend\tlabel\n"


def test_news_labels_join_sentences_skip_non_persons_and_widen_to_words(put: Put, shipped: Put) -> None:
    put("dse/train.txt", DSE)
    put("dse/valid.txt", "[He] met [her].\tHe\ther\t1\n")
    shipped(
        "data/labels/train.tsv",
        HEADER + "train\t0\t16\t30\t-\ntrain\t1\t5\t6\tx\ntrain\t0\t36\t41\t0\nvalid\t0\t0\t2\t+\n",
    )
    rows = datasets.load_labelled("news-labels", "train")
    sentence = "Trumps aide met Hillary Clinton, and Trump waved."
    assert [(row.name, row.stance, row.target, row.document) for row in rows] == [
        ("Hillary Clinton", "oppose", Target(sentence, ((16, 31),)), sentence),
        ("Trump", "neutral", Target(sentence, ((37, 42),)), sentence),
        ("He", "support", Target("He met her.", ((0, 2),)), "He met her."),
    ]
    assert datasets.splits("news-labels") == ("train",)
    info = next(info for info in datasets.describe() if info.name == "news-labels")
    assert info.sizes == {"train": 3}


def test_further_persons_of_newsmtsc_join_its_sentences_and_keep_its_articles(put: Put, shipped: Put) -> None:
    put("newsmtsc/rw/train.jsonl", newsmtsc_line())
    (published,) = datasets.load_labelled("newsmtsc", "train")
    shipped("data/labels/newsmtsc_others.tsv", "line\tstart\tend\tlabel\n0\t0\t3\t-\n0\t4\t6\tx\n")
    (row,) = datasets.load_labelled("newsmtsc-others", "train")
    assert (row.stance, row.target.sentence, row.target.mentions[0]) == ("oppose", published.target.sentence, (0, 3))
    assert row.document == published.document


@pytest.mark.parametrize("line", ["1\t0\t3\t-", "0\t0\t999\t-", "0\t0\t3\t?", "0\tzero\t3\t+"])
def test_labels_that_fit_no_sentence_are_refused_by_line(put: Put, shipped: Put, line: str) -> None:
    put("newsmtsc/rw/train.jsonl", newsmtsc_line())
    shipped("data/labels/newsmtsc_others.tsv", f"line\tstart\tend\tlabel\n{line}\n")
    with pytest.raises(DatasetError, match=r"newsmtsc_others\.tsv line 2: expected"):
        datasets.load_labelled("newsmtsc-others", "train")


def test_resolved_labels_list_all_mentions(put: Put, shipped: Put) -> None:
    assert datasets.splits("news-resolved") == ()
    put("dse/valid.txt", "[He] met [her], and he won.\tHe\ther\t1\n")
    shipped("data/labels/resolved.tsv", HEADER[:-1] + "\tmentions\nvalid\t0\t0\t2\t+\t[[0,2],[16,18]]\n")
    (row,) = datasets.load_labelled("news-resolved", "train")
    assert (row.stance, row.target.mentions) == ("support", ((0, 2), (16, 18)))


def test_news_labels_take_listed_mentions(put: Put, shipped: Put) -> None:
    put("dse/valid.txt", "[He] met [her], and he won.\tHe\ther\t1\n")
    shipped(
        "data/labels/test.tsv",
        HEADER[:-1] + "\tmentions\nvalid\t0\t0\t2\t+\t[[0, 2], [16, 18]]\nvalid\t0\t7\t10\t0\t\n",
    )
    rows = datasets.load_labelled("news-labels", "test")
    assert [row.target.mentions for row in rows] == [((0, 2), (16, 18)), ((7, 10),)]
    assert datasets.default_split("news-labels") == "test"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "split\tline\n",
            "line 1: expected the columns split, line, start, end, label and perhaps mentions, found split",
        ),
        (HEADER + "train\t0\t0\t5\t?\n", "line 2: expected label +, -, 0 or x, found '?'; correct it"),
        (
            HEADER + "train\t2\t0\t5\t+\n",
            "expected a span in a sentence of DSE, found no line 2 in split 'train'; correct",
        ),
        (
            HEADER + "train\t-1\t0\t5\t+\n",
            "expected a span in a sentence of DSE, found no line -1 in split 'train'; cor",
        ),
        (
            HEADER + "dev\t0\t0\t5\t+\n",
            "expected a span in a sentence of DSE, found no line 0 in split 'dev'; correct it",
        ),
        (
            HEADER + "train\t0\tzero\t5\t+\n",
            "line 2: expected a span in a sentence of DSE, found invalid literal for int",
        ),
        (
            HEADER + "train\t0\t0\t99\t+\n",
            "(the sentence's length), found start 0, end 99; give code-point offsets",
        ),
        (HEADER + "train\t0\t0\n", "line 2: expected label +, -, 0 or x, found None; correct it"),
    ],
)
def test_news_labels_refuse_bad_lines(put: Put, shipped: Put, text: str, message: str) -> None:
    put("dse/train.txt", DSE)
    file = shipped("data/labels/train.tsv", text)
    with pytest.raises(DatasetError, match=re.escape(message)) as raised:
        datasets.load("news-labels", "train")
    assert str(raised.value).startswith(f"{file} line ")


# Published sets


def test_newsmtsc_maps_polarity_article_and_repetitions_and_keeps_duplicates(put: Put) -> None:
    lines = newsmtsc_line() * 2 + newsmtsc_line(polarity=0) + newsmtsc_line(polarity=-1, id="polusa_v1_77_-1_3_X_0_1")
    put("newsmtsc/rw/train.jsonl", lines)
    rows = datasets.load_labelled("newsmtsc", "train")
    assert [row.stance for row in rows] == ["support", "support", "neutral", "oppose"]
    assert [row.document for row in rows] == ["allsides_10_4"] * 3 + ["polusa_v1_77"]
    assert rows[0].target == Target("Obama said Obama won.", ((0, 5), (11, 16)))


@pytest.mark.parametrize(("name", "part"), [("newsmtsc-rw", "rw"), ("newsmtsc-mt", "mt")])
def test_newsmtsc_parts_have_their_own_dev_and_test(put: Put, name: str, part: str) -> None:
    put(f"newsmtsc/{part}/dev.jsonl", newsmtsc_line())
    put(f"newsmtsc/{part}/test.jsonl", newsmtsc_line(polarity=-1))
    assert datasets.splits(name) == ("dev", "test")
    assert [row.stance for split in ("dev", "test") for row in datasets.load_labelled(name, split)] == [
        "support",
        "oppose",
    ]


@pytest.mark.parametrize("line", ["{", "[]", newsmtsc_line(polarity=2), newsmtsc_line(to=99), '{"sentence": "x"}'])
def test_newsmtsc_refuses_a_row_that_is_none(put: Put, line: str) -> None:
    put("newsmtsc/mt/dev.jsonl", newsmtsc_line() + line)
    message = r"^newsmtsc/mt/dev\.jsonl line 2: expected a row of NewsMTSC, found .*; get the file anew$"
    with pytest.raises(DatasetError, match=message):
        datasets.load("newsmtsc-mt", "dev")


PSTANCE = 'Tweet,Target,Stance\n"So, JOE BIDEN\nwins",Joe Biden,FAVOR\n#Joe,Joe Biden,AGAINST\n'


def test_pstance_gives_a_position_only_where_the_tweet_names_the_person(put: Put) -> None:
    put("pstance/val_biden.csv", "\ufeff" + PSTANCE)
    rows = datasets.load_labelled("pstance-biden", "dev")
    assert [(row.target, row.stance, row.name) for row in rows] == [
        (Target("So, JOE BIDEN\nwins", ((4, 13),)), "support", "Joe Biden"),
        (Target("#Joe"), "oppose", "Joe Biden"),
    ]


def test_pstance_is_its_three_persons(put: Put) -> None:
    for person in ("trump", "biden", "bernie"):
        put(f"pstance/test_{person}.csv", f"Tweet,Target,Stance\n{person},Someone,FAVOR\n")
    rows = datasets.load_labelled("pstance", "test")
    assert [row.target.sentence for row in rows] == ["trump", "biden", "bernie"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Tweet,Stance\nx,FAVOR\n",
            "line 1: expected the columns Tweet, Target, Stance, found Tweet, Stance; take",
        ),
        (
            "",
            "line 1: expected the columns Tweet, Target, Stance, found none; take the file as its authors",
        ),
        (PSTANCE + "x,Joe Biden,NONE\n", "line 5: expected FAVOR or AGAINST, found 'NONE'; correct the file"),
        (
            PSTANCE + '"x"y,Joe Biden,FAVOR\n',
            "line 5: expected CSV, found ',' expected after '\"'; take the file as",
        ),
    ],
)
def test_pstance_refuses_files_that_are_something_else(put: Put, text: str, message: str) -> None:
    put("pstance/train_biden.csv", text)
    with pytest.raises(DatasetError, match=re.escape(f"pstance/train_biden.csv {message}")):
        datasets.load("pstance-biden", "train")


def test_dse_gives_both_entities_and_their_relation(put: Put) -> None:
    put("dse/train.txt", DSE)
    first, second = datasets.load("dse", "train")
    assert first == datasets.DirectedSentiment(
        "Trumps aide met Hillary Clinton, and Trump waved.", (0, 5), (16, 30), "p dislikes q"
    )
    assert second == datasets.DirectedSentiment("Only a and b.", (5, 6), (11, 12), "neutral")


@pytest.mark.parametrize("line", ["One [a].\ta\tb\t0", "[a] [b] [c]\ta\tb\t0", "[a] [b]\ta\tb\t5", ""])
def test_dse_refuses_a_line_without_two_entities_or_class(put: Put, line: str) -> None:
    put("dse/valid.txt", f"[a] [b]\ta\tb\t0\n{line}\n")
    message = r"^dse/valid\.txt line 2: expected a sentence with two \[entities\] and a class from 0 to 4, found "
    with pytest.raises(DatasetError, match=message):
        datasets.load("dse", "valid")


def test_persent_gives_articles(put: Put) -> None:
    columns = "DOCUMENT_INDEX,TITLE,TARGET_ENTITY,DOCUMENT,MASKED_DOCUMENT,TRUE_SENTIMENT,Paragraph0,Paragraph1"
    put("persent/dev.csv", f'{columns}\n7,News,Ann Lee,"One.\n Two.",x,Negative,Neutral,\n')
    assert datasets.load("persent", "dev") == [
        datasets.ArticleSentiment("7", "News", "Ann Lee", "One.\n Two.", "oppose", ("neutral",))
    ]
    put("persent/dev.csv", f"{columns}\n7,News,Ann Lee,One.,x,Bad,,\n")
    with pytest.raises(DatasetError, match=r"^persent/dev\.csv line 2: expected a row of PerSenT, found KeyError"):
        datasets.load("persent", "dev")


def test_gap_gives_pronouns(put: Put) -> None:
    columns = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
    put(
        "gap/validation.tsv",
        f'{columns}\nv-1\tAnn "met Bo; she won.\tshe\t13\tAnn\t0\tTRUE\tBo\t9\tFALSE\tu\n',
    )
    assert datasets.load("gap", "validation") == [
        datasets.PronounCase("v-1", 'Ann "met Bo; she won.', (13, 16), (0, 3), (9, 11), True, False)
    ]
    put("gap/validation.tsv", f"{columns}\nv-1\tAnn\tshe\tnone\n")
    with pytest.raises(DatasetError, match=r"^gap/validation\.tsv line 2: expected a row of GAP, found ValueError"):
        datasets.load("gap", "validation")


# Asking for sets


def test_unknown_names_and_splits_are_wrong_usage() -> None:
    with pytest.raises(
        UsageError, match=r"^expected a data set \(own, news-labels, news-resolved, newsmtsc, .*, gap\), found 'x'; ch"
    ):
        datasets.load("x", "dev")
    message = r"^expected a split of newsmtsc-rw \(dev, test\), found 'train'; choose one of these$"
    with pytest.raises(UsageError, match=message):
        datasets.load("newsmtsc-rw", "train")
    with pytest.raises(UsageError, match=message):
        datasets.load_labelled("newsmtsc-rw", "train")
    with pytest.raises(UsageError, match=r"^expected a data set"):
        datasets.default_split("x")


@pytest.mark.parametrize("name", ["dse", "persent", "gap"])
def test_sets_without_stances_are_refused_for_training_and_evaluation(name: str) -> None:
    with pytest.raises(
        UsageError, match=rf"^expected a set with stances toward persons \(own, .*\), found {name}, who"
    ):
        datasets.load_labelled(name, "dev")


def test_the_default_split_is_dev_else_test(shipped: Put) -> None:
    assert datasets.default_split("newsmtsc-rw") == "dev"
    assert datasets.default_split("pstance-trump") == "dev"
    with pytest.raises(UsageError, match=r"^expected a dev or test split of newsmtsc, found train; name a split"):
        datasets.default_split("newsmtsc")
    with pytest.raises(UsageError, match=r"^expected a split of own \(none is here\), found 'dev'; choose"):
        datasets.load("own", "dev")
    shipped("data/corpus/test.txt", "{Ann|+} won.\n")
    assert datasets.default_split("own") == "test"


def test_describe_says_what_is_here(put: Put, shipped: Put) -> None:
    shipped("data/corpus/dev.txt", "{Ann|+} met {Bo|0}.\n")
    put("newsmtsc/rw/dev.jsonl", newsmtsc_line())
    infos = {info.name: info for info in datasets.describe()}
    assert list(infos) == [
        *("own", "news-labels", "news-resolved", "newsmtsc", "newsmtsc-rw", "newsmtsc-mt", "newsmtsc-others"),
        *("pstance", "pstance-trump", "pstance-biden", "pstance-bernie", "dse", "persent", "gap"),
    ]
    assert (infos["own"].sizes, infos["own"].here) == ({"dev": 2}, ("dev",))
    assert (infos["newsmtsc-rw"].sizes, infos["newsmtsc-rw"].here) == ({"dev": 343, "test": 803}, ("dev",))
    assert infos["pstance"].sizes == {"train": 17224, "dev": 2193, "test": 2157}
    assert infos["pstance"].here == ()
    assert [name for name, info in infos.items() if not info.labelled] == ["dse", "persent", "gap"]


# Where the files come from


def test_a_local_file_that_was_not_published_so_is_refused_with_both_sums(put: Put) -> None:
    file = put("newsmtsc/rw/dev.jsonl", newsmtsc_line())
    pinned = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_text(newsmtsc_line(polarity=0), encoding="utf-8")
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    message = f"{file}: expected the published file (SHA-256 {pinned}), found SHA-256 {found}; replace it"
    with pytest.raises(DatasetError, match=re.escape(message)):
        datasets.load("newsmtsc-rw", "dev")


def test_a_missing_local_file_or_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCE_DATASETS", str(tmp_path))
    message = f"that STANCE_DATASETS names ({tmp_path}), found no such file; put the file there, or"
    with pytest.raises(DatasetError, match=re.escape(f"{message} unset STANCE_DATASETS to download it")):
        datasets.load("newsmtsc-rw", "test")
    with pytest.raises(DatasetError, match=re.escape(f"{message} ask for it at github.com/chuchun8/PStance")):
        datasets.load("pstance-biden", "test")
    monkeypatch.setenv("STANCE_DATASETS", str(tmp_path / "nowhere"))
    message = f"that STANCE_DATASETS names ({tmp_path / 'nowhere'}), found no such folder; put the file there"
    with pytest.raises(DatasetError, match=re.escape(message)):
        datasets.load("newsmtsc-rw", "test")


def test_text_that_is_not_utf8_is_refused(put: Put) -> None:
    put("pstance/val_trump.csv", "").write_bytes(b"Tweet\xff")
    message = r"^pstance/val_trump\.csv: expected UTF-8 text, found byte 0xff at 5; save it as UTF-8$"
    with pytest.raises(DatasetError, match=message):
        datasets.load("pstance-trump", "dev")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No local folder, and an empty cache."""
    monkeypatch.delenv("STANCE_DATASETS", raising=False)
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What is published, by address; takes the network's place in Hugging Face `datasets`."""
    texts: dict[str, str] = {}

    class Manager:
        def __init__(self, download_config: Any) -> None:
            self.folder = Path(download_config.cache_dir)

        def download(self, url: str) -> str:
            if url not in texts:
                raise ConnectionError("name resolution failed")
            file = self.folder / "downloaded"
            file.write_text(texts[url], encoding="utf-8")
            return str(file)

    monkeypatch.setattr("datasets.DownloadManager", Manager)
    return texts


URL = (
    "https://raw.githubusercontent.com/fhamborg/NewsMTSC/b9d9b79704ed1b35cecaf1d7c2343dc1bd734fb7/NewsSentiment/"
    "experiments/default/datasets/newsmtsc-rw-hf/dev.jsonl"
)


def test_a_published_file_is_downloaded_once_and_kept(
    cache: Path, publisher: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher[URL] = newsmtsc_line()
    _pin(monkeypatch, newsmtsc.FILES, "newsmtsc/rw/dev.jsonl", publisher[URL])
    assert len(datasets.load("newsmtsc-rw", "dev")) == 1
    assert next(info for info in datasets.describe() if info.name == "newsmtsc-rw").here == ("dev",)
    publisher.clear()
    assert len(datasets.load("newsmtsc-rw", "dev")) == 1
    assert [file.name for file in cache.rglob("*") if file.is_file()] == ["dev.jsonl"]


def test_a_damaged_file_in_the_cache_is_downloaded_anew(
    cache: Path, publisher: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher[URL] = newsmtsc_line()
    _pin(monkeypatch, newsmtsc.FILES, "newsmtsc/rw/dev.jsonl", publisher[URL])
    damaged = cache / "stance/newsmtsc/rw/dev.jsonl"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("half", encoding="utf-8")
    assert len(datasets.load("newsmtsc-rw", "dev")) == 1


def test_a_download_with_another_sum_is_refused_and_not_kept(cache: Path, publisher: dict[str, str]) -> None:
    publisher[URL] = "something else"
    pinned = "78b5dde35a97b452035c07c142fac5ecf44dd998217921cff62a1519ed01e952"
    found = hashlib.sha256(b"something else").hexdigest()
    message = f"{URL}: expected the published file (SHA-256 {pinned}), found SHA-256 {found}; try again later"
    with pytest.raises(DatasetError, match=f"^{re.escape(message)}$"):
        datasets.load("newsmtsc-rw", "dev")
    assert not [file for file in cache.rglob("*") if file.is_file()]


@pytest.mark.usefixtures("cache", "publisher")
def test_without_a_network_the_message_says_what_to_do() -> None:
    message = (
        f"expected to download {URL}, found no answer (ConnectionError: name resolution failed); connect "
        "to a network, or set STANCE_DATASETS to a folder that holds newsmtsc/rw/dev.jsonl"
    )
    with pytest.raises(DatasetError, match=f"^{re.escape(message)}$"):
        datasets.load("newsmtsc-rw", "dev")


@pytest.mark.usefixtures("cache")
def test_offline_mode_of_hugging_face_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.config.HF_HUB_OFFLINE", True)
    message = r"^expected to download .*, found no answer \(OfflineModeIsEnabled: .*; connect to a network, "
    with pytest.raises(DatasetError, match=message):
        datasets.load("newsmtsc-rw", "dev")


@pytest.mark.usefixtures("cache")
def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    message = r'found a package missing \(.*\); pip install "datasets" "fsspec\[http\]", or set STANCE_DATASETS to'
    with pytest.raises(DatasetError, match=message):
        datasets.load("newsmtsc-rw", "dev")


@pytest.mark.usefixtures("cache")
def test_pstance_is_not_downloaded_but_asked_for() -> None:
    message = (
        "expected pstance/val_trump.csv, which is not for download, in the folder that STANCE_DATASETS names, "
        "found STANCE_DATASETS not set; ask for the file at github.com/chuchun8/PStance and set STANCE_DATASETS"
    )
    with pytest.raises(DatasetError, match=re.escape(message)):
        datasets.load("pstance", "dev")


def test_a_cache_that_cannot_be_written_is_named(cache: Path) -> None:
    cache.write_text("a file where a folder should be", encoding="utf-8")
    message = r"^expected to read newsmtsc/rw/dev\.jsonl, found .*; set HF_HOME to a folder that can be written$"
    with pytest.raises(DatasetError, match=message):
        datasets.load("newsmtsc-rw", "dev")


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [("HF_HOME", "h", "h/datasets"), ("XDG_CACHE_HOME", "x", "x/huggingface/datasets")],
)
def test_the_cache_is_where_hugging_face_keeps_its_own(
    variable: str, value: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("STANCE_DATASETS", "HF_DATASETS_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(variable, str(tmp_path / value))
    file = tmp_path / expected / "stance/newsmtsc/rw/dev.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text(newsmtsc_line(), encoding="utf-8")
    _pin(monkeypatch, newsmtsc.FILES, "newsmtsc/rw/dev.jsonl", newsmtsc_line())
    assert len(datasets.load("newsmtsc-rw", "dev")) == 1


# The real sets


@pytest.mark.datasets
def test_the_real_sets_load_whole() -> None:
    assert Path(os.environ["STANCE_DATASETS"]).is_dir()
    for info in datasets.describe():
        for split in info.here:
            assert len(datasets.load(info.name, split)) == info.sizes[split], (info.name, split)


@pytest.mark.datasets
def test_the_real_newsmtsc_is_what_its_paper_says() -> None:
    rows = datasets.load_labelled("newsmtsc", "train")
    assert Counter(row.stance for row in rows) == {"oppose": 3316, "neutral": 3028, "support": 2395}
    assert len({row.document for row in rows}) == 5446
    assert all(row.name in row.target.sentence for row in rows)
