"""A zip of numpy arrays and one JSON text, read within bounds whatever the file holds.

Every size is checked against what the file declares before a byte is unpacked, so a hostile file costs no more time
or memory than a large honest one. Nothing in it is ever evaluated: array headers are matched, not parsed as Python.
"""

from __future__ import annotations

import io
import json
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO, NoReturn

import numpy as np
import numpy.typing as npt

from stance.arrays import Arrays

METADATA = "metadata.json"

LARGEST = 256 * 1024 * 1024
"""Bytes that all members may take once unpacked, and that the file itself may take."""
_LARGEST_TEXT = 4 * 1024 * 1024
_MOST_MEMBERS = 1000
_LARGEST_DIRECTORY = 512 * 1024
_LONGEST_HEADER = 1024

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1

_END = struct.Struct("<4s4H2LH")
_END_MARK, _ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
_ZIP64_LOCATOR = 20

_NPY_START = b"\x93NUMPY\x01\x00"
_HEADER = re.compile(
    rb"\{'descr': '([<|][fiu][1248])', 'fortran_order': False, "
    rb"'shape': \(((?:\d{1,10},(?: \d{1,10}(?:, \d{1,10})?)?)?)\), \} *\n"
)

READ_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, KeyError, EOFError, RuntimeError,
)  # fmt: skip
"""What `Archive` and the libraries beneath it raise for a file that is damaged or not such a zip."""


def pack(metadata: Mapping[str, Any], arrays: Arrays) -> bytes:
    """The zip's bytes; the same content gives the same bytes."""
    packed = io.BytesIO()
    # Hashes and weights hardly shrink, and unpacking them would take as long as all else that reading an article needs.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(METADATA, _FIXED_TIME), json.dumps(metadata, indent=1, sort_keys=True))
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _FIXED_TIME), member.getvalue())
    return packed.getvalue()


class Archive:
    """An opened zip of the kind that `pack` makes: its metadata first, its arrays when they are wanted.

    Raises:
        One of `READ_ERRORS`: It is none, or larger than a model can be.
    """

    def __init__(self, stream: BinaryIO) -> None:
        _refuse_large_directory(stream)
        self._zip = zipfile.ZipFile(stream)
        members = self._zip.infolist()
        self._members = {member.filename: member for member in members}
        if len(self._members) != len(members):
            raise ValueError("a member stands in it twice")
        for member in members:
            if member.compress_type not in _METHODS or member.flag_bits & _ENCRYPTED:
                raise ValueError("a member is packed in a way that models are not")
        size = sum(member.file_size for member in members)
        if size > LARGEST:
            raise ValueError(f"{size:,} bytes unpacked, more than {LARGEST:,}")

    def metadata(self) -> dict[str, Any]:
        """The JSON object in it."""
        member = self._members[METADATA]
        if member.file_size > _LARGEST_TEXT:
            raise ValueError(f"{member.file_size:,} bytes of metadata, more than {_LARGEST_TEXT:,}")
        value = json.loads(self._zip.read(member), parse_constant=_refuse_constant)
        if not isinstance(value, dict):
            raise ValueError("its metadata is no object")
        json.dumps(value, ensure_ascii=False).encode()  # refuses lone surrogates, which no output could carry
        return value

    def arrays(self) -> Arrays:
        """All arrays by name, read-only."""
        return {
            name.removesuffix(".npy"): self._array(member) for name, member in self._members.items() if name != METADATA
        }

    def _array(self, member: zipfile.ZipInfo) -> npt.NDArray[np.generic]:
        with self._zip.open(member) as file:
            start = file.read(len(_NPY_START) + 2)
            length = int.from_bytes(start[-2:], "little")
            if not start.startswith(_NPY_START) or length > _LONGEST_HEADER:
                raise ValueError(f"{member.filename!r} is no array")
            found = _HEADER.fullmatch(file.read(length))
            if not found:
                raise ValueError(f"{member.filename!r} is no array of plain numbers")
            dtype = np.dtype(found[1].decode())
            shape = tuple(int(size) for size in found[2].replace(b",", b" ").split())
            size = math.prod(shape) * dtype.itemsize
            if size != member.file_size - len(start) - length:
                raise ValueError(f"{member.filename!r} has the shape {shape} and {member.file_size:,} bytes")
            # The empty read at the end is what makes zipfile compare the checksum of a member without data.
            return np.frombuffer(file.read(size) + file.read(1), dtype).reshape(shape)


def _refuse_large_directory(stream: BinaryIO) -> None:
    """Read the zip's own end mark: zipfile would build an object for each of millions of members first."""
    size = stream.seek(0, io.SEEK_END)
    if size > LARGEST:
        raise ValueError(f"a file of {size:,} bytes, more than {LARGEST:,}")
    if size < _END.size:
        raise ValueError("no zip file")
    stream.seek(max(size - _END.size - _ZIP64_LOCATOR, 0))
    tail = stream.read()
    mark, *_, members, directory, _, comment = _END.unpack(tail[-_END.size :])
    if mark != _END_MARK or comment or tail.startswith(_ZIP64_MARK):
        raise ValueError("no zip file, or one with a comment or of the 64-bit kind, which models are not")
    if members > _MOST_MEMBERS or directory > _LARGEST_DIRECTORY:
        raise ValueError(f"{members:,} members, {directory:,} bytes of directory")
    stream.seek(0)


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")
