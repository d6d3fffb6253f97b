"""Every encoding that news comes in is read; what is in none is refused, never patched up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import UnreadableInputError
from onrecord.reading.encodings import decode

ENGLISH = "“The harbour’s closed,” she said – for €5 a day… The café’s owner, Zoë, agreed.\r\nNo one else did.\n"
RUSSIAN = "Министр сообщил, что переговоры завершились поздно вечером. «Мы договорились», — сказал он."
POLISH = "Rzecznik powiedział, że złożono już wniosek o pomoc. „Dziękujemy” – dodał, kończąc konferencję w Łodzi."
CZECH = "Mluvčí řekl, že se schůzka koná příští týden v Praze. „Uvidíme,“ dodal ředitel úřadu."
GERMAN = "Die Behörde hat erklärt, dass die Brücke gesperrt bleibt. „Später“, sagte die Sprecherin für Öffentlichkeit."
FRENCH = "Le ministère a déclaré que l’accord, signé à l’été, n’a pas été respecté. « C’est là », a-t-il ajouté."
GREEK = "Ο υπουργός δήλωσε ότι η συνάντηση αναβλήθηκε για την επόμενη εβδομάδα."
TURKISH = "Bakan, görüşmenin gelecek hafta yapılacağını söyledi. Işıklar söndü, şehir sessizdi."
CHINESE = "部长表示，会谈将于下周举行。"


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, CHINESE, "plain words only"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark", "utf-32"])
def test_unicode_is_read_with_and_without_a_mark(text: str, encoding: str) -> None:
    if encoding.endswith("-mark"):
        data = ("\ufeff" + text).encode(encoding.removesuffix("-mark"))
    else:
        data = text.encode(encoding)
    assert decode(data).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(encoding: str) -> None:
    found = decode(ENGLISH.encode(encoding))
    assert (found.text, found.encoding) == (ENGLISH, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "windows-1252"),
        (GERMAN, "windows-1252"),
        (FRENCH, "windows-1252"),
        (RUSSIAN, "windows-1251"),
        (POLISH, "windows-1250"),
        (CZECH, "windows-1250"),
        (GREEK, "windows-1253"),
        (TURKISH, "windows-1254"),
    ],
)
def test_a_windows_code_page_is_known_by_the_words_that_it_makes(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


def test_a_stated_charset_is_believed_where_it_fits_and_not_where_it_does_not() -> None:
    assert decode(CZECH.encode("iso-8859-2", "ignore"), "iso-8859-2").encoding == "iso-8859-2"
    assert decode(ENGLISH.encode(), "windows-1251").text == ENGLISH
    assert decode(GERMAN.encode("windows-1252"), "utf-8").text == GERMAN
    assert decode(GERMAN.encode("windows-1252"), "no-such-charset").text == GERMAN


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"%PDF-1.7 rest", "binary"),
        (b"PK\x03\x04 rest", "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"text\x00with a zero byte in it", "binary"),
        ("déjà vu à l’été “déjà”".encode() + b" \xe9t\xe9", "undecodable"),
        (b"\xff\xfea\xd8b\x00", "undecodable"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInputError) as refused:
        decode(data)
    assert refused.value.reason == reason


PRINTED = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co"), blacklist_characters="\ufeff"), min_size=1
)


@given(PRINTED.filter(str.strip))
def test_utf_8_comes_back_character_for_character(text: str) -> None:
    assert decode(text.encode()).text == text
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text
    assert decode(b"\xff\xfe" + text.encode("utf-16-le")).text == text


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_are_refused(data: bytes) -> None:
    try:
        found = decode(data)
    except UnreadableInputError as refused:
        assert refused.reason in {"empty", "binary", "undecodable"}
        assert refused.detail
    else:
        assert found.text.strip()
        assert "\x00" not in found.text
