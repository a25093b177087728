"""Places for the nodes of a network: friends near, enemies far, nothing on top of another; the same input, the same picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Wanted distances of friends, strangers and enemies, in the unit of the layout, and how much a pair without a tie insists on its own.
_FRIENDS, _STRANGERS, _ENEMIES, _LOOSE = 1.0, 2.0, 3.0, 0.15
_ROUNDS, _PUSHES = 300, 400


def places(ties: Array, width: float, height: float, gap: float) -> Array:
    """(node, 2) places in a frame of `width` by `height`, at least about `gap` from each other and from the edge.

    `ties` (node, node) is symmetric, positive for good and negative for bad ties, 0 for none. Stress majorisation (Gansner, Koren
    and North 2004, Graph Drawing) from a start on a circle, stretched to the frame; then what lies too near is pushed apart.
    """
    size = len(ties)
    if not size:
        return np.zeros((0, 2))
    wanted = np.select([ties > 0, ties < 0], [_FRIENDS, _ENEMIES], _STRANGERS)
    weight = np.where(ties != 0, np.minimum(np.abs(ties), 2.0) + 0.25, _LOOSE) / wanted**2
    np.fill_diagonal(weight, 0.0)
    angle = 2 * np.pi * np.arange(size) / size
    at = np.column_stack([np.cos(angle), np.sin(angle)]) * _STRANGERS
    inverse = np.linalg.pinv(np.diag(weight.sum(1)) - weight)
    for _ in range(_ROUNDS):
        apart = np.linalg.norm(at[:, None] - at[None], axis=2)
        pull = -weight * wanted / np.maximum(apart, 1e-9)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(1))
        at = inverse @ (pull @ at)
    return _apart(_framed(at, width, height, gap), width, height, gap)


def _framed(at: Array, width: float, height: float, gap: float) -> Array:
    """Turned so that the longest spread lies across, stretched to the frame."""
    centred = at - at.mean(0)
    axes = np.linalg.svd(centred, full_matrices=False)[2]
    axes *= np.where(axes[np.arange(len(axes)), np.abs(axes).argmax(1)] < 0, -1.0, 1.0)[:, None]
    turned = centred @ axes.T
    reach = np.maximum(np.abs(turned).max(0), 1e-9)
    framed: Array = np.array([width, height]) / 2 + turned / reach * (np.array([width, height]) / 2 - gap)
    return framed


def _apart(at: Array, width: float, height: float, gap: float) -> Array:
    """The places with those nearer than `gap` pushed away from each other, inside the frame."""
    edge = gap * 0.6
    for _ in range(_PUSHES):
        away = at[:, None] - at[None]
        apart = np.linalg.norm(away, axis=2)
        np.fill_diagonal(apart, 2 * gap)
        near = apart < gap
        if not near.any():
            break
        push = np.where(near, (gap - apart) / 2 / np.maximum(apart, 1e-6), 0.0)
        at = np.clip(at + 0.5 * (push[:, :, None] * away).sum(1), edge, np.array([width, height]) - edge)
    return at
