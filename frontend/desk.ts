/** The staff's pages: styles of the shell and of the visits' states; the journal joins in from `desk/`. */
import "./styles/all.ts";
import "./styles/account.css";
import "./styles/desk.css";
import "./styles/status.css";
import "./styles/journal.css";
import "./styles/cellmenu.css";
import "./styles/desk-tools.css";
import "./styles/desk-clients.css";
import "./styles/desk-series.css";
import "./styles/desk-waitlist.css";
import "./styles/desk-then.css";
import "./styles/table.css";
import "./styles/search.css";
import "./styles/agenda.css";
import "./styles/moving.css";
import "./styles/views.css";
import "./styles/hours.css";
import "./styles/print.css";
import { startMenus } from "./shell/menus.ts";
import { startPrinting } from "./shell/printing.ts";

startMenus();
startPrinting();

const start = Object.values(import.meta.glob<{ start: () => void }>("./desk/index.ts"))[0];
if (start) void start().then((journal) => journal.start());
