// What the page says, in the languages of the program. {0} stands for a value.
const TEXTS = {
  en: {
    pair: "Pair this device",
    pairHow: "Open Remote control in the menu of the window, choose “Pair a device”, and enter the code that it shows.",
    code: "Code", pairNow: "Pair", pairWrong: "This code is not valid, or no longer. Ask the window for a new one.",
    goLive: "Go live", stop: "Stop", wait: "Stopping…", snapshot: "Snapshot",
    record: "Record", stopRecording: "Stop recording",
    styles: "Style", adjust: "Adjust", cues: "Cues", previous: "Previous", next: "Next",
    presets: "Presets", panic: "Panic", release: "Release", forget: "Forget this device",
    strength: "Strength", structure: "Structure", noise_consistency: "Noise consistency",
    flicker_reduction: "Flicker reduction", blend: "Blend with {0}",
    off: "Off", starting: "Starting", "warming up": "Warming up", live: "Live", paused: "Paused",
    recovering: "Recovering", stopping: "Stopping", hidden: "Hidden", original: "Original",
    unknown: "Unknown", "camera off": "Camera off",
    lost: "Connection lost; trying again…", figures: "{0} ms · {1} frames/s", watched: "in use",
    removed: "This device has been removed in the window.",
  },
  de: {
    pair: "Dieses Gerät koppeln",
    pairHow: "Öffnen Sie im Menü des Fensters „Fernsteuerung“, wählen Sie „Ein Gerät koppeln“, und geben Sie den Code ein, der dort steht.",
    code: "Code", pairNow: "Koppeln", pairWrong: "Dieser Code gilt nicht oder nicht mehr. Lassen Sie sich im Fenster einen neuen geben.",
    goLive: "Live gehen", stop: "Stopp", wait: "Endet …", snapshot: "Schnappschuss",
    record: "Aufnehmen", stopRecording: "Aufnahme beenden",
    styles: "Stil", adjust: "Anpassen", cues: "Cues", previous: "Zurück", next: "Weiter",
    presets: "Voreinstellungen", panic: "Panik", release: "Freigeben", forget: "Dieses Gerät vergessen",
    strength: "Stärke", structure: "Struktur", noise_consistency: "Rauschkonstanz",
    flicker_reduction: "Flimmerfilter", blend: "Mischen mit {0}",
    off: "Aus", starting: "Startet", "warming up": "Wärmt auf", live: "Live", paused: "Pausiert",
    recovering: "Erholt sich", stopping: "Endet", hidden: "Verdeckt", original: "Original",
    unknown: "Unbekannt", "camera off": "Kamera aus",
    lost: "Verbindung verloren; neuer Versuch …", figures: "{0} ms · {1} Bilder/s", watched: "in Gebrauch",
    removed: "Dieses Gerät wurde im Fenster entfernt.",
  },
  zh: {
    pair: "配对此设备",
    pairHow: "在窗口菜单中打开“远程控制”，选择“配对设备”，然后输入所显示的代码。",
    code: "代码", pairNow: "配对", pairWrong: "此代码无效或已过期。请在窗口中获取新的代码。",
    goLive: "开始直播", stop: "停止", wait: "正在停止…", snapshot: "快照",
    record: "录制", stopRecording: "停止录制",
    styles: "风格", adjust: "调整", cues: "场景", previous: "上一个", next: "下一个",
    presets: "预设", panic: "紧急遮挡", release: "解除", forget: "忘记此设备",
    strength: "强度", structure: "结构", noise_consistency: "噪声一致性",
    flicker_reduction: "防闪烁", blend: "与{0}混合",
    off: "关闭", starting: "正在启动", "warming up": "预热中", live: "直播中", paused: "已暂停",
    recovering: "正在恢复", stopping: "正在停止", hidden: "已遮挡", original: "原始画面",
    unknown: "未知", "camera off": "摄像头已关闭",
    lost: "连接已断开，正在重试…", figures: "{0} 毫秒 · {1} 帧/秒", watched: "使用中",
    removed: "此设备已在窗口中移除。",
  },
};

export const language =
  navigator.languages.map((code) => code.slice(0, 2)).find((code) => code in TEXTS) ?? "en";

export function text(name, ...values) {
  const template = TEXTS[language][name] ?? TEXTS.en[name] ?? name;
  return template.replace(/\{(\d)\}/g, (_, index) => values[index]);
}
