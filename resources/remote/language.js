// The languages of the program. Some texts are every page's; the others are its own.
const COMMON = {
  en: {
    pair: "Pair this device", code: "Code", pairNow: "Pair", forget: "Forget this device",
    styles: "Style", strength: "Strength", stop: "Stop", off: "Off", live: "Live", hidden: "Hidden",
    lost: "Connection lost; trying again…", figures: "{0} ms · {1} frames/s",
  },
  de: {
    pair: "Dieses Gerät koppeln", code: "Code", pairNow: "Koppeln", forget: "Dieses Gerät vergessen",
    styles: "Stil", strength: "Stärke", stop: "Stopp", off: "Aus", live: "Live", hidden: "Verdeckt",
    lost: "Verbindung verloren; neuer Versuch …", figures: "{0} ms · {1} Bilder/s",
  },
  zh: {
    pair: "配对此设备", code: "代码", pairNow: "配对", forget: "忘记此设备",
    styles: "风格", strength: "强度", stop: "停止", off: "关闭", live: "直播中", hidden: "已遮挡",
    lost: "连接已断开，正在重试…", figures: "{0} 毫秒 · {1} 帧/秒",
  },
};

export function speaking(own) {
  const texts = Object.fromEntries(
    Object.keys(COMMON).map((code) => [code, { ...COMMON[code], ...own[code] }]));
  const language =
    navigator.languages.map((code) => code.slice(0, 2)).find((code) => code in texts) ?? "en";
  document.documentElement.lang = language;

  // {0} stands for a value.
  function text(name, ...values) {
    const template = texts[language][name] ?? texts.en[name] ?? name;
    return template.replace(/\{(\d)\}/g, (_, index) => values[index]);
  }

  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  return text;
}
