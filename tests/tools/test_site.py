"""Pages of the site keep their links, and a link to nothing is noticed."""

from pathlib import Path

import pytest

from tools import site
from tools.site import BrokenLinkError, adjusted, page_of, reference_pages


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of empty files, one of which is not on the site."""
    for name in ("README.md", "CHANGELOG.md", "LICENSE", "docs/guide.md", "docs/notes/one.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def test_a_link_from_the_readme_into_docs_loses_the_folder(root: Path) -> None:
    assert adjusted("[g](docs/guide.md#a)", "README.md", root) == "[g](guide.md#a)"


def test_a_link_out_of_docs_leads_to_the_page_of_that_file(root: Path) -> None:
    text = "[c](../../CHANGELOG.md) and [r](../../README.md)"
    wanted = "[c](../changelog.md) and [r](../index.md)"
    assert adjusted(text, "docs/notes/one.md", root) == wanted


def test_a_file_that_is_not_on_the_site_becomes_plain_text(root: Path) -> None:
    assert adjusted("see [the licence](LICENSE).", "README.md", root) == "see `LICENSE`."


def test_addresses_and_anchors_stay_as_they_are(root: Path) -> None:
    text = "[a](https://arxiv.org/abs/2407.08701) [b](#keys)"
    assert adjusted(text, "README.md", root) == text


def test_a_link_to_nothing_is_refused(root: Path) -> None:
    with pytest.raises(BrokenLinkError, match=r"docs/gone\.md"):
        adjusted("[g](docs/gone.md)", "README.md", root)


def test_modules_of_a_folder_share_a_page() -> None:
    pages = reference_pages(iter(["engine.session.job", "engine.session.session"]))
    assert pages["reference/engine.session.md"].count(":::") == 2
    assert "(engine.session.md)" in pages["reference/index.md"]


def test_every_page_of_this_repository_links_to_files_that_exist(tmp_path: Path) -> None:
    site.gather(tmp_path / "source")
    assert (tmp_path / "source" / "index.md").exists()
    assert all((tmp_path / "source" / page).exists() for page in site.PAGES.values())


def test_only_docs_and_the_listed_pages_are_on_the_site() -> None:
    assert page_of("docs/notes/one.md") == "notes/one.md"
    assert page_of("main.py") is None
