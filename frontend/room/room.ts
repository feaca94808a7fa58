/** What stands in the room: joining, one's own picture, microphone and camera on and off, leaving. */
import { call, type Call } from "./call.ts";
import { talk, type Talk } from "./talk.ts";

function by<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

function json<T>(id: string): T {
  return JSON.parse(by(id).textContent ?? "null") as T;
}

/** The camera and the microphone, or as much of them as there is. */
async function devices(): Promise<MediaStream> {
  const wishes: MediaStreamConstraints[] = [{ audio: true, video: true }, { audio: true }, { video: true }];
  for (const wish of wishes) {
    try {
      return await navigator.mediaDevices.getUserMedia(wish);
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotAllowedError") throw error;
    }
  }
  return new MediaStream();
}

export function startRoom(): void {
  const room = document.getElementById("room");
  if (!room) return;
  const words = json<Record<string, string>>("room-words");
  const [join, leave, microphone, camera] = ["join", "leave", "microphone", "camera"].map((name) => by<HTMLButtonElement>(`room-${name}`)) as [
    HTMLButtonElement, HTMLButtonElement, HTMLButtonElement, HTMLButtonElement,
  ];
  const there = by<HTMLVideoElement>("there");
  const here = by<HTMLVideoElement>("here");
  let media = new MediaStream();
  let line: Talk | null = null;
  let now: Call | null = null;

  function tell(state: string): void {
    by("room-state").textContent = words[state] ?? "";
    room?.setAttribute("data-state", state);
  }

  function inside(yes: boolean): void {
    join.hidden = yes;
    here.hidden = !yes || media.getVideoTracks().length === 0;
    leave.hidden = !yes;
    microphone.hidden = !yes || media.getAudioTracks().length === 0;
    camera.hidden = !yes || media.getVideoTracks().length === 0;
  }

  function press(button: HTMLButtonElement, tracks: MediaStreamTrack[], on: string, off: string): void {
    const yes = button.getAttribute("aria-pressed") !== "true";
    for (const track of tracks) track.enabled = yes;
    button.setAttribute("aria-pressed", String(yes));
    const label = button.querySelector("span");
    if (label) label.textContent = words[yes ? on : off] ?? "";
  }

  function hang(): void {
    now?.end();
    line?.stop();
    now = line = null;
  }

  function out(state: string): void {
    hang();
    for (const track of media.getTracks()) track.stop();
    here.srcObject = there.srcObject = null;
    inside(false);
    tell(state);
  }

  async function enter(): Promise<void> {
    try {
      media = await devices();
    } catch {
      return tell("denied");
    }
    here.srcObject = media;
    inside(true);
    tell(media.getTracks().length ? "waiting" : "nothing");
    const show = (stream: MediaStream | null): void => void (there.srcObject = stream);
    const say = (message: Record<string, unknown>): void => line?.say(message);
    now = call({ side: room?.dataset.side ?? "", ice: json("room-ice"), media, say, show, tell });
    const made = now;
    const cut = (off: boolean): void => {
      if (off && !made.connected()) tell("offline");
      else if (!off && room?.dataset.state === "offline") tell("waiting");
    };
    line = talk(room?.dataset.talk ?? "", made.connected, (message) => void made.hear(message), () => out("closed"), cut);
    made.hello();
  }

  join.hidden = false;
  join.addEventListener("click", () => void enter());
  leave.addEventListener("click", () => out("gone"));
  microphone.addEventListener("click", () => press(microphone, media.getAudioTracks(), "unmute", "mute"));
  camera.addEventListener("click", () => press(camera, media.getVideoTracks(), "show", "hide"));
  window.addEventListener("pagehide", hang);
}
