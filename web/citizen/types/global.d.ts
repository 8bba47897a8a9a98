/// <reference types="@tarojs/taro" />

declare module '*.css'
declare module '*.svg' {
  const address: string
  export default address
}

declare const TARO_APP_API: string

declare namespace NodeJS {
  interface ProcessEnv {
    TARO_ENV: string
    TARO_APP_API?: string
  }
}
