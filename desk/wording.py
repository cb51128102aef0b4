"""What the desk itself says, in Japanese."""

from consultation.article import ArticleState
from consultation.calendar import shown
from consultation.case import CaseState
from records.rows import CaseRow

WITH_PERSON = "追記を承りました。担当コンサルタントにお伝えしましたので、このままお待ちください。"
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
NO_REASON = "理由をお書きください。"
NOT_A_COLLEAGUE = "引き継ぐ相手には、ほかの担当コンサルタントをお選びください。"
NOT_CLAIMED = "先に「担当する」を押してください。"
EMPTY_REPLY = "送信する内容が空です。"
STATES = {
    CaseState.WAITING: "担当者待ち",
    CaseState.CLAIMED: "対応中",
    CaseState.REPLIED: "回答済み",
    CaseState.RESOLVED: "完了",
    CaseState.CLOSED: "終了",
    CaseState.WITHDRAWN: "取下げ",
}
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
UNTIL = "最初のお返事は{due}までにお届けします（開庁日の{opens:%H:%M}〜{closes:%H:%M}に対応します）。"


def until_when(case: CaseRow) -> str:
    """By when the first reply comes, and when there is somebody."""
    hours = case.team.hours
    return UNTIL.format(due=shown(case.watch.reply_by), opens=hours.opens, closes=hours.closes)


_WHY_UNDELIVERED = {
    "is_archived": "チャンネルがアーカイブされています",
    "channel_not_found": "チャンネルが削除されたか、窓口のボットがいません",
    "not_in_channel": "窓口のボットがチャンネルにいません",
    "thread_not_found": "スレッドが見つかりません",
    "given_up": "長い間、Slackに届きませんでした",
}
_UNDELIVERED = {
    "outcome": "窓口の回答",
    "handed_over": "引継ぎのお知らせ",
    "claimed": "担当者のお知らせ",
    "reply": "担当コンサルタントの回答",
    "resolved": "完了のお知らせ",
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
