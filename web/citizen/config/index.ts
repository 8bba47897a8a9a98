import path from 'node:path'
import { defineConfig } from '@tarojs/cli'
import { offline } from './offline'

/** One source: `dist/h5` for the web, `dist/<platform>` for each mini-program. */
export default defineConfig(() => ({
  projectName: 'rongyiban-citizen',
  date: '2026-11-22',
  designWidth: 375,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'vite', vitePlugins: process.env.TARO_ENV === 'h5' ? [offline()] : [] },
  env: { TARO_APP_API: JSON.stringify(process.env.TARO_APP_API ?? '') },
  alias: { '@': path.resolve(__dirname, '..', 'src'), '@shared': path.resolve(__dirname, '..', '..', 'shared') },
  mini: { postcss: { pxtransform: { enable: false } } },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    // no rem, or Taro writes a script of its own into the page, which its policy refuses; web.css sizes the root
    postcss: { pxtransform: { enable: false, config: { targetUnit: 'px' } }, autoprefixer: { enable: true } },
  },
}))
