import { down } from "../api/connection";
import { useStore } from "../lib/store";
import "./banner.css";

/** While the API does not answer. It comes back by itself. */
export function DownBanner() {
  const gone = useStore(down);
  return (
    <div aria-live="assertive" role="alert">
      {gone && <p className="down-banner">暂时连接不上服务，正在自动重新连接。已填写的内容都在，不用刷新页面。</p>}
    </div>
  );
}
