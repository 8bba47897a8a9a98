import { QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { useEffect } from "react";
import { RouterProvider } from "react-router";
import { queryClient } from "./api/queries";
import { useStore } from "./lib/store";
import { router } from "./routes";
import { SignInPage } from "./session/SignInPage";
import { Veil, useLocks } from "./session/Veil";
import { clerk } from "./session/session";
import { theme } from "./theme";
import { DownBanner } from "./ui/DownBanner";
import { Toasts } from "./ui/toast";

export function App() {
  const sitting = useStore(clerk);
  const username = sitting?.username;
  useLocks();
  useEffect(() => {
    if (!username) queryClient.clear();
  }, [username]);
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queryClient}>
        <DownBanner />
        {sitting ? <RouterProvider router={router} /> : <SignInPage />}
        <Veil />
        <Toasts />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
