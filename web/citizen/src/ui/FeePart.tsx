/** What a fee is made of: each item as it was counted, what it is reduced by. */
import { feeRows, type Assessment } from '@shared/fee'
import { Box } from './kit'
import { Rows } from './Rows'

export function FeePart({ fee }: { fee: Assessment }) {
  return <Box className="fee-part"><Rows rows={feeRows(fee)} /></Box>
}
