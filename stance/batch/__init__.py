"""Many articles to a folder of results: in shards, by processes that may die, in runs that may be cut short."""

from stance.batch.job import Job, Outcome, Shard
from stance.batch.plan import Inputs, shards
from stance.batch.pool import Pool
from stance.batch.results import Results, Totals, failures
from stance.batch.run import Crew, run

__all__ = ["Crew", "Inputs", "Job", "Outcome", "Pool", "Results", "Shard", "Totals", "failures", "run", "shards"]
