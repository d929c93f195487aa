"""OpenVINO: what the program uses of it, each library in its own folder."""

from PyInstaller.utils.hooks import collect_dynamic_libs, collect_submodules

USED = ("openvino.", "openvino_intel_cpu", "openvino_intel_gpu", "openvino_ir", "openvino_pytorch")
"""The runtime, the CPU and Intel graphics, compiled graphs, and the conversion out of torch."""

FRONTENDS = ("jax", "onnx", "paddle", "tensorflow")


def _used(library: str) -> bool:
    name = library.replace("\\", "/").rpartition("/")[2].removeprefix("lib")
    return not name.startswith("openvino") or name.startswith(USED)


binaries = [
    (library, folder)
    for library, folder in collect_dynamic_libs(
        "openvino", search_patterns=["*.dll", "*.dylib", "lib*.so*"]
    )
    if _used(library)
]
hiddenimports = [*collect_submodules("openvino.frontend.pytorch"), "openvino._pyopenvino"]
excludedimports = [f"openvino.frontend.{name}" for name in FRONTENDS] + ["openvino.torch"]
# it looks for its plugins beside itself, so there must be no second name of it elsewhere
bindepend_symlink_suppression = ["**/openvino/libs/*.so*"]
