/** A certificate shown to somebody: large, bright, with its code to scan; without a network as it was last seen. */
import { useDidHide, useDidShow } from '@tarojs/taro'
import { type ReactNode, useEffect } from 'react'
import { getCase, getService } from '@/api'
import { cardOf, stateOn, type Card } from '@/domain/card'
import { timeText } from '@/domain/due'
import { ApiError } from '@/domain/problem'
import { brighten } from '@/platform/device'
import { keepCard, keptCard } from '@/state/cards'
import { go } from '@/state/nav'
import { useParam } from '@/state/params'
import { session, type SignedIn } from '@/state/session'
import { useStore } from '@/state/store'
import { useLoad } from '@/state/useLoad'
import { Box, Button, Text } from '@/ui/kit'
import { CertificateCard } from '@/ui/CertificateCard'
import { NeedSignIn } from '@/ui/NeedSignIn'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { QrCode } from '@/ui/QrCode'
import { RenewalNote } from '@/ui/RenewalNote'
import { Waiting } from '@/ui/Waiting'

export default function CertificatePage() {
  const caseNo = useParam('case_no') ?? ''
  const who = useStore(session)
  useDidShow(() => brighten(true))
  useDidHide(() => brighten(false))
  useEffect(() => () => brighten(false), [])
  return (
    <Page title="出示证照">
      <NeedSignIn words="登录后可以出示证照。">{() => (who ? <Shown key={caseNo} caseNo={caseNo} who={who} /> : null)}</NeedSignIn>
    </Page>
  )
}

async function seen(caseNo: string, account: string): Promise<Card> {
  const data = await getCase(caseNo)
  const card = cardOf(data, await getService(data.service, { version: data.version }), account)
  if (!card) throw new ApiError(404, { detail: '这个办件没有电子证照' })
  keepCard(card)
  return card
}

function Shown({ caseNo, who: { account } }: { caseNo: string; who: SignedIn }) {
  const found = useLoad(() => seen(caseNo, account), [caseNo, account])
  const kept = keptCard(account, caseNo)
  if (kept && !found.data && found.status === 0) {
    return <Whole card={kept}>{found.loading ? null : <Note kind="warn">{found.fault}。显示的是{timeText(new Date(kept.checkedAt).toISOString())}查到的，请对方扫码核验。</Note>}</Whole>
  }
  return (
    <Waiting of={found}>
      {(card) => (
        <Whole card={card}>
          <RenewalNote card={card} />
          <Text className="field-ask">{timeText(new Date(card.checkedAt).toISOString())}查到</Text>
          <Button kind="text" onPress={() => void found.reload()}>重新查</Button>
        </Whole>
      )}
    </Waiting>
  )
}

function Whole({ card, children }: { card: Card; children: ReactNode }) {
  const state = stateOn(card)
  return (
    <Box className="panel show">
      <CertificateCard card={card}>
        {state === 'valid' ? <QrCode text={card.verifyUrl} label={`证照核验码，编号${card.number}`} /> : null}
      </CertificateCard>
      {state === 'valid' ? <Text className="field-ask">请对方用微信或手机相机扫码核验，也可以在 {card.verifyUrl.replace(/^https?:\/\/|\?.*$/g, '')} 输入编号。</Text> : null}
      {state === 'expired' ? <Note kind="warn">有效期已过，不能再使用。</Note> : null}
      {state === 'revoked' ? <Note kind="warn">发证部门已经注销，不能再使用。</Note> : null}
      {state === 'valid' ? null : <Button kind="plain" className="btn-block" onPress={() => go('case', { case_no: card.caseNo })}>{state === 'revoked' ? '看注销的原因' : '看办件详情'}</Button>}
      {children}
    </Box>
  )
}
