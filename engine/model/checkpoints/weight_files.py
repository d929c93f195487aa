"""Opens untrusted weight files, and reads them one tensor at a time.

Nothing in a file is executed or unpacked, and no more than a few hundred megabytes of it are in
memory at a time.
"""

from __future__ import annotations

import json
import pickle
import pickletools
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from engine.errors import ModelError
from engine.files.names import fits_a_line, shown

HELD_BYTES = 256 << 20
"""After this number of bytes the file is mapped again, which releases the pages read so far."""

LARGEST_PICKLE = 4 << 20
"""Bytes of a torch file apart from its tensors; real ones have some hundred kilobytes."""

MOST_PICKLE_STEPS = 400_000
"""Pickle instructions among those bytes; Stable Diffusion's files have about 60,000."""

MOST_TENSORS, MOST_DIMENSIONS = 50_000, 8

LONGEST_TENSOR_NAME, LONGEST_REASON = 400, 300
"""Characters."""

Shape = tuple[int, ...]
T = TypeVar("T")
Read = Callable[[str, Shape], Tensor]
"""Reads a parameter's tensor by our name for it, in this shape. Raises ModelError."""


_BREAKAGES = (
    SafetensorError,
    pickle.UnpicklingError,
    zipfile.BadZipFile,
    OSError,
    RuntimeError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    AttributeError,
    MemoryError,
    AssertionError,
    RecursionError,
    struct.error,
)
"""What the libraries raise for damaged files."""


@dataclass(frozen=True, slots=True)
class _MappedFile:
    """A file mapped into memory. metadata: what the file says about itself."""

    read: Callable[[str], Tensor]
    shapes: Callable[[], Mapping[str, Shape]]
    metadata: Mapping[str, str]


class Weights:
    """Tensors of a file by name, mapped into memory.

    shapes: of every tensor. metadata: what the file says about itself, plain strings.
    """

    def __init__(self, path: Path, map_file: Callable[[Path], _MappedFile]) -> None:
        self.path = path
        self._map_file = map_file
        self._file = self._guarded(lambda: map_file(path))
        self._read_bytes = 0
        self.metadata = self._file.metadata
        self.shapes = self._guarded(self._file.shapes)
        _check_names(path, self.shapes)

    def read(self, name: str) -> Tensor:
        """One tensor, on the CPU; a view of the file, so copy or cast before changing it.

        Raises ModelError where the file is broken, or a value is not finite.
        """
        if self._read_bytes > HELD_BYTES:
            self._file = self._guarded(lambda: self._map_file(self.path))
            self._read_bytes = 0
        tensor = self._guarded(lambda: self._file.read(name))
        self._read_bytes += tensor.nbytes
        if not self._guarded(lambda: _is_finite(tensor)):
            raise ModelError(
                "{file} is damaged: {name} has values that are no numbers.",
                "Fetch the file again from where it came.",
                file=self.path.name,
                name=name,
            )
        return tensor

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except _BREAKAGES as error:
            raise _broken(self.path, error) from error


def _is_finite(tensor: Tensor) -> bool:
    if tensor.is_complex():
        raise ValueError("it has complex numbers")
    if not tensor.is_floating_point():
        return True
    comparable = tensor.float() if tensor.element_size() == 1 else tensor
    return bool(torch.isfinite(comparable).all())


def _check_names(path: Path, names: Iterable[str]) -> None:
    """Refuse names that no network has, and no sentence can hold."""
    for name in names:
        if len(name) > LONGEST_TENSOR_NAME or not fits_a_line(name):
            raise _broken(path, ValueError(f"a tensor in it is called '{shown(name)}'"))


def _map_safetensors(path: Path) -> _MappedFile:
    file = safe_open(path, framework="pt", device="cpu")

    def shapes() -> Mapping[str, Shape]:
        return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118

    return _MappedFile(file.get_tensor, shapes, file.metadata() or {})


def _map_torch_file(path: Path) -> _MappedFile:
    _refuse_bombs(path)
    loaded = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    tensors = dict(_flat(loaded))
    _check_sizes(path, tensors)

    def shapes() -> Mapping[str, Shape]:
        return {name: tuple(tensor.shape) for name, tensor in tensors.items()}

    return _MappedFile(tensors.__getitem__, shapes, {})


def open_weights(path: Path) -> Weights:
    """Open a safetensors or torch file by what it is, not by its name. Raises ModelError."""
    if not path.is_file():
        raise ModelError(
            "There is no file {path}.", "Check the path, or fetch it again.", path=path
        )
    try:
        zipped, safe = zipfile.is_zipfile(path), _is_safetensors(path)
    except _BREAKAGES as error:
        raise _broken(path, error) from error
    if zipped:
        return Weights(path, _map_torch_file)
    if safe:
        return Weights(path, _map_safetensors)
    raise ModelError(
        "{file} is neither a safetensors nor a present-day torch file, or is cut short.",
        "Fetch it again, or look for a .safetensors version of it.",
        file=path.name,
    )


def fill(module: nn.Module, read: Read, device: torch.device, dtype: torch.dtype) -> None:
    """Load every parameter of a module built on `meta`, one tensor at a time.

    Convolutions get their weights channels last, as their inputs are.
    """
    for name, parameter in list(module.named_parameters()):
        shape = tuple(parameter.shape)
        layout = torch.channels_last if len(shape) == 4 else torch.contiguous_format
        filled = torch.empty(shape, dtype=dtype, device=device, memory_format=layout)
        filled.copy_(read(name, shape))
        owner, _, leaf = name.rpartition(".")
        setattr(module.get_submodule(owner), leaf, nn.Parameter(filled, requires_grad=False))


def _is_safetensors(path: Path) -> bool:
    """Eight bytes of length, then that much JSON."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        return 2 <= length <= path.stat().st_size - 8 and file.read(1) == b"{"


def _refuse_bombs(path: Path) -> None:
    """A torch file is an uncompressed zip; anything that would expand is not one."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        pickles = [entry for entry in entries if entry.filename.endswith(".pkl")]
        packed = any(entry.compress_type != zipfile.ZIP_STORED for entry in entries)
        swells = sum(entry.file_size for entry in entries) > path.stat().st_size
        too_long = sum(entry.file_size for entry in pickles) > LARGEST_PICKLE
        if packed or swells or too_long or any(_is_long(archive.read(e)) for e in pickles):
            raise _swells(path)


def _is_long(pickled: bytes) -> bool:
    """Whether a pickle has more instructions than any weight file. Nothing is executed."""
    steps = pickletools.genops(pickled)
    return next(islice(steps, MOST_PICKLE_STEPS, None), None) is not None


def _check_sizes(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Refuse tensors that would become larger than what the file stores for them: a stride of 0
    turns one number into terabytes.
    """
    total = 0
    for tensor in tensors.values():
        size = tensor.numel() * tensor.element_size()
        total += size
        if size > tensor.untyped_storage().nbytes() or tensor.dim() > MOST_DIMENSIONS:
            raise _swells(path)
    if len(tensors) > MOST_TENSORS or total > 2 * path.stat().st_size:  # some weights are shared
        raise _swells(path)


def _swells(path: Path) -> ModelError:
    return ModelError(
        "{file} is not a plain torch file: it would swell when opened.",
        "Do not use it; look for a .safetensors version from its author.",
        file=path.name,
    )


def _flat(loaded: object) -> Iterator[tuple[str, Tensor]]:
    """The tensors of a torch file, including nested ones, under their own names."""
    if not isinstance(loaded, dict):
        return
    for name, value in loaded.items():
        if isinstance(value, Tensor):
            yield str(name), value
        elif isinstance(value, dict):
            inner = ((key, item) for key, item in value.items() if isinstance(item, Tensor))
            prefix = "" if name == "state_dict" else f"{name}."
            yield from ((f"{prefix}{key}", item) for key, item in inner)


def _broken(path: Path, error: Exception) -> ModelError:
    if isinstance(error, pickle.UnpicklingError):
        return ModelError(
            "{file} holds program code beside its weights, and was not opened.",
            "Do not use it; look for a .safetensors version from its author.",
            file=path.name,
        )
    reason = shown((str(error).strip() or type(error).__name__).splitlines()[0], LONGEST_REASON)
    return ModelError(
        "{file} cannot be read: {reason}.", "Fetch the file again.", file=path.name, reason=reason
    )


def metadata_of(weights: Weights, key: str) -> Mapping[str, object]:
    """A JSON object in the metadata of a file; empty where there is none."""
    try:
        found = json.loads(weights.metadata.get(key, "{}"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
