// What the page says. {0} stands for a value.
import { speaking } from "./language.js";

const TEXTS = {
  en: {
    pairHow: "Open Remote control in the menu of the window, choose “Pair a device”, and enter the code that it shows.",
    pairWrong: "This code is not valid, or no longer. Ask the window for a new one.",
    goLive: "Go live", wait: "Stopping…", snapshot: "Snapshot",
    record: "Record", stopRecording: "Stop recording",
    adjust: "Adjust", cues: "Cues", previous: "Previous", next: "Next",
    presets: "Presets", panic: "Panic", release: "Release", structure: "Structure", noise_consistency: "Noise consistency",
    flicker_reduction: "Flicker reduction", blend: "Blend with {0}",
    starting: "Starting", "warming up": "Warming up", paused: "Paused",
    recovering: "Recovering", stopping: "Stopping", original: "Original",
    unknown: "Unknown", "camera off": "Camera off",
    watched: "in use", removed: "This device has been removed in the window.",
  },
  de: {
    pairHow: "Öffnen Sie im Menü des Fensters „Fernsteuerung“, wählen Sie „Ein Gerät koppeln“, und geben Sie den Code ein, der dort steht.",
    pairWrong: "Dieser Code gilt nicht oder nicht mehr. Lassen Sie sich im Fenster einen neuen geben.",
    goLive: "Live gehen", wait: "Endet …", snapshot: "Schnappschuss",
    record: "Aufnehmen", stopRecording: "Aufnahme beenden",
    adjust: "Anpassen", cues: "Cues", previous: "Zurück", next: "Weiter",
    presets: "Voreinstellungen", panic: "Panik", release: "Freigeben", structure: "Struktur", noise_consistency: "Rauschkonstanz",
    flicker_reduction: "Flimmerfilter", blend: "Mischen mit {0}",
    starting: "Startet", "warming up": "Wärmt auf", paused: "Pausiert",
    recovering: "Erholt sich", stopping: "Endet", original: "Original",
    unknown: "Unbekannt", "camera off": "Kamera aus",
    watched: "in Gebrauch", removed: "Dieses Gerät wurde im Fenster entfernt.",
  },
  zh: {
    pairHow: "在窗口菜单中打开“远程控制”，选择“配对设备”，然后输入所显示的代码。",
    pairWrong: "此代码无效或已过期。请在窗口中获取新的代码。",
    goLive: "开始直播", wait: "正在停止…", snapshot: "快照",
    record: "录制", stopRecording: "停止录制",
    adjust: "调整", cues: "场景", previous: "上一个", next: "下一个",
    presets: "预设", panic: "紧急遮挡", release: "解除", structure: "结构", noise_consistency: "噪声一致性",
    flicker_reduction: "防闪烁", blend: "与{0}混合",
    starting: "正在启动", "warming up": "预热中", paused: "已暂停",
    recovering: "正在恢复", stopping: "正在停止", original: "原始画面",
    unknown: "未知", "camera off": "摄像头已关闭",
    watched: "使用中", removed: "此设备已在窗口中移除。",
  },
};

export const text = speaking(TEXTS);
