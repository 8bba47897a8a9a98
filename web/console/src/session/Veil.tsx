import { Button } from "antd";
import { useEffect } from "react";
import { useStore } from "../lib/store";
import { SignInForm } from "./SignInForm";
import { clerk, leave, lock, locked } from "./session";
import "./signIn.css";

const IDLE = 15; // minutes
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

const WORDS = {
  idle: { title: "已为您遮住画面", text: `您有 ${IDLE} 分钟没有操作。为保护群众个人信息，请输入密码继续；填写的内容都还在。` },
  expired: { title: "登录已到期", text: "请输入密码继续。您正在看的办件和填写的内容都还在。" },
};

/** Watch for the end of the session and for an empty chair (GB/T 22239: sessions end by themselves). */
export function useLocks(): void {
  const sitting = useStore(clerk);
  const token = sitting?.token;
  const expires = sitting?.expires ?? 0;
  useEffect(() => {
    if (!token) return undefined;
    let last = Date.now();
    const touched = () => (last = Date.now());
    const tick = setInterval(() => {
      if (Date.now() >= expires) lock("expired");
      else if (Date.now() - last >= IDLE * 60_000) lock("idle");
    }, 5_000);
    for (const sign of SIGNS) window.addEventListener(sign, touched, { passive: true });
    return () => {
      clearInterval(tick);
      for (const sign of SIGNS) window.removeEventListener(sign, touched);
    };
  }, [token, expires]);
}

/** The veil over a locked desk: the password lifts it, and the work goes on where it was. */
export function Veil() {
  const why = useStore(locked);
  const sitting = useStore(clerk);
  if (!why || !sitting) return null;
  return (
    <div className="veil" role="dialog" aria-modal="true" aria-labelledby="veil-title" data-keys="rest">
      <section className="sign-in-card">
        <h1 id="veil-title">{WORDS[why].title}</h1>
        <p className="faint">{WORDS[why].text}</p>
        <p style={{ marginTop: 12 }}>
          当前用户 <b>{sitting.username}</b>
        </p>
        <SignInForm username={sitting.username} submit="继续工作" />
        <Button type="link" style={{ marginTop: 8 }} onClick={leave}>
          不是我，换人登录
        </Button>
      </section>
    </div>
  );
}
