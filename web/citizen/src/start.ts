/** Before the first page: follow a message's link, watch the network, send what waits in the outbox. */
import { followLink, keepPages } from '@/platform/device'
import { startFollowing } from '@/state/after'
import { startSending } from '@/state/outbox'
import { startWatching } from '@/state/reach'

followLink()
startWatching()
startFollowing()
startSending()
keepPages()
