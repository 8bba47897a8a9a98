import { Alert, Button, Input } from "antd";
import type { InputRef } from "antd";
import { type SyntheticEvent, useRef, useState } from "react";
import { type Refused, refused } from "./refused";
import { signIn } from "./signIn";

interface Props {
  username?: string;
  submit: string;
  onDone?: () => void;
}

/** User name and password. With a user name given only the password is asked. */
export function SignInForm({ username: known, submit, onDone }: Props) {
  const [username, setUsername] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const [waiting, setWaiting] = useState(false);
  const [no, setNo] = useState<Refused | null>(null);
  const field = useRef<InputRef>(null);

  async function send(event: SyntheticEvent) {
    event.preventDefault();
    if (waiting) return;
    if (!username.trim() || !password) {
      setNo({ title: "还没有填完", text: username.trim() ? "请填写密码" : "请填写用户名", tone: "warning" });
      return;
    }
    setWaiting(true);
    try {
      await signIn(username.trim(), password);
      onDone?.();
    } catch (fault) {
      setNo(refused(fault));
      setPassword("");
      field.current?.focus();
    } finally {
      setWaiting(false);
    }
  }

  return (
    <form className="sign-in-form" onSubmit={(event) => void send(event)} noValidate>
      {no && <Alert type={no.tone} showIcon title={no.title} description={no.text} role="alert" />}
      {known === undefined && (
        <label>
          <span>用户名</span>
          <Input size="large" autoFocus autoComplete="username" value={username} maxLength={64} onChange={(event) => setUsername(event.target.value)} />
        </label>
      )}
      <label>
        <span>密码</span>
        <Input.Password
          ref={field}
          size="large"
          autoFocus={known !== undefined}
          autoComplete="current-password"
          value={password}
          maxLength={128}
          visibilityToggle={false}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <Button type="primary" size="large" block htmlType="submit" loading={waiting}>
        {submit}
      </Button>
    </form>
  );
}
