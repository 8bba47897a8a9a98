import { AccountBookOutlined, AuditOutlined, BarChartOutlined, FileAddOutlined, LogoutOutlined, ProfileOutlined, QuestionCircleOutlined, SearchOutlined } from "@ant-design/icons";
import { type ReactNode, useState } from "react";
import { NavLink, Navigate, Outlet, useNavigate } from "react-router";
import { ROLE_NAMES, type Role } from "@shared/vocabulary";
import { useKeys } from "../lib/keys";
import { useStore } from "../lib/store";
import { type Clerk, clerk, has } from "../session/session";
import { signOut } from "../session/signIn";
import { KeyHelp } from "./KeyHelp";
import "./shell.css";

interface Place {
  to: string;
  name: string;
  icon: ReactNode;
  roles: Role[];
}

const PLACES: Place[] = [
  { to: "/tasks", name: "待办", icon: <AuditOutlined aria-hidden />, roles: ["clerk", "approver", "supervisor", "cashier"] },
  { to: "/intake", name: "窗口收件", icon: <FileAddOutlined aria-hidden />, roles: ["clerk"] },
  { to: "/cases", name: "办件查询", icon: <SearchOutlined aria-hidden />, roles: ["clerk", "approver", "supervisor", "cashier"] },
  { to: "/services", name: "事项", icon: <ProfileOutlined aria-hidden />, roles: ["clerk", "approver", "supervisor", "cashier"] },
  { to: "/board", name: "监督看板", icon: <BarChartOutlined aria-hidden />, roles: ["supervisor"] },
  { to: "/ledger", name: "对账", icon: <AccountBookOutlined aria-hidden />, roles: ["accountant"] },
];

function placesOf(sitting: Clerk | null): Place[] {
  return PLACES.filter((place) => has(sitting, ...place.roles));
}

/** Where a session begins: at the first page its role has. */
export function Home() {
  return <Navigate replace to={placesOf(clerk.get())[0]?.to ?? "/cases"} />;
}

export function Shell() {
  const sitting = useStore(clerk);
  const go = useNavigate();
  const [help, setHelp] = useState(false);
  const places = placesOf(sitting);
  useKeys("全局", [
    { keys: ["?"], label: "显示快捷键", run: () => setHelp(true) },
    ...places.map((place, index) => ({ keys: [String(index + 1)], label: place.name, run: () => void go(place.to) })),
  ]);
  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>
        跳到正文
      </a>
      <nav className="rail" aria-label="主导航">
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="蓉易办" width={34} height={34} />
        {places.map((place, index) => (
          <NavLink key={place.to} to={place.to} className="rail-link" title={`${place.name}（按 ${index + 1}）`}>
            {place.icon}
            <span>{place.name}</span>
          </NavLink>
        ))}
        <span className="rail-space" />
        <button type="button" className="rail-link" onClick={() => setHelp(true)}>
          <QuestionCircleOutlined aria-hidden />
          <span>快捷键</span>
        </button>
        <button type="button" className="rail-link" onClick={() => { signOut(); void go("/"); }}>
          <LogoutOutlined aria-hidden />
          <span>退出</span>
        </button>
        <p className="rail-who" title={sitting?.roles.map((role) => ROLE_NAMES[role]).join("、")}>
          {sitting?.username}
          <small>{sitting?.roles.map((role) => ROLE_NAMES[role]).join(" ")}</small>
        </p>
      </nav>
      <main id="main" tabIndex={-1} className="stage">
        <Outlet />
      </main>
      {help && <KeyHelp onClose={() => setHelp(false)} />}
    </div>
  );
}
