import type { WebContents } from 'electron'
import * as v from 'valibot'

const refusal = v.object({ ok: v.literal(false), error: v.looseObject({ kind: v.string() }) })

/** Asks main as the page does: through the page's own bridge, with all that checks it on the way. */
export type Ask = <Schema extends v.GenericSchema>(
  endpoint: `${string}.${string}`,
  input: unknown,
  schema: Schema,
) => Promise<v.InferOutput<Schema>>

/** A refused question throws; so does an answer of another form. */
export const askThrough =
  (contents: WebContents): Ask =>
  async (endpoint, input, schema) => {
    const script = `window.iblaiProfile.${endpoint}(${JSON.stringify(input)})`
    const answer: unknown = await contents.executeJavaScript(script)
    if (v.is(refusal, answer)) throw new Error(`${endpoint}: ${answer.error.kind}`)
    return v.parse(v.object({ ok: v.literal(true), value: schema }), answer).value
  }

/** The heading of what is on screen, once there is one. */
export async function shownHeading(contents: WebContents): Promise<string> {
  const script = `document.querySelector('main h1')?.textContent.trim() ?? ''`
  return v.parse(v.string(), await contents.executeJavaScript(script))
}
