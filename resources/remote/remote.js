// A phone as a remote. It shows what the program says of itself, never what was tapped.
import { codeFromAddress, deviceName } from "./pairing.js";
import { text } from "./texts.js";

const API = "api/v1";
const KEY = "live2diff-token";
const SEND_EVERY_MS = 80;
const TRY_AGAIN_MS = 1500;
const POLL_MS = 1000;
const SLIDERS = {
  strength: [0.2, 1], structure: [0, 1.5], noise_consistency: [0, 1], flicker_reduction: [0, 0.9],
};

const $ = (id) => document.getElementById(id);
let token = localStorage.getItem(KEY);
let socket = null;
let attempts = 0; // since the socket was last open
let polling = null;

// ---- talking to the program

function connect() {
  if (!token) return showPairing();
  $("pairing").hidden = true;
  const address = new URL(`${API}/events`, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const mine = (socket = new WebSocket(address));
  let heard = false;
  mine.onopen = () => mine.send(JSON.stringify({ token }));
  mine.onmessage = (message) => {
    heard = true;
    attempts = 0;
    stopPolling();
    onEvent(JSON.parse(message.data));
  };
  mine.onclose = (event) => {
    if (mine !== socket) return;
    socket = null;
    if (event.code === 1008 && !heard) return check();
    attempts += 1;
    if (!polling) lost();
    if (attempts >= 2) startPolling(); // some browsers allow no socket under a certificate of one's own
    setTimeout(connect, TRY_AGAIN_MS * Math.min(attempts, 4));
  };
}

async function check() {
  const answer = await call("GET", "status").catch(() => null);
  if (answer?.status === 401) forget(text("removed"));
  else setTimeout(connect, TRY_AGAIN_MS);
}

function call(method, path, body) {
  return fetch(`${API}/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) },
    body: body && JSON.stringify(body),
    cache: "no-store",
  });
}

async function send(command) {
  if (socket?.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(command));
    return;
  }
  const answer = await call("POST", "commands", command).catch(() => null);
  if (!answer) return lost();
  const data = await answer.json();
  if (answer.ok) showStatus(data);
  else say(`${data.message} ${data.remedy}`);
}

function onEvent(event) {
  if (event.event === "status") showStatus(event.status);
  else if (event.event === "figures") showFigures(event.figures);
  else if (event.event === "refused") say(`${event.message} ${event.remedy}`);
}

function startPolling() {
  polling ??= setInterval(async () => {
    const answer = await call("GET", "status").catch(() => null);
    if (answer?.ok) showStatus(await answer.json());
    else if (answer?.status === 401) forget(text("removed"));
    else lost();
    const figures = await call("GET", "figures").catch(() => null);
    if (figures?.ok) showFigures(await figures.json());
  }, POLL_MS);
}

function stopPolling() {
  clearInterval(polling);
  polling = null;
}

// ---- pairing

async function pair(code) {
  const body = { code, name: deviceName() };
  const answer = await call("POST", "pair", body).catch(() => null);
  if (!answer) return lost();
  if (!answer.ok) {
    showPairing();
    return say(text("pairWrong"));
  }
  token = (await answer.json()).token;
  localStorage.setItem(KEY, token);
  connect();
}

function showPairing() {
  $("remote").hidden = $("panic-bar").hidden = true;
  $("pairing").hidden = false;
  $("state-text").textContent = "";
}

function forget(words) {
  localStorage.removeItem(KEY);
  token = null;
  stopPolling();
  const former = socket;
  socket = null;
  former?.close();
  showPairing();
  if (words) say(words);
}

// ---- showing

function showStatus(now) {
  $("pairing").hidden = true;
  $("remote").hidden = $("panic-bar").hidden = false;
  showState(now);
  fill($("styles"), now.styles, (style) => style.title, (style) => ({ command: "style", name: style.name }));
  [...$("styles").children].forEach((button, index) => press(button, now.styles[index].name === now.live.style));
  showSliders(now);
  showCues(now.cues);
  $("presets-section").hidden = !now.presets.length;
  fill($("presets"), now.presets, (name) => name, (name) => ({ command: "preset", name }));
  showProblem(now.problem);
}

function showState(now) {
  const running = now.session !== "off";
  const hidden = { panic: "hidden", placeholder: "hidden", original: "original", unknown: "unknown", nothing: "camera off" };
  const shown = now.session === "live" || now.on_air === "original" ? hidden[now.on_air] ?? "live" : now.session;
  $("state-text").textContent = now.watched ? `${text(shown)}, ${text("watched")}` : text(shown);
  $("dot").className = now.on_air;
  const live = $("live");
  live.textContent = text(now.session === "stopping" ? "wait" : running ? "stop" : "goLive");
  live.disabled = now.session === "stopping";
  live.className = running ? "live" : "primary";
  live.onclick = () => send({ command: running ? "stop" : "live" });
  $("record").textContent = text(now.recording ? "stopRecording" : "record");
  $("record").disabled = now.session !== "live" && !now.recording;
  $("record").onclick = () => send({ command: now.recording ? "stop-recording" : "record" });
  press($("record"), now.recording);
  $("snapshot").disabled = now.session !== "live";
  $("panic").textContent = text(now.panic ? "release" : "panic");
  $("panic").className = now.panic ? "release" : "";
  $("panic").onclick = () => send({ command: now.panic ? "release" : "panic" });
  if (!running) showFigures(null);
}

function showFigures(figures) {
  const flowing = figures && figures.fps_out > 0;
  $("figures").textContent = flowing
    ? text("figures", Math.round(figures.latency_p50_ms), Math.round(figures.fps_out)) : "";
}

function fill(place, items, title, command) {
  const key = JSON.stringify(items);
  if (place.dataset.key === key) return; // buttons that are there keep the focus
  place.dataset.key = key;
  place.replaceChildren(...items.map((item) => {
    const button = document.createElement("button");
    button.textContent = title(item);
    button.onclick = () => send(command(item));
    return button;
  }));
}

function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

function showSliders(now) {
  const blend = now.live.blend;
  const names = [...Object.keys(SLIDERS), ...(blend ? ["blend"] : [])];
  const place = $("sliders");
  if (place.dataset.key !== JSON.stringify([names, blend?.style])) {
    place.dataset.key = JSON.stringify([names, blend?.style]);
    place.replaceChildren(...names.map((name) => slider(name, now)));
  }
  for (const name of names) {
    const value = name === "blend" ? blend.weight : now.live[name];
    const input = $(`slider-${name}`);
    if (input.dataset.held) continue; // the finger knows better
    input.value = value;
    input.previousElementSibling.value = value.toFixed(2);
  }
}

function slider(name, now) {
  const [low, high] = SLIDERS[name] ?? [0, 1];
  const row = document.createElement("div");
  row.className = "slider";
  const label = document.createElement("label");
  const title = now.styles.find((style) => style.name === now.live.blend?.style)?.title;
  label.textContent = text(name, title ?? "");
  label.htmlFor = `slider-${name}`;
  const output = document.createElement("output");
  const input = Object.assign(document.createElement("input"), {
    id: `slider-${name}`, type: "range", min: low, max: high, step: 0.01,
  });
  const change = (value) => send(name === "blend"
    ? { command: "blend", weight: value } : { command: "adjust", [name]: value });
  let due = null;
  input.oninput = () => {
    output.value = Number(input.value).toFixed(2);
    input.dataset.held = "1";
    due ??= setTimeout(() => { due = null; change(Number(input.value)); }, SEND_EVERY_MS);
  };
  input.onchange = () => setTimeout(() => delete input.dataset.held, 3 * SEND_EVERY_MS);
  row.append(label, output, input);
  return row;
}

function showCues(cues) {
  $("cues-section").hidden = !cues.names.length;
  fill($("cues"), cues.names, (name) => name, () => null);
  [...$("cues").children].forEach((button, index) => {
    button.textContent = `${index + 1}  ${cues.names[index]}`;
    button.onclick = () => send({ command: "cue", number: index + 1 });
    press(button, index + 1 === cues.position);
  });
  $("next-cue").disabled = cues.position >= cues.names.length;
  $("previous-cue").disabled = cues.position <= 1;
}

let reason = ""; // why the message is shown: "said", "problem", "lost"
let hiding = null;

function show(words, why) {
  clearTimeout(hiding);
  $("message").textContent = words.trim();
  $("message").hidden = !words;
  reason = words ? why : "";
}

function say(words) {
  show(words, "said");
  hiding = setTimeout(() => show("", ""), 6000);
}

function lost() {
  show(text("lost"), "lost");
  $("dot").className = "unknown";
}

function showProblem(problem) {
  if (problem) show(`${problem.message} ${problem.remedy}`, "problem");
  else if (reason !== "said") show("", "");
}

// ---- beginning

$("snapshot").onclick = () => send({ command: "snapshot" });
$("next-cue").onclick = () => send({ command: "next-cue" });
$("previous-cue").onclick = () => send({ command: "previous-cue" });
$("forget").onclick = () => forget();
$("pair-form").onsubmit = (event) => {
  event.preventDefault();
  pair($("code").value);
};

const code = codeFromAddress();
if (code) pair(code);
else connect();
