import { resolve } from 'node:path'
import { app } from 'electron'
import * as v from 'valibot'

/** What stands behind the program's name, without the app's own folder, which a development run has. */
export const ownArguments = (): readonly string[] =>
  process.argv
    .slice(1)
    .filter((argument) => app.isPackaged || resolve(argument) !== app.getAppPath())

const handedOver = v.object({ given: v.array(v.string()) })

/** What another start of the app handed over; nothing when it is not understood. */
export function argumentsOf(data: unknown): readonly string[] {
  const parsed = v.safeParse(handedOver, data)
  return parsed.success ? parsed.output.given : []
}
