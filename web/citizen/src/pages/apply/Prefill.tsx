/** Offer the answers of an earlier case, when the citizen agreed then and says yes now; of a renewal, those the certificate was given on. */
import { useState } from 'react'
import { getCase } from '@/api'
import { prefillable } from '@/domain/prefill'
import { consentedCases } from '@/state/drafts'
import { session } from '@/state/session'
import { useStore } from '@/state/store'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Text } from '@/ui/kit'
import type { Field } from '@shared/form'
import type { Editing } from './useDraft'

export function Prefill({ fields, editing }: { fields: Field[]; editing: Editing }) {
  const who = useStore(session)
  const caseNo = who ? editing.draft.renews?.caseNo || consentedCases(who.account)[0] : undefined
  const earlier = useLoad(caseNo ? () => getCase(caseNo) : null, [caseNo])
  const [done, setDone] = useState(false)
  const found = prefillable(fields, editing.draft.form, earlier.data && !earlier.data.masked ? earlier.data.form ?? {} : {})
  const names = fields.filter((field) => field.name in found).map((field) => field.title)
  if (done || !names.length) return null
  const fill = () => {
    editing.change((draft) => ({ form: { ...draft.form, ...found } }))
    setDone(true)
  }
  return (
    <Box className="prefill" role="group" label="自动填写">
      <Text className="prefill-words">用您{editing.draft.renews ? '申请这个证照' : '上次办事'}时填过的内容？可填：{names.join('、')}</Text>
      <Box className="row">
        <Button kind="primary" onPress={fill}>自动填写</Button>
        <Button kind="text" onPress={() => setDone(true)}>不用</Button>
      </Box>
    </Box>
  )
}
