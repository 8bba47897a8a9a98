import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import type { HandedMaterial } from "../api/types";
import { useKeys } from "../lib/keys";
import { Loading, Problem } from "../ui/Problem";

const FRESH = 10 * 60_000; // the address is good for fifteen minutes

interface Props {
  caseNo: string;
  material: HandedMaterial;
  onClose: () => void;
}

/**
 * One file, beside the form. Pictures are shown at once; PDF opens in a frame, which is not sandboxed: browsers show no PDF there.
 * The bucket is an origin of its own and serves no pages.
 */
export function Preview({ caseNo, material, onClose }: Props) {
  const [picture, setPicture] = useState(true);
  const place = useQuery({
    queryKey: ["material", caseNo, material.material_id],
    queryFn: ({ signal }) =>
      ok(api.GET("/v1/materials/{material_id}", { params: { path: { material_id: material.material_id }, query: { case_no: caseNo } }, signal })),
    staleTime: FRESH,
    gcTime: FRESH,
  });
  useKeys("材料预览", [{ keys: ["n", "Escape"], label: "收起材料", run: onClose }]);
  const name = material.name ?? material.code;
  if (place.isPending) return <Loading what={name} />;
  if (place.isError) return <Problem error={place.error} retry={() => void place.refetch()} />;
  const { url, type } = place.data;
  const framed = type ? type === "application/pdf" : !picture;
  return (
    <figure className="preview">
      <figcaption>
        {name}
        <a href={url} target="_blank" rel="noreferrer">
          在新窗口打开
        </a>
      </figcaption>
      {framed ? (
        <iframe src={url} title={name} referrerPolicy="no-referrer" />
      ) : type && !type.startsWith("image/") ? (
        <p className="faint">浏览器显示不了这种文件，请在新窗口打开</p>
      ) : (
        <img src={url} alt={name} referrerPolicy="no-referrer" onError={() => setPicture(false)} />
      )}
    </figure>
  );
}
