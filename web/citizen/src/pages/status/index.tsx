/** How a case stands, for anybody who holds its number and the end of the applicant's ID; no sign-in. */
import { useState } from 'react'
import { publicStatus } from '@/api'
import type { PublicStatus } from '@/api/types'
import { promise, timeText } from '@/domain/due'
import { ApiError, wordsOf } from '@/domain/problem'
import { Box, Button, Heading, Text } from '@/ui/kit'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { StatusTag } from '@/ui/StatusTag'
import { TextField } from '@/ui/TextField'
import { digits, grouped } from '@shared/caseNo'

export default function StatusPage() {
  const [caseNo, setCaseNo] = useState('')
  const [verify, setVerify] = useState('')
  const [faults, setFaults] = useState<{ no?: string; verify?: string; all?: string }>({})
  const [found, setFound] = useState<PublicStatus | null>(null)
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    const wrong = { no: caseNo.length === 12 ? undefined : '办件号是12位数字', verify: /^[0-9A-Z]{4}$/.test(verify) ? undefined : '请填写证件号码的后四位，最后一位可能是X' }
    setFaults(wrong)
    if (wrong.no || wrong.verify || busy) return
    setBusy(true)
    setFound(null)
    try {
      setFound(await publicStatus(caseNo, verify))
    } catch (error) {
      const missing = error instanceof ApiError && error.status === 404
      setFaults({ all: missing ? '没有找到。请核对办件号和证件后四位。' : wordsOf(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page title="查进度">
      <Box className="panel">
        <TextField id="status-no" title="办件号" hint="回执或短信里的12位数字" kind="digits" maxLength={20} value={grouped(caseNo)} fault={faults.no} onChange={(value) => setCaseNo(digits(value).slice(0, 12))} />
        <TextField id="status-verify" title="证件号码后四位" hint="申请人身份证（单位填信用代码）的后四位" kind="id" maxLength={4} value={verify} fault={faults.verify} onChange={(value) => setVerify(value.trim().toUpperCase())} />
        <Button kind="primary" className="btn-block" busy={busy} onPress={() => void ask()}>查询</Button>
        {faults.all ? <Note kind="wrong">{faults.all}</Note> : null}
      </Box>
      <Box live="polite">{found ? <Found found={found} /> : null}</Box>
    </Page>
  )
}

function Found({ found }: { found: PublicStatus }) {
  const due = promise(found)
  return (
    <Box className="panel">
      <Box className="card-line"><Heading level={2} className="case-name">{found.service_name}</Heading><StatusTag status={found.status} name={found.status_name} /></Box>
      <Text className="case-no">办件号 {grouped(found.case_no)}</Text>
      <Text className={`due due-${due.lamp}`}>{due.text}</Text>
      <Text className="card-words">{timeText(found.received_at)}申请</Text>
    </Box>
  )
}
