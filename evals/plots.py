"""What was measured, drawn as SVG: letters as outlines, so that a page looks alike everywhere. Stands on `evaluate`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator
from pylopdf_fonts_jp import sans_path

from evals.metrics import Decile, Floats

FONT = "Noto Sans JP"
POINTS = 400  # of a curve, at most: more are not seen, and weigh
BLUE = "#0072B2"
LOOKS: Sequence[Mapping[str, Any]] = (  # Okabe and Ito: told apart by all eyes
    {"color": BLUE, "linewidth": 2.2},
    {"color": "#D55E00", "linewidth": 1.6},
    {"color": "#009E73", "linewidth": 1.6},
    {"color": "#CC79A7", "linewidth": 1.6},
    {"color": "#555555", "linewidth": 1.6, "linestyle": "--"},
)
LIMIT: Mapping[str, Any] = {"color": "#B00000", "linewidth": 1, "linestyle": ":"}
WORDS = {
    "fusion": "統合検索（製品）",
    "vectors": "ベクトルのみ",
    "BM25": "BM25のみ",
    "coverage": "語の被覆率のみ",
    "LangChain + Chroma": "LangChain + Chroma（英語MiniLM）",
    "our gate, refitted by cross-fitting": "確信度（交差適合で再推定）",
    "the shipped gate": "確信度（出荷時の設定）",
    "raw cosine": "コサイン類似度",
    "raw BM25": "BM25スコア",
}


def draw_risk_coverage(curves: Mapping[str, tuple[Floats, Floats]], path: Path, limit: float = 0.05) -> None:
    """Error over coverage, both as shares, each shape (n,)."""
    with _drawn(path, 7.2, 4.4) as figure:
        axes = figure.subplots()
        for (name, (covered, errors)), look in zip(curves.items(), LOOKS, strict=False):
            at = _thinned(len(covered))
            axes.plot(100 * covered[at], 100 * errors[at], label=WORDS.get(name, name), **look)
        axes.axhline(100 * limit, **LIMIT)
        axes.text(99, 100 * limit, f"誤り {limit:.0%}", va="bottom", ha="right", color=LIMIT["color"], fontsize=9)
        axes.set(xlabel="回答した割合（％）", ylabel="回答のうち誤りの割合（％）", xlim=(0, 100), ylim=(0, None))
        axes.legend(loc="upper left")


def draw_reliability(gates: Mapping[str, Sequence[Decile]], path: Path) -> None:
    """Share right over confidence, and how many there are, one panel for each gate."""
    with _drawn(path, 4.1 * len(gates), 4.8) as figure:
        panels = figure.subplots(2, len(gates), sharex=True, sharey="row", height_ratios=(3, 1), squeeze=False)
        for (name, among), shares, counts in zip(gates.items(), *panels, strict=True):
            _reliability(shares, counts, among)
            shares.set_title(WORDS.get(name, name), fontsize=11)
        panels[0, 0].set_ylabel("正しかった割合")
        panels[1, 0].set_ylabel("件数")
        panels[1, 0].set_ylim(0, 1.25 * max(one.count for among in gates.values() for one in among))


def _reliability(shares: Axes, counts: Axes, among: Sequence[Decile]) -> None:
    middles = [min(int(one.confidence * 10), 9) / 10 + 0.05 for one in among]
    shares.plot([0, 1], [0, 1], label="完全な較正", **LIMIT)
    shares.plot(
        [one.confidence for one in among], [one.right for one in among], "o-", clip_on=False, label="実測", **LOOKS[0]
    )
    shares.set(xlim=(0, 1), ylim=(0, 1))
    shares.xaxis.set_major_formatter("{x:.1g}")
    shares.yaxis.set_major_formatter("{x:.1g}")
    shares.legend(loc="upper left")
    counts.bar(middles, [one.count for one in among], 0.09, color=BLUE, alpha=0.5)
    for middle, one in zip(middles, among, strict=True):
        counts.annotate(
            f"{one.count}", (middle, one.count), (0, 1), textcoords="offset points", ha="center", fontsize=8
        )
    counts.set_xlabel("確信度")


def draw_latencies(times_ms: Mapping[str, Sequence[float]], path: Path) -> None:
    """The share of questions that took at most so long, for each way."""
    with _drawn(path, 7.2, 4.2) as figure:
        axes = figure.subplots()
        for (name, times), look in zip(times_ms.items(), LOOKS, strict=False):
            shares = np.linspace(0, 1, min(POINTS, len(times)))
            axes.plot(np.quantile(times, shares), 100 * shares, label=WORDS.get(name, name), **look)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.set(
            xlabel="1問あたりの時間（ミリ秒、対数目盛）", ylabel="その時間以内に終わった問いの割合（％）", ylim=(0, 101)
        )
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=3)


def draw_speed(sizes: Sequence[int], measured_ms: Mapping[str, tuple[Sequence[float], float]], path: Path) -> None:
    """For each figure (p50, p95) its values at the sizes, beside the bar that they are held to."""
    with _drawn(path, 7.2, 4) as figure:
        axes = figure.subplots()
        places = np.arange(len(sizes))
        width = 0.7 / len(measured_ms)
        for number, ((name, (values, bar)), look) in enumerate(zip(measured_ms.items(), LOOKS, strict=False)):
            at = places + (number - (len(measured_ms) - 1) / 2) * width
            drawn = axes.bar(at, values, 0.9 * width, color=look["color"], label=name)
            axes.bar_label(drawn, [f"{value:.0f}" for value in values], label_type="center", color="white")
            axes.axhline(bar, color=look["color"], linewidth=1.2, linestyle="--")
            axes.annotate(f"{name}の上限 {bar:.0f}", (1, bar), (-4, 3), xycoords=("axes fraction", "data"),
                          textcoords="offset points", ha="right", fontsize=9, color=look["color"])  # fmt: skip
        axes.set_xticks(places, [f"{size:,}" for size in sizes])
        top = max(max((*values, bar)) for values, bar in measured_ms.values())
        axes.set(xlabel="パッセージ数", ylabel="問いから引用まで（ミリ秒）", ylim=(0, 1.12 * top))
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=len(measured_ms))


@contextmanager
def _drawn(path: Path, width: float, height: float) -> Iterator[Figure]:
    """A figure of a size in inches, saved at the end; the same numbers give the same file."""
    font_manager.fontManager.addfont(str(sans_path()))
    look: dict[Any, Any] = {
        "font.family": FONT, "svg.fonttype": "path", "svg.hashsalt": "madoguchi", "axes.unicode_minus": False,
        "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.color": "#E4E4E4",
        "axes.axisbelow": True, "legend.frameon": False, "legend.fontsize": 9,
    }  # fmt: skip
    with mpl.rc_context(look):
        figure = Figure((width, height), layout="constrained")
        yield figure
        figure.savefig(path, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})


def _thinned(length: int) -> list[int]:
    return [int(at) for at in np.unique(np.linspace(0, length - 1, min(length, POINTS)).astype(int))]
