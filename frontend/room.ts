/** The video room: two browsers find each other through the server and then talk directly. */
import "./styles/room.css";
import { startRoom } from "./room/room.ts";

startRoom();
