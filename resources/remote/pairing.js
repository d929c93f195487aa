// What pages have in common when they pair.
export function deviceName() {
  const known = navigator.userAgent.match(/iPhone|iPad|Android|Windows|Macintosh|CrOS|Linux/);
  const browser = navigator.userAgent.match(/Firefox|Edg|Chrome|Safari/);
  return [known?.[0] ?? "?", browser?.[0]].filter(Boolean).join(", ");
}

// The code in the address, as a QR code brings it: it is for once, and not for the history.
export function codeFromAddress() {
  const code = new URLSearchParams(location.hash.slice(1)).get("pair");
  if (code) history.replaceState(null, "", location.pathname);
  return code;
}
