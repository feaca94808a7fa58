"""The file as records: opened, unpacked and decoded as a stream, so that memory does not grow with its size."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from visita.integrations.appointments_file.problems import Problem, Unusable

_LONGEST_LINE = 1 << 20
_GZIP = b"\x1f\x8b"

Record = tuple[int, list[str]]  # the line a record begins on, its cells


@dataclass(frozen=True, slots=True)
class Text:
    """A file and how it is written."""

    file: Path
    encoding: str
    delimiter: str

    @property
    def said(self) -> str:
        """The encoding as people write it."""
        return self.encoding.removesuffix("-sig")


def records(text: Text) -> Iterator[Record]:
    """The header and then each row; raises Unusable at the first byte that cannot be read. Empty lines are skipped."""
    line = 0
    try:
        with (
            closing(_opened(text.file)) as binary,
            io.TextIOWrapper(binary, text.encoding, newline="") as stream,
        ):
            reader = csv.reader(_lines(stream), delimiter=text.delimiter, strict=True)
            for cells in reader:
                if cells:
                    yield line + 1, cells
                line = reader.line_num
    except UnicodeDecodeError as error:
        reason = _("is not %(encoding)s: %(error)s") % {"encoding": text.said, "error": error.reason}
        raise Unusable([Problem(text.file, _line_of_bad_bytes(text), reason)]) from error
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Unusable(
            [Problem(text.file, line + 1, _("the packed file is broken or cut off: %s") % error)]
        ) from error
    except (csv.Error, OSError, UnicodeError) as error:
        raise Unusable([Problem(text.file, line + 1, str(error))]) from error


def _opened(file: Path) -> IO[bytes]:
    if not file.is_file():
        raise OSError(_("is not a file that can be read twice"))
    with file.open("rb") as stream:
        packed = stream.read(2) == _GZIP
    return cast(IO[bytes], gzip.open(file)) if packed or file.suffix == ".gz" else file.open("rb")


def _lines(stream: IO[str]) -> Iterator[str]:
    """Lines of bounded length: one without an end must not fill the memory."""
    mark = "\ufeff"  # at the start of the file it is no part of the first column's name
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise csv.Error(_("the line is longer than 1 MiB"))
        yield line.removeprefix(mark)
        mark = ""


def _line_of_bad_bytes(text: Text) -> int:
    """The decoder reads ahead of the records, so the line is found by reading the file once more, line by line."""
    with closing(_opened(text.file)) as binary:
        for number, line in enumerate(binary, 1):  # noqa: B007 - its last value is the answer
            try:
                line.decode(text.encoding)
            except UnicodeDecodeError:
                break
    return number
