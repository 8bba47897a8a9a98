/** Which materials an applicant needs: those of other answers to a situation's question are left out. */
import type { Material, Service } from "../api/types";

export function applicable(service: Pick<Service, "materials" | "situations">, answers: Record<string, unknown>): Material[] {
  const conditional = new Set<string>();
  const called = new Set<string>();
  for (const situation of service.situations)
    for (const option of situation.options)
      for (const code of option.materials) {
        conditional.add(code);
        const answer = answers[situation.id];
        if (answer === undefined || answer === "" || answer === option.value) called.add(code);
      }
  return service.materials.filter((material) => !conditional.has(material.code) || called.has(material.code));
}
