"""The register's commands on a real log: codes checked, names kept apart, nothing half-imported."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from consultation.errors import BadInput
from madoguchi import register, rostering, scheduling, wording
from madoguchi.cli import app
from madoguchi.demo import seed_demo
from madoguchi.reach import ON_LEDGER
from records.roster import Roster
from tests.records.databases import sqlite_log

TSUKUBA = {"code": "082201", "name": "つくば市", "prefecture": "茨城県"}


@pytest.fixture
def ledger(tmp_path):
    ledger = sqlite_log(tmp_path)
    yield ledger
    ledger.close()


def result(lines):
    *_, last = lines
    return last["result"]


def test_a_municipality_gets_its_bureau_area_from_its_prefecture(ledger):
    yamanashi = {"code": "192015", "name": "甲府市", "prefecture": "山梨県"}

    found = result(register.add_municipality(ledger, yamanashi))

    assert found["bureau"] == "関東総合通信局"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"code": "082202"}, "検査数字"),
        ({"code": "82201"}, "6桁"),
        ({"code": "０８２２０１"}, "6桁"),
        ({"prefecture": "埼玉県"}, "茨城県の番号"),
        ({"prefecture": "茨城"}, "都道府県名"),
        ({"name": " "}, "団体名"),
        ({"slack_channel": "C1"}, "--slack-team"),
    ],
)
def test_what_does_not_agree_is_refused_with_the_reason(ledger, wrong, why):
    with pytest.raises(BadInput, match=why):
        result(register.add_municipality(ledger, TSUKUBA | wrong))

    assert result(register.list_municipalities(ledger, {})) == []


def test_the_same_name_in_two_prefectures_is_kept_apart(ledger):
    for code, prefecture in (("132063", "東京都"), ("342084", "広島県")):
        result(register.add_municipality(ledger, {"code": code, "name": "府中市", "prefecture": prefecture}))

    found = result(register.list_municipalities(ledger, {}))

    assert [(one["prefecture"], one["name"]) for one in found] == [("東京都", "府中市"), ("広島県", "府中市")]


def test_a_channel_of_one_body_is_never_taken_over_by_another(ledger):
    channel = {"slack_team": "T1", "slack_channel": "C1"}
    result(register.add_municipality(ledger, TSUKUBA | channel))

    with pytest.raises(BadInput, match="別の団体"):
        result(
            register.add_municipality(
                ledger, {"code": "111007", "name": "さいたま市", "prefecture": "埼玉県"} | channel
            )
        )


def test_an_import_takes_all_rows_or_none(ledger):
    good = "団体コード,団体名,都道府県\n082201,つくば市,茨城県\n131016,千代田区,東京都\n"
    bad = good + "131017,港区,東京都\n"

    with pytest.raises(BadInput, match="4行目"):
        result(register.import_municipalities(ledger, {"text": bad}))
    assert result(register.list_municipalities(ledger, {})) == []

    assert result(register.import_municipalities(ledger, {"text": good})) == {"rows": 2, "added": 2}
    assert result(register.import_municipalities(ledger, {"text": good})) == {"rows": 2, "added": 0}


@pytest.mark.parametrize("text", ["", "code,name\n082201,つくば市\n", "団体コード,団体名,都道府県\n"])
def test_an_import_without_columns_or_rows_says_so(ledger, text):
    with pytest.raises(BadInput, match="CSV"):
        result(register.import_municipalities(ledger, {"text": text}))


def test_a_consultant_is_registered_once_and_corrected(ledger):
    said = {"slack_user": "U1", "name": "山田花子", "topics": "T03,T04", "areas": "kanto"}
    result(register.add_consultant(ledger, said))
    result(register.add_consultant(ledger, said | {"name": "山田華子"}))

    (found,) = result(register.list_consultants(ledger, {}))

    assert (found["name"], found["topics"], found["areas"]) == ("山田華子", ["T03", "T04"], ["kanto"])


@pytest.mark.parametrize("wrong", [{"topics": "T13"}, {"areas": "関東"}, {"name": ""}, {"slack_user": " "}])
def test_a_consultant_with_unknown_topics_or_areas_is_refused(ledger, wrong):
    with pytest.raises(BadInput):
        result(register.add_consultant(ledger, {"slack_user": "U1", "name": "山田花子"} | wrong))


def test_the_demo_is_seeded_once(ledger):
    seed_demo(ledger)
    seed_demo(ledger)

    assert [one["name"] for one in result(register.list_municipalities(ledger, {}))] == ["見本町（架空）"]
    assert len(result(register.list_consultants(ledger, {}))) == 1


def test_a_team_with_its_people_and_bodies_is_kept(ledger):
    seed_demo(ledger)  # its consultant gives way to real ones
    result(register.add_municipality(ledger, TSUKUBA))
    for user in ("U1", "U2"):
        result(register.add_consultant(ledger, {"slack_user": user, "name": f"担当{user}"}))
    team = {"name": "東日本", "opens": "09:00", "closes": "17:00", "closed": "2026-12-28", "asked_after": 3}
    targets = {"reply_min": 480, "resolution_min": 2400, "urgent_reply_min": 60, "urgent_resolution_min": 480}

    kept = result(rostering.keep_team(ledger, team | targets))
    assert result(rostering.list_teams(ledger, {})) == [kept]
    assert kept == {**team, "closed": ["2026-12-28"], **targets}
    assert result(rostering.entrust(ledger, {"code": TSUKUBA["code"], "team": "東日本"}))["team"] == "東日本"
    place = {"slack_user": "U1", "team": "東日本", "deputy": "U2", "lead": True, "most_open": 5}
    assert result(rostering.place(ledger, place))["name"] == "担当U1"
    result(rostering.be_away(ledger, {"slack_user": "U2", "first": "2026-12-25", "last": "2026-12-28"}))

    found = ledger.read(lambda s: Roster(s).candidates(datetime(2026, 12, 26, 3, tzinfo=UTC)))
    assert {one.consultant.slack_user: (one.consultant.is_lead, one.is_absent) for one in found} == {
        "U1": (True, False),
        "U2": (False, True),
    }


@pytest.mark.parametrize(
    ("operation", "wrong", "said"),
    [
        (scheduling.keep, {"day": "12月10日"}, "2026-12-28"),
        (scheduling.keep, {"title": " "}, "予定の名前"),
        (scheduling.keep, {"title": "あ" * 201}, "200文字"),
        (scheduling.keep, {"code": "112306"}, "検査数字"),
        (scheduling.keep, {"code": "112305"}, "登録されていません"),
        (scheduling.drop, {"number": 9}, "予定 9 は登録されていません"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(ledger, operation, wrong, said):
    with pytest.raises(BadInput, match=said):
        result(operation(ledger, {"day": "2026-12-10", "title": "研修会", "number": 1} | wrong))

    assert result(scheduling.every(ledger, {})) == []


@pytest.mark.parametrize(
    ("operation", "wrong", "said"),
    [
        (rostering.keep_team, {"opens": "朝"}, "08:30 のように"),
        (rostering.keep_team, {"opens": "17:00", "closes": "09:00"}, "始まりより後"),
        (rostering.keep_team, {"closed": "12月28日"}, "2026-12-28 のように"),
        (rostering.keep_team, {"name": " "}, "チームの名前"),
        (rostering.place, {"slack_user": "U9"}, "登録されていません"),
        (rostering.be_away, {"slack_user": "U9", "first": "2026-12-01", "last": "2026-12-01"}, "登録されていません"),
    ],
)
def test_what_is_wrong_with_a_roster_is_said(ledger, operation, wrong, said):
    team = {"name": "東日本", "opens": "09:00", "closes": "17:00", "closed": "", "asked_after": 3}
    targets = {"reply_min": 480, "resolution_min": 2400, "urgent_reply_min": 60, "urgent_resolution_min": 480}

    with pytest.raises(BadInput, match=said):
        result(operation(ledger, team | targets | wrong))


DAY = (
    ("municipality add 112305 --name 新座市 --prefecture 埼玉県", "新座市"),
    ("consultant add --slack-user U1 --name 佐藤", "佐藤 さん"),
    ("team list", "チームはありません"),
    ("team keep --name 東日本 --closed 2026-12-28", "東日本: 08:30〜17:15、休み 2026-12-28"),
    ("team list", "最初の返信 525分（お急ぎ 120分）"),
    ("team entrust --code 112305 --team 東日本", "チーム「東日本」の担当に"),
    ("consultant place --slack-user U1 --team 東日本 --lead", "チーム: 東日本、代理: なし、主任"),
    ("consultant away --slack-user U1 --first 2026-12-25 --last 2026-12-28", "2026-12-28 まで不在"),
    ("consultant back --slack-user U1", "取り消しました"),
    ("consultant list", "佐藤"),
    ("municipality list", "新座市"),
    ("date list", "予定はありません"),
    ("date keep --day 2099-12-10 --title 研修会", "1: 2099-12-10 研修会（すべての団体）"),
    ("date keep --day 2020-12-10 --title 締切 --code 112305", "2020-12-10 締切（団体 112305）"),
    ("date list", "締切（団体 112305）（過ぎた予定）"),
    ("date drop 1", "取り消しました。1: 2099-12-10 研修会"),
    ("consultant leave --slack-user U1", "担当コンサルタントから外しました"),
    ("consultant list", "（Slackなし）"),
    ("municipality leave 112305", "支援を終えました"),
    ("municipality list", "（支援は終了）"),
    ("posts list", "届けられなかった投稿はありません"),
    ("posts retry", "0件"),
)


def test_each_command_tells_what_it_did(tmp_path, monkeypatch):
    monkeypatch.setenv("MADOGUCHI_HOME", str(tmp_path))
    for words, said in DAY:
        told = CliRunner().invoke(app, words.split())

        assert (told.exception, told.exit_code) == (None, 0), words
        assert said in told.stdout


def test_every_operation_has_words_for_its_result():
    assert set(ON_LEDGER) <= set(wording._RESULTS)


def test_whether_a_body_is_asked_before_a_hand_over_stays_until_it_is_said_anew(ledger):
    assert not result(register.add_municipality(ledger, TSUKUBA))["asks_consent"]
    assert result(register.add_municipality(ledger, TSUKUBA | {"asks_consent": True}))["asks_consent"]
    kept = result(register.add_municipality(ledger, TSUKUBA | {"name": "筑波市", "asks_consent": None}))

    assert kept["asks_consent"]
    assert "尋ねる" in wording.result("municipality.list", result(register.list_municipalities(ledger, {})))
    assert not result(register.add_municipality(ledger, TSUKUBA | {"asks_consent": False}))["asks_consent"]
