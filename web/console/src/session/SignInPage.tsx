import { PERIODS } from "@shared/vocabulary";
import { SignInForm } from "./SignInForm";
import "./signIn.css";

export function SignInPage() {
  return (
    <main className="sign-in">
      <section className="sign-in-card">
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={52} height={52} />
        <h1>蓉易办工作台</h1>
        <p className="faint">受理、审批、送达、监督，一处办理</p>
        <SignInForm submit="登录" />
        <p className="sign-in-note">
          连续输错密码，账号会锁定{PERIODS.PASSWORD_LOCK}。登录后{PERIODS.STAFF_SESSION}内有效，离开座位请退出。
        </p>
      </section>
    </main>
  );
}
