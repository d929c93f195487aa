// What the camera's page says. {0} stands for a value.
import { speaking } from "./language.js";

const TEXTS = {
  en: {
    pairHow: "Enter the code that the server has printed.",
    pairWrong: "This code is not valid, or no longer. The server has printed a new one.",
    start: "Start", hide: "Hide me", release: "Show me", full: "Full screen",
    camera: "Camera", mirror: "Mirrored, for me alone", share: "Let the paired computers show this picture",
    connecting: "Connecting…", preparing: "The model is being prepared…",
    ready: "Choose a style, then start. Your picture is seen only styled.",
    full_: "The server is full; trying again…",
    noCamera: "This browser gives no camera: {0}", removed: "This device has been removed on the server.",
    unnamed: "Camera {0}",
  },
  de: {
    pairHow: "Geben Sie den Code ein, den der Server ausgegeben hat.",
    pairWrong: "Dieser Code gilt nicht oder nicht mehr. Der Server hat einen neuen ausgegeben.",
    start: "Start", hide: "Verdecken", release: "Zeigen", full: "Vollbild",
    camera: "Kamera", mirror: "Gespiegelt, nur für mich", share: "Die gekoppelten Computer dürfen dieses Bild zeigen",
    connecting: "Verbindet …", preparing: "Das Modell wird vorbereitet …",
    ready: "Wählen Sie einen Stil, und starten Sie. Ihr Bild ist nur stilisiert zu sehen.",
    full_: "Der Server ist voll; neuer Versuch …",
    noCamera: "Dieser Browser gibt keine Kamera frei: {0}", removed: "Dieses Gerät wurde auf dem Server entfernt.",
    unnamed: "Kamera {0}",
  },
  zh: {
    pairHow: "请输入服务器显示的代码。",
    pairWrong: "此代码无效或已过期。服务器已显示新的代码。",
    start: "开始", hide: "遮挡画面", release: "显示画面", full: "全屏",
    camera: "摄像头", mirror: "镜像（仅自己可见）", share: "允许已配对的电脑显示此画面",
    connecting: "正在连接…", preparing: "正在准备模型…",
    ready: "选择风格后开始。他人只能看到风格化的画面。",
    full_: "服务器已满，正在重试…",
    noCamera: "浏览器无法使用摄像头：{0}", removed: "此设备已在服务器上移除。",
    unnamed: "摄像头 {0}",
  },
};

export const text = speaking(TEXTS);
