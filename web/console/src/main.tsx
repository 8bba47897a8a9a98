import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./ui/base.css";

createRoot(document.getElementById("root")!).render(<App />);
