import { isList, type Values } from '../../shared/domain/values'
import type { IpcContract } from '../../shared/ipc/contract'
import type { Client } from '../../shared/ipc/define'

/** What the page may ask main, and what main tells the page. */
export type ProfileClient = Client<IpcContract, File>

declare global {
  interface Window {
    /** Put there by preload. */
    readonly iblaiProfile: ProfileClient
  }
}

/** Hands plain copies to the bridge: Svelte's reactive proxies cannot be cloned across it. */
export function createClient(bridge: ProfileClient): ProfileClient {
  return copyingArguments(bridge)
}

function copyingArguments<T extends object>(group: T): T {
  // The bridge is frozen, and a proxy over a frozen object may not answer anything else than it holds.
  return new Proxy(
    { ...group },
    {
      get: (target, name): unknown => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member === 'function') {
          return (...given: readonly unknown[]): unknown =>
            Reflect.apply(member, undefined, given.map(plainCopy))
        }
        return typeof member === 'object' && member !== null ? copyingArguments(member) : member
      },
    },
  )
}

/** Arrays and plain objects are copied; functions, files and bytes go as they are. */
export function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainCopy(entry)]))
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** The same values with lists the contract's input type takes. */
export const sendable = (values: Values) =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, isList(value) ? [...value] : value]),
  )

/** The client of this window. */
export const pageClient = (): ProfileClient => createClient(window.iblaiProfile)
