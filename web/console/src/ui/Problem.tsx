import { Button } from "antd";
import { Unreachable, sentence } from "../api/problem";

/** What stands where something could not be shown. While nobody answers the banner speaks, and the page comes back by itself. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className="blank" role="alert">
      <p>{error instanceof Unreachable ? "暂时连接不上服务，恢复后会自动显示" : sentence(error)}</p>
      {retry && !(error instanceof Unreachable) && (
        <Button style={{ marginTop: 12 }} onClick={retry}>
          再试一次
        </Button>
      )}
    </div>
  );
}

export function Loading({ what }: { what: string }) {
  return (
    <p className="blank" role="status">
      正在读取{what}…
    </p>
  );
}
