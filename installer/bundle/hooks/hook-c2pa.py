"""c2pa: the library that it loads by its path; without the static one that it was linked from."""

from PyInstaller.utils.hooks import collect_dynamic_libs

binaries = collect_dynamic_libs("c2pa", search_patterns=["*.dll", "*.dylib", "*.so"])
excludedimports = ["c2pa.build"]
