/** Why a visit cannot be somewhere: the server's sentences, and whether the right to overbook goes over them. */
import { get, Refused } from "./net.ts";
import { config } from "./page.ts";

export interface Why {
  /** None where it can be. */
  reasons: string[];
  /** False where no right helps: that person does not give the service. */
  over: boolean;
}

export interface Asked {
  visit: number | undefined;
  appointment: number | undefined;
  alone: boolean;
  resource: number;
  start: number;
  minutes?: number | null;
  date: string;
}

/** Asks the server; a line that broke gives no reasons. */
export async function why(asked: Asked): Promise<Why> {
  try {
    const { reasons } = await get<{ reasons: string[] }>("reasons.json", { ...asked, location: config.location });
    return { reasons, over: reasons.length > 0 };
  } catch (error) {
    const told = error instanceof Refused && error.status === 422;
    return { reasons: told ? [error.message] : [], over: false };
  }
}
