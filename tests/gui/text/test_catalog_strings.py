from PySide6.QtWidgets import QApplication

from engine.model_store.catalog import load_catalog
from gui.text.catalog_strings import SHIPPED, in_users_language
from gui.text.languages import Languages


def test_every_shipped_text_is_listed_for_the_translators() -> None:
    catalog = load_catalog()
    shipped = [style for style in catalog.styles if not style.users_own]
    texts = {text for model in catalog.models for text in (model.title, model.description)}
    texts |= {text for style in shipped for text in (style.title, style.description)}
    assert texts <= set(SHIPPED)


def test_a_users_own_text_stays_as_it_is(qapp: QApplication) -> None:
    languages = Languages(qapp)
    languages.use("de")
    assert in_users_language("Oil") == "Öl"
    assert in_users_language("Grandmother's quilt") == "Grandmother's quilt"
    languages.use("en")
