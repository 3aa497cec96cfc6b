import type { KeychainTrouble } from '../../../shared/errors'

/**
 * keytar hands on the sentence of the system and no code, so this is the one place where a sentence
 * is looked at. Locked without a prompt: "Object does not exist at path …/collection/login".
 */
const sentences: readonly (readonly [RegExp, KeychainTrouble])[] = [
  [/collection\/login|locked|prompt was dismissed|interaction is not allowed/i, 'locked'],
  [/timeout was reached|timed out|NoReply/i, 'timeout'],
  [/org\.freedesktop\.secrets|ServiceUnknown|no such secret collection/i, 'missing'],
  [/autolaunch|dbus-launch|d-?bus|message bus|given address is empty|not connect/i, 'missing'],
  [/libsecret|no such file|cannot find (module|package)|dlopen/i, 'missing'],
]

/** What a refusal means for the person. */
export function troubleOf(cause: unknown): KeychainTrouble {
  const text = cause instanceof Error ? cause.message : String(cause)
  return sentences.find(([pattern]) => pattern.test(text))?.[1] ?? 'refused'
}
