"""What of the libraries goes into the bundle, and what stays out."""

from __future__ import annotations

import fnmatch
import pkgutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

Entry = tuple[str, str, str]
"""A file of the bundle: its place there, where it comes from, its kind."""

NEVER_USED = (
    "IPython", "_pytest", "hf_xet", "jax", "matplotlib",
    "onnx", "onnxruntime", "openvino_telemetry", "pandas", "pip", "pkg_resources",
    "pycparser", "pytest", "scipy", "setuptools", "skimage", "tensorflow", "tkinter",
    "torch.utils.benchmark", "torch.utils.tensorboard", "torchvision",
    "torchaudio", "triton", "wheel", "xdist",
)  # fmt: skip

MODELS = ("auto", "bit", "clip", "dinov2_with_registers", "dpt", "encoder_decoder", "gemma",
          "gemma2", "siglip", "t5", "vit", "vit_mae", "vit_hybrid")  # fmt: skip
"""The models of transformers that Stable Diffusion 1.5 uses, or that diffusers imports."""

PIPELINES = (
    "flux", "lumina2", "onnx_utils", "pipeline_loading_utils", "pipeline_utils", "pixart_alpha",
    "sana", "stable_diffusion", "stable_diffusion_xl",
)  # fmt: skip
"""The pipelines that diffusers imports for itself; the program calls none."""

TORCH_TESTING = ("common_dtype", "distributed", "logging_tensor")
"""What torch imports of its own tests."""

LEFT_OUT = (
    "*.pyi", "*.h", "*.hpp", "*.cmake", "*/__pycache__/*", "*.a",
    "torch/test/*", "torch/include/*", "torch/share/*", "torch/bin/*Test*", "torch/bin/test_*",
    "torch/bin/protoc*", "torch/bin/*.ptl", "torch/lib/*test*", "torch/lib/lib*custom_ops*",
    "torch/lib/*backend_with_compiler*", "torchgen/packaged/*",
    "PySide6/Qt/plugins/platforminputcontexts/*virtualkeyboard*",
    "PySide6/Qt/plugins/imageformats/*pdf*", "PySide6/Qt/plugins/platforms/*eglfs*",
    "PySide6/Qt/plugins/platforms/*linuxfb*", "PySide6/Qt/plugins/platforms/*vnc*",
    "PySide6/Qt/plugins/platforms/*vkkhr*", "PySide6/Qt/plugins/platforms/*minimal*",
    "PySide6/Qt/plugins/egldeviceintegrations/*", "PySide6/Qt/plugins/qmltooling/*",
    "PySide6/Qt/plugins/networkinformation/*", "PySide6/Qt/plugins/platformthemes/*gtk3*",
    # what GTK's plugin of Qt would bring along, which is left out itself
    "libasound*", "libgdk*", "libgtk*", "libcairo*", "libpango*", "libatk*", "libatspi*",
    "libepoxy*", "libgio*", "libgobject*", "libgmodule*", "libmount*", "libblkid*", "libselinux*",
    "libharfbuzz*", "libgraphite2*", "libpixman*", "libfribidi*", "libthai*", "libdatrie*",
    "libjpeg.so*", "libcudart*",
    "*Qt6Pdf*", "*Qt6Qml*", "*Qt6Quick*", "*Qt6VirtualKeyboard*", "*Qt6EglF[Ss]*",
    "cv2/qt/*", "cv2/data/*",
)  # fmt: skip
"""Places in the bundle that stay empty: for compilers and tests, or never loaded."""

SOURCE_UNREAD = ("torch/_inductor/", "torch/distributed/", "torch/onnx/", "torch/testing/")
"""Folders whose sources nothing reads at run time: their bytecode is enough ..."""

SOURCE_READ = "install_config_module"
"""... but for modules that say this: torch reads the comments in them."""

LANGUAGES = ("de", "zh_CN")
"""Qt's own texts are kept in these; English needs none."""


def submodules_but(package: str, kept: Iterable[str]) -> list[str]:
    """The modules of a package that are not wanted, by their full names. Imports nothing."""
    name, *deeper = package.split(".")
    spec = find_spec(name)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(next(iter(spec.submodule_search_locations)), *deeper)
    names = {module.name for module in pkgutil.iter_modules([str(folder)])}
    return [f"{package}.{module}" for module in sorted(names - set(kept))]


def excluded_modules() -> list[str]:
    """Modules that are not to be followed."""
    return [
        *NEVER_USED,
        *submodules_but("transformers.models", MODELS),
        *submodules_but("diffusers.pipelines", PIPELINES),
        *submodules_but("torch.testing._internal", TORCH_TESTING),
        "diffusers.modular_pipelines",
    ]


def wanted(entries: Iterable[Entry]) -> list[Entry]:
    """The files that go into the bundle."""
    return [
        (place, source, kind)
        for place, source, kind in entries
        if _is_wanted(place.replace("\\", "/"), source)
    ]


def _is_wanted(place: str, source: str) -> bool:
    if place.startswith(SOURCE_UNREAD) and place.endswith(".py"):
        return SOURCE_READ in Path(source).read_text(encoding="utf-8")
    if "/translations/" in place and place.startswith("PySide6"):
        return Path(place).stem in {f"qtbase_{language}" for language in LANGUAGES}
    return not any(fnmatch.fnmatchcase(place, pattern) for pattern in LEFT_OUT)


def beside(entries: Iterable[Entry], package: str, folder: str) -> list[Entry]:
    """The same files, those of a package in a folder of their own."""
    return [
        (
            f"{folder}/{place}" if place.replace("\\", "/").startswith(f"{package}/") else place,
            *rest,
        )
        for place, *rest in entries
    ]
