/** Sign in: by its own login in a mini-program, by an SMS code everywhere. */
import { useEffect, useState } from 'react'
import { appSession, sendCode, smsSession } from '@/api'
import { ApiError, wordsOf } from '@/domain/problem'
import { focusOn, loginCode } from '@/platform/device'
import { HERE } from '@/platform/here'
import { read, write } from '@/platform/store'
import { back } from '@/state/nav'
import { byApp, session, signedIn } from '@/state/session'
import { useStore } from '@/state/store'
import { Box, Button, Text } from '@/ui/kit'
import { Note } from '@/ui/Note'
import { Page } from '@/ui/Page'
import { TextField } from '@/ui/TextField'
import { FORMATS, isMobile, tidied } from '@shared/formats'
import { APP_NAMES, PERIODS, type App } from '@shared/vocabulary'

export default function SignIn() {
  const binding = byApp(useStore(session))
  return (
    <Page title={binding ? '绑定手机' : '登录'}>
      <Box className="panel panel-narrow">
        <Text className="field-ask">{binding ? '绑定后，用这个手机号申请过的事也能在这里看到。' : '登录后可以申请、查看和评价自己的办件。'}</Text>
        {HERE.app && !binding ? <ByApp app={HERE.app} /> : null}
        <BySms done={binding ? '绑定' : '登录'} />
      </Box>
    </Page>
  )
}

function ByApp({ app }: { app: App }) {
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const enter = async () => {
    setBusy(true)
    try {
      signedIn(await appSession(app, await loginCode()), '')
      back()
    } catch (error) {
      setFault(wordsOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Box className="signin-app">
      <Button kind="primary" className="btn-block" busy={busy} onPress={() => void enter()}>{`${APP_NAMES[app]}登录`}</Button>
      {fault ? <Note kind="wrong">{fault}</Note> : null}
      <Text className="or">或者用短信验证码</Text>
    </Box>
  )
}

function BySms({ done }: { done: string }) {
  const [phone, setPhone] = useState(read<string>('phone') ?? '')
  const [code, setCode] = useState('')
  const [wait, setWait] = useState(0)
  const [sent, setSent] = useState(false)
  const [busy, setBusy] = useState('')
  const [faults, setFaults] = useState<{ phone?: string; code?: string; all?: string }>({})
  useEffect(() => {
    if (wait <= 0) return
    const timer = setTimeout(() => setWait(wait - 1), 1000)
    return () => clearTimeout(timer)
  }, [wait])

  const run = async (name: string, work: () => Promise<void>) => {
    if (busy) return
    setBusy(name)
    setFaults({})
    try {
      await work()
    } catch (error) {
      setFaults(faultsFrom(error))
    } finally {
      setBusy('')
    }
  }
  const ask = () => {
    if (!isMobile(phone)) return setFaults({ phone: FORMATS.mobile.words })
    void run('ask', async () => {
      const answer = await sendCode(phone)
      setSent(true)
      setWait(answer.retry_after ?? 60)
      focusOn('signin-code')
    })
  }
  const enter = () => {
    if (!isMobile(phone)) return setFaults({ phone: FORMATS.mobile.words })
    if (!/^\d{6}$/.test(code)) return setFaults({ code: '请填写短信里的6位数字' })
    void run('enter', async () => {
      signedIn(await smsSession(phone, code), phone)
      write('phone', phone)
      back()
    })
  }
  return (
    <>
      <TextField id="signin-phone" title="手机号码" kind="tel" maxLength={20} autoComplete="tel" value={phone} fault={faults.phone} onChange={(value) => setPhone(tidied(value, 'mobile'))} />
      <Box className="code-row">
        <TextField id="signin-code" title="验证码" kind="code" maxLength={6} value={code} fault={faults.code} placeholder="6位数字" onChange={(value) => setCode(value.replace(/\D/g, ''))} />
        <Button kind="plain" className="code-send" busy={busy === 'ask'} disabled={wait > 0} onPress={ask}>{wait > 0 ? `${wait}秒后可再发` : sent ? '重新发送' : '获取验证码'}</Button>
      </Box>
      <Box live="polite">{sent && !faults.all ? <Note>验证码已发到您的手机，{PERIODS.ONE_TIME_CODE}内有效。工作人员不会向您要验证码。</Note> : null}</Box>
      {faults.all ? <Note kind="wrong">{faults.all}</Note> : null}
      <Button kind={HERE.app ? 'plain' : 'primary'} className="btn-block" busy={busy === 'enter'} onPress={enter}>{done}</Button>
    </>
  )
}

function faultsFrom(error: unknown): { phone?: string; code?: string; all?: string } {
  if (!(error instanceof ApiError)) return { all: wordsOf(error) }
  const of = (path: string) => error.fields.find((fault) => fault.path === path)?.message
  const found = { phone: of('phone'), code: of('code') }
  return found.phone || found.code ? found : { all: error.message }
}
