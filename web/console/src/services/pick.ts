import type { ServiceSummary } from "../api/types";

/** Narrow the services by words: every word must occur in name, theme, department or summary. */
export function pickServices(services: ServiceSummary[], words: string): ServiceSummary[] {
  const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return services.filter((each) => {
    const text = `${each.name}${each.short_name}${each.topics.join("")}${each.department_name}${each.summary}${each.code}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
