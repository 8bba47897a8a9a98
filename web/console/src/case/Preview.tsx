import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import type { HandedMaterial } from "../api/types";
import { Loading, Problem } from "../ui/Problem";

const FRESH = 10 * 60_000; // the address is good for fifteen minutes

/** One file, beside the form. Pictures are shown at once; what is no picture opens in a frame. */
export function Preview({ caseNo, material }: { caseNo: string; material: HandedMaterial }) {
  const [picture, setPicture] = useState(true);
  const place = useQuery({
    queryKey: ["material", caseNo, material.material_id],
    queryFn: ({ signal }) =>
      ok(api.GET("/v1/materials/{material_id}", { params: { path: { material_id: material.material_id }, query: { case_no: caseNo } }, signal })),
    staleTime: FRESH,
    gcTime: FRESH,
  });
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
      {framed ? <iframe src={url} title={name} sandbox="" referrerPolicy="no-referrer" /> : <img src={url} alt={name} referrerPolicy="no-referrer" onError={() => setPicture(false)} />}
    </figure>
  );
}
