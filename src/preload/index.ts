import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { ipcContract } from '../shared/ipc/contract'
import { channelOf, type Contract, type Endpoint, type IncomingFile } from '../shared/ipc/define'

type Bridged = (...parameters: never[]) => unknown

/** One narrow function per endpoint; neither `ipcRenderer` nor its event object gets through. */
function bridge(channel: string, endpoint: Endpoint): Bridged {
  switch (endpoint.kind) {
    case 'invoke':
      return (input: unknown): Promise<unknown> => ipcRenderer.invoke(channel, input)
    case 'invoke-with-files':
      return async (input: unknown, files: readonly File[]): Promise<unknown> =>
        ipcRenderer.invoke(channel, input, await Promise.all(files.map(incoming)))
    case 'event':
      return (listener: (payload: unknown) => void) => {
        const receive = (_event: unknown, payload: unknown) => {
          listener(payload)
        }
        ipcRenderer.on(channel, receive)
        return () => {
          ipcRenderer.removeListener(channel, receive)
        }
      }
  }
}

/** The page never learns a path. A file that is not on a disk has none: then its bytes go along. */
async function incoming(file: File): Promise<IncomingFile> {
  const path = webUtils.getPathForFile(file)
  if (path !== '') return { path }
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}

const contract: Contract = ipcContract
const groups = Object.entries(contract).map(([group, endpoints]) => {
  const functions = Object.entries(endpoints).map(
    ([name, endpoint]) => [name, bridge(channelOf(group, name), endpoint)] as const,
  )
  return [group, Object.fromEntries(functions)] as const
})

contextBridge.exposeInMainWorld('iblaiProfile', Object.fromEntries(groups))
