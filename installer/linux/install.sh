#!/bin/sh
# Installs the program for you alone, without root; or removes it. It lies beside the program's folder
# in the archive for Linux.
#
#   ./install.sh            into ~/.local/opt, with an entry in the menu and a command in ~/.local/bin
#   ./install.sh --remove   takes all of that away; settings, models and recordings stay
set -eu
NAME=live2diff-camera
ID=io.live2diff.Camera
data=${XDG_DATA_HOME:-$HOME/.local/share}
place=$HOME/.local/opt/$NAME
command=$HOME/.local/bin/$NAME
menu=$data/applications/$ID.desktop

ours() { [ "$(readlink "$command")" = "$place/$NAME" ]; }

remove() {
  rm -rf "$place"
  ! ours || rm -f "$command"
  rm -f "$menu" "$data"/icons/hicolor/*/apps/"$ID".*
}

case ${1:-} in
  --remove) remove; echo "Removed. Your settings, models and recordings are still there."; exit 0 ;;
  '') ;;
  *) sed -n '2,7p' "$0"; exit 2 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$here/$NAME/$NAME" ] || { echo "error: unpack the whole archive first: $here/$NAME is missing." >&2; exit 1; }
{ [ ! -e "$command" ] && [ ! -L "$command" ]; } || ours || { echo "error: $command is something else; move it away first." >&2; exit 1; }
mkdir -p "$(dirname "$place")" "$(dirname "$command")" "$data/applications"
# complete beside the old one before it takes its place
rm -rf "$place.new" "$place.before"
trap 'rm -rf "$place.new"' EXIT
cp -a "$here/$NAME" "$place.new"
[ ! -e "$place" ] || mv "$place" "$place.before"
mv "$place.new" "$place"
rm -rf "$place.before"
ln -sf "$place/$NAME" "$command"
sed "s|^Exec=.*|Exec=\"$place/$NAME\"|" "$here/share/applications/$ID.desktop" >"$menu"
mkdir -p "$data/icons" && cp -a "$here/share/icons/hicolor" "$data/icons/"
echo "Installed. Open \"Live2Diff Camera\" from the menu, or run: $command"
