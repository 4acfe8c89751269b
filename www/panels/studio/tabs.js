// Tabs: one panel of several is seen. Arrow keys go from tab to tab, as readers of the screen expect.
import { h } from "../../dom.js";

/**
 * @param {string} label
 * @param {{id: string, name: string, content: HTMLElement}[]} tabs
 * @param {(id: string) => void} onSelect
 */
export function createTabs(label, tabs, onSelect) {
  let selected = tabs[0].id;
  const buttons = tabs.map(({ id, name }) => h("button", {
    type: "button", role: "tab", id: `studio-tab-${id}`, "data-testid": `studio-tab-${id}`, "aria-controls": `studio-panel-${id}`,
    click: () => select(id),
  }, name));
  const panels = tabs.map(({ id, content }) => h("div", {
    role: "tabpanel", id: `studio-panel-${id}`, class: "tab-panel", "aria-labelledby": `studio-tab-${id}`,
  }, content));
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label, keydown: onKey }, ...buttons);

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const at = tabs.findIndex(({ id }) => id === selected);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = (next + tabs.length) % tabs.length;
    select(tabs[to].id);
    buttons[to].focus();
  }

  function show() {
    tabs.forEach(({ id }, i) => {
      const is = id === selected;
      buttons[i].setAttribute("aria-selected", String(is));
      buttons[i].tabIndex = is ? 0 : -1;
      panels[i].hidden = !is;
    });
  }

  /** @param {string} id */
  function select(id) {
    selected = id;
    show();
    onSelect(id);
  }

  show();
  return { element: h("div", { class: "tabbed" }, list, ...panels), get selected() { return selected; } };
}
