"""A rating after the end in Slack: three faces, a line of words, the last counts, a low one reaches the lead."""

from consultation.rating import Score
from records.roster import Roster
from tests.bot.bench import CONSULTANTS, KATO, SATO, SHINGU, STAFF, Bench
from tests.bot.test_handing_on import case, in_card_thread
from tests.bot.test_handing_over import claimed


def ended(bench: Bench) -> tuple[str, str, str]:
    """A case that the asker closed: the question's ts, the card's, that of the message with the faces."""
    ts, card = claimed(bench)
    bench.twin.click(CONSULTANTS, card, "handoff.resolve", SATO)
    asks = bench.twin.wait(lambda t: [m for m in t.answers(SHINGU, ts) if "handoff.confirm" in str(m.blocks)])[0]
    bench.twin.click(SHINGU, asks.ts, "handoff.confirm", STAFF)
    faces = bench.twin.wait(lambda t: [m for m in t.answers(SHINGU, ts) if "rating.good" in str(m.blocks)])[0]
    return ts, card, faces.ts


def lead(bench: Bench) -> None:
    def deed(session: object) -> None:
        roster = Roster(session)  # type: ignore[arg-type]
        [kato] = [one.consultant for one in roster.candidates(_now()) if one.consultant.slack_user == KATO]
        roster.place(kato.id, team=None, deputy_id=None, is_lead=True, most_open=None, most_a_day=None)

    bench.ledger.write(deed)


def _now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_a_low_rating_with_words_reaches_the_lead_once_and_masked(bench: Bench):
    lead(bench)
    ts, card, faces = ended(bench)

    view = bench.twin.click(SHINGU, faces, "rating.poor", STAFF).view()
    assert view.callback_id == "rating.words"
    assert [(one.score, one.words) for one in case(bench, ts).ratings] == [(Score.POOR, "")]
    assert bench.twin.submit(STAFF, {"words": {"words": "遅い <!here> 090-1234-5678"}}).errors == {}

    bench.twin.wait(lambda _: f"<@{KATO}> ご相談者の評価が「不満」" in in_card_thread(bench, card))
    assert "遅い &lt;!here&gt;" in in_card_thread(bench, card)
    assert b"090-1234-5678" not in bench.everything_kept()

    bench.twin.click(SHINGU, faces, "rating.good", STAFF).view()
    [last] = case(bench, ts).ratings
    assert last.score is Score.GOOD
    assert last.words.startswith("遅い")
    assert in_card_thread(bench, card).count("不満") == 1


def test_a_face_alone_is_kept_and_what_is_not_over_is_not_rated(bench: Bench):
    ts, card, faces = ended(bench)
    bench.twin.click(SHINGU, faces, "rating.fair", STAFF).view()
    assert bench.twin.submit(STAFF, {"words": {"words": ""}}).errors == {}
    assert [(one.score, one.words) for one in case(bench, ts).ratings] == [(Score.FAIR, "")]
    assert "不満" not in in_card_thread(bench, card)
    bench.twin.wait(lambda t: "ふつう" in str([m.blocks for m in t.messages(CONSULTANTS) if m.ts == card]))

    bench.twin.say(SHINGU, STAFF, "やはり、続きを教えてください", ts)
    bench.twin.wait(lambda _: case(bench, ts).state == "waiting")
    assert bench.twin.click(SHINGU, faces, "rating.good", STAFF).views == []
    assert "対応が終わった" in bench.twin.ephemerals(SHINGU, STAFF)[-1].text
