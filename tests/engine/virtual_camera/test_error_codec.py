import pytest

from engine.errors import SinkError
from engine.virtual_camera.error_codec import EncodedError


def there_and_back(error: SinkError) -> SinkError:
    return EncodedError.of(error).error()


def test_an_error_keeps_its_templates_and_values_on_the_way() -> None:
    error = SinkError("{node} is taken.", "Free {node}.", node="/dev/video9")
    back = there_and_back(error)
    assert (back.template, back.values) == (error.template, error.values)
    assert str(back) == "/dev/video9 is taken. Free /dev/video9."


def test_no_error_is_no_words() -> None:
    assert EncodedError.of(None) == EncodedError()


def test_values_that_have_no_room_are_put_into_the_words() -> None:
    error = SinkError("There is no camera: {reasons}", "Install one.", reasons="x" * 2000)
    words = EncodedError.of(error)
    assert words.values == b""
    assert words.message.startswith(b"There is no camera: xxx")
    assert len(words.message) < 512


@pytest.mark.parametrize("values", [b"{", b"[]", b'{"node": "/dev/video9"}'])
def test_words_read_half_written_are_no_failure(values: bytes) -> None:
    assert "{again}" in str(EncodedError(b"{node} is taken.", b"Then {again}.", values).error())
