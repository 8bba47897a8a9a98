/** Put the focus on the first field at fault, in the order of the page. */
export function focusFault(paths: string[]): void {
  if (!paths.length) return;
  requestAnimationFrame(() => {
    const fields = [...document.querySelectorAll<HTMLElement>("[data-path]")];
    const first = fields.find((field) => paths.includes(field.dataset["path"] ?? ""));
    first?.querySelector<HTMLElement>("input, textarea, select, button")?.focus();
    first?.scrollIntoView({ block: "center" });
  });
}
