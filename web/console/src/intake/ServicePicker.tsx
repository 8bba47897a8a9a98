import { Input } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useServices } from "../api/queries";
import { pickServices } from "../services/pick";
import { Loading, Problem } from "../ui/Problem";

/** Which service: type a few characters, ↑↓, Enter. */
export function ServicePicker() {
  const go = useNavigate();
  const services = useServices("window");
  const [words, setWords] = useState("");
  const [place, setPlace] = useState(0);
  const shown = pickServices(services.data?.services ?? [], words);
  const at = Math.min(place, Math.max(0, shown.length - 1));
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setPlace(Math.min(shown.length - 1, at + 1));
    else if (event.key === "ArrowUp") setPlace(Math.max(0, at - 1));
    else if (event.key === "Enter" && shown[at]) void go(`/intake/${shown[at].code}`);
    else return;
    event.preventDefault();
  };
  return (
    <div className="page">
      <header>
        <h1>窗口收件</h1>
        <p className="faint">为到窗口的群众代录申请。先选事项。</p>
      </header>
      <Input
        size="large"
        autoFocus
        allowClear
        role="combobox"
        aria-label="事项名称"
        aria-expanded
        aria-controls="intake-services"
        aria-activedescendant={shown[at] ? `pick-${shown[at].code}` : undefined}
        placeholder="输入事项名称或主题，↑↓ 选择，Enter 开始"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setPlace(0);
        }}
        onKeyDown={keys}
      />
      {services.isPending && <Loading what="事项" />}
      {services.isError && !services.data && <Problem error={services.error} retry={() => void services.refetch()} />}
      <ul id="intake-services" className="pick-list" role="listbox" aria-label="事项">
        {shown.map((each, index) => (
          <li key={each.code} id={`pick-${each.code}`} role="option" aria-selected={index === at} className={index === at ? "pick current" : "pick"} onClick={() => void go(`/intake/${each.code}`)}>
            <b>{each.name}</b>
            <span className="faint">{each.department_name}</span>
            <span className="tag">{each.project_type === "instant" ? "即办" : `${each.promised_days} 个工作日`}</span>
            <span className="tag">{each.fee_text}</span>
            <p>{each.summary}</p>
          </li>
        ))}
      </ul>
      {services.data && !shown.length && <p className="blank">没有找到窗口可以办理的事项</p>}
    </div>
  );
}
