// What a careful eye sees on a page; called by seeing.py, which puts this file into the page.
(() => {
  const PARTS = 'button, a, input, select, textarea, label, h1, h2, h3, p, dt, dd, th, td, li, legend, .tag'
  const NAMES = ['aria-label', 'placeholder', 'title', 'alt']

  const seen = (each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const shown = (each) => seen(each) && each.getClientRects().length > 0 && !each.closest('.skip, .out-of-sight, [aria-hidden=true]')
  const name = (each) => `${each.tagName.toLowerCase()}.${String(each.className).split(' ')[0]} “${(each.textContent || '').trim().slice(0, 24)}”`

  function past(each) {
    const box = each.getBoundingClientRect()
    return box.width > 2 && (box.right > window.innerWidth + 1 || box.left < -1)
  }

  function cut(each) {
    const style = getComputedStyle(each)
    const hides = style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis'
    return hides && each.clientWidth > 2 && each.scrollWidth > each.clientWidth + 1
  }

  function sticksOut() {
    const wide = document.documentElement.scrollWidth - window.innerWidth
    const parts = [...document.querySelectorAll(PARTS)].filter(shown)
    return [
      ...(wide > 0 ? [`the page is ${wide} px too wide`] : []),
      ...parts.filter(past).map((each) => `off the screen: ${name(each)}`),
      ...parts.filter(cut).map((each) => `cut off: ${name(each)}`),
    ]
  }

  // All that is read or read aloud. What a named button holds is not read: its name is.
  function texts() {
    const pages = [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')]
    const named = [...document.querySelectorAll(NAMES.map((each) => `[${each}]`).join())]
      .filter((each) => seen(each) && !each.closest('[aria-hidden=true]') && !each.parentElement.closest('button[aria-label]'))
      .flatMap((each) => NAMES.map((attribute) => each.getAttribute(attribute) || ''))
    return [document.title, ...(pages.length ? pages : [document.body]).map((each) => each.innerText), ...named]
  }

  async function findings() {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
    return violations.map((each) => [each.impact, `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`])
  }

  window.eye = { sticksOut, texts, findings }
})()
