"""What the desk itself says, in Japanese."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from consultation.article import ArticleState
from consultation.attachment import NAMELESS, AttachmentState, Unfit
from consultation.calendar import shown, shown_date
from consultation.case import CaseDeed, CaseEvent, CaseState, Priority
from consultation.inquiry import Wish
from consultation.municipality import Area
from consultation.outcome import OutcomeKind
from consultation.rating import Score
from consultation.topic import Topic

if TYPE_CHECKING:  # the command line speaks with these words as well, and has no need of the log
    from records.overview import Counter
    from records.rows import AttachmentRow, CaseRow, InquiryRow

WITH_PERSON = "追記を承りました。担当コンサルタントにお伝えしましたので、このままお待ちください。"
FOR_PERSON = (
    "ご相談を承りました。窓口の自動回答は行わず、担当コンサルタントが直接お答えします。"
    "内容を確認のうえ、ここでご返信しますので、このままお待ちください。"
)
ERROR = (
    "申し訳ございません。回答の作成中に問題が起きたため、担当コンサルタントに引き継ぎました。"
    "追ってこちらでご連絡いたします。（受付番号: {number}）"
)
GROUNDED, REFERENCE = "根拠あり", "参考"
SHOWN = "参考としてご相談者に示した資料"
NOT_CONSULTANT = "この操作は、登録された担当コンサルタントだけが行えます。運用担当者にご確認ください。"
NOT_OWNER = "この引継ぎは {owner} さんが担当しています。"
NOT_ASKER = "この操作は、ご相談された方だけが行えます。"
NOT_TURNED_TO = "この引継ぎは、いまあなたには依頼されていません。"
NOT_ASKED = "この質問については、引継ぎをお尋ねしていません。"
QUESTION_TAKEN_BACK = "このご質問は取り消されているため、引き継げません。あらためてご質問ください。"
HANDED_OVER_ALREADY = "すでに引き継いでいます。不要になったときは「取り下げる」を押してください。"
NOT_TO_RATE = "評価は、対応が終わった引継ぎについてお受けします。"
NO_SUCH_TOPIC = "その分類はありません。もう一度お選びください。"
PAST_DAY = "過ぎた日は選べません。今日からあとの日をお選びください。"
NO_SUCH_DAY = "期限には、今日以降の開庁日（対応の終わる時刻の前）をご指定ください。"
PRIORITIES = {Priority.URGENT: "お急ぎ", Priority.NORMAL: "通常"}
BY_TARGETS = "目標どおり"
WISHED_TOPIC, WISHED_BY, WISHED_PERSON = "分類：{topic}", "いつまでに：{day}", "担当者への直接のご相談"
NO_DAYS = "始まりの日と終わりの日をお選びください。"
PAST_DAYS = "過ぎた日は登録できません。今日からあとの日をお選びください。"
NO_SUCH_CHOICE = "その選択肢は見つかりません。"
EVERYTHING = "すべて"
AREA_NAMES = {
    Area.HOKKAIDO: "北海道",
    Area.TOHOKU: "東北",
    Area.KANTO: "関東",
    Area.SHINETSU: "信越",
    Area.HOKURIKU: "北陸",
    Area.TOKAI: "東海",
    Area.KINKI: "近畿",
    Area.CHUGOKU: "中国",
    Area.SHIKOKU: "四国",
    Area.KYUSHU: "九州",
    Area.OKINAWA: "沖縄",
}
NO_REASON = "理由をお書きください。"
NOT_A_COLLEAGUE = "引き継ぐ相手には、ほかの担当コンサルタントをお選びください。"
NOT_CLAIMED = "先に「担当する」を押してください。"
EMPTY_REPLY = "送信する内容が空です。"
SENT_ALREADY = "この内容は、すでに送信しています。直すときは、カードのスレッドの「訂正する」をご利用ください。"
NOT_SENDER = "この回答は {name} さんが送ったものです。訂正と取消しは、送った方か、いまの担当の方だけが行えます。"
RECALLED_ALREADY = "この回答は、すでに取り消されています。"
ASIDE_PASSAGES = "登録された資料で、近い箇所です。"
ASIDE_SOURCE = "[{rank}] 『{document}』（{locator}）{day}"
ASIDE_AS_OF = "　時点：{day}"
ASIDE_NOTHING = "この団体がご覧になれる資料には、近い箇所が見つかりませんでした。"
ASIDE_NONE_ALIKE = "似た相談は、これまでの記録に見つかりませんでした。"
ASIDE_GONE = "ご質問が取り消されているため、お答えできません。"
ASIDE_FAILED = "申し訳ございません。調べている途中で問題が起きました。もう一度お試しください。"
FILES_ONLY = "ファイルをお送りします。"
TOO_MANY_FILES = "ファイルは一度に{most}件までです。分けてお送りください。"
FILES_UNREAD = (
    "添付の{names}は、窓口では中身を読んでいません。「担当者に相談する」を押すと、担当コンサルタントに届きます。"
)
FILES_ASKED = "添付の{names}は、窓口では中身を読んでいません。引き継ぐ場合は、担当コンサルタントに届きます。"
FILES_HANDED_ON = "添付の{names}も、担当コンサルタントにお届けします。窓口では中身を読んでいません。"
WRONG_KEY = (
    "預かっているSlackのトークンやファイルを、今の鍵では開けません。MADOGUCHI_SLACK_KEY に以前の鍵を"
    "（新しい鍵のあとにカンマで区切って）加えるか、MADOGUCHI_HOME の slack.key を元に戻してください。"
)
NO_KEY_AT_ALL = (
    "MADOGUCHI_SLACK_KEY（または MADOGUCHI_HOME の slack.key）が、Fernetの鍵の形ではありません。"
    "URLセーフなBase64で44文字の鍵にしてください。"
)
KEY_LOST = (
    "預かっているSlackのトークンやファイルの鍵「{path}」がありません。"
    "鍵を元に戻すか、MADOGUCHI_SLACK_KEY に設定してください（新しい鍵では開けません）。"
)
KEY_UNREADABLE = "Slackのトークンとファイルの鍵「{path}」を読み書きできません（{why}）。"
UNFIT = {
    Unfit.TYPE: "送れない種類の",
    Unfit.SIZE: "大きすぎる",
    Unfit.CONTENT: "名前と中身の種類が合わない",
    Unfit.LOCKED: "パスワードがかかっていて中身の種類を確かめられない",
    Unfit.EXTERNAL: "外部のサービスにあるファイルへのリンクの",
    Unfit.GONE: "すでに削除されている",
    Unfit.UNREACHABLE: "窓口から取り出せない",
    Unfit.CHANGED: "知らされた大きさと実際の大きさが違う",
    Unfit.UNTAKEN: "送り先で受け取れなかった",
    Unfit.EXPIRED: "保存期間が過ぎた",
}
CANNOT_SEND = "「{name}」は{why}ため、送れません。送れるのは、PDF、Word・Excel・PowerPoint、テキスト・CSV、画像です。"
PROFILE, EARLIER, NO_EARLIER = "団体について", "この団体のこれまでのご相談", "これが最初のご相談です。"
TEAM, CHANNELS, CASES_BEFORE = "担当チーム：{team}", "登録チャンネル：{count}", "これまでの引継ぎ：{count}件"
BELOW = "確信度は {sure} で、自動で回答する下限 {least} に届きませんでした。"
ABOVE = "確信度は {sure} で、自動で回答する下限 {least} 以上でした。"
NOT_JUDGED = "確信度は測っていません。"
STANDINGS = {
    OutcomeKind.ANSWER: "回答済み",
    OutcomeKind.CLARIFY: "お返事待ち",
    OutcomeKind.HANDOFF: "引継ぎ",
    OutcomeKind.REFUSE: "ご案内済み",
}
PENDING, WITHDRAWN = "確認中", "取下げ"
ASKED_FIRST = "引き継いでいません"  # the asker is asked first, or said no
FILE_STATES = {
    AttachmentState.NOTED: "未送付",
    AttachmentState.PLANNED: "送付中",
    AttachmentState.DELIVERED: "送付済み",
    AttachmentState.REFUSED: "届いていません",
}
STATES = {
    CaseState.WAITING: "担当者待ち",
    CaseState.CLAIMED: "対応中",
    CaseState.REPLIED: "回答済み",
    CaseState.RESOLVED: "完了",
    CaseState.CLOSED: "終了",
    CaseState.WITHDRAWN: "取下げ",
}
SCORES = {Score.GOOD: "満足", Score.FAIR: "ふつう", Score.POOR: "不満"}
NOT_NOW = "この引継ぎは「{state}」のため、その操作はできません。"

ARTICLE_STATES = {
    ArticleState.DRAFT: "下書き",
    ArticleState.SUBMITTED: "確認待ち",
    ArticleState.RETURNED: "差戻し",
    ArticleState.APPROVED: "承認済み",
    ArticleState.EXPIRED: "期限切れ",
    ArticleState.REPLACED: "旧版",
    ArticleState.RETIRED: "取下げ",
}
ARTICLE_TITLE = "ナレッジ：{question}"
ARTICLE_LOCATOR = "ナレッジ {label}"
ARTICLE_SOURCE = "担当コンサルタントの回答（{day}承認）"
ARTICLE_GROUND = "『{document}』（{locator}）"
ARTICLE_GROUNDS = "{source}。もとにした資料：{grounds}"
ARTICLE_CHANGED = (
    "以前のご相談「{question}」について、回答の内容が新しくなりました（ナレッジ {label}、{day}承認）。\n\n{answer}\n\n"
    "前の回答を資料や答弁などにお使いの場合は、お手数ですが、こちらの内容をご確認ください。"
)
ARTICLE_NOT_OWN_CASE = "ナレッジの案を作れるのは、この引継ぎの担当コンサルタントだけです。"
ARTICLE_NOT_RESOLVED = "ナレッジの案は、引継ぎを「完了にする」と作れます。"
ARTICLE_NOTHING_SAID = "質問か回答の文が残っていないため、ナレッジの案を作れません。"
ARTICLE_NOT_NOW = "このナレッジは「{state}」のため、その操作はできません。"
ARTICLE_NOT_YOURS = (
    "この操作は、ご自身ではできません。承認と差戻しは、書いた方以外の確認者が行います。"
    "編集は書いた方、更新と改訂は責任者が行います。"
)
ARTICLE_CHANGED_MEANWHILE = "画面を開いたあとに内容が変わっています。今の内容を確かめてから、もう一度操作してください。"
ARTICLE_NO_TARGET = "そのナレッジにはまとめられません。取り下げられたか、別の団体だけのものか、改訂の途中です。"
ARTICLE_NO_REVISION = "改訂できるのは、承認済みか期限切れのナレッジの責任者だけです。"
ARTICLE_NAMES_LEFT = "すべての団体に見せる文に「{names}」が残っています。言い換えるか、この団体だけに見せてください。"
ARTICLE_BAD_EXPIRY = "有効期限は、今日から次の年度末までの日にしてください。"
ARTICLE_EMPTY = "質問と回答の両方をご記入ください。"
ARTICLE_TOO_LONG = "質問は{question}文字、回答は{answer:,}文字までにしてください。"
ARTICLE_NO_REASON = "差し戻す理由をご記入ください。"
TO_WHOM = "担当コンサルタントの {name}{team}に取り次ぎました。"
OPEN_NOW = "本日は {until:%H:%M} まで対応しています。"
CLOSED_NOW = "ただいまは対応時間外です。次は {until} からです。窓口への質問は、いつでもお送りいただけます。"
CLOSED_LONG = "ただいまは対応時間外です。窓口への質問は、いつでもお送りいただけます。"
UNTIL = "最初のお返事は{due}までにお届けします（開庁日の{opens:%H:%M}〜{closes:%H:%M}に対応します）。"


def unfit(name: str, why: Unfit) -> str:
    """To who would send it: why it cannot be sent."""
    return CANNOT_SEND.format(name=name or NAMELESS, why=UNFIT[why])


def file_state(file: "AttachmentRow") -> str:
    """What became of a file, in a few words."""
    return f"{UNFIT[file.unfit]}ため{FILE_STATES[file.state]}" if file.unfit else FILE_STATES[file.state]


def files_said(inquiry: "InquiryRow") -> str:
    """To who asked with files, which are `names`: that the machine reads none, and whom they reach."""
    if inquiry.is_asked_consent:
        return FILES_ASKED
    return FILES_HANDED_ON if inquiry.outcome is OutcomeKind.HANDOFF else FILES_UNREAD


def until_when(case: "CaseRow") -> str:
    """By when the first reply comes, and when there is somebody."""
    hours = case.team.hours
    return UNTIL.format(due=shown(case.watch.reply_by), opens=hours.opens, closes=hours.closes)


def corrected(event: CaseEvent) -> str:
    """What a correction set, as people read it."""
    match event.deed:
        case CaseDeed.SORT:
            return Topic(event.value).label
        case CaseDeed.PRIORITISE:
            return PRIORITIES[Priority(event.value)]
        case CaseDeed.SCHEDULE:
            return shown_date(date.fromisoformat(event.value)) if event.value else BY_TARGETS
        case _:
            return ""


def wished(wish: Wish) -> list[str]:
    """What an asker said beside the question, as people read it; nothing where nothing was said."""
    return [
        *([WISHED_TOPIC.format(topic=Topic(wish.topic).label)] if wish.topic else []),
        *([WISHED_BY.format(day=shown_date(wish.by))] if wish.by else []),
        *([WISHED_PERSON] if wish.is_for_person else []),
    ]


def to_whom(case: "CaseRow") -> str:
    """To whom a case was turned, for its asker; nothing where nobody is there, or somebody took it."""
    if case.turned_to is None:
        return ""
    return TO_WHOM.format(name=case.turned_to.name, team=f"（{case.team.name}）" if case.team.id else "")


def topic_names(codes: Iterable[str]) -> str:
    """The topics somebody is expert in; none: all."""
    return "、".join(Topic(code).label for code in codes if code in set(Topic)) or EVERYTHING


def area_names(areas: Iterable[str]) -> str:
    """The areas somebody takes care of; none: all."""
    return "、".join(AREA_NAMES[Area(name)] for name in areas if name in set(Area)) or EVERYTHING


def there(counter: "Counter") -> str:
    """Whether anybody is there now, and until or from when."""
    if counter.until is None:
        return CLOSED_LONG
    if counter.is_open:
        return OPEN_NOW.format(until=counter.until)
    return CLOSED_NOW.format(until=shown(counter.until))


_WHY_UNDELIVERED = {
    "is_archived": "チャンネルがアーカイブされています",
    "channel_not_found": "チャンネルが削除されたか、窓口のボットがいません",
    "not_in_channel": "窓口のボットがチャンネルにいません",
    "thread_not_found": "スレッドが見つかりません",
    "not_installed": "窓口のアプリが、そのワークスペースから外されています",
    "given_up": "長い間、Slackに届きませんでした",
}
_UNDELIVERED = {
    "outcome": "窓口の回答",
    "handed_over": "引継ぎのお知らせ",
    "claimed": "担当者のお知らせ",
    "reply": "担当コンサルタントの回答",
    "reply_state": "回答の訂正・取消し",
    "consent": "引継ぎのお尋ね",
    "resolved": "完了のお知らせ",
    "confirmed": "解決のお知らせ",
    "reopened": "再開のお知らせ",
    "withdrawn": "取下げのお知らせ",
    "reply_file": "担当コンサルタントのファイル",
    "card": "引継ぎのカード",
    "digest": "朝の一覧",
    "weekly": "週次の集計",
    "ask": "解決の確認",
    "lapsed": "終了のお知らせ",
    "article_changed": "ナレッジの改訂のお知らせ",
}


def why_undelivered(code: str | None) -> str:
    """Slack's word for what stood against a post, for people."""
    return _WHY_UNDELIVERED.get(code or "", f"Slackの返答：{code}" if code else "理由は記録されていません")


def undelivered(purpose: str) -> str:
    """What did not arrive, for people."""
    return _UNDELIVERED.get(purpose, "お知らせ")
