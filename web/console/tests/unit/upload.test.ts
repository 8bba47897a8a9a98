import { afterEach, describe, expect, it, vi } from "vitest";
import { api } from "../../src/api/client";
import { upload } from "../../src/intake/upload";

const FIELDS = { key: "a/b", "Content-Type": "application/pdf", policy: "p", "x-amz-signature": "s" };
const PLACE = { material_id: "a1", upload: { method: "POST", url: "https://bucket.example/", fields: FIELDS }, expires_at: "" };

/** What the browser would send; the bucket answers `status`, 0 where it does not. */
function answering(status: number) {
  const sent: { method: string; url: string; form?: FormData } = { method: "", url: "" };
  vi.spyOn(api, "POST").mockResolvedValue({ data: PLACE, response: new Response() } as never);
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      status = status;
      upload = {};
      onload?: () => void;
      onerror?: () => void;
      open = (method: string, url: string) => Object.assign(sent, { method, url });
      send = (form: FormData) => {
        sent.form = form;
        (status ? this.onload : this.onerror)?.();
      };
    },
  );
  return sent;
}

afterEach(() => vi.unstubAllGlobals());

describe("a scan at the window", () => {
  const file = new File(["%PDF-"], "扫描.pdf");

  it("goes by the signed form as it is, the file last", async () => {
    const sent = answering(204);
    expect(await upload(file, () => undefined)).toBe("a1");
    expect([sent.method, sent.url]).toEqual(["POST", PLACE.upload.url]);
    expect([...(sent.form as FormData).keys()]).toEqual([...Object.keys(FIELDS), "file"]);
  });

  it.each([403, 0])("answered %s is not there", async (status) => {
    answering(status);
    await expect(upload(file, () => undefined)).rejects.toThrow();
  });
});
