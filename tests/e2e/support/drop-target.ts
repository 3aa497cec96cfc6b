import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { appCommand } from '../app'

export interface DroppedFile {
  readonly name: string
  readonly path: string
  readonly bytes: Buffer
}

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Telling {
  readonly ready?: Place
  readonly over?: true
  readonly dropped?: readonly (Omit<DroppedFile, 'bytes'> & { readonly bytes: string })[]
}

/** Another app beside ours, a real one, that takes files. */
export interface DropTarget {
  /** On the screen, in pixels. */
  readonly middle: { readonly x: number; readonly y: number }
  /** Whether something has hung over it since it started. */
  readonly wasOver: () => boolean
  readonly dropped: () => readonly DroppedFile[]
  readonly close: () => Promise<void>
}

export async function startDropTarget(): Promise<DropTarget> {
  const userData = await mkdtemp(join(tmpdir(), 'iblai-drop-target-'))
  const { executable, args } = appCommand(userData)
  const folder = fileURLToPath(new URL('../drop-target', import.meta.url))
  // The switches alone: the last two arguments are the app's folder and its data.
  const child = spawn(executable, [...args.slice(0, -2), folder, `--user-data-dir=${userData}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  let wasOver = false
  const dropped: DroppedFile[] = []
  const place = await new Promise<Place>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error('the drop target has ended'))
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return
      const telling = JSON.parse(line) as Telling
      wasOver ||= telling.over === true
      for (const file of telling.dropped ?? [])
        dropped.push({ ...file, bytes: Buffer.from(file.bytes, 'base64') })
      if (telling.ready) resolve(telling.ready)
    })
  })
  return {
    middle: { x: place.x + place.width / 2, y: place.y + place.height / 2 },
    wasOver: () => wasOver,
    dropped: () => dropped,
    close: async () => {
      child.kill('SIGKILL')
      await ended
      await rm(userData, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
