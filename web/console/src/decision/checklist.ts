/**
 * What may be asked for in one go (一次性告知, 《行政许可法》第32条): every material and every field of the service, each with
 * what is wrong with it. Ticked lines become `missing` of the decision.
 */
import { fieldsOf } from "@shared/form";
import { materialsFor } from "@shared/materials";
import type { Missing, Service, StaffCase } from "../api/types";

export interface Line {
  code: string;
  name: string;
  group: "material" | "field";
  /** A required material that was not handed in: ticked from the start */
  lacking: boolean;
  /** What is usually wrong with it, the most usual first */
  wrongs: readonly string[];
}

export interface Ticked {
  on: boolean;
  text: string;
}

export interface Asked {
  lines: Record<string, Ticked>;
  other: string;
  opinion: string;
}

export const WRONGS = {
  absent: ["没有提交"],
  material: ["图片不清晰，看不清关键信息", "已过有效期", "与申请表内容不一致", "缺页或缺少签字盖章"],
  field: ["填写有误，请核对后更正", "与材料不一致", "内容不完整，请补充"],
} as const;

const LIMIT = 200;

/** List what may be asked for: what applies to this applicant first materials, then fields. */
export function linesOf(service: Service, file: StaffCase): Line[] {
  const handed = new Set(file.materials.map((each) => each.code));
  const lacking = new Set((file.missing_materials ?? []).map((each) => each.code));
  const applies = new Set(materialsFor(service, file.form).map((each) => each.code));
  const materials = service.materials
    .filter((each) => applies.has(each.code) || handed.has(each.code))
    .filter((each) => each.source === "self" || handed.has(each.code))
    .map((each): Line => ({ code: each.code, name: each.name, group: "material", lacking: lacking.has(each.code), wrongs: handed.has(each.code) ? WRONGS.material : WRONGS.absent }));
  const fields = fieldsOf(service.form).map((each): Line => ({ code: each.name, name: each.title, group: "field", lacking: false, wrongs: WRONGS.field }));
  return [...materials.sort((one, other) => Number(other.lacking) - Number(one.lacking)), ...fields];
}

export function keyOf(line: Line): string {
  return `${line.group}:${line.code}`;
}

export function firstAsked(lines: Line[]): Asked {
  const ticked = lines.filter((line) => line.lacking).map((line) => [keyOf(line), { on: true, text: WRONGS.absent[0] }] as const);
  return { lines: Object.fromEntries(ticked), other: "", opinion: "" };
}

/** Write what is asked for as the API takes it. Free text is one item a line. */
export function missingOf(lines: Line[], asked: Asked): Missing[] {
  const listed = lines.flatMap((line): Missing[] => {
    const ticked = asked.lines[keyOf(line)];
    if (!ticked?.on) return [];
    const text = ticked.text.trim();
    return [{ code: line.code, text: `${line.name}${text ? `：${text}` : "需要补正"}`.slice(0, LIMIT) }];
  });
  const free = asked.other.split("\n").map((text) => text.trim()).filter(Boolean);
  return [...listed, ...free.map((text): Missing => ({ text: text.slice(0, LIMIT) }))].slice(0, 30);
}
