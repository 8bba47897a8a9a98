/** Put the focus on a row of the list, once it is drawn. */
export function focusTask(taskId: string): void {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`[data-task="${CSS.escape(taskId)}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  });
}
