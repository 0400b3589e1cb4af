"""The exceptions of the house. The text of each is the one sentence that a user reads."""


class IcarusError(Exception):
    """Base of all errors that are shown to users: one sentence that says what is wrong and what to do."""


class CorpusError(IcarusError):
    """The corpus, its manifest or one of its files cannot be used."""


class UnreadableFileError(CorpusError):
    """One file of the corpus cannot be read; the others can go on."""


class IndexMissingError(IcarusError):
    """There is no published index."""


class IndexUnusableError(IcarusError):
    """The published index is damaged, or of another model or format than the settings ask for."""


class IndexBusyError(IcarusError):
    """Another process is writing the index."""


class ModelError(IcarusError):
    """The embedding model cannot be loaded."""


class EngineError(IcarusError):
    """Ray, which was asked for, is not installed, does not answer, or failed for good."""


class QuestionError(IcarusError):
    """The question cannot be taken: empty, too long, or not text."""


class NotThereError(IcarusError):
    """The tool, document or page that was asked for by its name or number is not in the index."""


class ListenError(IcarusError):
    """An address or port cannot be listened on."""


class LanguageModelError(IcarusError):
    """The language model's server cannot be used: it fails, is slow, talks nonsense, or the budget is spent."""
