/** Case numbers are twelve digits; people read them in groups of four. */
export function grouped(caseNo: string): string {
  return caseNo.replace(/(\d{4})(?=\d)/g, '$1 ')
}

export function digits(text: string): string {
  return text.replace(/[\uff10-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\D/g, '')
}
