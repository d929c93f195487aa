// The languages of the program; a page has its own texts.
export function speaking(texts) {
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
