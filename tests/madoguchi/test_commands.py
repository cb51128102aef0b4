"""The command line on a real desk: one process that runs, others that reach it, and none at all."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.madoguchi.process import ROOT, command, environment, started

CARD = """# 港区の保育所入所選考AI

## 効果

港区では2019年度からのAIの活用で、約2,900人分の保育所の入所選考が、職員14人以上で数日から約1分に短縮されました。
"""


@pytest.fixture(scope="module")
def materials(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("materials")
    (folder / "minato.md").write_text(CARD)
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory, materials):
    """A desk with one material and all its vectors."""
    home = tmp_path_factory.mktemp("home")
    desk, address = started(home, "--materials", str(materials))
    assert desk.stdout is not None
    while "資料の準備ができました" not in desk.stdout.readline():
        assert desk.poll() is None
    yield home, address
    desk.send_signal(signal.SIGTERM)
    assert desk.wait(30) == 0


def test_a_question_gets_its_answer_with_its_source(running):
    home, _ = running

    told = command(home, "ask", "港区の保育所の入所選考AIで時間はどれくらい減りましたか", "--json")

    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert set(answer) == {
        "consultation", "outcome", "reason", "text", "citations", "confidence", "took_ms",
    }  # fmt: skip
    assert answer["outcome"] == "answer"
    assert answer["consultation"].startswith("R")
    assert "約1分に短縮" in answer["text"]
    (citation, *_) = answer["citations"]
    assert set(citation) == {"document", "locator", "quote", "score", "is_reference"}
    assert not citation["is_reference"]
    assert citation["quote"] in CARD


def test_what_the_materials_do_not_hold_is_handed_over(running):
    home, _ = running

    answer = json.loads(command(home, "ask", "ドローンの飛行許可の手数料はいくらですか", "--json").stdout)

    assert answer["outcome"] == "handoff"
    assert 0 <= answer["confidence"] < 0.6


def test_consultations_are_numbered_one_after_the_other(running):
    home, _ = running

    first, second = (
        json.loads(command(home, "ask", "費用対効果とは", "--json").stdout)["consultation"] for _ in range(2)
    )

    assert first.rpartition("-")[0] == second.rpartition("-")[0]
    assert int(second.rpartition("-")[2]) == int(first.rpartition("-")[2]) + 1


def test_a_question_for_an_unknown_municipality_is_refused(running):
    home, _ = running

    told = command(home, "ask", "費用対効果とは", "--municipality", "082201")

    assert told.returncode == 2
    assert "登録されていません" in told.stderr
    assert "Traceback" not in told.stderr


def test_an_ingest_reports_each_file_and_fails_for_a_broken_one(running, tmp_path):
    home, _ = running
    (tmp_path / "good.md").write_text(
        "# 議事録\n\n弘前市では2020年に議事録の作成時間が3時間から1.5時間になりました。\n"
    )
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "disguised.pdf").write_text("これはPDFではありません。")

    told = command(home, "ingest", str(tmp_path))

    assert told.returncode == 1
    assert "[追加]" in told.stderr
    assert "empty.pdf: ファイルが空です" in told.stderr
    assert told.stderr.count("[失敗]") == 2
    again = command(home, "ingest", str(tmp_path / "good.md"))
    assert again.returncode == 0
    assert "[変更なし]" in again.stderr


def test_staged_materials_are_looked_at_and_then_published(running, tmp_path):
    home, _ = running
    path = tmp_path / "form.md"
    path.write_text("# 様式\n\n見本村の様式の提出は、5月10日までです。\n")
    command(home, "ingest", str(path))
    path.write_text("# 様式\n\n見本村の様式の提出は、6月20日までです。\n")
    question = ("ask", "見本村の様式の提出はいつまでですか", "--json")

    told = command(home, "ingest", "--stage", str(path))

    assert "madoguchi publish" in told.stderr
    assert "5月10日" in json.loads(command(home, *question).stdout)["text"]
    looked = command(home, "staged", str(path))
    assert looked.stdout.splitlines()[0].startswith("[更新]")
    assert [line[0] for line in looked.stdout.splitlines()[1:]] == ["−", "＋"]
    command(home, "ingest", "--stage", "--visible-to", "119997", str(path))
    assert "※ 公開先: all → 119997" in command(home, "staged", str(path)).stdout
    command(home, "ingest", "--stage", "--visible-to", "all", str(path))
    assert json.loads(command(home, "publish", str(path), "--json").stdout) == {"published": [str(path)]}
    assert "6月20日" in json.loads(command(home, *question).stdout)["text"]
    assert command(home, "publish", str(path)).returncode == 2


def test_a_rolled_back_version_answers_at_once(running, tmp_path):
    home, _ = running
    path = tmp_path / "rule.md"
    for limit in ("30", "70"):
        path.write_text(f"# 手引\n\n見本島の空き家改修補助の上限額は、{limit}万円です。\n")
        command(home, "ingest", str(path))

    told = command(home, "rollback", str(path), "--json")

    assert json.loads(told.stdout) == {"path": str(path), "version": 1}
    answer = json.loads(command(home, "ask", "見本島の空き家改修補助の上限額はいくらですか", "--json").stdout)
    assert "30万円" in answer["text"]
    listed = command(home, "versions", str(path)).stdout.splitlines()
    assert [line[0] for line in listed[:2]] == ["　", "→"]
    assert "その版" in command(home, "rollback", str(path), "--to", "9").stderr


def test_the_doctor_finds_a_fresh_desk_well(running):
    home, _ = running

    told = command(home, "doctor", "--json")

    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == {"ok": True}
    assert "SQLite" in told.stderr


def test_a_second_desk_on_the_same_home_says_that_one_runs(running):
    home, _ = running

    told = command(home, "run", "--port", "0")

    assert told.returncode == 2
    assert "使用中" in told.stderr


def test_the_control_door_wants_the_token(running):
    _, address = running

    answer = httpx.post(f"{address}/control/municipality.list", json={}, trust_env=False)

    assert answer.status_code in {401, 403, 404}


def test_a_desk_answers_before_its_vectors_are_there_and_opens_again_within_seconds(tmp_path, materials):
    desk, _ = started(tmp_path, "--materials", str(materials))
    told = command(tmp_path, "ask", "港区の保育所の入所選考AIで時間はどれくらい減りましたか", "--json")
    desk.send_signal(signal.SIGINT)
    assert desk.wait(30) == 0
    assert json.loads(told.stdout)["outcome"] == "answer"

    began = time.monotonic()
    desk, address = started(tmp_path)
    opened = time.monotonic() - began
    assert httpx.get(f"{address}/healthz", trust_env=False).status_code == 200
    assert opened < 60  # a bound against hanging, not a measurement

    desk.kill()
    desk.wait()
    told = command(tmp_path, "municipality", "list", "--json")  # opens the stores itself
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)[0]["name"] == "見本町（架空）"


@pytest.mark.parametrize(
    ("settings", "words", "said"),
    [
        ({"MADOGUCHI_PORT": "eighty"}, ("run",), "MADOGUCHI_PORT"),
        ({}, ("run", "--host", "0.0.0.0", "--port", "0"), "アカウント"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ("run",), "SLACK_APP_TOKEN"),
        ({}, ("ingest", "nowhere.md", "--kind", "novel"), "novel"),
    ],
)
def test_what_is_wrong_at_the_start_is_one_line(tmp_path, settings, words, said):
    told = command(tmp_path, *words, **settings)

    assert told.returncode == 2
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_commands_reach_a_desk_that_listens_beyond_loopback(tmp_path):
    invited = command(
        tmp_path, "account", "invite", "--login", "admin", "--name", "運用", "--role", "operator", "--json"
    )
    assert "/invitation/" in json.loads(invited.stdout)["link"]
    desk = subprocess.Popen(
        [sys.executable, "-m", "madoguchi", "run", "--host", "0.0.0.0", "--port", "0"],
        env=environment(tmp_path),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert desk.stdout is not None
        assert "http://0.0.0.0:" in desk.stdout.readline()
        told = command(tmp_path, "municipality", "list", "--json")
    finally:
        desk.kill()
        desk.wait()

    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=lambda ending: ending.name)
def test_a_watched_folder_is_followed_while_the_desk_runs(running, tmp_path, ending):
    home, _ = running
    (tmp_path / "first.md").write_text("# 見守り\n\n見守る前からある文です。\n")
    watching = subprocess.Popen(
        [sys.executable, "-m", "madoguchi", "ingest", "--watch", str(tmp_path)],
        env=environment(home),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    assert watching.stderr is not None
    assert "[追加]" in watching.stdout.readline()
    assert "見守っています" in watching.stderr.readline()
    time.sleep(0.5)  # the watch itself begins after the line

    (tmp_path / "second.md").write_text("# 見守り\n\nあとから置いた文です。\n")

    line = watching.stdout.readline()
    assert "[追加]" in line
    assert "second.md" in line  # and not first.md, which is unchanged
    watching.send_signal(ending)
    assert watching.wait(30) == 0
    assert "終えました" in watching.stderr.read()
    listed = json.loads(command(home, "versions", str(tmp_path / "second.md"), "--json").stdout)
    assert [(one["number"], one["live"]) for one in listed] == [(1, True)]
