/** Short names for what the API speaks of; all of them come from its document. */
import type { components } from "@shared/api";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type Task = Schemas["Task"];
export type Choice = Task["choices"][number];
export type TaskCounts = Schemas["TaskCounts"];
export type StaffCase = Schemas["StaffCase"];
export type CaseSummary = Schemas["CaseSummary"];
export type Branch = Schemas["Branch"];
export type TimelineEntry = Schemas["TimelineEntry"];
export type HandedMaterial = Schemas["HandedMaterial"];
export type Revealed = Schemas["Revealed"];
export type Service = Schemas["Service"];
export type ServiceSummary = Schemas["ServiceSummary"];
export type Material = Schemas["Material"];
export type Situation = Schemas["Situation"];
export type Application = Schemas["ApplicationRequest"];
export type Receipt = Schemas["Receipt"];
export type Supplement = Schemas["SupplementRequest"];
export type PublicStatus = Schemas["PublicStatus"];
export type Suspension = Schemas["SuspensionRequest"];
export type Resumption = Schemas["ResumptionRequest"];
export type Examination = Schemas["ExaminationRequest"];
export type Recall = Schemas["RecallRequest"];
export type Extension = Schemas["ExtensionRequest"];
export type Transfer = Schemas["TransferRequest"];
export type Voiding = Schemas["VoidingRequest"];
export type Revising = Schemas["RevisingRequest"];
export type Decision = Schemas["DecisionRequest"];
export type DocumentPreview = Schemas["DocumentPreview"];
export type Missing = NonNullable<Decision["missing"]>[number];
export type MaterialUpload = Schemas["MaterialUpload"];
export type FileType = Schemas["MaterialRequest"]["type"];
export type Board = Schemas["Board"];
export type Problem = Schemas["Problem"];
