/** The waiting room: the screen that keeps itself up to date for days, and the kiosk. */
import "./styles/all.ts";
import "./styles/waiting.css";
import { startKiosk } from "./waiting/kiosk.ts";
import { startScreen } from "./waiting/screen.ts";

startScreen();
startKiosk();
