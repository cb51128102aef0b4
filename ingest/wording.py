"""All the Japanese that reading a material shows: where a piece stands, what was left out, why a file was refused."""

import re

TITLE_PAGE = "冒頭"


def page(number: int) -> str:
    return f"p.{number}"


def slide(number: int) -> str:
    return f"スライド{number}"


def notes_of(locator: str) -> str:
    return f"{locator}（ノート）"


def footnote_of(locator: str) -> str:
    return f"{locator}（脚注）"


def under(heading: str) -> str:
    return f"見出し『{heading}』" if heading else TITLE_PAGE


def moment(seconds: int) -> str:
    """A time in a video, as a viewer sets it: 1分05秒, 1時間02分05秒."""
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}時間{minutes:02}分{seconds % 60:02}秒" if hours else f"{minutes}分{seconds % 60:02}秒"


def inside(member: str, place: str) -> str:
    """A place in a file of an archive or of a mail."""
    return f"『{member}』{place}"


def line(number: int) -> str:
    return f"{number}行目"


def row_of_table(place: str, row: int, table: int | None = None) -> str:
    """A row of a table in a text; `table` where the place may hold several."""
    return f"{place} 表{table or ''}の{row}行目"


def sheet(name: str) -> str:
    return f"『{name}』シート"


def cells(sheet: str, first: str, last: str) -> str:
    return f"『{sheet}』シート {first}" + (f":{last}" if last != first else "")


_CELLS = re.compile(r"(?P<sheet>『.*』シート) (?P<first>[A-Z]+\d+)(?::(?P<last>[A-Z]+\d+))?")
_NUMBERED = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>\D*)", re.DOTALL)


def span(first: str, last: str) -> str:
    """The locator of what reaches from one locator to another: p.3 and p.4 make p.3–4."""
    if first == last:
        return first
    if last.startswith(f"{first} "):  # a section and a table in it
        return first
    if first.startswith(f"{last} "):
        return last
    start, end = _CELLS.fullmatch(first), _CELLS.fullmatch(last)
    if start and end and start["sheet"] == end["sheet"]:
        return f"{start['sheet']} {start['first']}:{end['last'] or end['first']}"
    start, end = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if start and end and start["before"] == end["before"] and start["after"] == end["after"]:
        return f"{start['before']}{start['number']}–{end['number']}{start['after']}"
    return f"{first}～{last}"


# What was left out (remarks of a reading)


def hidden_sheet(name: str) -> str:
    return f"非表示シート『{name}』は読み飛ばしました。"


def hidden_slide(number: int) -> str:
    return f"非表示の{slide(number)}は読み飛ばしました。"


def uncomputed(sheet: str, count: int) -> str:
    return (
        f"『{sheet}』シートの数式{count}個は計算結果が保存されていないため、読めませんでした。"
        "表計算ソフトで開いて保存し直すと読めます。"
    )


def pages_without_text(numbers: list[int]) -> str:
    return f"{'、'.join(map(page, numbers))}は画像だけのページのため、文字を読めませんでした。"


def read_off_pictures(numbers: list[int]) -> str:
    pages = "、".join(map(page, numbers))
    return f"{pages}は画像のページのため、文字認識（OCR）で読みました。誤りが含まれる恐れがあります。"


def unreadable_letters(count: int) -> str:
    return f"文字の情報が壊れていて読めない文字が{count}字ありました。"


def unseen_letters(count: int) -> str:
    return f"人の目に見えない文字（隠し文字、背景と同じ色の文字など）が{count}字あったため、読み飛ばしました。"


def unseen_on(place: str, count: int) -> str:
    return f"{place}: {unseen_letters(count)}"


def member_refused(name: str, reason: str) -> str:
    return f"『{name}』は取り込めませんでした: {reason}"


def member_remark(name: str, remark: str) -> str:
    return f"『{name}』: {remark}"


# Why a file was refused (reasons of MaterialUnreadable)

EMPTY = "ファイルが空です。"
LOCKED = "パスワードで保護されています。保護を外したファイルを用意してください。"
BROKEN = "ファイルが壊れているか途中で切れているため、読めませんでした。元のファイルを確認してください。"
SCANNED = (
    "画像だけのPDF（スキャンなど）のため、文字を読めませんでした。文字情報のあるPDFを用意してください。"
    "Tesseract（tesseract-ocr-jpn）を入れたサーバーでは、文字認識で読めることがあります。"
)
WITHOUT_TEXT = "読み取れる文字がありませんでした。"
UNKNOWN_LETTERS = "文字コードを判別できませんでした。UTF-8またはShift_JISで保存し直してください。"
ENTITIES = (
    "文書の中に実体参照の定義（DTD）があるため、読み込みを中止しました。"
    "Officeで開き、保存し直したファイルを用意してください。"
)
TOO_NESTED = "文書の入れ子が深すぎるため、読めませんでした。別の形式で保存し直してください。"
SWELLS = "展開すると極端に大きくなるファイルのため、読み込みを中止しました。"
TOO_SLOW = "読み取りに時間がかかりすぎるため、中止しました。ファイルを分けるか、別の形式で保存し直してください。"
TOO_MUCH_MEMORY = "読み取りに多くのメモリが必要なため、中止しました。ファイルを分けて保存し直してください。"
TOO_MUCH_TEXT = "文字の量が多すぎるため、読み取りを中止しました。ファイルを分けてください。"
READER_ENDED = "読み取りの途中で処理が止まりました。ファイルが壊れている恐れがあるため、ご確認ください。"
STILL_HELD = "確認待ちのままです。公開するまで、回答には反映されません。"
NOT_A_FILE = "ファイルが見つからないか、開けませんでした。"
BAD_NAME = "ファイル名に読めない文字があります。名前を付け直してください。"
LOG_LOCKED = "データベースが使用中のため取り込めませんでした。しばらくしてからもう一度お試しください。"


NESTED = "ZIPの中のZIPは読めません。展開してから取り込んでください。"
TOO_DEEP = "メールやZIPが何重にも重なっているため、読めません。取り出してから取り込んでください。"


def too_many_members(limit: int) -> str:
    return f"中に入っているファイルが多すぎます（上限は{limit}件です）。分けて取り込んでください。"


def cell_too_long(limit: int) -> str:
    return (
        f"1つのセルの文字が多すぎるため、読めませんでした（上限は{limit // 10_000}万字です）。"
        '引用符（"）の閉じ忘れがないか、ご確認ください。'
    )


def too_large(limit_mb: int) -> str:
    return f"ファイルが大きすぎます（上限は{limit_mb}MBです）。"


def unsupported(suffix: str, supported: str) -> str:
    named = f"「{suffix}」の形式" if suffix else "拡張子のないファイル"
    return f"{named}には対応していません。読める形式は {supported} です。"


def mistaken(suffix: str, found: str) -> str:
    return f"拡張子は「{suffix}」ですが、中身は{found}です。正しい拡張子のファイルを用意してください。"


# What is wrong with a catalogue

NAMED_ONLY = "目録に書かれていますが、ファイルがありません。目録のファイル名をご確認ください。"


def unreadable_catalogue(path: str) -> str:
    return f"目録「{path}」を読めません。UTF-8またはShift_JISのCSVで保存し直してください。"


def named_twice(path: str, file: str) -> str:
    return f"目録「{path}」に「{file}」の行が2つあります。どちらか1つにしてください。"


def bad_catalogue(path: str) -> str:
    return f"目録「{path}」に「file」の列がありません。1行目を見出しにしてください。"


def bad_date(column: str, text: str) -> str:
    return f"目録の「{column}」の日付「{text}」を読めません。2026-11-01 のように書いてください。"


def bad_kind(text: str, known: str) -> str:
    return f"資料の種別「{text}」はありません。{known} のいずれかにしてください。"


def moved_from(path: str) -> str:
    return f"「{path}」から移りました。"
