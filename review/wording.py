"""What the web says by itself, in Japanese. Running prose of a page stands in its template."""

from consultation.article import ArticleDeed
from consultation.aside import AsideKind
from consultation.attachment import ALLOWED, MB, Unfit
from consultation.case import CaseDeed, CaseEvent, CaseState
from consultation.consent import Consent
from consultation.inquiry import Channel
from consultation.outcome import OutcomeKind, Reason
from consultation.passage import MaterialKind
from consultation.routing import Because
from consultation.topic import Topic
from desk import background
from desk import wording as desk
from desk.holding import MOST_FILES
from records.accounts import Role
from records.rows import AttachmentRow, InquiryRow

TAKEN_BACK = "（質問は取り消されました）"
FILES_ONLY = "（本文はなく、ファイルだけが届きました）"
EXPOSED = (
    "アカウントが1件もないため、{host} では待ち受けできません。"
    "MADOGUCHI_HOST を 127.0.0.1 に戻すか、先に運用担当者のアカウントを作ってパスワードを設定してください。"
)
PORT_TAKEN = (
    "{host} のポート {port} で待ち受けできません（{why}）。MADOGUCHI_PORT で別の番号を指定するか、"
    "使っているプログラムを終了してください。"
)
PASSWORD_LENGTH = "パスワードは{shortest}文字以上{longest}文字以内にしてください。"  # noqa: S105
PASSWORD_DIFFERS = "確認用のパスワードが一致しません。もう一度入力してください。"  # noqa: S105
SIGN_IN_FAILED = "ログイン名かパスワードが違います。"
SIGN_IN_SHUT = "失敗が続いたため、しばらくサインインできません。15分ほど待ってからお試しください。"
NO_DEMO = "お試しの利用は、この窓口を動かしているパソコンの中からだけできます。"
LINK_VOID = "この招待リンクは使えません。期限が切れたか、すでに使われています。招待した方に再発行をご依頼ください。"

EMPTY_QUESTION = "質問が空です。お困りのことを、短くてもかまいませんのでご記入ください。"
LONG_QUESTION = "質問が長すぎます（{length:,}文字）。上限は{longest:,}文字です。要点に分けてお尋ねください。"
ASIDES = {AsideKind.DRAFT: "下書き", AsideKind.ALIKE: "似た相談", AsideKind.PASSAGES: "資料を探す"}
ASIDE_NONE_ALIKE = desk.ASIDE_NONE_ALIKE
ASIDE_EMPTY = "資料で探すことをお書きください。"
LONG_REPLY = "回答が長すぎます（{length:,}文字）。上限は{longest:,}文字です。"
NOT_YOURS = "この操作は、ご相談された方だけが行えます。"
NOT_HERE = "このご相談は{channel}で受け付けたものです。続きは{channel}でお尋ねください。"
BAD_FORM = "画面の情報が正しく届きませんでした。前の画面に戻り、もう一度お試しください。"
BAD_DATE = "日付は「2026-11-22」の形で入力してください。"
OWN_ACCOUNT = "ご自身のアカウントは停止できません。ほかの運用担当者にご依頼ください。"
NO_SUCH_CHOICE = "役割か団体の選択が正しくありません。もう一度お選びください。"

REFUSED_TITLE = "受け付けられませんでした"
NOT_FOUND_TITLE, NOT_FOUND = (
    "見つかりません",
    "お探しのページは見つかりません。アドレスが違うか、ご覧いただけないものです。",
)
NOT_FOR_ROLE_TITLE, NOT_FOR_ROLE = "この画面は使えません", "ご自身の役割では、この画面をお使いになれません。"
SIGN_IN_FIRST_TITLE, SIGN_IN_FIRST = (
    "サインインが必要です",
    "サインインの期限が切れました。入力した内容を控えてから、もう一度サインインしてください。",
)
STALE_TITLE, STALE = (
    "画面の有効期限が切れました",
    "安全のため、この操作は受け付けませんでした。前の画面に戻って再読み込みし、もう一度お試しください。",
)
UNAVAILABLE_TITLE, UNAVAILABLE = (
    "ただいま混み合っています",
    "記録用のデータベースが応答しません。少し待ってから、もう一度お試しください。",
)
FAILED = "申し訳ございません。処理の途中で問題が起きました。運用担当者に番号「{reference}」をお伝えください。"
TOO_LARGE = (
    "送られた内容が大きすぎるため、受け付けられませんでした。"
    "文を短くするか、ファイルを減らすか小さくして、もう一度お試しください。"
)
FILES_HINT = "PDF、Word・Excel・PowerPoint、一太郎、テキスト・CSV、画像を{most}件まで（1件{mb}MBまで）。"
ACCEPT = ",".join(f".{kind}" for kind in ALLOWED)
CHOOSE_AGAIN = "ファイルは、もう一度お選びください。"
LET_GO = "保存期間が過ぎたため開けません"
CANNOT_OPEN_TITLE, CANNOT_OPEN = "ファイルを開けません", "「{name}」は、{why}ため、開けません。"
NO_SLACK = (
    "このファイルはSlackにあります。窓口がいまSlackにつながっていないため、開けません。運用担当者にご確認ください。"
)
SLACK_AWAY = "このファイルを、いまSlackから取り出せません。少し待ってから、もう一度お試しください。"
SENT_BEFORE = (
    "この入力欄からのご質問は、すでに受け付けています。いまの文は下に残しました。"
    "送る場合は、もう一度ボタンを押してください。新しい質問として受け付けます。"
)
AMENDED_LATE = "このご質問は、いまは訂正できません。書き直した文を下に残しましたので、続けてお尋ねください。"
NO_OPERATION = "その操作はありません。窓口とコマンドの版が合っているかご確認ください。"

ARRIVED = {
    OutcomeKind.ANSWER: "回答が届きました。",
    OutcomeKind.CLARIFY: "窓口からの確認が届きました。",
    OutcomeKind.HANDOFF: "担当コンサルタントに引き継ぎました。",
    OutcomeKind.REFUSE: "窓口からの返答が届きました。",
}
CONSENT_ASKED = "引継ぎについての確認が届きました。"
CONSENTS = {
    Consent.ASKED: "引継ぎの確認中",
    Consent.ASKED_AGAIN: "引継ぎの確認中",
    Consent.GIVEN: "",
    Consent.REFUSED: "引継ぎなし",
}
SCORES = desk.SCORES
PRIORITIES = desk.PRIORITIES
REPLY_ARRIVED = "担当コンサルタントの対応状況が変わりました。"

EXAMPLES = (
    "保育所の入所選考AIで、どれくらい時間が減ったのか数字を知りたいです。",
    "AI-OCRを複数の団体で共同利用した例はありますか。",
    "費用対効果はどのように試算すればよいですか。",
    "AI-OCRで、かえって時間が増えた業務の例はありますか。",
    "業務棚卸しシートはどう書けばよいですか。",
)

ROLES = {
    Role.STAFF: "自治体担当者",
    Role.CONSULTANT: "担当コンサルタント",
    Role.REVIEWER: "確認者",
    Role.OPERATOR: "運用担当者",
}
ROLE_DEEDS = {
    Role.STAFF: "質問し、出典つきの回答を読み、担当者に相談します。",
    Role.CONSULTANT: "引き継がれた相談を担当し、回答します。",
    Role.REVIEWER: "相談記録を検索し、回答の根拠を確かめ、正しいかどうかを判定します。",
    Role.OPERATOR: "利用者を招待し、管理します。",
}
CHANNELS = {Channel.SLACK: "Slack", Channel.WEB: "Web窓口", Channel.CLI: "コマンドライン"}
OUTCOMES = {
    OutcomeKind.ANSWER: "回答",
    OutcomeKind.CLARIFY: "確認のお願い",
    OutcomeKind.HANDOFF: "引継ぎ",
    OutcomeKind.REFUSE: "お答えできません",
}
GROUNDED, REFERENCE = desk.GROUNDED, desk.REFERENCE
CASE_STATES = {
    CaseState.WAITING: "担当者待ち",
    CaseState.CLAIMED: "対応中",
    CaseState.REPLIED: "回答済み",
    CaseState.RESOLVED: "完了",
    CaseState.CLOSED: "終了",
    CaseState.WITHDRAWN: "取下げ",
}
CASE_NOTES = {
    CaseState.WAITING: "担当コンサルタントが確認するのをお待ちください。回答はこの画面に届きます。",
    CaseState.CLAIMED: "{owner}さんが対応しています。回答はこの画面に届きます。",
    CaseState.REPLIED: "{owner}さんから回答が届いています。続けてお尋ねになれます。",
    CaseState.RESOLVED: "この引継ぎは完了しました。続きがあれば、いつでもお尋ねください。",
    CaseState.CLOSED: "この相談は終了しました。続きがあれば、いつでもお尋ねください。",
    CaseState.WITHDRAWN: "この引継ぎは取り下げられました。",
}
DEEDS = {
    CaseDeed.OPEN: "引継ぎを受け付けた",
    CaseDeed.ROUTE: "担当を依頼した",
    CaseDeed.CLAIM: "担当した",
    CaseDeed.DECLINE: "担当できないと答えた",
    CaseDeed.HAND_ON: "ほかの担当者に引き継いだ",
    CaseDeed.TAKE_OVER: "代わりに担当した",
    CaseDeed.REMIND: "期限が近いことを知らせた",
    CaseDeed.ESCALATE: "期限を過ぎたことを代理に知らせた",
    CaseDeed.ALARM: "期限を大きく過ぎたことを主任に知らせた",
    CaseDeed.ASK: "解決したかを尋ねた",
    CaseDeed.CONFIRM: "解決したと答えた",
    CaseDeed.LAPSE: "返事がなく終了した",
    CaseDeed.SORT: "分類を直した",
    CaseDeed.PRIORITISE: "優先度を直した",
    CaseDeed.SCHEDULE: "期限を直した",
    CaseDeed.REPLY: "回答を送った",
    CaseDeed.RESOLVE: "完了にした",
    CaseDeed.WITHDRAW: "取り下げた",
    CaseDeed.REOPEN: "もう一度開いた",
    CaseDeed.LEAVE: "担当者が離れたことを主任に知らせた",
    CaseDeed.END: "団体の支援の終了により終了した",
}
TURNED_TO = {
    Because.FITTING: "担当できる方のうち、担当チーム・分類・地域・受け持ち件数が最も合うため",
    Because.DEPUTY: "最も合う方が不在で、その代理のため",
    Because.FALLBACK: "すぐに受け持てる方がいないため（主任を優先）",
}
ARTICLE_STATES = desk.ARTICLE_STATES
undelivered, why_undelivered = desk.undelivered, desk.why_undelivered
ARTICLE_DEEDS = {
    ArticleDeed.DRAFT: "案を作った",
    ArticleDeed.EDIT: "書き直した",
    ArticleDeed.MERGE: "まとめた",
    ArticleDeed.SUBMIT: "確認に出した",
    ArticleDeed.APPROVE: "承認した",
    ArticleDeed.RETURN: "差し戻した",
    ArticleDeed.ASK: "責任者に確認をお願いした",
    ArticleDeed.EXPIRE: "期限が切れた",
    ArticleDeed.RENEW: "期限を延ばした",
    ArticleDeed.TAKE_ON: "責任者を引き受けた",
    ArticleDeed.REVISE: "改訂を始めた",
    ArticleDeed.REPLACE: "新しい版に替わった",
    ArticleDeed.RETIRE: "取り下げた",
    ArticleDeed.TELL: "変更を知らせた",
}
ARTICLE_AGAINST_CASE, ARTICLE_AGAINST_EDITION = "もとの相談", "第{edition}版"
DESK_NAME = "窓口（自動）"
ASKER_NAME = "相談者"
REASONS = {
    Reason.GROUNDED: "根拠になる資料があったため",
    Reason.ABOUT_DESK: "この窓口についての質問のため",
    Reason.TOO_SHORT: "質問が短く、内容を特定できないため",
    Reason.AMBIGUOUS: "いくつかの意味に取れるため",
    Reason.NEEDS_DETAIL: "詳しい状況が必要なため",
    Reason.WHICH_BODY: "同じ名前の団体が複数あるため",
    Reason.WHICH_YEAR: "年度や時点によって答えが変わるため",
    Reason.WHICH_NETWORK: "ネットワークの型によって答えが変わるため",
    Reason.NO_REFERENT: "「これ」「あの件」などの指すものが分からないため",
    Reason.AT_A_LOSS: "何から始めるかについてのご相談のため",
    Reason.EMPTY: "質問の文がないため",
    Reason.NOT_IN_MATERIALS: "登録された資料に見当たらないため",
    Reason.LOW_CONFIDENCE: "資料はあるが、正しく答えられる確信が足りないため",
    Reason.CONFLICTING_SOURCES: "資料によって数字や日付が食い違うため",
    Reason.ASKED_FOR_PERSON: "担当者への相談を希望されたため",
    Reason.COMPLAINT: "ご不満・ご意見のため",
    Reason.URGENT: "お急ぎのため",
    Reason.INDIVIDUAL_JUDGEMENT: "団体ごとの判断が必要なため",
    Reason.PLAN_REVIEW: "計画書の確認・助言のため",
    Reason.PRODUCT_COMPARISON: "製品や見積りの評価のため",
    Reason.SELECTION_PROSPECT: "採択の見込みについての質問のため",
    Reason.LEGAL_INTERPRETATION: "法令の解釈が必要なため",
    Reason.ADMINISTRATIVE: "事務手続きの連絡のため",
    Reason.TOO_LONG: "質問が長く、要点を読み取れないため",
    Reason.WITH_PERSON: "担当者が対応中のため",
    Reason.ERROR: "回答の作成中に問題が起きたため",
    Reason.PERSONAL_DATA: "住民の個人情報が含まれるため",
    Reason.OUT_OF_SCOPE: "この窓口の対象外のため",
    Reason.UNLAWFUL: "不適切な行為につながるため",
    Reason.OTHER_BODY: "ほかの団体の非公開情報のため",
    Reason.INSTRUCTION_ATTACK: "窓口の規則を外す指示のため",
}
MATERIALS = {
    MaterialKind.WORKSHOP: "研修資料",
    MaterialKind.BEST_PRACTICE: "優良事例",
    MaterialKind.E_LEARNING: "eラーニング",
    MaterialKind.PROGRAMME: "事業資料",
    MaterialKind.FAQ: "よくある質問",
    MaterialKind.FORM: "様式",
    MaterialKind.ARTICLE: "ナレッジ",
}
FEATURES = {
    "chance": "1位の見込み",
    "chance_beyond": "4位以下の見込み",
    "bm25_z": "語の一致の突出度",
    "coverage": "質問の語の網羅率",
    "coverage_lead": "網羅率の差（2位との）",
    "sister_lead": "網羅率の差（同じ資料のほかの箇所との）",
    "words": "質問の単語の網羅率",
    "sentence_lead": "最もよい文の網羅率の差",
    "run": "質問と同じ並びの文字の長さ（対数）",
    "cosine": "最も近い文の意味の近さ（換算値）",
    "cosine_second": "2番目に近い文の意味の近さ（換算値）",
    "weight": "質問の語の多さ（対数）",
    "unknown": "どの資料にもない語の割合",
    "places_missing": "出典にない地名の割合",
    "years_missing": "出典にない年の割合",
    "numbers_missing": "出典にない数の割合",
    "names_missing": "出典にない固有名の割合",
    "said": "引用にある質問の単語の割合",
    "said_first": "最初の引用にある質問の単語の割合",
    "heaviest_unsaid": "引用にない単語のうち最も珍しいものの重み",
    "asked_unsaid": "問われている語が引用にない",
    "kind_asked": "数量や時期を問う質問",
    "kind_unsaid": "問われた数量や時期が最初の引用にない",
    "tells_nothing": "引用が「書かれていない」とだけ言う",
    "quotes": "引用の数（3件で1）",
    # Of the log before search went by sentences:
    "fused_top": "総合点（1位）",
    "fused_margin": "総合点の差（1位と2位）",
    "word_coverage": "質問の単語の網羅率",
    "coverage_margin": "網羅率の差（1位と2位）",
    "passage_cosine": "段落の意味の近さ",
    "sentence_cosine": "文の意味の近さ",
}
VERDICTS = {True: "正しい", False: "誤り"}
STAGES = {"retrieve": "検索", "decide": "判断", "compose": "作文", "write": "うち言語モデル", "total": "合計"}
VERSIONS = {
    "corpus": "資料",
    "model": "埋め込みモデル",
    "embedding": "埋め込みモデル",
    "gate": "判定",
    "policy": "方針",
    "writer": "作文",
    "model_fault": "言語モデルの不調",
}
USAGE = {
    "input_tokens": "入力トークン",
    "output_tokens": "出力トークン",
    "cost_yen": "費用の目安（円）",
    "sentences": "採用した文",
    "fallen_no_citation": "除いた文（出典なし）",
    "fallen_unknown_citation": "除いた文（渡していない出典）",
    "fallen_elsewhere": "除いた文（別の事柄の数値や名称）",
    "fallen_amount": "除いた文（数値が出典にない）",
    "fallen_year": "除いた文（年が出典にない）",
    "fallen_name": "除いた文（名称が出典にない）",
    "fallen_polarity": "除いた文（肯定・否定、増減、反対語の違い）",
    "fallen_condition": "除いた文（条件や限定が抜けた）",
    "fallen_uncovered": "除いた文（出典にない内容）",
    "fallen_too_long": "除いた文（長すぎる）",
    "fallen_unquotable": "除いた文（出典を再確認できない）",
    "fallen_other_body": "除いた文（尋ねられた団体ではない）",
    "fallen_other_programme": "除いた文（別の事業の内容）",
}


def found(inquiry: InquiryRow) -> str:
    """The heading over what a hand-over found."""
    return desk.SHOWN if inquiry.is_referred else "見つかった資料"


def topic(code: str | None) -> str:
    """A topic as people read it."""
    return Topic(code).label if code else "分類なし"


until_when, to_whom, corrected = desk.until_when, desk.to_whom, desk.corrected
there, wished, state, sureness = desk.there, desk.wished, background.state, background.sureness
PROFILE, EARLIER, NO_EARLIER = desk.PROFILE, desk.EARLIER, desk.NO_EARLIER
topic_names, area_names, AREA_NAMES = desk.topic_names, desk.area_names, desk.AREA_NAMES


def asked(inquiry: InquiryRow) -> str:
    """The question's words, or why there are none."""
    is_files_only = bool(inquiry.files) and inquiry.withdrawn_at is None
    return inquiry.text or (FILES_ONLY if is_files_only else TAKEN_BACK)


def files_hint(largest: int) -> str:
    """What may be attached; `largest` in bytes."""
    return FILES_HINT.format(most=MOST_FILES, mb=largest // MB)


def files_said(inquiry: InquiryRow) -> str:
    """That the desk does not read files, and whom they reach; nothing where there are none."""
    fit = [file for file in inquiry.files if file.is_open and not file.is_refused]
    if not fit or inquiry.withdrawn_at is not None:
        return ""
    return desk.files_said(inquiry).format(names="、".join(f"「{file.title}」" for file in fit))


def file_note(file: AttachmentRow) -> str:
    """Beside a file's name: its size, and what became of it."""
    size = f"{max(1, round(file.size / 1024)):,}KB、" if file.size is not None else ""
    return f"{size}{LET_GO if file.let_go_at is not None else desk.file_state(file)}"


def cannot_open(file: AttachmentRow, unfit: Unfit) -> str:
    return CANNOT_OPEN.format(name=file.title, why=desk.UNFIT[unfit])


def why(event: CaseEvent) -> str:
    """Why something was done to a case, as people read it."""
    return TURNED_TO[Because(event.why)] if event.deed is CaseDeed.ROUTE and event.why else event.why
