import { UploadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef, useState } from "react";
import { MATERIAL_FORM_NAMES, MATERIAL_NEED_NAMES } from "@shared/vocabulary";
import type { Slot } from "@shared/missing";
import { sentence } from "../api/problem";
import type { Handed } from "./draft";
import { ACCEPT, unfit, upload } from "./upload";

interface Props {
  material: Slot;
  handed: Handed | undefined;
  onHanded: (handed: Handed | undefined) => void;
  /** One upload more, one less on its way */
  busy?: (by: 1 | -1) => void;
}

/** One material: choose the scan, see it arrive, take it back, try again. */
export function HandInRow({ material, handed, onHanded, busy }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const last = useRef<File | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [fault, setFault] = useState("");

  async function take(file: File): Promise<void> {
    const no = unfit(file);
    setFault(no ?? "");
    if (no) return;
    last.current = file;
    setPercent(0);
    busy?.(1);
    try {
      const materialId = await upload(file, setPercent);
      onHanded({ code: material.code, name: material.name, materialId, file: file.name });
    } catch (error) {
      setFault(sentence(error));
    } finally {
      setPercent(null);
      busy?.(-1);
    }
  }

  const label = percent !== null ? `${percent}%` : handed ? "换一份" : "上传";
  return (
    <li className={handed ? "hand-in-row done" : "hand-in-row"}>
      <div>
        <p>
          <span aria-hidden="true">{handed ? "✓" : "○"}</span> {material.name} <span className={`tag ${material.need === "required" ? "near" : ""}`}>{MATERIAL_NEED_NAMES[material.need]}</span>
        </p>
        {material.form && (
          <p className="field-help">
            {MATERIAL_FORM_NAMES[material.form]} {material.copies} 份，{material.format}
            {material.note && `。${material.note}`}
          </p>
        )}
        {handed && <p className="field-help ok-text">已收：{handed.file}</p>}
        {fault && (
          <p className="field-fault" role="alert">
            {fault}
          </p>
        )}
      </div>
      <div className="hand-in-acts">
        {fault && last.current && (
          <Button size="small" onClick={() => last.current && void take(last.current)}>
            重试
          </Button>
        )}
        {handed && (
          <Button size="small" type="text" aria-label={`去掉${material.name}`} onClick={() => onHanded(undefined)}>
            去掉
          </Button>
        )}
        <Button size="small" icon={<UploadOutlined aria-hidden />} loading={percent !== null} aria-label={`${label}：${material.name}`} onClick={() => picker.current?.click()}>
          {label}
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          accept={ACCEPT}
          aria-label={material.name}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void take(file);
          }}
        />
      </div>
    </li>
  );
}
