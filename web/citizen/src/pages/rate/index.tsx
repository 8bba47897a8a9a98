/** Rate how a case was handled (好差评): five levels, reasons, words. With the ticket of a message nobody has to sign in. */
import { useState } from 'react'
import { rate } from '@/api'
import { wordsOf } from '@/domain/problem'
import { ratingFault, reasonsFor } from '@/domain/reasons'
import { focusOn } from '@/platform/device'
import { open } from '@/state/nav'
import { useParam } from '@/state/params'
import { Box, Button, Heading, Many, One, Text } from '@/ui/kit'
import { Icon } from '@/ui/Icon'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { TextField } from '@/ui/TextField'
import { grouped } from '@shared/caseNo'
import { LEVEL_NAMES, type Level } from '@shared/vocabulary'
import { LEVELS } from '@shared/words'

export default function Rate() {
  const caseNo = useParam('case_no') ?? ''
  const ticket = useParam('t')
  const again = useParam('again') !== undefined
  const form = () => <RateForm caseNo={caseNo} ticket={ticket} again={again} />
  return <Page title="服务评价">{ticket ? form() : <NeedSignIn words="登录后可以评价自己的办件。">{form}</NeedSignIn>}</Page>
}

const HIDDEN = 'anonymous'

function RateForm({ caseNo, ticket, again }: { caseNo: string; ticket?: string; again: boolean }) {
  const [level, setLevel] = useState<Level | undefined>()
  const [reasons, setReasons] = useState<string[]>([])
  const [text, setText] = useState('')
  const [hidden, setHidden] = useState<string[]>([HIDDEN])
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const [thanks, setThanks] = useState('')
  const choose = (next: Level) => {
    setLevel(next)
    setReasons([])
    setFault('')
  }
  const send = async () => {
    const wrong = ratingFault(level, reasons, text)
    setFault(wrong)
    if (wrong || !level) return focusOn('rate-fault')
    setBusy(true)
    try {
      const words = text.trim()
      const more = { ...(reasons.length ? { reasons } : {}), ...(words ? { text: words } : {}), ...(ticket ? { ticket } : {}), ...(again ? { again } : {}) }
      const answer = await rate(caseNo, { level, ...more, anonymous: hidden.includes(HIDDEN) })
      setThanks(answer.text)
    } catch (error) {
      setFault(wordsOf(error))
      focusOn('rate-fault')
    } finally {
      setBusy(false)
    }
  }
  if (thanks) {
    return (
      <Box className="panel receipt" role="status">
        <Icon name="ok" className="receipt-icon" />
        <Heading level={2} className="receipt-title">评价已收到</Heading>
        <Text className="receipt-words">{thanks}</Text>
        <Button kind="plain" onPress={() => open('index')}>回首页</Button>
      </Box>
    )
  }
  return (
    <Box className="panel">
      <Text className="field-ask">办件号 {grouped(caseNo)}。{again ? '您评价的问题，办理部门已经答复。解决没有，请再评价一次。' : '评价交上去以后，谁也不能修改；不满意的，由办理部门的监督人员负责整改。'}</Text>
      <One id="rate-level" legend={again ? '问题解决得怎么样？' : '您对这次服务满意吗？'} options={LEVELS.map((value) => ({ value, label: LEVEL_NAMES[value] }))} value={level} onChange={choose} className="rate-levels" required />
      {level ? (
        <>
          <Many id="rate-reasons" legend={level <= 2 ? '哪里不满意？（至少选一项，或写几句话）' : '哪里做得好？（可多选，也可不选）'} options={reasonsFor(level).map(({ code, text: label }) => ({ value: code, label }))} value={reasons} onChange={setReasons} />
          <Many id="rate-anonymous" legend="要不要署名？" options={[{ value: HIDDEN, label: '匿名评价：办理部门看不到是谁评价的，不打电话联系您' }]} value={hidden} onChange={setHidden} />
          <TextField id="rate-text" title="还想说的话（可不填）" kind="long" maxLength={500} value={text} onChange={setText} />
        </>
      ) : null}
      <Box id="rate-fault" live="assertive" focusable>{fault ? <Note kind="wrong">{fault}</Note> : null}</Box>
      <Button kind="primary" className="btn-block" busy={busy} onPress={() => void send()}>提交评价</Button>
    </Box>
  )
}
