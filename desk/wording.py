"""What the desk itself says, in Japanese."""

from consultation.case import CaseState

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
