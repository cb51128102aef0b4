"""What the Slack side says, in Japanese."""

from datetime import datetime

from consultation.calendar import shown
from consultation.case import CaseDeed
from consultation.outcome import Reason
from desk import wording as desk

LOADING = ("資料を調べています…", "出典を確かめています…", "お答えをまとめています…")
WORKING = "調べています…"

UNKNOWN_PLACE = (
    "お問い合わせありがとうございます。申し訳ございませんが、このチャンネル（またはアカウント）はまだ支援対象の団体として"
    "登録されていないため、お答えできません。いただいた内容は保存していません。"
    "お手数ですが、担当の事務局に登録をご依頼ください。"
)
CONSULTANTS_PLACE = (
    "ここは担当コンサルタントの連絡用チャンネルのため、窓口はご質問をお受けしていません。"
    "団体のチャンネルか、窓口とのダイレクトメッセージでお試しください。"
)
NOT_YOURS = "この操作は、この相談をされた団体の方だけが行えます。"
EDITED_LATE = (
    "編集前の内容ですでにご案内しているため、編集後の内容は反映されません。"
    "お手数ですが、新しいメッセージとして、同じスレッドにお書きください。"
)
GONE = "この引継ぎは、すでに終わっています。"
NO_SOURCE = "この出典は、現在ご覧いただけません。"
NO_CHOICE = "その選択肢は見つかりません。"
FAILED = "申し訳ございません。うまく処理できませんでした。少し待ってから、もう一度お試しください。（参照番号: {ref}）"
THANKS = "評価をありがとうございます。今後の改善に役立てます。"
THANKS_UNHELPFUL = (
    "評価をありがとうございます。お役に立てず申し訳ございません。"
    "「担当者に相談する」から、担当コンサルタントに直接ご相談いただけます。"
)

SHOW_SOURCE = "引用箇所を見る"
ASK_PERSON = "担当者に相談する"
WITHDRAW = "取り下げる"
CLAIM = "担当する"
DECLINE = "担当できない"
HAND_ON = "ほかの担当者に引き継ぐ"
TAKE_OVER = "代わりに担当する"
COMPOSE = "回答を書く"
COMPOSE_MORE = "続けて回答する"
RESOLVE = "完了にする"
HELPFUL = "👍 役に立った"
UNHELPFUL = "👎 役に立たなかった"
HELPFUL_LABEL = "この回答は役に立った"
UNHELPFUL_LABEL = "この回答は役に立たなかった"

GROUNDED = desk.GROUNDED
NUMBER = "受付番号: {number}"
OPEN_LOG = "相談記録を開く"
OPEN_SOURCE = "出典を開く"
CUT = "（長いため、以下を省略しています）"

HANDED_OVER = (
    "担当コンサルタントに引き継ぎました。内容を確認のうえ、このスレッドでご返信します。"
    "引継ぎが不要になったときは「取り下げる」を押してください。"
)
CLAIMED = "担当コンサルタントの {owner} が確認を始めました。このままお待ちください。"
RESOLVED = (
    "担当コンサルタントの対応が完了しました。解決しましたか。"
    "続きがありましたら、このスレッドにそのままお書きください。担当コンサルタントに届きます。"
)
SOLVED, NOT_SOLVED = "解決しました", "まだ解決していません"
ASK = "ご相談の件は、その後解決しましたか。お返事がないときは、数日後に終了とさせていただきます。"
CONFIRMED = "解決したとのこと、承りました。ご相談いただき、ありがとうございました。"
LAPSED = (
    "お返事がなかったため、この相談を終了としました。"
    "続きがありましたら、このスレッドにそのままお書きください。担当コンサルタントに届きます。"
)
REOPENED = "担当コンサルタントに、続きをお伝えしました。お困りの点がありましたら、このまま追記してください。"
WITHDRAWN = "引継ぎを取り下げました。ご質問がありましたら、このスレッドにそのままお書きください。"
CONSULTANT_NAME = "{name}（担当コンサルタント）"
REPLY = "担当コンサルタントの {name} です。"

CARD_TITLE = "引継ぎ {number}"
CARD_TEXT = "引継ぎ {number} {body}（{state}）"
BODY, ASKER, STATE, REASON, RECEIVED, OWNER = "団体", "ご相談者", "状況", "引継ぎの理由", "受付", "担当"
QUESTION, FOUND, DRAFT = "ご質問", "窓口が見つけた資料", "回答の下書き"
SHOWN = desk.SHOWN
NOTHING_FOUND = "近い資料は見つかりませんでした。"
TAKEN_BACK = "（ご質問は取り消されました）"
DUE, TOPIC, TURNED_TO = "期限", "分類", "担当の依頼先"
FIRST_REPLY, RESOLUTION = "最初の返信", "解決"
NOBODY = "登録された担当コンサルタントがいません。どなたか"
TURNED = "{who} さん、この引継ぎの担当をお願いします。担当できないときは、カードの「担当できない」でお知らせください。"
TURNED_WHY = "（理由：{why}）"
NOTICES = {
    CaseDeed.REMIND: "{what}の期限（{due}）が近づいています。",
    CaseDeed.ESCALATE: "{what}の期限（{due}）を過ぎました。担当：{holder}",
    CaseDeed.ALARM: "{what}の期限（{due}）を大きく過ぎています。担当：{holder}",
}
DECLINE_TITLE, HAND_ON_TITLE = "担当できない理由", "ほかの担当者への引継ぎ"
WHY, COLLEAGUE = "理由", "引き継ぐ相手"
DECLINE_HINT = "ほかの担当コンサルタントに依頼し直します。理由は内部の記録に残り、団体には見えません。"
HAND_ON_HINT = "選んだ方に担当を依頼します。理由は内部の記録に残り、団体には見えません。"
CARD_NOTE = "このスレッドは内部用です。団体には「回答を書く」から送った内容だけが届きます。"
SENT = "{name} さんが団体のスレッドに次の内容を送りました。"
ASKER_WORDS = "団体からの追記です。"

SOURCE_TITLE = "出典"
CLOSE = "閉じる"
QUOTED = "引用した箇所"
LOCATOR, AS_OF, ORIGIN = "箇所", "時点", "出所"
NO_DATE = "記載なし"

COMPOSE_TITLE = "団体への回答"
SEND = "送信する"
CANCEL = "やめる"
REPLY_LABEL = "回答"
REPLY_HINT = "送信すると、{body}のスレッドに「{name}」の名前で投稿されます。"

PROMPTS_TITLE = "こんなことをお尋ねいただけます"
PROMPTS = (
    ("費用対効果の試算", "AI導入の費用対効果は、どのように試算すればよいですか。"),
    ("他団体の事例", "保育所の入所選考にAIを使った団体では、どれくらい時間が減りましたか。"),
    ("事業の条件", "この支援事業の対象と条件を教えてください。"),
)

STATES = desk.STATES
REASONS = {
    Reason.GROUNDED: "資料で回答",
    Reason.ABOUT_DESK: "窓口についての質問",
    Reason.TOO_SHORT: "質問が短い",
    Reason.AMBIGUOUS: "複数の意味にとれる",
    Reason.NEEDS_DETAIL: "詳しい条件が必要",
    Reason.WHICH_BODY: "同じ名前の団体がある",
    Reason.WHICH_YEAR: "年度や時点による",
    Reason.WHICH_NETWORK: "ネットワークの型による",
    Reason.NO_REFERENT: "何を指すか分からない",
    Reason.AT_A_LOSS: "始め方の相談",
    Reason.EMPTY: "本文なし",
    Reason.NOT_IN_MATERIALS: "資料に該当する記載がない",
    Reason.LOW_CONFIDENCE: "確信をもって答えられない",
    Reason.ASKED_FOR_PERSON: "担当者への相談の希望",
    Reason.COMPLAINT: "ご意見・苦情",
    Reason.URGENT: "お急ぎの相談",
    Reason.INDIVIDUAL_JUDGEMENT: "個別の判断が必要",
    Reason.PLAN_REVIEW: "計画の確認の依頼",
    Reason.PRODUCT_COMPARISON: "製品の比較・価格の判断",
    Reason.SELECTION_PROSPECT: "採択の見込み",
    Reason.LEGAL_INTERPRETATION: "法令の解釈",
    Reason.ADMINISTRATIVE: "事務手続き",
    Reason.TOO_LONG: "質問が長い",
    Reason.WITH_PERSON: "担当者が対応中",
    Reason.ERROR: "窓口の処理の失敗",
    Reason.PERSONAL_DATA: "個人情報",
    Reason.OUT_OF_SCOPE: "対象外",
    Reason.UNLAWFUL: "不適切な依頼",
    Reason.OTHER_BODY: "他団体の情報",
    Reason.INSTRUCTION_ATTACK: "窓口への不正な指示",
}

PORT_TAKEN = (
    "{host} のポート {port} で、Slackからの要求を待ち受けできません（{why}）。"
    "MADOGUCHI_SLACK_HOST と MADOGUCHI_SLACK_PORT をご確認ください。"
)
NOT_INSTALLED = "このワークスペースに窓口のアプリが見つかりません。アプリをもう一度インストールしてください。"
WRONG_KEY = (
    "預かっているSlackのトークンを、今の鍵では開けません。MADOGUCHI_SLACK_KEY に以前の鍵を"
    "（新しい鍵のあとにカンマで区切って）加えるか、MADOGUCHI_HOME の slack.key を元に戻してください。"
)
NO_KEY_AT_ALL = (
    "MADOGUCHI_SLACK_KEY（または MADOGUCHI_HOME の slack.key）が、Fernetの鍵の形ではありません。"
    "URLセーフなBase64で44文字の鍵にしてください。"
)
KEY_LOST = (
    "預かっているSlackのトークンの鍵「{path}」がありません。"
    "鍵を元に戻すか、MADOGUCHI_SLACK_KEY に設定してください（新しい鍵では開けません）。"
)
KEY_UNREADABLE = "Slackのトークンの鍵「{path}」を読み書きできません（{why}）。"

INSTALL_PAGE = (
    '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>窓口</title></head>'
    "<body><p>{sentence}</p></body></html>"
)
INSTALLED = "ワークスペース「{name}」（{team}）に窓口をインストールしました。この画面は閉じてかまいません。"
INSTALL_FAILED = "インストールできませんでした。もう一度 /slack/install からお試しください。"
INSTALL_AWAY = "ただいまインストールできません。しばらくしてから、もう一度 /slack/install からお試しください。"
INSTALL_REFUSED = {
    "access_denied": "インストールは取りやめになりました。",
    "invalid_browser": "始めたときと同じブラウザで、もう一度 https:// の /slack/install からお試しください。",
    "invalid_state": "インストールの有効期限（10分）が過ぎました。もう一度 /slack/install からお試しください。",
    "storage_error": "インストールを保存できませんでした。ワークスペースを選んで、もう一度お試しください。",
}

DOCTOR_SLACK, DOCTOR_SCOPES, DOCTOR_WORKSPACE = "Slack", "Slackの権限（スコープ）", "Slack（{team}）"
DOCTOR_NOWHERE = "まだどのワークスペースにも入っていません。/slack/install を開いてインストールしてください。"
DOCTOR_REVOKED = "トークンがSlackに認められません（{why}）。/slack/install からもう一度インストールしてください。"
NO_CONSULTANTS_TEAM = (
    "複数のワークスペースで使うときは、MADOGUCHI_CONSULTANT_CHANNEL を「T…:C…」の形で、"
    "ワークスペースとともに設定してください。"
)
DOCTOR_UNUSED = "SLACK_BOT_TOKEN も MADOGUCHI_SLACK_CLIENT_ID もないため、Slackなしで動きます。"
DOCTOR_AWAY = "Slackに届きませんでした（{why}）。ネットワークとプロキシをご確認ください。"
DOCTOR_INSTALLED = "トークンは有効です（ワークスペース {team}）。"
DOCTOR_SCOPES_WELL = "必要な権限がそろっています。"
DOCTOR_SCOPES_MISSING = (
    "次の権限が足りません: {names}。manifest.yaml のとおりに設定し、アプリを再インストールしてください。"
)
DOCTOR_SOCKET = "ソケットモードで接続できません（{why}）。connections:write を持つ xapp- のトークンかご確認ください。"
DOCTOR_SOCKET_WELL = "ソケットモードで接続できます。"
DOCTOR_BODY = "団体 {code} のチャンネル"
DOCTOR_CONSULTANTS = "担当コンサルタントのチャンネル"
DOCTOR_NO_CONSULTANTS = "MADOGUCHI_CONSULTANT_CHANNEL に、引継ぎカードの投稿先のチャンネルIDを設定してください。"
DOCTOR_OTHER_TEAM = (
    "団体 {code} のチャンネルのワークスペース {team} に、窓口が入っていません。登録とインストールをご確認ください。"
)
DOCTOR_CHANNEL_GONE = "{whose}を使えません（{why}）。チャンネルIDと、ボットの招待をご確認ください。"
DOCTOR_NOT_MEMBER = "{whose}にボットがいません。チャンネルで「/invite @madoguchi」と入力して招待してください。"
DOCTOR_MEMBER = "{whose}にボットが参加しています。"


def due(by: datetime, *, is_urgent: bool, is_answered: bool) -> str:
    """By when what has to happen, on the card."""
    what = RESOLUTION if is_answered else FIRST_REPLY
    return f"{shown(by)}（{what}{'・お急ぎ' if is_urgent else ''}）"
