"""The editions of a store's waves, of versions under review and of files tried out, each made when first asked for."""

from __future__ import annotations

from pathlib import Path

from survey import resources
from survey.areas import list_vintages, load_areas
from survey.i18n import Languages
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.respondent.edition import Edition
from survey.store.connect import Store
from survey.store.versions import load_version
from survey.store.waves import Wave


class Editions:
    """The editions of a store's waves, each made when it is first asked for."""

    def __init__(self, store: Store, languages: Languages, media: Path) -> None:
        """`media` is the folder where each questionnaire has one for its pictures, recordings and films."""
        self._store = store
        self._languages = languages
        self._media = media
        self._made: dict[tuple[str, str], Edition] = {}
        self._drafts: dict[Path, tuple[object, Edition]] = {}

    def forget_drawings(self) -> None:
        """Draw every page anew when it is next asked for: there are new words."""
        self._made, self._drafts = {}, {}

    def of_wave(self, wave: Wave) -> Edition:
        """What a wave asks."""
        return self.of_version(wave, wave.version)

    def of_version(self, wave: Wave, version: str) -> Edition:
        """What a response asks that began with this version."""
        edition = self._made.get((wave.id, version))
        if edition is None:
            edition = Edition(
                wave.id,
                made_up=wave.made_up,
                questionnaire=load_version(self._store, version),
                areas=load_areas(resources.AREAS, wave.vintage),
                vintage=wave.vintage,
                languages=self._languages,
                media=self._media,
            )
            self._made[wave.id, version] = edition
        return edition

    def of_review(self, version: str) -> Edition:
        """What a version asks that a group reads. Raises KeyError for a hash that the store does not know."""
        edition = self._made.get(("", version))
        if edition is None:
            edition = self._to_look_at("review", load_version(self._store, version))
            self._made["", version] = edition
        return edition

    def of_draft(self, path: Path) -> Edition:
        """What a questionnaire file asks as it is now, for a preview. Raises QuestionnaireError."""
        try:
            found = path.stat()
            stamp: object = (found.st_mtime_ns, found.st_size, found.st_ino)
        except OSError:
            stamp = None  # reading it says what is wrong
        kept_stamp, edition = self._drafts.get(path, (None, None))
        if edition is None or stamp != kept_stamp:
            edition = self._to_look_at("preview", load_file(path))
            self._drafts[path] = (stamp, edition)
        return edition

    def _to_look_at(self, wave: str, questionnaire: Questionnaire) -> Edition:
        """What nobody is asked, in the newest areas."""
        vintage = list_vintages(resources.AREAS)[-1]
        return Edition(
            wave,
            made_up=False,
            questionnaire=questionnaire,
            areas=load_areas(resources.AREAS, vintage),
            vintage=vintage,
            languages=self._languages,
            media=self._media,
            is_preview=True,
        )
