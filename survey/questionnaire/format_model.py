"""The format's formats: Easy Read with pictures, read aloud, British Sign Language."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from survey.questionnaire.condition_model import Frozen
from survey.questionnaire.text_model import Text

MediaName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}\.[a-z0-9]{2,5}$")]
"""A file in the questionnaire's folder of media, or in that folder's folder of a locale."""


class Format(StrEnum):
    """How a question is put to someone. It is the same question, so the answer is the same answer."""

    STANDARD = "standard"
    EASYREAD = "easyread"
    AUDIO = "audio"
    BSL = "bsl"


class EasyRead(Frozen):
    """A short sentence with one idea, and a picture to its left."""

    text: Text
    hint: Text | None = None
    image: MediaName


class EasyReadLabel(Frozen):
    """The same for an option or a row of a grid, where the standard words may already be short enough."""

    text: Text | None = None
    image: MediaName | None = None


class Recording(Frozen):
    """The question and its options read aloud: the wording for `self`, in the questionnaire's language.

    A recording in another language is a file of the same name in the folder of that locale.
    """

    file: MediaName


class SignedFilm(Frozen):
    """The question in British Sign Language, worded for `self`, with captions (WebVTT) and what is signed in words."""

    video: MediaName
    captions: MediaName
    transcript: str


class Formats(Frozen):
    """The formats an item has beside the standard one."""

    easyread: EasyRead | None = None
    audio: Recording | None = None
    bsl: SignedFilm | None = None
