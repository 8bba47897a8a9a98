/** The services of services/*.yaml as the API would show them, for looking at pages without a running system. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { feeOf } from "../../../shared/fees.mjs";

const ROOT = join(fileURLToPath(import.meta.url), "../../../../..");
const FOLDER = join(ROOT, "services");
const SHOWN = JSON.parse(readFileSync(join(ROOT, "chalicelib/openapi.json"), "utf8")).components.schemas.ServiceSummary.properties;
const nameOf = (field, code) => SHOWN[field]["x-labels"][code];

const read = (name) => parse(readFileSync(join(FOLDER, name), "utf8"));
const departments = read("departments.yaml").departments ?? read("departments.yaml");
const department = (code) => (Array.isArray(departments) ? departments.find((each) => each.code === code) : { code, ...departments[code] });

export const services = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".yaml") && name !== "departments.yaml")
  .map(read)
  .map((file) => {
    const codes = new Set([file.department, ...file.stages.flatMap((stage) => stage.departments)]);
    return {
      ...file,
      version: "v000001",
      department_name: department(file.department)?.name,
      department_phone: department(file.department)?.phone,
      department_names: Object.fromEntries([...codes].map((code) => [code, department(code)?.name])),
      task_type_name: nameOf("task_type", file.task_type),
      project_type_name: nameOf("project_type", file.project_type),
      ...feeOf(file.fee),
      tags: ["网上办", ...(file.visits <= 1 ? ["一次办"] : [])],
      situations: file.situations ?? [],
      questions: file.questions ?? [],
      pickup: file.pickup ?? null,
      answers: {},
    };
  });

export const service = (code) => services.find((each) => each.code === code);
