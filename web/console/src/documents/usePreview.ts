import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DocumentPreview } from "../api/types";

export interface Preview {
  /** The papers being read; null while somebody writes */
  papers: DocumentPreview[] | null;
  busy: boolean;
  show: () => void;
  back: () => void;
}

/** The papers an act would put out, asked of the API with the very body the act will be sent with. */
export function usePreview<Body>(ask: (body: Body) => Promise<{ documents: DocumentPreview[] }>, onFault: (fault: unknown) => void = () => {}) {
  const [papers, setPapers] = useState<DocumentPreview[] | null>(null);
  const asking = useMutation({ mutationFn: ask, onSuccess: ({ documents }) => setPapers(documents), onError: onFault });
  return {
    papers,
    busy: asking.isPending,
    ask: asking.mutate,
    back: () => setPapers(null),
    error: asking.error,
  };
}
