"""All the Japanese of the command line: help texts, progress, results."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from consultation.calendar import TOKYO
from desk.wording import GROUNDED, REFERENCE

if TYPE_CHECKING:
    from knowledge.drift import Standing
    from knowledge.gate import Promise

HELP = "自治体のAI・ICT導入計画づくりの相談窓口「Madoguchi」を動かします。"
RUN_HELP = "窓口を起動します（ウェブ画面。トークンがあればSlackにもつながります）。"
PORT_HELP = "ウェブ画面のポート番号。"
HOST_HELP = "待ち受けるアドレス。アカウントがないうちは 127.0.0.1 だけです。"
MATERIALS_HELP = "起動時に取り込む資料のフォルダ（変わったものだけ取り込みます）。"
INGEST_HELP = "資料を取り込みます。変わっていないものは何もしません。"
PATHS_HELP = "資料のファイルまたはフォルダ。"
WATCH_HELP = "取り込んだあともフォルダを見守り、変わるたびに取り込みます（Ctrl-Cで終わります）。"
WATCHING = "フォルダを見守っています。終えるには Ctrl-C を押してください。"
WATCH_ENDED = "見守りを終えました。"
STAGE_HELP = "確認待ちにします。madoguchi publish を実行するまで、回答には使われません。"
STAGED_NEXT = "変わる内容は madoguchi staged で確かめられます。回答に使うには madoguchi publish を実行してください。"
STAGED_HELP = "確認待ちの資料の一覧と、変わる内容を表示します。"
STAGED_PATH_HELP = "資料のファイル。指定すると、増える文となくなる文を表示します。"
PUBLISH_HELP = "確認待ちの資料を、まとめて回答に使い始めます。"
PUBLISH_PATHS_HELP = "資料のファイル。省くと、確認待ちのすべてです。"
VERSIONS_HELP = "資料の版の一覧を表示します。"
ROLLBACK_HELP = "資料を前の版に戻します。ファイルが前の版と違えば、次の取り込みでファイルの内容になります。"
PATH_HELP = "資料のファイル（いまは無くなっていてもかまいません）。"
TO_HELP = "戻す先の版の番号。省くと1つ前の版です。"
KIND_HELP = "資料の種別: workshop, best-practice, e-learning, programme, faq, form。"
VISIBLE_HELP = "見せる相手: all（すべて）、または団体コードをカンマ区切りで。"
REINDEX_HELP = "検索用の索引（ベクトル）を、データベースから作り直します。"
ASK_HELP = "窓口に1つ質問します。"
QUESTION_HELP = "質問の文。"
CODE_HELP = "団体コード（6桁、検査数字つき）。"
DOCTOR_HELP = "設定・データベース・索引・モデル・Slackを点検し、直し方を示します。"
JSON_HELP = "結果をJSONで出力します。"
MUNICIPALITY_HELP = "団体（自治体）の登録。"
MUNICIPALITY_ADD_HELP = "団体を登録します。Slackのチャンネルや利用者もひも付けられます。"
MUNICIPALITY_LIST_HELP = "登録されている団体の一覧。"
MUNICIPALITY_IMPORT_HELP = "団体をCSV（団体コード、団体名、都道府県）からまとめて登録します。"
MUNICIPALITY_LEAVE_HELP = (
    "団体への支援を終えます。チャンネルと担当者からの質問は受けなくなり、開いている引継ぎは終了します。記録は残ります。"
    "戻すときは municipality add で登録し直します。"
)
CSV_HELP = "CSVファイル（UTF-8またはShift_JIS）。"
NAME_HELP = "団体名。"
CONSENT_HELP = "確信がもてない引継ぎの前に、引き継ぐかどうかを相談者に尋ねる（Slackとウェブ）。"
PREFECTURE_HELP = "都道府県名（正式な名称）。"
TEAM_HELP = "SlackワークスペースのID（T…）。"
CHANNEL_HELP = "その団体のSlackチャンネルのID（C…）。"
MEMBER_HELP = "その団体の担当者のSlackユーザーID（U…）。ダイレクトメッセージで使います。"
CONSULTANT_HELP = "担当コンサルタントの登録。"
CONSULTANT_ADD_HELP = "担当コンサルタントを登録します。"
CONSULTANT_LEAVE_HELP = (
    "担当コンサルタントから外します。依頼中の引継ぎは別の人に依頼し直し、担当中のものは主任に知らせます。"
    "戻すときは consultant add で登録し直します。"
)
POSTS_HELP = "Slackに届けられなかった投稿。"
POSTS_LIST_HELP = "届けられなかった投稿と、その理由の一覧。"
POSTS_RETRY_HELP = "届けられなかった投稿を、もう一度送ります（動いている窓口が1分以内に、止まっていれば次の起動で）。"
POST_HELP = "投稿のID（posts list に表示されます）。省くと、すべてです。"
PLACE_HELP = "担当コンサルタントのチーム、代理、主任、件数の上限を決めます（書かなかった項目は「なし」になります）。"
DEPUTY_HELP = "不在のときと期限を過ぎたときに声をかける代理のSlackユーザーID。"
LEAD_HELP = "主任にします。ほかに担当できる人がいない引継ぎと、期限を大きく過ぎた知らせを受けます。"
MOST_OPEN_HELP, MOST_A_DAY_HELP = "同時に持つ引継ぎの上限。", "1日に依頼を受ける引継ぎの上限。"
AWAY_HELP, BACK_HELP = "担当コンサルタントの不在を登録します。", "担当コンサルタントの不在を、今日から取り消します。"
FIRST_HELP, LAST_HELP = "不在の最初の日（例: 2026-12-25）。", "不在の最後の日。"
TEAMS_HELP = "担当チーム（対応時間と期限）の登録。"
DATE_HELP = "事業の予定（説明会、締切など）の登録。団体の方のSlackのホームとウェブ画面に、過ぎるまで表示します。"
DATE_KEEP_HELP = "予定を登録します。"
DATE_LIST_HELP = "登録した予定を表示します。"
DATE_DROP_HELP = "予定を取り消します。"
DATE_DAY_HELP, DATE_TITLE_HELP = "日付（2026-12-28）。", "予定の名前（200文字まで）。"
DATE_CODE_HELP = "一つの団体だけの予定のとき、その団体コード。"
DATE_NUMBER_HELP = "`madoguchi date list` に出る番号。"
TEAM_KEEP_HELP = "チームを登録します。同じ名前でもう一度登録すると、内容を改めます。"
TEAM_LIST_HELP, ENTRUST_HELP = "登録されているチームの一覧。", "団体を担当するチームを決めます。"
TEAM_NAME_HELP = "チームの名前。"
OPENS_HELP, CLOSES_HELP = "開庁日の対応の始まり（HH:MM）。", "開庁日の対応の終わり（HH:MM）。"
CLOSED_HELP = "土日・祝日・年末年始のほかに休む日（カンマ区切り。例: 2026-12-28）。"
REPLY_MIN_HELP = "最初の返信までの目標（対応時間の分。525は1開庁日）。"
RESOLUTION_MIN_HELP, URGENT_MIN_HELP = "解決までの目標（分）。", "お急ぎの相談の目標（分）。"
ASKED_AFTER_HELP = "「解決しましたか」ともう一度尋ねるまで、また終了とするまでの開庁日数。"
CONSULTANT_LIST_HELP = "登録されている担当コンサルタントの一覧。"
SLACK_USER_HELP = "コンサルタントのSlackユーザーID（U…）。"
CONSULTANT_NAME_HELP = "表示する名前。"
TOPICS_HELP = "得意な分類（T01〜T12、カンマ区切り）。"
AREAS_HELP = "担当する地域（hokkaido, kanto など、カンマ区切り）。"
ACCOUNT_HELP = "ウェブ画面のアカウント。"
ACCOUNT_INVITE_HELP = "アカウントへの招待リンクを発行します（リンクは一度だけ表示されます）。"
LOGIN_HELP = "ログイン名。"
ACCOUNT_NAME_HELP = "利用者の名前。"
ROLE_HELP = "役割: staff（自治体担当者）、consultant、reviewer、operator。"
ACCOUNT_BODY_HELP = "自治体担当者の団体コード。"

UNAVAILABLE = (
    "いま使えないものがあり、操作を終えられませんでした。"
    "少し待ってからやり直し、続くときは madoguchi doctor をお試しください。"
)

FATES = {
    "added": "追加",
    "changed": "更新",
    "unchanged": "変更なし",
    "moved": "移動",
    "removed": "削除",
    "failed": "失敗",
    "held": "確認待ち",
}
OUTCOMES = {"answer": "回答", "clarify": "確認", "handoff": "担当者へ引継ぎ", "refuse": "お断り"}


SAID = {
    "visible_to": "公開先",
    "valid_from": "有効になる日",
    "valid_until": "有効な最後の日",
    "as_of": "時点",
    "supersedes": "置き換える資料",
    "programme": "事業",
    "title": "題名",
    "source": "出典",
    "kind": "種別",
}


def progress(line: Mapping[str, Any]) -> str:
    """One line of progress, as it is told."""
    if "file" in line:
        passages = f"（{line['passages']}個のまとまり）" if line["passages"] else ""
        reason = f": {line['reason']}" if line["reason"] else ""
        remarks = "".join(f"\n    注意: {remark}" for remark in line["remarks"])
        return f"[{FATES[line['fate']]}] {line['file']}{passages}{reason}{remarks}"
    if "vectors" in line:
        return f"索引: {line['vectors']}/{line['passages']}"
    if "sentence" in line:
        return f"[{'○' if line['ok'] else '×'}] {line['subject']}: {line['sentence']}"
    return str(line)


def not_a_folder(path: str) -> str:
    return f"「{path}」はフォルダではありません。見守れるのはフォルダだけです。"


def is_passing(line: Mapping[str, Any]) -> bool:
    """Whether a line only says how far a computation is, with more to come: not each one need be told."""
    return "vectors" in line and line["vectors"] < line["passages"]


def result(name: str, found: Any) -> str:
    """The result of an operation, for a reader."""
    return _RESULTS[name](found)


def _ingested(found: Mapping[str, int]) -> str:
    return "取り込み: " + ("、".join(f"{FATES[fate]} {count}件" for fate, count in found.items()) or "対象なし")


def _versions(found: list[Mapping[str, Any]]) -> str:
    rows = [
        f"{_mark(one)} 第{one['number']}版  {_in_japan(one['ingested_at'])}  {one['title']}"
        f"（{one['passages']}個のまとまり）"
        for one in found
    ]
    live = any(one["live"] for one in found)
    return "\n".join(
        [*rows, "→ が使われている版です。" if live else "どの版も使われていません（削除された資料です）。"]
    )


def _mark(one: Mapping[str, Any]) -> str:
    return "→" if one["live"] else "待" if one["stage"] else "　"


def _staged(found: list[Mapping[str, Any]]) -> str:
    if not found:
        return "確認待ちの資料はありません。"
    if len(found) == 1:
        return "\n".join([_proposal(found[0]), *_difference(found[0])])
    return "\n".join(map(_proposal, found))


def _proposal(one: Mapping[str, Any]) -> str:
    counts = f"{one['passages']}個のまとまり、増える {len(one['added'])}、なくなる {len(one['removed'])}"
    counts += "".join(f"、変わる {SAID[it['what']]}" for it in one["said"])
    return f"[{FATES[one['fate']]}] {one['path']}  {one['title']}（{counts}）"


def _difference(one: Mapping[str, Any]) -> list[str]:
    said = [f"※ {SAID[it['what']]}: {it['before'] or 'なし'} → {it['after'] or 'なし'}" for it in one["said"]]
    gone = [f"− [{passage['locator']}] {passage['text']}" for passage in one["removed"]]
    return said + gone + [f"＋ [{passage['locator']}] {passage['text']}" for passage in one["added"]]


def _in_japan(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")


def _bodies(found: list[Mapping[str, Any]]) -> str:
    rows = [
        f"{one['code']}  {one['prefecture']} {one['name']}（{one['bureau']}）{_places(one)}{_consent(one)}{_left(one)}"
        for one in found
    ]
    return "\n".join(rows) or "登録されている団体はありません。"


def _consultants(found: list[Mapping[str, Any]]) -> str:
    rows = [f"{one['slack_user'] or '（Slackなし）'}  {one['name']}{_skills(one)}" for one in found]
    return "\n".join(rows) or "登録されているコンサルタントはいません。"


def _body(found: Mapping[str, Any]) -> str:
    body = f"{found['prefecture']} {found['name']}（{found['code']}、{found['bureau']}）"
    return f"{body}を{'登録' if found['is_new'] else '更新'}しました。{_consent(found)}"


def _consent(found: Mapping[str, Any]) -> str:
    return "［引継ぎの前に相談者に尋ねる］" if found.get("asks_consent") else ""


def _label(found: Mapping[str, Any]) -> str:
    if found["outcome"] == "answer" and found["citations"]:
        return f"【{GROUNDED}】"
    return f"【{REFERENCE}】" if any(one["is_reference"] for one in found["citations"]) else ""


def _answer(found: Mapping[str, Any]) -> str:
    lines = [f"【{OUTCOMES[found['outcome']]}】{_label(found)} 受付番号 {found['consultation']}", "", found["text"]]
    return "\n".join(lines)


def _places(one: Mapping[str, Any]) -> str:
    return f"  Slack: {'、'.join(one['slack'])}" if one["slack"] else ""


def _left(one: Mapping[str, Any]) -> str:
    return "  （支援は終了）" if one["left"] else ""


def _skills(one: Mapping[str, Any]) -> str:
    said = [*one["topics"], *one["areas"]]
    return f"（{'、'.join(said)}）" if said else ""


def _team(found: Mapping[str, Any]) -> str:
    closed = f"、休み {'・'.join(found['closed'])}" if found["closed"] else ""
    return (
        f"{found['name']}: {found['opens']}〜{found['closes']}{closed}"
        f"、最初の返信 {found['reply_min']}分（お急ぎ {found['urgent_reply_min']}分）"
        f"、解決 {found['resolution_min']}分（お急ぎ {found['urgent_resolution_min']}分）"
    )


def _place(found: Mapping[str, Any]) -> str:
    role = "主任" if found["lead"] else "担当"
    return f"立場（チーム: {found['team'] or 'なし'}、代理: {found['deputy'] or 'なし'}、{role}）"


def _date(found: Mapping[str, Any]) -> str:
    past = "（過ぎた予定）" if found.get("is_past") else ""
    whose = f"団体 {found['code']}" if found["code"] else "すべての団体"
    return f"{found['number']}: {found['day']} {found['title']}（{whose}）{past}"


_RESULTS: Mapping[str, Callable[[Any], str]] = {
    "ask": _answer,
    "ingest": _ingested,
    "versions": _versions,
    "staged": _staged,
    "publish": lambda found: f"{len(found['published'])}件の資料を、回答に使い始めました。",
    "rollback": lambda found: (
        f"「{found['path']}」を第{found['version']}版に戻しました。ファイルがこの版と違えば、次の取り込みで更新されます。"
    ),
    "reindex": lambda found: (
        f"索引を作り直しました（{found['vectors']}/{found['passages']}、モデル: {found['model']}）。"
    ),
    "doctor": lambda found: "問題はありません。" if found["ok"] else "×の項目をご確認ください。",
    "team.keep": lambda found: f"登録しました。{_team(found)}",
    "team.list": lambda found: "\n".join(map(_team, found)) or "登録されているチームはありません。",
    "team.entrust": lambda found: f"団体 {found['code']} を、チーム「{found['team']}」の担当にしました。",
    "consultant.place": lambda found: f"{found['name']} さんの{_place(found)}を登録しました。",
    "consultant.away": lambda found: (
        f"{found['name']} さんを、{found['first']} から {found['last']} まで不在としました。"
    ),
    "consultant.back": lambda found: f"{found['name']} さんの不在を、今日から取り消しました。",
    "date.keep": lambda found: f"登録しました。{_date(found)}",
    "date.list": lambda found: "\n".join(map(_date, found)) or "登録されている予定はありません。",
    "date.drop": lambda found: f"取り消しました。{_date(found)}",
    "municipality.list": _bodies,
    "municipality.add": _body,
    "municipality.import": lambda found: f"{found['rows']}行を読み、{found['added']}団体を新しく登録しました。",
    "consultant.list": _consultants,
    "municipality.leave": lambda found: (
        f"{found['name']}（{found['code']}）への支援を終えました。"
        "開いている引継ぎは、窓口が次の見回りで終了します。記録は残ります。"
    ),
    "consultant.leave": lambda found: (
        f"{found['name']} さん（{found['slack_user']}）を、担当コンサルタントから外しました。"
        "ウェブ画面のアカウントは「利用者」の画面で停止してください。"
    ),
    "posts.list": lambda found: (
        "\n".join(f"{one['id']}  {one['number']}（{one['body']}）への{one['what']}：{one['why']}" for one in found)
        or "届けられなかった投稿はありません。"
    ),
    "posts.retry": lambda found: f"{found['count']}件を、もう一度送ります。",
    "consultant.add": lambda found: f"{found['name']} さん（{found['slack_user']}）を登録しました。",
    "account.invite": lambda found: f"招待リンク（{found['expires']}まで有効。再表示はできません）:\n{found['link']}",
}


CALIBRATE_HELP = (
    "回答例つきの質問と確認者の判定から、機械が回答してよい確信度を決め直します。窓口を止めてから実行してください。"
)
LABELS_HELP = (
    "質問と期待する結果のTSVファイル、またはそのフォルダ（形式は evals/labels/README.md）。"
    "省くと確認者の判定だけを使います。"
)
ALPHA_HELP = "機械の回答に許す誤りの割合。"
DELTA_HELP = "その割合を守れない見込みの上限。"
GATE_OUT_HELP = "書き出す先。既定は MADOGUCHI_HOME の gate.json（次の起動から使われます）。"
BY_VECTORS, BY_WORDS = "意味と言葉で探すとき", "言葉だけで探すとき"
NOTHING_TO_CALIBRATE = (
    "質問のファイルも、いまの設定で使える確認者の判定もありません。質問のファイルを指定するか、"
    "ウェブ画面の相談記録で回答を判定してから、もう一度お試しください。"
)
LABEL_TWICE = "同じidの質問が2つあります。"


def label_file(path: str, line: int) -> str:
    where = f"{path}の{line}行目" if line else path
    return f"質問のファイルを読めません（{where}）。id・question・expected・facts・document の列をご確認ください。"


CALIBRATED_HEAD = (
    "| 探し方 | 誤りの上限 | ラベル | 確認者の判定 | 機械が回答 | 回答の割合 | 誤り | 確信度の下限 |\n"
    "|---|---|---|---|---|---|---|---|"
)


def calibrated_row(way: str, kept: "Promise") -> str:
    from_where = f"{kept.threshold:.2f}" if kept.answered else "回答しない"
    share = kept.answered / kept.measured if kept.measured else 0.0
    counts = f"{kept.labels} | {kept.verdicts} | {kept.answered} | {share:.1%} | {kept.errors}"
    return f"| {way} | {kept.alpha:.0%} | {counts} | {from_where} |"


def calibrated(way: str, kept: "Promise") -> str:
    used = f"（ほかに確認者の判定{kept.verdicts}件を重みに使いました）" if kept.labels and kept.verdicts else ""
    measured = f"質問{kept.labels}件" if kept.labels or not kept.verdicts else f"確認者の判定{kept.verdicts}件"
    if not kept.answered:
        return (
            f"{way}：{measured}では、誤り{kept.alpha:.0%}以下を約束できる確信度がありません{used}。"
            "機械は回答しません（戻すには gate.json を取り除きます）。"
        )
    return (
        f"{way}：{measured}のうち{kept.answered}件に回答し、誤りは{kept.errors}件"
        f"（{kept.errors / kept.answered:.1%}）{used}。確信度{kept.threshold:.2f}から回答します。"
    )


def gate_drifted(way: str, weeks: int, found: "Standing") -> str:
    left = "すべての質問" if found.is_closed else f"確信度{found.threshold:.2f}未満の質問"
    return (
        f"{way}：直近{weeks}週間に確認者が判定した回答{found.judged}件のうち誤りが{found.errors}件あり、"
        f"許す割合（{found.alpha:.0%}）を超えているとみられるため、{left}を担当者へ引き継いでいます。"
        "誤りとされた回答の資料をご確認ください。新しい判定が割合に収まれば、自動で元に戻ります。"
    )
