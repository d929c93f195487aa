// A browser as a camera and as a screen: its picture goes out, and comes back styled. The page shows
// what the server says of the stream, and nothing of the camera itself.
import { text } from "./camera_texts.js";
import { codeFromAddress, deviceName } from "./pairing.js";

const KEY = "live2diff-engine-token";
const TRY_AGAIN_MS = 1500;
const SEND_EVERY_MS = 80;
const GATHERED_WITHIN_MS = 2000;
const MOST_BITS = 6_000_000;
const MOST_FAILURES = 4;

const $ = (id) => document.getElementById(id);
let token = localStorage.getItem(KEY);
let limits = { width: 1280, height: 720 };
let wanted = false; // whether the user wants to be on air
let session = null;
let resting = null; // the camera between two sessions
let failures = 0; // sessions that the server has ended since one was live
let chosen = { style: null, strength: null }; // by the user's own hand, for every new session

// ---- talking to the server

function call(method, path, body, type = "application/json") {
  return fetch(path, {
    method, body, cache: "no-store", keepalive: method === "DELETE", // also from a page that is left
    headers: { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": type }) },
  });
}

async function pair(code) {
  const answer = await call("POST", "/pair", JSON.stringify({ code, name: deviceName() })).catch(() => null);
  if (!answer?.ok) {
    showPairing();
    return say(text(answer ? "pairWrong" : "lost"));
  }
  token = (await answer.json()).token;
  localStorage.setItem(KEY, token);
  enter();
}

function forget(words) {
  localStorage.removeItem(KEY);
  token = null;
  stop();
  showPairing();
  if (words) say(words);
}

async function enter() {
  if (!token) return showPairing();
  const [health, styles] = await Promise.all([call("GET", "/health"), call("GET", "/styles")]).catch(() => []);
  if (!health) {
    say(text("lost"));
    return setTimeout(enter, TRY_AGAIN_MS);
  }
  if (styles.status === 401) return forget(text("removed"));
  const [width, height] = (await health.json()).max_size.split("x").map(Number);
  limits = { width, height };
  $("pairing").hidden = true;
  $("camera").hidden = false;
  showStyles((await styles.json()).styles);
  await listCameras();
  showState(null);
}

// ---- the camera

async function openCamera() {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      ...($("cameras").value && { deviceId: { exact: $("cameras").value } }),
      width: { ideal: limits.width }, height: { ideal: limits.height }, frameRate: { ideal: 30, max: 30 },
    },
  });
  const [track] = stream.getVideoTracks();
  track.contentHint = "motion";
  return track;
}

// How many times smaller a picture has to be sent so that the server takes it.
function shrink(track) {
  const { width = limits.width, height = limits.height } = track.getSettings();
  return Math.max(1, Math.sqrt((width * height) / (limits.width * limits.height)) * 1.001);
}

async function listCameras() {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? [];
  const cameras = devices.filter((device) => device.kind === "videoinput");
  const before = $("cameras").value;
  $("cameras").replaceChildren(...cameras.map((camera, index) => new Option(
    camera.label || text("unnamed", index + 1), camera.deviceId)));
  if (cameras.some((camera) => camera.deviceId === before)) $("cameras").value = before;
}

async function changeCamera() {
  const mine = session;
  if (!mine) return;
  try {
    const track = await openCamera();
    if (mine !== session) return track.stop();
    await mine.sender.replaceTrack(track);
    const parameters = mine.sender.getParameters();
    for (const one of parameters.encodings) one.scaleResolutionDownBy = shrink(track);
    await mine.sender.setParameters(parameters);
    mine.track.stop();
    mine.track = track;
  } catch (error) {
    say(text("noCamera", error.message));
  }
}

// ---- the session

async function start() {
  wanted = true;
  failures = 0;
  showState(null);
  let track;
  try {
    track = await openCamera();
  } catch (error) {
    wanted = false;
    showState(null);
    return say(text("noCamera", error.message));
  }
  if (!wanted || session || resting) return track.stop(); // stopped meanwhile, or started twice
  listCameras(); // they have names from now on
  keepAwake();
  connect(track);
}

function connect(track) {
  const peer = new RTCPeerConnection({ iceServers: [] });
  const sender = peer.addTransceiver(track, {
    direction: "sendrecv",
    sendEncodings: [{ scaleResolutionDownBy: shrink(track), maxBitrate: MOST_BITS }],
  }).sender;
  const mine = (session = { peer, sender, track, commands: peer.createDataChannel("commands"), place: null });
  mine.commands.onopen = () => {
    if (chosen.style) send({ command: "style", name: chosen.style });
    if (chosen.strength) send({ command: "adjust", strength: chosen.strength });
  };
  mine.commands.onmessage = (message) => mine === session && onEvent(JSON.parse(message.data));
  peer.ontrack = ({ track: styled, receiver }) => {
    if ("jitterBufferTarget" in receiver) receiver.jitterBufferTarget = 0; // as fresh as it comes
    $("picture").srcObject = new MediaStream([styled]);
  };
  peer.onconnectionstatechange = () => {
    if (mine === session && ["failed", "disconnected", "closed"].includes(peer.connectionState)) again(text("lost"));
  };
  negotiate(mine).catch(() => mine === session && again(text("lost")));
}

async function negotiate(mine) {
  await mine.peer.setLocalDescription();
  await gathered(mine.peer);
  const share = $("share").checked ? "?share=1" : "";
  const answer = await call("POST", `/session${share}`, mine.peer.localDescription.sdp, "application/sdp");
  if (mine !== session) return;
  if (answer.status === 401) return forget(text("removed"));
  if (answer.status === 503 || answer.status === 429) return again(text("full_"), answer.headers.get("Retry-After") * 1000);
  if (!answer.ok) {
    const refusal = await answer.json();
    stop();
    return say(`${refusal.message} ${refusal.remedy}`);
  }
  mine.place = answer.headers.get("Location");
  await mine.peer.setRemoteDescription({ type: "answer", sdp: await answer.text() });
}

function gathered(peer) {
  return new Promise((done) => {
    const look = () => peer.iceGatheringState === "complete" && done();
    peer.addEventListener("icegatheringstatechange", look);
    setTimeout(done, GATHERED_WITHIN_MS);
    look();
  });
}

// Nothing that was shown stays: the connection is made anew with the same camera.
function again(why, wait = TRY_AGAIN_MS) {
  const track = (resting = session.track);
  leave();
  say(why);
  setTimeout(() => {
    if (track !== resting) return;
    if (track.readyState !== "live") return stop(); // it has been pulled out
    resting = null;
    connect(track);
  }, wait);
}

function leave() {
  const former = session;
  session = null;
  $("picture").srcObject = null;
  showState(null);
  if (!former) return;
  former.peer.close();
  if (former.place && token) call("DELETE", former.place).catch(() => null);
}

function stop() {
  wanted = false;
  for (const track of [session?.track, resting]) track?.stop();
  resting = null;
  leave();
}

function send(command) {
  if (session?.commands.readyState === "open") session.commands.send(JSON.stringify(command));
}

function onEvent(event) {
  if (event.event === "status") showState(event.status);
  else if (event.event === "figures") showFigures(event.figures);
  else if (event.event === "blank") $("stage").classList.remove("showing");
  else if (event.event === "refused") say(`${event.message} ${event.remedy}`);
  else if (event.event === "ended") onEnd(`${event.message} ${event.remedy}`);
}

// The server has ended it: perhaps the line was broken for too long, perhaps it takes no such stream.
function onEnd(words) {
  session.place = null;
  failures += 1;
  if (failures < MOST_FAILURES) return again(words);
  stop();
  say(words);
}

// ---- showing

function showPairing() {
  $("camera").hidden = true;
  $("pairing").hidden = false;
  $("state-text").textContent = "";
}

// now: the server's word of the stream; null while there is none.
function showState(now) {
  const live = now?.on_air === "styled";
  if (live) failures = 0;
  const shown = !wanted ? "off" : !now ? "connecting" : now.panic ? "hidden" : live ? "live" : "preparing";
  $("state-text").textContent = text(shown);
  $("dot").className = live ? "styled" : "nothing";
  $("stage").classList.toggle("showing", live);
  $("hint").textContent = text(shown === "off" ? "ready" : shown);
  $("start").textContent = text(wanted ? "stop" : "start");
  $("start").className = wanted ? "live" : "primary";
  $("panic").textContent = text(now?.panic ? "release" : "hide");
  $("panic").disabled = !now;
  $("panic").setAttribute("aria-pressed", String(Boolean(now?.panic)));
  $("panic").onclick = () => send({ command: now?.panic ? "release" : "panic" });
  if (!live) showFigures(null);
  if (!now) return;
  pressStyle(now.live.style);
  if (!$("strength").dataset.held) showStrength(now.live.strength);
  if (now.problem) say(`${now.problem.message} ${now.problem.remedy}`);
}

function showFigures(figures) {
  $("figures").textContent = figures && figures.fps_out > 0
    ? text("figures", Math.round(figures.latency_p50_ms), Math.round(figures.fps_out)) : "";
}

function showStrength(value) {
  $("strength").value = value;
  $("strength-value").value = Number(value).toFixed(2);
}

function showStyles(styles) {
  $("styles").replaceChildren(...styles.map((style) => {
    const button = document.createElement("button");
    button.dataset.name = style.name;
    button.setAttribute("aria-pressed", "false");
    if (style.picture) button.append(styleImage(style.picture));
    button.append(style.title);
    button.onclick = () => {
      chosen.style = style.name;
      if (session) send({ command: "style", name: style.name });
      else pressStyle(style.name);
    };
    return button;
  }));
}

function styleImage(address) {
  const image = document.createElement("img");
  image.alt = "";
  call("GET", address)
    .then((answer) => (answer.ok ? answer.blob() : Promise.reject(answer.status)))
    .then((picture) => { image.src = URL.createObjectURL(picture); })
    .catch(() => image.remove());
  return image;
}

function pressStyle(name) {
  for (const button of $("styles").children) {
    button.setAttribute("aria-pressed", String(button.dataset.name === name));
  }
}

let hiding = null;

function say(words) {
  clearTimeout(hiding);
  $("message").textContent = words.trim();
  $("message").hidden = false;
  hiding = setTimeout(() => { $("message").hidden = true; }, 6000);
}

async function keepAwake() {
  if (wanted && document.visibilityState === "visible") {
    await navigator.wakeLock?.request("screen").catch(() => null);
  }
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if ($("stage").requestFullscreen) $("stage").requestFullscreen();
  else $("picture").webkitEnterFullscreen?.(); // iPhones know no other
}

// ---- beginning

let due = null;
$("strength").oninput = () => {
  chosen.strength = Number($("strength").value);
  showStrength(chosen.strength);
  $("strength").dataset.held = "1";
  due ??= setTimeout(() => {
    due = null;
    send({ command: "adjust", strength: chosen.strength });
  }, SEND_EVERY_MS);
};
$("strength").onchange = () => setTimeout(() => delete $("strength").dataset.held, 3 * SEND_EVERY_MS);
$("start").onclick = () => (wanted ? stop() : start());
$("full").onclick = fullScreen;
$("cameras").onchange = changeCamera;
$("mirror").onchange = () => $("picture").classList.toggle("mirrored", $("mirror").checked);
$("share").onchange = () => session && again(text("connecting"), 0);
$("forget").onclick = () => forget();
$("pair-form").onsubmit = (event) => {
  event.preventDefault();
  pair($("code").value);
};
document.addEventListener("visibilitychange", keepAwake);
addEventListener("pagehide", () => stop());
navigator.mediaDevices?.addEventListener("devicechange", listCameras);

const code = codeFromAddress();
if (code) pair(code);
else enter();
