"""Averages the weights of two checkpoints of one run: `python -m training.average FIRST SECOND --share 0.6 --out FILE`.

Two points that one run passed, each with its learning rate fallen to zero, lie in one basin, and their mean is better
than either (Izmailov et al. 2018, "Averaging weights leads to wider optima").
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def average(first: Path, second: Path, share: float, out: Path) -> None:
    """Writes a checkpoint whose weights are those of `second` by `share`, and of `first` by the rest."""
    one, other = (torch.load(file, map_location="cpu", weights_only=True) for file in (first, second))
    if one["relations"] != other["relations"]:
        raise ValueError(f"{first} and {second} tell other relations apart: they are not of one run")
    for name, weight in other["model"].items():
        if weight.is_floating_point():
            other["model"][name] = (1 - share) * one["model"][name] + share * weight
    torch.save({key: value for key, value in other.items() if key != "optimizer"}, out)


def main() -> None:
    """Averages as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m training.average", description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--share", type=float, default=0.6, help="the share of the second checkpoint")
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint to write")
    options = parser.parse_args()
    average(options.first, options.second, options.share, options.out)


if __name__ == "__main__":
    main()
