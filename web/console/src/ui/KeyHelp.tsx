import { Modal } from "antd";
import { activeLayers } from "../lib/keys";

const NAMES: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };

const IN_DIALOGS = {
  title: "对话框里",
  actions: [
    { keys: ["Ctrl+Enter"], label: "提交" },
    { keys: ["Alt+1 … Alt+9"], label: "套用意见模板" },
    { keys: ["Alt+P"], label: "预览文书，再按一次返回修改" },
    { keys: ["Escape"], label: "返回，已填的内容保留" },
  ],
};

/** Every key that does something on this page. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const layers = [...activeLayers().filter((layer) => layer.actions.length > 0), IN_DIALOGS];
  return (
    <Modal open title="快捷键" footer={null} width={680} onCancel={onClose} centered closable={{ "aria-label": "关闭" }}>
      <div className="key-help" data-keys="rest">
        {layers.map((layer) => (
          <section key={layer.title}>
            <h3>{layer.title}</h3>
            <dl>
              {layer.actions.map((action) => (
                <div key={action.label}>
                  <dt>
                    {action.keys.map((key) => (
                      <kbd key={key}>{NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>
                    ))}
                  </dt>
                  <dd>{action.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
