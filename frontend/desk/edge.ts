/** While a hand that carries something is at the border of a picture, it scrolls on, also under a hand that keeps still. */
const EDGE = 40; // pixels from the border
const STEP = 12; // pixels
const EVERY = 40; // milliseconds

/** How much of the picture's upper and inline start border is covered by its heads. */
interface Covered {
  top: number;
  start: number;
}

export interface Edge {
  /** The hand is here now. */
  at: (x: number, y: number) => void;
  stop: () => void;
}

function toward(value: number, low: number, high: number): number {
  return value > high - EDGE ? STEP : value < low + EDGE ? -STEP : 0;
}

/** `after` is told the place of the hand whenever the picture has moved under it. */
export function edgeOf(root: () => HTMLElement, covered: Covered, after: (x: number, y: number) => void): Edge {
  let place: [number, number] = [0, 0];
  let timer = 0;
  const stop = (): void => {
    window.clearInterval(timer);
    timer = 0;
  };
  const turn = (): void => {
    const made = root();
    const { top, bottom, left, right } = made.getBoundingClientRect();
    const [x, y] = place;
    const before = [made.scrollLeft, made.scrollTop];
    const reversed = getComputedStyle(made).direction === "rtl";
    made.scrollLeft += toward(x, left + (reversed ? 0 : covered.start), right - (reversed ? covered.start : 0));
    made.scrollTop += toward(y, top + covered.top, bottom);
    if (made.scrollLeft === before[0] && made.scrollTop === before[1]) stop();
    else after(x, y);
  };
  const at = (x: number, y: number): void => {
    place = [x, y];
    timer ||= window.setInterval(turn, EVERY);
  };
  return { at, stop };
}
