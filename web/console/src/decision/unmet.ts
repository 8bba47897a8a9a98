/** Which conditions of a service a refusal names as not met (《行政许可法》第38条第2款). */
import type { Ground } from "@shared/vocabulary";
import type { Choice, Decision, Service } from "../api/types";

/** Those ticked, and whether it is something that stands in the reason only. */
export interface Unmet {
  named: string[];
  other: boolean;
}

export const NOTHING_TICKED: Unmet = { named: [], other: false };

/** The conditions there are to tick: none where the decision refuses nothing, or is made on another ground. */
export function conditionsFor(choice: Choice, ground: Ground, service: Service | undefined): readonly string[] {
  return choice.refuses && ground === "not_met" ? (service?.conditions ?? []) : [];
}

/** What is still to be ticked; "" where nothing is. */
export function unmetWanting(conditions: readonly string[], { named, other }: Unmet): string {
  return conditions.length && !named.length && !other ? "请勾选不符合哪些条件，都不是的勾选“其他”" : "";
}

/** The part of the decision that names them, in the order of the service. */
export function unmetOf(conditions: readonly string[], { named }: Unmet): Pick<Decision, "unmet"> {
  const unmet = conditions.filter((text) => named.includes(text));
  return unmet.length ? { unmet } : {};
}
