"""A whole house in this process, for who wants to look into it."""

from collections.abc import Iterator

import pytest

from ingest.sync import Wish
from madoguchi.house import House, open_house
from madoguchi.settings import read_settings
from tests.answering.shelf import COST, GLOSSARY, NURSERY, OUTLINE


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A whole house with a few materials in it."""
    folder, home = tmp_path_factory.mktemp("materials"), tmp_path_factory.mktemp("home")
    for passage in (NURSERY, OUTLINE, GLOSSARY, COST):
        text = f"# {' '.join((passage.title, *passage.heading))}\n\n{passage.text}\n"
        (folder / f"{passage.id}.md").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MADOGUCHI_HOME", str(home))
        with open_house(read_settings()) as opened:
            list(opened.intake.bring_in([folder], Wish()))
            opened.knowledge.refresh()
            yield opened
