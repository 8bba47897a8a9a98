/** A file goes straight to the store: the API only says where. */
import { api, ok } from "../api/client";
import { Unreachable } from "../api/problem";
import type { FileType, MaterialUpload } from "../api/types";

export const LARGEST = 10 * 1024 * 1024;
export const ACCEPT = ".jpg,.jpeg,.png,.pdf,.ofd";

const TYPES: Record<string, FileType> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  pdf: "application/pdf",
  ofd: "application/ofd",
};

export function typeOf(name: string): FileType | undefined {
  return TYPES[name.split(".").at(-1)?.toLowerCase() ?? ""];
}

/** Say why a file cannot be taken; undefined if it can. */
export function unfit(file: { name: string; size: number }): string | undefined {
  if (!typeOf(file.name)) return "只能上传 JPG、PNG、PDF 或 OFD 文件";
  if (file.size > LARGEST) return "文件超过 10 MB，请压缩后再传";
  return file.size === 0 ? "文件是空的" : undefined;
}

/** Upload one file and return its material id. */
export async function upload(file: File, onProgress: (percent: number) => void): Promise<string> {
  const body = { name: file.name.slice(-120), type: typeOf(file.name)!, size: file.size };
  const place = await ok(api.POST("/v1/materials", { body }));
  await post(place.upload, file, onProgress);
  return place.material_id;
}

/** Send the signed form: its fields, then the file; S3 reads nothing after it. */
function post({ url, fields }: MaterialUpload["upload"], file: File, onProgress: (percent: number) => void): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(Math.round((event.loaded / event.total) * 100));
    request.onload = () => (request.status < 300 ? resolve() : reject(new Unreachable()));
    request.onerror = () => reject(new Unreachable());
    request.send(form);
  });
}
