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
 * One file, beside the form. Pictures are shown at once; what is no picture (PDF) opens in a frame, which is not sandboxed: browsers
 * show no PDF there. The bucket serves pictures and PDF alone, from an origin of its own.
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
  const framed = type ? !type.startsWith("image/") : !picture;
  return (
    <figure className="preview">
      <figcaption>
        {name}
        <a href={url} target="_blank" rel="noreferrer">
          在新窗口打开
        </a>
      </figcaption>
      {framed ? <iframe src={url} title={name} referrerPolicy="no-referrer" /> : <img src={url} alt={name} referrerPolicy="no-referrer" onError={() => setPicture(false)} />}
    </figure>
  );
}
