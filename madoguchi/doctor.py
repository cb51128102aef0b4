"""`madoguchi doctor`: looks at everything the desk stands on, and says in Japanese what is wrong and what to do."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from consultation.article import ArticleState
from consultation.calendar import tokyo_date
from consultation.errors import BadInput
from consultation.routing import has_fallback
from desk.wording import WRONG_KEY, why_undelivered
from madoguchi.leaving import undelivered
from madoguchi.settings import Settings
from records.article_pages import ArticleFilter, ArticlePages
from records.health import Health, health_of
from records.held import HeldBook
from records.ledger import Ledger, Session
from records.postbook import PostBook
from records.roster import Roster

if TYPE_CHECKING:
    from knowledge.gate import Gate
    from madoguchi.patience import PatientKnowledge

Said = dict[str, object]
MOST_NAMED = 10
WAL_FIXED = (3, 51, 3)  # the WAL-reset race: sqlite.org/releaselog/3_51_3.html


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; the sentence says what is the matter, or that it is well."""

    ok: bool
    subject: str
    sentence: str


def examine(settings: Settings, ledger: Ledger, knowledge: "PatientKnowledge") -> Iterator[Said]:
    """Every check, one a line, then whether all are well."""
    from bot.diagnosis import diagnose

    checks = [
        Check(True, "設定", f"読み込めました（MADOGUCHI_HOME={settings.records.home.resolve()}）。"),
        *_database(health_of(ledger)),
        *_undelivered(ledger),
        *held_check(settings, ledger),
        *_index(knowledge),
        *_articles(ledger, datetime.now(UTC)),
        *_fallback(ledger, datetime.now(UTC)),
        gate_check(knowledge.judge.gate, knowledge.guard.sentence()),
        *(Check(one.ok, one.subject, one.sentence) for one in diagnose(settings.slack, settings.desk, ledger)),
    ]
    for check in checks:
        yield {"ok": check.ok, "subject": check.subject, "sentence": check.sentence}
    yield {"result": {"ok": all(check.ok for check in checks)}}


def _database(health: Health) -> Iterator[Check]:
    yield Check(
        health.is_sound,
        "データベース",
        "整合しています。" if health.is_sound else f"壊れています: {health.fault}。バックアップから戻してください。",
    )
    if health.journal is not None:
        risky = health.journal == "wal" and sqlite3.sqlite_version_info < WAL_FIXED
        advice = (
            "WALモードは使わないでください（3.51.3より前の版には破損の恐れがあります）。"
            if risky
            else "ロールバックジャーナルで使っており、安全です。"
        )
        yield Check(not risky, "SQLite", f"版 {sqlite3.sqlite_version}。{advice}")
    if health.unsettled:
        yield Check(True, "投稿", f"これから届ける投稿が{health.unsettled}件あります。")
    if not health.documents:
        yield Check(False, "資料", "資料がまだありません。「madoguchi ingest フォルダ」で取り込んでください。")
    else:
        yield Check(True, "資料", f"{health.documents}件の資料に{health.passages}個のまとまりがあります。")


def _undelivered(ledger: Ledger) -> Iterator[Check]:
    """By name, what did not reach a municipality, and what waits for the consultants' channel."""
    failed, waiting = ledger.read(lambda session: (undelivered(session), PostBook(session).waiting_for_room()))
    if failed:
        named = "、".join(failed[:MOST_NAMED]) + ("、ほか" if len(failed) > MOST_NAMED else "")
        advice = "チャンネルを直してから「madoguchi posts retry」で、もう一度送れます。"
        yield Check(False, "投稿", f"届けられなかった投稿が{len(failed)}件あります（{named}）。{advice}")
    if waiting:
        why = why_undelivered(waiting[0].failure)
        sentence = f"投稿先のチャンネルが使えないため（{why}）、{len(waiting)}件が待っています。直れば、順に届きます。"
        yield Check(False, "投稿", sentence)


def held_check(settings: Settings, ledger: Ledger) -> Iterator[Check]:
    """Where files of the web are held: whether our key opens them."""
    from desk.holding import Holding
    from desk.sealing import seal_from

    count = ledger.read(lambda session: HeldBook(session).count())
    if not count:
        return
    slack = settings.slack
    try:
        seal = seal_from(slack.slack_key.get_secret_value(), slack.home, ledger)
    except BadInput as no:
        yield Check(False, "ファイル", no.reason)
        return
    readable = Holding(ledger, seal).is_readable()
    yield Check(readable, "ファイル", f"ウェブ画面のファイルを{count}件預かっています。" if readable else WRONG_KEY)


def _index(knowledge: "PatientKnowledge") -> Iterator[Check]:
    try:
        state = knowledge.refresh()
    except BadInput as no:
        yield Check(False, "埋め込みモデル", no.reason)
        return
    yield Check(True, "埋め込みモデル", f"{state.model} を読み込めました。")
    agree = state.pending == 0 and state.vectors == state.passages
    sentence = (
        f"データベースと一致しています（{state.vectors}件）。"
        if agree
        else f"{state.pending}件が索引にありません。「madoguchi reindex」を実行してください。"
    )
    yield Check(agree, "索引", sentence)


def _articles(ledger: Ledger, now: datetime) -> Iterator[Check]:
    """What asks for somebody: it is in the way of nothing."""
    today, expired = tokyo_date(now), ArticleFilter({ArticleState.EXPIRED})

    def view(session: Session) -> tuple[int, int, int]:
        pages = ArticlePages(session)
        waiting = pages.all(ArticleFilter({ArticleState.SUBMITTED}))
        return len(waiting), len(pages.expiring(today)), len(pages.all(expired)) + len(pages.over(today))

    waiting, near, over = ledger.read(view)
    if waiting or near or over:
        sentence = (
            f"承認待ち{waiting}件、期限の近いもの{near}件、期限切れ{over}件。Web窓口の「ナレッジ」をご確認ください。"
        )
        yield Check(True, "ナレッジ", sentence)


def _fallback(ledger: Ledger, now: datetime) -> Iterator[Check]:
    """Somebody gets a case whatever happens."""
    there = has_fallback(ledger.read(lambda session: Roster(session).candidates(now)))
    yield Check(
        there,
        "引継ぎ先",
        "主任が登録されています。ほかに担当できる人がいない引継ぎを受けます。"
        if there
        else "主任がいません。「madoguchi consultant place --slack-user U… --lead」で登録してください。",
    )


def gate_check(gate: "Gate", drifted: str | None = None) -> Check:
    """A gate made with another embedding model answers nothing, one that drifted less: nobody would see why."""
    if drifted is not None:
        return Check(False, "確信度", f"{gate.version}：{drifted}")
    if gate.is_fitted_for or gate.threshold_set is not None:
        promised = gate.file.dense.promise
        measured = (
            f"{'ラベル' if promised.labels else '確認者の判定'}{promised.measured}件で測った設定です。"
            if promised.measured
            else "手で決めた慎重な設定で、誤りの割合は測っていません。"
        )
        return Check(True, "確信度", f"{gate.version}：{measured}")
    return Check(
        False,
        "確信度",
        f"{gate.version} は別の埋め込みモデル（{gate.file.model}）で作られたため、すべての質問を担当者へ引き継ぎます。"
        "「madoguchi calibrate ラベルのファイル」で作り直してください。",
    )
