"""On a cluster: the same files, whatever happens to its machines. Simulated: three nodes of one processor each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accidents import accidental, corpus, failed, joined, manifest, met

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ray")


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[Any]:
    import ray
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        for name, value in accidental(folder).items():
            patch.setenv(name, value)
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
        for _ in range(3):
            cluster.add_node(num_cpus=1)
        ray.init(cluster.address, log_to_driver=False)
        cluster.wait_for_nodes()
        yield cluster
        ray.shutdown()
        cluster.shutdown()


@pytest.mark.usefixtures("cluster")
def test_a_cluster_writes_the_files_that_one_machine_writes(
    cli: Any, toy_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(tmp_path / "in", count=50)
    (tmp_path / "in" / "x.txt").write_text("Gov. Ann Ash lost to Sen. Dana Whitfield. It rained.")
    monkeypatch.chdir(tmp_path)
    for form in ("jsonl", "parquet"):
        common = ("predict", "in", "--model", toy_model, "--format", form, "--shard-size", 7)
        for engine in ("local", "ray"):
            assert cli(*common, "--engine", engine, "--output", f"{engine}-{form}/")[0] == 0
        for name in ["manifest.json", *(f"part-{index:07d}.{form}" for index in range(8))]:
            assert Path(f"ray-{form}", name).read_bytes() == Path(f"local-{form}", name).read_bytes()


@pytest.mark.usefixtures("cluster")
def test_what_one_machine_began_a_cluster_finishes(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    news, results = corpus(tmp_path / "in"), tmp_path / "out"
    command = ("predict", news, "--model", toy_model, "--output", f"{results}/", "--shard-size", 4)
    assert cli(*command)[0] == 0
    whole = joined(results)
    (results / "part-0000002.jsonl").unlink()
    assert cli(*command, "--engine", "ray", "--resume")[0] == 0
    assert joined(results) == whole


@pytest.mark.usefixtures("cluster")
def test_poisonous_articles_are_found_and_retries_end(cli: Any, toy_model: Path, folder: Path, tmp_path: Path) -> None:
    accidents = {3: "ALWAYS DIE", 9: "ALWAYS HANG", 14: "ALWAYS STUMBLE"}
    news, results = corpus(tmp_path / "in", accidents), tmp_path / "out"
    common = ("predict", news, "--model", toy_model)
    code, _, _ = cli(*common, "--engine", "ray", "--timeout", 2, "--shard-size", 6, "--output", f"{results}/")
    assert code == 3
    reasons = failed(results)
    assert list(reasons) == ["day-3", "day-9", "day-14"]
    assert "process ended twice" in reasons["day-3"]
    assert "longer than 2 seconds" in reasons["day-9"]
    assert "no such luck" in reasons["day-14"]
    assert met(folder)["ALWAYS DIE"] == (1 + 3) + (1 + 1)
    assert manifest(results)["read"] == 17


@pytest.mark.usefixtures("cluster")
def test_a_dataset_comes_back_as_the_rows_of_the_command(cli: Any, toy_model: Path, tmp_path: Path) -> None:
    import pyarrow.parquet
    import ray

    from stance.ray import predict

    news = corpus(tmp_path / "in", count=40)
    results = tmp_path / "out"
    assert cli("predict", news, "--model", toy_model, "--format", "parquet", "--output", f"{results}/")[0] == 0
    expected = pyarrow.parquet.read_table(results / "part-0000000.parquet").to_pylist()
    articles = ray.data.read_json(str(news)).repartition(5)
    found = predict(articles, model=toy_model.with_suffix(".npz")).take_all()
    key = ("document", "start", "figure")
    found.sort(key=lambda row: [row[name] for name in key])
    expected.sort(key=lambda row: [row[name] for name in key])
    assert found == [row | {"failed": None} for row in expected]
    (row,) = predict(ray.data.from_items([{"id": 7, "text": None}])).take_all()
    assert (row["document"], row["figure"]) == ("7", None)
    assert "expected a string in column text" in row["failed"]
    with pytest.raises(ray.exceptions.RayTaskError, match="expected a column id, found text"):
        predict(ray.data.from_items([{"text": "x"}])).take_all()


@pytest.mark.usefixtures("cluster")
def test_a_dataset_with_a_poisonous_article_ends(folder: Path) -> None:
    import ray

    from stance.ray import predict

    (folder / "met" / "ALWAYS DIE").unlink(missing_ok=True)
    with pytest.raises(ray.exceptions.RayError):
        predict(ray.data.from_items([{"id": 1, "text": "Sen. Dana Whitfield won. ALWAYS DIE"}])).take_all()
    assert met(folder)["ALWAYS DIE"] == 1 + 3


def test_a_killed_node_costs_nothing(cluster: Any, cli: Any, toy_model: Path, tmp_path: Path) -> None:
    from stance.batch import Inputs, Job, Results, run
    from stance.ray import RayPool

    news = corpus(tmp_path / "in", dict.fromkeys(range(60), "She won again. " * 400), count=60)
    expected = cli("predict", news, "--model", toy_model, "--format", "jsonl")[1]
    killed: list[Any] = []

    def kill_one(articles: int, _size: int) -> None:
        if articles >= 10 and not killed:
            killed.append(cluster.list_all_nodes()[-1])
            cluster.remove_node(killed[0], allow_graceful=False)

    job, inputs = Job(str(tmp_path / "out"), model=toy_model.with_suffix(".npz")), Inputs((str(news),), shard_size=5)
    with Results(tmp_path / "out", "jsonl", {}) as results, RayPool(job, 60.0) as pool:
        totals = run(pool, inputs, results, print, kill_one)
    assert len(killed) == 1
    assert (totals.read, totals.failed, totals.shards) == (60, 0, 12)
    assert joined(tmp_path / "out").decode() == expected
