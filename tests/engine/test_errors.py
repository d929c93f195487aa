import pickle

import pytest

from engine.errors import EngineError, SettingError, TranslatableValue


def test_message_and_remedy_are_filled_with_the_values() -> None:
    error = SettingError("{name} is {value:g}.", "Take {least}.", name="Rate", value=0.5, least=1)
    assert str(error) == "Rate is 0.5. Take 1."
    assert (error.message, error.remedy) == ("Rate is 0.5.", "Take 1.")


def test_a_sentence_without_values_is_taken_as_it_stands() -> None:
    assert EngineError("{x} is no size.", "Write {width}x{height}.").message == "{x} is no size."


def test_of_a_reason_only_its_words_are_kept() -> None:
    """An exception would keep the frames of its traceback alive, and pictures with them."""
    error = EngineError("It failed: {reason}.", "Try again.", reason=OSError("no room"))
    assert error.values == {"reason": "no room"}


def test_a_value_that_is_a_word_of_the_programs_stays_known_as_one() -> None:
    error = EngineError("{name} is wrong.", "Mend it.", name=TranslatableValue("Strength"))
    assert isinstance(error.values["name"], TranslatableValue)


def test_an_error_survives_being_sent_to_another_process() -> None:
    error = SettingError("{name} is wrong.", "Mend it.", name="Rate")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("kind", EngineError.__subclasses__())
def test_every_kind_is_told_in_the_same_way(kind: type[EngineError]) -> None:
    assert str(kind("It failed.", "Try again.")) == "It failed. Try again."
