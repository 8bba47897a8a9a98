/** The board's figures as charts need them: shares that add up, levels in order. */
import { CHANNEL_NAMES, FIGURE_NAMES, LEVEL_NAMES, type Figure } from "@shared/vocabulary";
import { LEVELS } from "@shared/words";
import type { Board } from "../api/types";

/** What is shown as a number of its own: every figure but those on time, who are the ring. */
export const CARDS = (Object.keys(FIGURE_NAMES) as Figure[]).filter((figure) => figure !== "on_time");

export interface Bar {
  name: string;
  value: number;
  share: number;
}

function bars(entries: [string, number][]): Bar[] {
  const whole = entries.reduce((sum, [, value]) => sum + value, 0);
  return entries.map(([name, value]) => ({ name, value, share: whole ? value / whole : 0 }));
}

export function channelBars(board: Board): Bar[] {
  return bars(board.by_channel.map((each): [string, number] => [CHANNEL_NAMES[each.channel], each.received])).sort((one, other) => other.value - one.value);
}

export function levelBars(board: Board): Bar[] {
  const levels = board.satisfaction.levels ?? {};
  return bars(LEVELS.map((level): [string, number] => [LEVEL_NAMES[level], Number(levels[String(level)] ?? 0)]));
}

/** A ring of a share, as an SVG dash: how long the stroke is of a circle of this radius. */
export function dash(share: number, radius: number): string {
  const round = 2 * Math.PI * radius;
  const drawn = Math.min(1, Math.max(0, share)) * round;
  return `${drawn.toFixed(2)} ${(round - drawn).toFixed(2)}`;
}

/** The days a quick choice means, today included. */
export function lastDays(today: string, days: number): { from: string; to: string } {
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from, to: today };
}
