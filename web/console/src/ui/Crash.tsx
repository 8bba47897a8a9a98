import { Button } from "antd";
import { useRouteError } from "react-router";

/** A page that broke, or a part of it that could not be loaded. */
export function Crash() {
  const fault = useRouteError();
  console.error(fault);
  return (
    <main className="blank">
      <h1 style={{ fontSize: 20 }}>页面没有打开</h1>
      <p>可能是网络中断，或者工作台刚刚更新。刷新一次即可，填写的内容都还在。</p>
      <Button type="primary" style={{ marginTop: 16 }} autoFocus onClick={() => location.reload()}>
        刷新页面
      </Button>
    </main>
  );
}
