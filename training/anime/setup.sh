#!/bin/sh
# Sets up the drawing teacher's own environment, .venv-anime in the project's root: MediaPipe needs
# an older numpy than the program. Python 3.11 or 3.12 is needed (newer ones have no such wheels).
set -eu
cd "$(dirname "$0")/../.."

python=$(command -v python3.11 || command -v python3.12) ||
  { echo "Python 3.11 or 3.12 is needed for MediaPipe 0.10.21." >&2; exit 1; }
[ -x .venv-anime/bin/python ] || "$python" -m venv .venv-anime
.venv-anime/bin/pip install --quiet --requirement training/anime/requirements.txt
.venv-anime/bin/python -c 'import training.anime.readers' 2>/dev/null ||
  { echo "The environment is there, but the readers do not import." >&2; exit 1; }
echo "Ready: .venv-anime/bin/python -m training.anime.sheets"
