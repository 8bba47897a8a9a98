/**
 * A service's form, drawn from its JSON Schema (draft-07, one flat object) with the same words every channel uses: `x-order`,
 * `title`, `x-ask`, `x-help`, `x-labels`, `format`. Checks here only spare a round trip; the API has the last word.
 */
import { MESSAGES, VALID } from "./formats";

export type Kind = "text" | "long" | "choice" | "many" | "yesno" | "date" | "number";

export interface Field {
  name: string;
  title: string;
  ask: string;
  help: string;
  example: string;
  kind: Kind;
  required: boolean;
  options: { value: string; label: string }[];
  schema: FieldSchema;
}

export interface FieldSchema {
  type?: string;
  title?: string;
  format?: string;
  enum?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  examples?: unknown[];
  "x-ask"?: string;
  "x-help"?: string;
  "x-labels"?: Record<string, string>;
  items?: FieldSchema;
}

export interface FormSchema {
  properties?: Record<string, FieldSchema>;
  required?: string[];
  "x-order"?: string[];
}

export type Values = Record<string, unknown>;

const LONG = 100;

function kindOf(schema: FieldSchema): Kind {
  if (schema.type === "array") return "many";
  if (schema.enum) return "choice";
  if (schema.type === "boolean") return "yesno";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.format === "date") return "date";
  return (schema.maxLength ?? 0) > LONG ? "long" : "text";
}

/** List the fields in the order they are asked. */
export function fieldsOf(form: unknown): Field[] {
  const { properties = {}, required = [], "x-order": order = [] } = (form ?? {}) as FormSchema;
  const names = [...order.filter((name) => name in properties), ...Object.keys(properties).filter((name) => !order.includes(name))];
  return names.map((name) => {
    const schema = properties[name]!;
    const choices = schema.enum ?? schema.items?.enum ?? [];
    const labels = schema["x-labels"] ?? schema.items?.["x-labels"] ?? {};
    return {
      name,
      title: schema.title ?? name,
      ask: schema["x-ask"] ?? schema.title ?? name,
      help: schema["x-help"] ?? "",
      example: schema.examples?.length && !schema.enum && schema.type !== "boolean" ? String(schema.examples[0]) : "",
      kind: kindOf(schema),
      required: required.includes(name),
      options: choices.map((value) => ({ value, label: labels[value] ?? value })),
      schema,
    };
  });
}

export function empty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Write a typed value as the API takes it: trimmed, numbers as numbers, an X in capitals, 20260131 as a date. */
export function tidy(field: Field, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (text === "") return undefined;
  if (field.kind === "number") return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (field.kind === "date") return tidyDate(text);
  if (field.schema.format === "id-number" || field.schema.format === "credit-code") return text.replace(/\s/g, "").toUpperCase();
  return field.schema.format === "mobile" ? text.replace(/[\s-]/g, "") : text;
}

export function tidyDate(text: string): string {
  const found = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?$/.exec(text);
  return found ? `${found[1]}-${found[2]!.padStart(2, "0")}-${found[3]!.padStart(2, "0")}` : text;
}

/** Say what is wrong with one value; undefined if nothing is. The value is tidy. */
export function fault(field: Field, value: unknown): string | undefined {
  const { schema, title } = field;
  if (empty(value)) return field.required ? `${title}不能为空` : undefined;
  if (field.kind === "number") return numberFault(field, value);
  if (typeof value !== "string") return undefined;
  if (field.options.length && !field.options.some((option) => option.value === value)) return `请选择${title}`;
  if (schema.format && VALID[schema.format]?.(value) === false) return MESSAGES[schema.format];
  if (schema.minLength && value.length < schema.minLength) return `${title}至少 ${schema.minLength} 个字`;
  if (schema.maxLength && value.length > schema.maxLength) return `${title}不能超过 ${schema.maxLength} 个字`;
  if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) return `${title}格式不正确${field.example ? `，例如 ${field.example}` : ""}`;
  return undefined;
}

function numberFault({ schema, title }: Field, value: unknown): string | undefined {
  if (typeof value !== "number") return `${title}应当是数字`;
  if (schema.type === "integer" && !Number.isInteger(value)) return `${title}应当是整数`;
  if (schema.minimum !== undefined && value < schema.minimum) return `${title}不能小于 ${schema.minimum}`;
  if (schema.maximum !== undefined && value > schema.maximum) return `${title}不能大于 ${schema.maximum}`;
  return undefined;
}

/** Tidy a whole form: what is empty is left out. */
export function tidyAll(fields: Field[], values: Values): Values {
  const tidied = fields.map((field) => [field.name, tidy(field, values[field.name])] as const);
  return Object.fromEntries(tidied.filter(([, value]) => !empty(value)));
}

/** Every fault of a tidy form, by field name. */
export function faults(fields: Field[], values: Values): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of fields) {
    const message = fault(field, values[field.name]);
    if (message) found[field.name] = message;
  }
  return found;
}

/** Show a value as people read it: the label of a choice, 是 or 否. */
export function shown(field: Field, value: unknown): string {
  if (empty(value)) return "—";
  if (typeof value === "boolean") return value ? "是" : "否";
  const label = (each: unknown) => field.options.find((option) => option.value === each)?.label ?? String(each);
  return Array.isArray(value) ? value.map(label).join("、") : label(value);
}
