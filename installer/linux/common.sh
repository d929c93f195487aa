# What the recipes of this folder share; to be sourced from the project's root.
# shellcheck shell=sh
. installer/bundle/project.sh
ID=io.live2diff.Camera
SHARE=installer/linux/share
bundle=build/bundle/$NAME

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
