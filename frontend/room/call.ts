/** One connection between two browsers. The staff's side calls; a new "hello" of either side starts a new call. */
import type { Message } from "./talk.ts";

export interface Call {
  hear(message: Message): Promise<void>;
  hello(): void;
  end(): void;
  connected(): boolean;
}

interface Ends {
  side: string;
  ice: RTCIceServer[];
  media: MediaStream;
  say(message: Message): void;
  show(stream: MediaStream | null): void;
  tell(state: string): void;
}

export function call({ side, ice, media, say, show, tell }: Ends): Call {
  const calls = side === "staff";
  let peer: RTCPeerConnection | null = null;
  let name = ""; // of the present call: what belongs to another is old
  let early: RTCIceCandidateInit[] = [];

  function fresh(of: string): RTCPeerConnection {
    peer?.close();
    name = of;
    early = [];
    const made = new RTCPeerConnection({ iceServers: ice });
    for (const track of media.getTracks()) made.addTrack(track, media);
    for (const kind of ["audio", "video"]) {
      if (calls && !media.getTracks().some((track) => track.kind === kind)) made.addTransceiver(kind, { direction: "recvonly" });
    }
    made.addEventListener("icecandidate", ({ candidate }) => candidate && say({ call: of, candidate: candidate.toJSON() }));
    made.addEventListener("track", ({ streams }) => show(streams[0] ?? null));
    made.addEventListener("connectionstatechange", () => changed(made));
    peer = made;
    return made;
  }

  function changed(of: RTCPeerConnection): void {
    if (of !== peer) return;
    if (of.connectionState === "connected") tell("connected");
    else if (of.connectionState === "connecting") tell("connecting");
    else if (of.connectionState === "failed" || of.connectionState === "disconnected") {
      tell("lost");
      if (of.connectionState === "failed") say({ hello: true });
    }
  }

  async function offer(): Promise<void> {
    const made = fresh(crypto.randomUUID());
    await made.setLocalDescription();
    say({ call: name, description: made.localDescription?.toJSON() });
  }

  async function described(message: Message): Promise<void> {
    const description = message.description as RTCSessionDescriptionInit;
    if (description.type === "offer") {
      const made = fresh(String(message.call));
      await made.setRemoteDescription(description);
      await made.setLocalDescription();
      say({ call: name, description: made.localDescription?.toJSON() });
    } else if (message.call === name) await peer?.setRemoteDescription(description);
    for (const candidate of early.splice(0)) await peer?.addIceCandidate(candidate);
  }

  async function hear(message: Message): Promise<void> {
    if (message.hello) {
      tell("connecting");
      if (calls) await offer();
      else if (!message.again) say({ hello: true, again: true });
    } else if (message.bye) {
      show(null);
      tell("gone");
    } else if (message.description) await described(message);
    else if (message.candidate && message.call === name) {
      if (peer?.remoteDescription) await peer.addIceCandidate(message.candidate as RTCIceCandidateInit);
      else early.push(message.candidate as RTCIceCandidateInit);
    }
  }

  return {
    hear,
    hello: () => say({ hello: true }),
    connected: () => peer?.connectionState === "connected",
    end: () => {
      say({ bye: true });
      peer?.close();
    },
  };
}
