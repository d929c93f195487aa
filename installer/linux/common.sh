# What the recipes of this folder share; to be sourced from the project's root.
# shellcheck shell=sh
NAME=live2diff-camera
ID=io.live2diff.Camera
SHARE=installer/linux/share
# shellcheck disable=SC2034
bundle=build/bundle/$NAME

field() { sed -n "s/^$1 = \"\(.*\)\".*/\1/p" pyproject.toml | head -n 1; }

release_day() { sed -n 's/^## \[[0-9].*\] - \([0-9-]*\)$/\1/p' CHANGELOG.md | head -n 1; }

desktop_files() {  # $1: the folder that "share" is in
  install -D -m 644 "$SHARE/$ID.desktop" "$1/share/applications/$ID.desktop"
  install -D -m 644 "$SHARE/$ID.metainfo.xml" "$1/share/metainfo/$ID.metainfo.xml"
  for picture in build/icons/*x*.png; do
    install -D -m 644 "$picture" "$1/share/icons/hicolor/$(basename "$picture" .png)/apps/$ID.png"
  done
  install -D -m 644 resources/icons/app.svg "$1/share/icons/hicolor/scalable/apps/$ID.svg"
}

copy_bundle() {  # $1: where it goes; only what a program must be is executable
  cp -al "$bundle" "$1"
  chmod -R u+rwX,go+rX,go-w "$1"
  find "$1/_internal" -type f -perm /111 ! -name torch_shm_manager -exec chmod a-x {} +
}
