"""What the Home and its modals say, in Japanese."""

from datetime import date

from consultation.calendar import shown_date
from desk import wording as desk

CONSULTANT_TITLE = "{name} さんの担当"
STAFF_TITLE = "{body}の相談窓口"
STRANGER_TITLE = "窓口"
STRANGER = (
    "ご覧いただきありがとうございます。申し訳ございませんが、あなたのアカウントはまだ支援対象の団体の方として登録されていません。\n"
    "次のどちらかで、お使いいただけるようになります。\n"
    "• 登録済みの団体のチャンネルで、`@madoguchi` にご質問いただく\n"
    "• 担当の事務局に、団体名とあなたのSlackのメンバーID（`{user}`）を添えて、登録をご依頼いただく"
)
MINE, WAITING, LOAD = "担当している引継ぎ（期限順）", "担当できる引継ぎ", "チームの手持ち"
NONE_MINE = "担当している引継ぎはありません。"
NONE_WAITING = "いま担当できる引継ぎはありません。"
CLAIM = "対応する"
MORE = "ほか {count} 件"
OPEN_ALL = "Web窓口ですべて見る"
OPEN_CARD, OPEN_CASE, OPEN_THREAD, OPEN_WEB = "カードを開く", "記録を開く", "スレッドを開く", "記録を開く"
OVERDUE, URGENT, TO_YOU = ":warning: *期限超過*", "*お急ぎ*", "*あなたへの依頼*"
DUE = "期限 {due}"
LOAD_LINE = "• {name}：{count}件"
AWAY = "（不在）"
ABSENCE, NO_ABSENCE = "不在の予定", "登録された不在はありません。"
SET_ABSENCE, CLEAR_ABSENCE = "不在を登録する", "不在を取り消す"
ABSENCE_LINE = "• {first}〜{last}"
ABSENCE_HINT = "不在の間は、新しい引継ぎを依頼せず、担当中のものの知らせは代理の方に届きます。"
FIRST_DAY, LAST_DAY = "始まりの日", "終わりの日（この日を含みます）"
EXPERTISE, CHANGE_EXPERTISE = "得意な分類と地域", "変更する"
TOPICS, AREAS = "分類", "地域"
EXPERTISE_HINT = "何も選ばないと「すべて」になります。"
SAVE, CANCEL, CLOSE = "保存する", "やめる", "閉じる"

ASK_BUTTON = "相談する"
CONSULTATIONS, NO_CONSULTATIONS = "貴団体のご相談（新しい順）", "まだご相談はありません。"
PRIVATE = "（担当者への直接のご相談）"
TAKEN_BACK = "（取り消されたご質問）"
PROMPTS = "質問の例"
DATES, NO_DATES = "事業の予定", "お知らせしている予定はありません。"
DATE_LINE = "• *{day}*　{title}"
WHOM = "お問い合わせ先"
TEAM_LINE = "担当：{team}（開庁日の{opens:%H:%M}〜{closes:%H:%M}）"
PEOPLE_LINE = "担当コンサルタント：{people}"
DM = "ダイレクトメッセージ"


def absence(first: date, last: date) -> str:
    return ABSENCE_LINE.format(first=shown_date(first), last=shown_date(last))


AREA_NAMES, EVERYTHING = desk.AREA_NAMES, desk.EVERYTHING
there, topic_names, area_names = desk.there, desk.topic_names, desk.area_names
