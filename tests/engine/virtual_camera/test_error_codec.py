import pytest

from engine.errors import SinkError
from engine.virtual_camera.error_codec import decode_error, encode_error


def there_and_back(error: SinkError) -> SinkError:
    back = decode_error(encode_error(error))
    assert back is not None
    return back


def test_an_error_keeps_its_templates_and_values_on_the_way() -> None:
    error = SinkError("{node} is taken.", "Free {node}.", node="/dev/video9")
    back = there_and_back(error)
    assert (back.template, back.values) == (error.template, error.values)
    assert str(back) == "/dev/video9 is taken. Free /dev/video9."


def test_no_error_is_an_empty_text() -> None:
    assert encode_error(None) == ""
    assert decode_error("") is None


@pytest.mark.parametrize("letter", ["x", "相"])
def test_an_error_that_is_too_long_is_sent_as_its_own_words_cut(letter: str) -> None:
    error = SinkError("It broke: {reason}", "Mend it.", reason=letter * 5000)
    assert len(encode_error(error)) <= 3000
    back = there_and_back(error)
    assert back.message.startswith(f"It broke: {letter}")
    assert back.remedy == "Mend it."


@pytest.mark.parametrize("text", ["nonsense", "[1, 2, 3]", "[]", '["{a}", "b", {}, 4]', "[" * 2000])
def test_a_text_that_is_no_error_becomes_a_plain_sentence(text: str) -> None:
    error = decode_error(text)
    assert error is not None
    assert error.message == "The virtual camera has failed."
