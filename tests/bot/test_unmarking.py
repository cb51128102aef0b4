from hypothesis import given
from hypothesis import strategies as st

from bot.unmarking import begins_to_another, mentions, plain_words

US = "U0BOT"


def test_our_mention_is_taken_out_and_words_stay():
    assert plain_words("<@U0BOT> 費用対効果を教えて", US) == "費用対効果を教えて"
    assert plain_words("<@U0BOT|madoguchi>　費用", US) == "費用"


def test_entities_are_read_back():
    assert plain_words("A &amp; B &lt;2&gt;", US) == "A & B <2>"


def test_an_escaped_entity_is_read_once():
    assert plain_words("&amp;lt;", US) == "&lt;"


def test_links_are_read_with_their_address():
    assert plain_words("<https://example.jp/a|資料> と <https://example.jp>", US) == (
        "資料（https://example.jp/a） と https://example.jp"
    )


def test_mail_and_telephone_links_show_what_masking_must_see():
    assert plain_words("<mailto:a@b.jp|a@b.jp> <tel:0901234|090-1234>", US) == "a@b.jp 090-1234（0901234）"


def test_other_marks_are_read_by_name():
    assert plain_words("<#C1|kikaku> <!here> <!subteam^S1|@dx> <@U2>", US) == "#kikaku @here @dx @U2"


def test_emoji_names_are_dropped_but_times_stay():
    assert plain_words(":pray: 10:30:00 から :+1: :white_check_mark:", US) == "10:30:00 から"


def test_a_message_of_emoji_only_is_empty():
    assert plain_words(":smile: :tada:", US) == ""


def test_mention_of_us_is_seen_anywhere():
    assert mentions("ねえ <@U0BOT> さん", US)
    assert not mentions("<@U0BOTTLE>", US)
    assert not mentions("U0BOT", US)


def test_a_message_that_begins_with_somebody_else_is_to_them():
    assert begins_to_another(" <@U2> これは", US)
    assert not begins_to_another("<@U0BOT> これは", US)
    assert not begins_to_another("これは <@U2>", US)


@given(st.text(alphabet="<>@!#|:&;amplt U0BOT費用\ud800", max_size=60))
def test_any_text_is_read_without_an_error(text: str):
    assert US not in plain_words(f"<@{US}>", US)
    assert isinstance(plain_words(text, US), str)
