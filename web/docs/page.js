/** Shows the API's own document. */
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif'
const MONO = '"JetBrains Mono", "SF Mono", Consolas, "Noto Sans Mono", monospace'
const LABELS = {
  noResultsFound: '没有找到。这里只能搜英文和路径，搜中文请按 Ctrl+F', enum: '可选值', enumSingleValue: '值', enumArray: '各项', default: '默认', deprecated: '已停用', example: '示例', examples: '示例',
  recursive: '递归', arrayOf: '数组：', webhook: '事件', const: '固定值', download: '下载', downloadSpecification: '下载接口文档', responses: '应答', callbackResponses: '回调应答',
  requestSamples: '请求示例', responseSamples: '应答示例',
}

const page = document.getElementById('page')

function failed() {
  page.textContent = '接口说明暂时打不开，请稍后再试。'
}

Redoc.init(
  '/v1/openapi.json',
  {
    labels: LABELS,
    disableSearch: false,
    hideDownloadButton: false,
    hideHostname: true,
    pathInMiddlePanel: true,
    requiredPropsFirst: true,
    sortTagsAlphabetically: false,
    nativeScrollbars: true,
    theme: {
      colors: { primary: { main: '#0b5c6b' } },
      typography: { fontFamily: FONT, headings: { fontFamily: FONT }, code: { fontFamily: MONO } },
      sidebar: { backgroundColor: '#f2f5f6' },
      rightPanel: { backgroundColor: '#08333c' },
    },
  },
  page,
  (fault) => fault && failed(),
)
