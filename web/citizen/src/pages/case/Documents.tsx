/** What the offices put on paper: each document by its name, opened (and from there printed or sent on) by who may. */
import { useEffect, useState } from 'react'
import { listDocuments } from '@/api'
import type { Case } from '@/api/types'
import { detailOf, shutBy, titleOf } from '@/domain/papers'
import { wordsOf } from '@/domain/problem'
import { openPdf } from '@/platform/files'
import { Box, Button, Heading, Text } from '@/ui/kit'
import { Note } from '@/ui/Note'

export function Documents({ data }: { data: Case }) {
  const [busy, setBusy] = useState('')
  const [fault, setFault] = useState('')
  const [shut, setShut] = useState('')
  const asks = Boolean(data.masked && data.documents?.length)
  useEffect(() => {
    if (asks) void shutBy(() => listDocuments(data.case_no)).then(setShut)
  }, [asks, data.case_no])
  if (!data.documents?.length) return null
  const open = async (number: string) => {
    setBusy(number)
    setFault('')
    try {
      const { documents } = await listDocuments(data.case_no)
      const found = documents.find((each) => each.document_no === number)
      if (found) await openPdf(found.url)
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy('')
    }
  }
  return (
    <Box as="section" className="panel">
      <Heading level={2} className="section-title">文书</Heading>
      {data.documents.map((each) => (
        <Box key={each.document_no} className="paper-line">
          <Box>
            <Text className="rows-value">{titleOf(each, data)}</Text>
            <Text className="card-words">{detailOf(each, data)}</Text>
          </Box>
          {data.masked ? null : <Button kind="text" label={`打开${titleOf(each, data)}，${each.document_no}`} busy={busy === each.document_no} onPress={() => void open(each.document_no)}>打开</Button>}
        </Box>
      ))}
      {shut ? <Text className="field-ask">文书上有完整的个人信息。{shut}</Text> : null}
      {fault ? <Note kind="wrong">{fault}</Note> : null}
    </Box>
  )
}
