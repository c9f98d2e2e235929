"""stance on a Ray cluster (extra `ray`): `predict` for a `ray.data.Dataset`, and what `--engine ray` runs on."""

from stance.ray.dataset import predict
from stance.ray.pool import RayPool

__all__ = ["RayPool", "predict"]
