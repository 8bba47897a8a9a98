import { createHashRouter } from "react-router";
import { Crash } from "./ui/Crash";
import { Home, Shell } from "./ui/Shell";

/** Addresses live behind `#`, so that plain static files serve every page. Each page is loaded when it is first opened. */
export const router = createHashRouter([
  {
    element: <Shell />,
    errorElement: <Crash />,
    hydrateFallbackElement: <p className="blank">正在打开…</p>,
    children: [
      { index: true, element: <Home /> },
      { path: "tasks/:taskId?", lazy: async () => ({ Component: (await import("./desk/DeskPage")).DeskPage }) },
      { path: "intake/:code?", lazy: async () => ({ Component: (await import("./intake/IntakePage")).IntakePage }) },
      { path: "cases", lazy: async () => ({ Component: (await import("./search/SearchPage")).SearchPage }) },
      { path: "cases/:caseNo", lazy: async () => ({ Component: (await import("./case/CasePage")).CasePage }) },
      { path: "services/:code?", lazy: async () => ({ Component: (await import("./services/ServicesPage")).ServicesPage }) },
      { path: "board", lazy: async () => ({ Component: (await import("./board/BoardPage")).BoardPage }) },
      { path: "ledger", lazy: async () => ({ Component: (await import("./ledger/LedgerPage")).LedgerPage }) },
      { path: "*", element: <Home /> },
    ],
  },
]);
