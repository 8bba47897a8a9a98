/**
 * The web page without a network: its files are kept in the browser, so that it opens, goes on to its next page and reloads offline.
 * `FILES` is written in front by the build (config/offline.ts). Calls of the API never pass through here: the outbox looks after them.
 */
/* global FILES, VERSION */
const PREFIX = 'rongyiban-'
const KEPT = 2 // versions: a page opened before an update still finds its own files
const NOT_MINE = /^\/(v1|channels|sandbox|console|docs|verify)(\/|$)/

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(PREFIX + VERSION).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOld().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || NOT_MINE.test(url.pathname)) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept('/')))
  else if (/^\/(js|css|static)\//.test(url.pathname)) event.respondWith(kept(url.pathname).then((found) => found ?? fetch(request)))
})

async function kept(path) {
  return caches.match(path)
}

async function forgetOld() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + VERSION)
  await Promise.all(names.slice(0, Math.max(0, names.length - KEPT + 1)).map((name) => caches.delete(name)))
}
