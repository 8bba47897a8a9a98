/* Check a certificate by its number: typed, scanned, or in the address (`/verify?n=…`). Plain, for any telephone's browser. */
(function () {
  'use strict'
  var VERDICTS = {
    valid: ['有效', '请核对持证人和证照名称，与出示的应当一致。'],
    expired: ['已过期', '有效期已过，不能再使用。'],
    revoked: ['已注销', '发证部门已经注销，不能再使用。'],
    unknown: ['查无此证', '没有这个编号的证照。请再核对一遍编号；编号没错的，出示的可能是假证。'],
  }
  var SIGNS = { valid: '✓ ', expired: '! ', revoked: '✕ ', unknown: '? ' }
  var EVERY = 250 // milliseconds between two looks at the camera

  var part = function (id) { return document.getElementById(id) }
  var input = part('number')
  var turn = 0

  /** ISO/IEC 7064 MOD 11,10, as the number was made. */
  function proves(number) {
    var carried = 10
    for (var at = 0; at < 15; at += 1) carried = (((carried + Number(number[at])) % 10 || 10) * 2) % 11
    return (11 - carried) % 10 === Number(number[15])
  }

  function grouped(number) {
    return number.replace(/(\d{4})(?=\d)/g, '$1 ')
  }

  function day(text) {
    var parts = text.split('-').map(Number)
    return parts[0] + '年' + parts[1] + '月' + parts[2] + '日'
  }

  function blame(text) {
    part('fault').textContent = text
    if (text) input.setAttribute('aria-invalid', 'true')
    else input.removeAttribute('aria-invalid')
  }

  function check(typed) {
    var number = typed.replace(/[\s-]/g, '')
    var mine = (turn += 1)
    input.value = grouped(number)
    part('verdict').hidden = true
    if (!/^\d{16}$/.test(number)) return blame('编号应当是16位数字，现在是' + number.length + '位')
    if (!proves(number)) return blame('编号有误，请从头核对每一位')
    blame('')
    part('check').disabled = true
    history.replaceState(null, '', '/verify?n=' + number)
    return fetch('/v1/certificates/' + number, { cache: 'no-store' })
      .then(function (answer) {
        return answer.json().then(function (body) { return { status: answer.status, body: body } })
      })
      .catch(function () { return { status: 0, body: {} } })
      .then(function (told) { if (mine === turn) show(number, told) })
  }

  function show(number, told) {
    part('check').disabled = false
    if (told.status === 200) return verdict(told.body.state, facts(told.body))
    if (told.status === 404 && told.body.code === 'not_found') return verdict('unknown', [['编号', grouped(number)]])
    return blame(told.status ? told.body.detail || '暂时查不了，请稍后再试' : '连不上网络，请稍后再试')
  }

  function facts(found) {
    return [
      ['证照', found.type],
      ['持证人', found.holder],
      ['有效期', day(found.valid_from) + '起，' + (found.valid_to ? '至' + day(found.valid_to) : '长期有效')],
      ['发证部门', found.issuer],
      ['编号', grouped(found.number)],
    ]
  }

  function verdict(state, rows) {
    var box = part('verdict')
    box.className = state
    part('word').textContent = SIGNS[state] + VERDICTS[state][0]
    part('say').textContent = VERDICTS[state][1]
    part('facts').textContent = ''
    rows.forEach(function (row) {
      ;['dt', 'dd'].forEach(function (tag, at) {
        var line = document.createElement(tag)
        line.textContent = row[at]
        part('facts').appendChild(line)
      })
    })
    part('at').textContent = '核验时间：' + new Date().toLocaleString('zh-CN', { hour12: false }) + '。结果以核验时为准。'
    box.hidden = false
    box.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }

  /* — the camera, where the browser reads codes by itself — */

  var stream = null

  function stop() {
    if (stream) stream.getTracks().forEach(function (track) { track.stop() })
    stream = null
    part('camera').hidden = true
  }

  function scan() {
    blame('')
    var detector = new window.BarcodeDetector({ formats: ['qr_code'] })
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(function (found) {
      stream = found
      part('camera').hidden = false
      part('view').srcObject = found
      part('view').play()
      look(detector)
    }, function () { blame('没有打开相机，请输入编号') })
  }

  function look(detector) {
    if (!stream) return
    detector.detect(part('view')).catch(function () { return [] }).then(function (codes) {
      if (!stream) return
      var number = codes.map(function (code) { return numberIn(code.rawValue) }).filter(Boolean)[0]
      if (!number) return setTimeout(function () { look(detector) }, EVERY)
      stop()
      check(number)
    })
  }

  /** A code of ours is this page's address with the number, or the number alone. */
  function numberIn(text) {
    var found = /(?:\/verify\?n=|^)(\d{16})$/.exec(text)
    return found && found[1]
  }

  part('form').addEventListener('submit', function (event) {
    event.preventDefault()
    check(input.value)
  })
  part('scan').addEventListener('click', scan)
  part('stop').addEventListener('click', stop)
  if ('BarcodeDetector' in window && navigator.mediaDevices) {
    window.BarcodeDetector.getSupportedFormats().then(function (formats) { part('scan').hidden = formats.indexOf('qr_code') < 0 })
  }
  var given = /[?&]n=([^&#]*)/.exec(location.search)
  if (given && given[1]) check(decodeURIComponent(given[1].replace(/\+/g, ' ')))
})()
