# What the recipes of every system know of the project; to be sourced from its root.
# shellcheck shell=sh
# shellcheck disable=SC2034
NAME=live2diff-camera

field() { sed -n "s/^$1 = \"\(.*\)\".*/\1/p" pyproject.toml | head -n 1; }

# The same sources and lock give the same files: the release's day stands for the time of building.
release_day() { sed -n 's/^## \[[0-9].*\] - \([0-9-]*\)$/\1/p' CHANGELOG.md | head -n 1; }
