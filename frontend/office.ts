/** The owner's pages: styles, and a form that shows what it makes while it is filled in. */
import "./styles/all.ts";
import "./styles/account.css";
import "./styles/desk.css";
import "./styles/office.css";
import { startCopying } from "./front/copying.ts";
import { startLive } from "./office/live.ts";
import { startMenus } from "./shell/menus.ts";

startMenus();
startCopying(document);
startLive(startCopying);
