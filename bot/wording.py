"""What the Slack side says, in Japanese."""

from datetime import datetime

from consultation.aside import AsideKind
from consultation.calendar import shown
from consultation.case import CaseDeed
from consultation.outcome import Reason
from consultation.rating import Score
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
    "引継ぎカードのスレッドでは、窓口にメンションを付けて「下書き」「似た相談」、または資料で探したいこと"
    "（例：「規程のひな形」）をお書きいただけます。お返事はそのスレッドにだけ届きます。"
)
ASIDE_HELP = (
    "メンションのあとに「下書き」「似た相談」、または資料で探したいこと（例：「規程のひな形」）をお書きください。"
    "お返事はこのスレッドにだけ届きます。"
)
BODY_LEFT = (
    "お問い合わせありがとうございます。申し訳ございませんが、この団体への支援は終了しているため、お答えできません。"
    "いただいた内容は保存していません。ご不明な点は、担当の事務局にお問い合わせください。"
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
CONSENT, NO_CONSENT = "担当者に引き継ぐ", "引き継がない"
CORRECT = "分類・期限を直す"
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

CONSENT_AGAIN = (
    "先ほどのご質問は、まだ担当コンサルタントに引き継いでいません。引き継ぎますか。"
    "お尋ねするのはこれで最後です。ボタンは、あとからでも押せます。"
)
NOT_HANDED_OVER = (
    "承知しました。引き継ぎはしていません。言葉を足して、このスレッドに続けてお書きください。"
    "担当者へのご相談は、先ほどの「担当者に引き継ぐ」からいつでも承ります。"
)
RATE = "今回の対応はいかがでしたか。"
FACES = {Score.GOOD: "😊 満足", Score.FAIR: "😐 ふつう", Score.POOR: "😞 不満"}
RATING, RATING_WORDS = "評価", "ひとこと（任意）"
RATED = "「{score}」で承りました。ありがとうございます。よろしければ、理由やお気づきの点をお聞かせください。"
RATING_HINT = "個人情報とみられる部分は伏せて記録し、窓口の運営と改善に使います。"
RATED_LOW = "ご相談者の評価が「不満」でした：{words}"

CARD_TITLE = "引継ぎ {number}"
CARD_TEXT = "引継ぎ {number} {body}（{state}）"
BODY, ASKER, STATE, REASON, RECEIVED, OWNER = "団体", "ご相談者", "状況", "引継ぎの理由", "受付", "担当"
QUESTION, FOUND, DRAFT = "ご質問", "窓口が見つけた資料", "回答の下書き"
SHOWN = desk.SHOWN
NOTHING_FOUND = "近い資料は見つかりませんでした。"
TAKEN_BACK = "（ご質問は取り消されました）"
PRIORITY, PRIORITIES = "優先度", desk.PRIORITIES
DUE_ON_HINT = "開庁日の終わりが期限になります。空にすると、チームの目標どおりに戻ります。"
CORRECT_HINT = "内部の記録に残り、団体には見えません。直したところから、期限のお知らせを数え直します。"
DUE, TOPIC, TURNED_TO = "期限", "分類", "担当の依頼先"
FIRST_REPLY, RESOLUTION = "最初の返信", "解決"
OWNER_LEFT = "{owner}（離任：引き継ぎが必要です）"
NOBODY = "登録された担当コンサルタントがいません。どなたか"
TURNED = "{who} さん、この引継ぎの担当をお願いします。担当できないときは、カードの「担当できない」でお知らせください。"
TURNED_WHY = "（理由：{why}）"
NOTICES = {
    CaseDeed.REMIND: "{what}の期限（{due}）が近づいています。",
    CaseDeed.ESCALATE: "{what}の期限（{due}）を過ぎました。担当：{holder}",
    CaseDeed.ALARM: "{what}の期限（{due}）を大きく過ぎています。担当：{holder}",
    CaseDeed.LEAVE: (
        "担当の {holder} さんが担当コンサルタントから外れました。"
        "カードの「代わりに担当する」で、どなたかがお引き継ぎください。"
    ),
    CaseDeed.END: "団体の支援が終わったため、この引継ぎを終了しました。団体には、もう何も届きません。",
}
DECLINE_TITLE, HAND_ON_TITLE = "担当できない理由", "ほかの担当者への引継ぎ"
WHY, COLLEAGUE = "理由", "引き継ぐ相手"
DECLINE_HINT = "ほかの担当コンサルタントに依頼し直します。理由は内部の記録に残り、団体には見えません。"
HAND_ON_HINT = "選んだ方に担当を依頼します。理由は内部の記録に残り、団体には見えません。"
CARD_NOTE = (
    "このスレッドは内部用です。団体には「回答を書く」と、投稿のメニューの「自治体へ送信」で送った内容だけが届きます。"
    "窓口へのメンションに「下書き」「似た相談」、探したい語を添えると、このスレッドでお答えします。"
)
SENT = "{name} さんが団体のスレッドに次の内容を送りました。"
ASKER_WORDS = "団体からの追記です。"
CORRECTED = "（訂正済み）"
SENT_RECALLED = "{name} さんが団体のスレッドに送った内容は、取り消されました。"
RECALLED = "{name} さんの回答を取り消しました。団体のスレッドには、取り消した旨を表示しています。"
REVISE, RECALL = "訂正する", "取り消す"
RECALL_TITLE = "回答の取消し"
RECALL_SURE = "団体のスレッドの回答を、取り消した旨の表示に変えます。元には戻せません。"
RELAY = "自治体へ送信"
RELAY_NOT_HERE = "「自治体へ送信」は、引継ぎカードのスレッドに書いたご自分の投稿で使えます。"
RELAY_NOT_BOTS = "窓口の投稿は送信できません。ご自分で書いた投稿をお選びください。"
RELAY_NOT_OWN = "送信できるのは、ご自分の投稿だけです。内容は「回答を書く」から送れます。"
RELAY_EMPTY = "この投稿には、送信する文がありません。"
RELAY_TOO_LONG = "一度に送れるのは{most:,}文字までです。投稿を分けて、それぞれをお送りください。"
RELAY_SENT = "この投稿は、すでに団体に送信しています。直すときは投稿を編集するか、「訂正する」をご利用ください。"
RELAY_TO = "宛先：{body}　{asker} 様のスレッド（{number}）"
RELAY_NOTE = "送信したあとでこの投稿を編集・削除すると、団体のスレッドの内容も変わります。"
REVISE_TITLE = "回答の訂正"
REVISE_HINT = "団体のスレッドの回答が、この内容に変わります（「訂正済み」と表示されます）。"
ASIDES = {
    AsideKind.DRAFT: "下書き（{name} さんの依頼）",
    AsideKind.ALIKE: "似た相談（{name} さんの依頼）",
    AsideKind.PASSAGES: "資料の検索（{name} さんの依頼）",
}
ASIDE_NOTE = "内部用です。団体には届きません。"
ASIDE_UNANSWERED = "（回答はまだありません）"
ASIDE_ANSWER = "*回答*"

MORNING = "{day}の未完了の引継ぎ {count}件（{team}、うち期限超過 {late}件）"
MORNING_MORE = "ほか{more}件あります。引継ぎ一覧でご確認ください。"
ABSENT = "本日不在：{names}"
OPEN_CASES, OPEN_WEEKLY = "引継ぎ一覧を開く", "週次の集計を開く"
LATE, URGENT = "*【期限超過】* ", "*【お急ぎ】* "
NO_TOPIC, NO_ONE, ASKED_OF = "分類なし", "担当者なし", "{name}に依頼中"
WEEKLY = "{team} 週次の集計（{since}〜{until}）"
WEEKLY_TO = "主任 {name} さんへ　"
WEEK_QUESTIONS = "質問 {count}件、うち窓口が回答 {answered}件（{share}）"
WEEK_HANDED_OVER = "引継ぎ {count}件"
WEEK_CLAIM, WEEK_REPLY = "担当が決まるまで：{times}", "最初の返信まで：{times}"
TIMES, NEVER = "中央値 {median}、9割は {most} 以内（開庁時間、{count}件）", "該当なし"
WEEK_STANDING = "週末時点の未完了 {count}件、うち期限超過 {late}件"
WEEK_ENDED, WEEK_RATED = "終わったもの：{ended}", "評価：{rated}"
ENDS = {CaseDeed.CONFIRM: "解決", CaseDeed.LAPSE: "返事なし", CaseDeed.WITHDRAW: "取下げ"}
EXPIRING = (
    "あなたが担当するナレッジ {label} の有効期限（{day}）が近づいています。内容が今も正しいかを確かめ、"
    "正しければ更新し、変わっていれば次の版を作ってください。期限を過ぎると、回答に使われなくなります。"
)
EXPIRED = (
    "あなたが担当するナレッジ {label} は、有効期限（{day}）を過ぎたため、回答に使われなくなりました。"
    "内容が今も正しければ更新し、変わっていれば次の版を作ってください。"
)
OPEN_ARTICLE = "ナレッジを開く"
WEEK_LACKS = "資料が足りなかった内容（見つからない、確信が足りない、または資料が食い違う質問）"
WEEK_LACK = "　{topic} {count}件　{examples}"
WEEK_NEAR = "　近くにあったが足りなかった資料：{titles}"
WEEK_CONTRADICTING = "　数字や日付が食い違う資料：{pairs}"
SCORES = desk.SCORES
PROFILE, EARLIER, NO_EARLIER = desk.PROFILE, desk.EARLIER, desk.NO_EARLIER
WHY_HANDED = "引継ぎの理由：{reason}"

ASKER_FILE = "団体から添付されたファイルです。"
REPLY_FILE = "{name}（担当コンサルタント）からのファイルです。"
ASK_FILES_HINT = "担当コンサルタントに引き継いだときに届きます。窓口の機械は中身を読みません。1件10MBまで、10件まで。"
FILES_ONLY = "（本文はなく、ファイルだけが届きました）"
ATTACHED = "添付：{names}"
UNFIT_OF_ASKER = (
    "お送りいただいた「{name}」は、{why}ため、担当コンサルタントには届いていません。"
    "送れるのは、PDF、Word・Excel・PowerPoint、テキスト・CSV、画像です。"
)
UNFIT_FROM_ASKER = "団体から添付された「{name}」は、{why}ため、届いていません。"
UNFIT_OF_CONSULTANT = "団体に送ろうとした「{name}」は、{why}ため、届いていません。"
UNFIT_FROM_CONSULTANT = "担当コンサルタントが送ろうとした「{name}」は、{why}ため、届いていません。"
UNDELIVERED = (
    "自治体のチャンネルに届けられませんでした（{why}）。次の内容は、まだ団体に届いていません。"
    "チャンネルを使えるようになったら、運用担当者が「madoguchi posts retry」でもう一度送れます。"
)

SOURCE_TITLE = "出典"
CLOSE = "閉じる"
QUOTED = "引用した箇所"
LOCATOR, AS_OF, ORIGIN = "箇所", "時点", "出所"
NO_DATE = "記載なし"

COMPOSE_TITLE = "団体への回答"
SEND = "送信する"
CANCEL = "やめる"
REPLY_LABEL = "回答"
FILES_LABEL = "ファイル"
FILES_HINT = (
    "回答のあとに、順に届きます。PDF、Word・Excel・PowerPoint、テキスト・CSV、画像を10件まで"
    "（Slackの制限により1件10MBまで）。"
)
REPLY_HINT = "送信すると、{body}に「{name}」の名前で届きます。"

PROMPTS_TITLE = "こんなことをお尋ねいただけます"
PROMPTS = (
    ("費用対効果の試算", "AI導入の費用対効果は、どのように試算すればよいですか。"),
    ("他団体の事例", "保育所の入所選考にAIを使った団体では、どれくらい時間が減りましたか。"),
    ("事業の条件", "この支援事業の対象と条件を教えてください。"),
)

ASK_TITLE = "相談する"
ASK_WORDS, ASK_HINT = (
    "ご相談の内容",
    "ふだんのことばでお書きください。個人情報は書かないでください（書かれた場合は伏せ字にします）。",
)
ASK_TOPIC, ASK_TOPIC_NONE = "分類", "分からないときは、そのままで構いません"
ASK_BY, ASK_BY_HINT = "いつまでに", "3開庁日以内のときは、お急ぎの相談として担当者にお伝えします。"
ASK_PERSON_LABEL = "回答のしかた"
ASK_PERSON_OPTION = "担当者に直接相談する（機械の回答は不要）"
ASK_PERSON_HINT = "チャンネルには載せず、ダイレクトメッセージでお返事します。"
ASK_IN_CHANNEL = "回答は <#{channel}> のスレッドに届きます。"
ASK_IN_DM = "回答はダイレクトメッセージに届きます。"
ASK_EMPTY = "ご相談の内容をお書きください。"
ASK_NOT_HERE = (
    "窓口がこのチャンネルに投稿できません。チャンネルで「/invite @madoguchi」と入力して、窓口を招待してください。"
)
ASKED = "{name} さんからのご相談です。"
ASKER_NAME = "{name}（ご相談）"
STOPPED = "中止しました。ご質問は取り下げたものとして扱います。もう一度お尋ねになるときは、あらためてお書きください。"

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
    Reason.CONFLICTING_SOURCES: "資料どうしの食い違い",
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
WRONG_KEY = desk.WRONG_KEY

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
