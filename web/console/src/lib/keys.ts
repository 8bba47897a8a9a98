/**
 * The keyboard. One listener on the window asks the handlers, the newest first; the first that knows a key takes it.
 * Single letters are for reading, so they rest while somebody types or a dialog is open; Ctrl+Enter and Escape never rest.
 */
import { useEffect, useRef } from "react";

export interface KeyAction {
  /** What `keyName` says: "j", "ArrowDown", "Ctrl+Enter", "?" */
  keys: string[];
  /** What it does, for the list of keys; none = not listed */
  label?: string;
  /** false = not mine after all, let the browser have it */
  run: (event: KeyboardEvent) => unknown;
  /** Also while typing or in a dialog */
  always?: boolean;
}

export interface KeyLayer {
  title: string;
  actions: KeyAction[];
}

/** Name a key, the same with a Chinese input method or Caps Lock on. Undefined while a word is being composed. */
export function keyName(event: KeyboardEvent): string | undefined {
  if (event.isComposing || event.keyCode === 229) return undefined;
  let key = event.key;
  if (key === "?" || key === "？" || (event.code === "Slash" && event.shiftKey)) key = "?";
  else if (key === "、" || (key.length === 1 && event.code === "Slash")) key = "/";
  else if (/^Key[A-Z]$/.test(event.code)) key = event.code.slice(3).toLowerCase();
  else if (/^Digit\d$/.test(event.code)) key = event.code.slice(5);
  const held = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : ""].filter(Boolean);
  return [...held, key].join("+");
}

/** Tell whether plain letters belong to a field or a dialog just now. */
export function busy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("[role=dialog]")) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "file"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.closest("[contenteditable=true]") !== null;
}

/** Find who takes a key. */
export function actionFor(name: string | undefined, layers: KeyLayer[], resting: boolean): KeyAction | undefined {
  if (!name) return undefined;
  for (const layer of [...layers].reverse())
    for (const action of layer.actions) if (action.keys.includes(name) && (!resting || action.always)) return action;
  return undefined;
}

const layers: KeyLayer[] = [];

/** All keys that do something now, for the help. */
export function activeLayers(): KeyLayer[] {
  return layers.map((layer) => ({ ...layer, actions: layer.actions.filter((action) => action.label) }));
}

function heard(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const resting = busy(event.target) || document.querySelector("[data-keys=rest]") !== null;
  const action = actionFor(keyName(event), layers, resting);
  if (action && action.run(event) !== false) event.preventDefault();
}

/** Take keys while the component is there. */
export function useKeys(title: string, actions: KeyAction[], enabled = true): void {
  const kept = useRef<KeyLayer>({ title, actions });
  kept.current.title = title;
  kept.current.actions = actions;
  useEffect(() => {
    if (!enabled) return undefined;
    const layer = kept.current;
    if (layers.length === 0) window.addEventListener("keydown", heard);
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener("keydown", heard);
    };
  }, [enabled]);
}
