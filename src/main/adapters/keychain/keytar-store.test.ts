import { describe, expect, it } from 'vitest'
import { ManualClock, turns } from '../../../../tests/fakes/main-clock'
import { Credential } from '../../credential'
import { createKeytarStore, type Keytar } from './keytar-store'

const down = (reason: string) => ({ ok: false, error: { kind: 'keychain', reason } })

/** A keychain in memory that can be made to hang or to refuse. */
class FakeKeytar implements Keytar {
  readonly kept = new Map<string, string>()
  calls = 0
  refusal: Error | undefined
  #hanging: (() => void)[] | undefined

  hang(): void {
    this.#hanging = []
  }

  release(): void {
    const waiting = this.#hanging ?? []
    this.#hanging = undefined
    for (const resume of waiting) resume()
  }

  readonly getPassword: Keytar['getPassword'] = async (_service, account) => {
    await this.#answer()
    return this.kept.get(account) ?? null
  }

  readonly setPassword: Keytar['setPassword'] = async (_service, account, password) => {
    await this.#answer()
    this.kept.set(account, password)
  }

  readonly deletePassword: Keytar['deletePassword'] = async (_service, account) => {
    await this.#answer()
    return this.kept.delete(account)
  }

  async #answer(): Promise<void> {
    this.calls += 1
    if (this.refusal) throw this.refusal
    if (this.#hanging) await new Promise<void>((resolve) => this.#hanging?.push(resolve))
  }
}

function aStore() {
  const keytar = new FakeKeytar()
  const clock = new ManualClock()
  return { keytar, clock, store: createKeytarStore(() => Promise.resolve(keytar), clock) }
}

describe('keychain', () => {
  it('keeps a credential, gives it back and forgets it', async () => {
    const { store } = aStore()
    await store.set('w-1', new Credential('secret'))
    const found = await store.get('w-1')
    expect(found.ok && found.value?.reveal()).toBe('secret')
    await store.remove('w-1')
    expect(await store.get('w-1')).toEqual({ ok: true, value: undefined })
  })

  it('proves itself by keeping something and forgetting it', async () => {
    const { store, keytar } = aStore()
    expect([await store.check(), keytar.kept.size, keytar.calls]).toEqual([{ ok: true }, 0, 2])
  })

  it('takes back its time limit when it is answered', async () => {
    const { store, clock } = aStore()
    await store.get('w-1')
    expect(clock.waiting).toBe(0)
  })

  it('is loaded when it is first asked, and never loading is an answer', async () => {
    const store = createKeytarStore(
      () => Promise.reject(new Error("Cannot find module 'keytar'")),
      new ManualClock(),
    )
    expect(await store.get('w-1')).toEqual(down('missing'))
  })

  it.each([
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'locked'],
    ['Cannot create an item in a locked collection', 'locked'],
    ['Cannot get secret of a locked object', 'locked'],
    ['The prompt was dismissed', 'locked'],
    ['User interaction is not allowed.', 'locked'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'missing'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'missing'],
    ['Could not connect: No such file or directory', 'missing'],
    ['The given address is empty', 'missing'],
    ['Failed to execute child process “dbus-launch” (No such file or directory)', 'missing'],
    ['libsecret-1.so.0: cannot open shared object file: No such file or directory', 'missing'],
    ['Timeout was reached', 'timeout'],
    ['User canceled the operation.', 'refused'],
    ['something new', 'refused'],
  ])('takes “%s” for %s', async (sentence, reason) => {
    const { store, keytar } = aStore()
    keytar.refusal = new Error(sentence)
    expect(await store.set('w-1', new Credential('secret'))).toEqual(down(reason))
  })

  it('asks one question at a time', async () => {
    const { store, keytar } = aStore()
    keytar.hang()
    const answers = [store.get('a'), store.get('b'), store.get('c')]
    await turns()
    expect(keytar.calls).toBe(1)
    keytar.release()
    expect((await Promise.all(answers)).every((answer) => answer.ok)).toBe(true)
  })
})

describe('keychain that hangs', () => {
  it('answers after two seconds', async () => {
    const { store, keytar, clock } = aStore()
    keytar.hang()
    const asked = store.get('w-1')
    await clock.run(1_900)
    let answer: unknown
    void asked.then((given) => (answer = given))
    await turns()
    expect(answer).toBeUndefined()
    await clock.run(200)
    expect(answer).toEqual(down('timeout'))
  })

  it('is not asked again while it is stuck, and is once it is not', async () => {
    const { store, keytar, clock } = aStore()
    keytar.hang()
    const asked = store.get('w-1')
    await clock.run(2_000)
    await asked
    expect([await store.get('w-1'), keytar.calls]).toEqual([down('timeout'), 1])
    keytar.release()
    await turns()
    expect(await store.get('w-1')).toEqual({ ok: true, value: undefined })
  })

  it('does not keep later what it was said not to have kept', async () => {
    const { store, keytar, clock } = aStore()
    keytar.hang()
    const kept = store.set('w-1', new Credential('secret'))
    await clock.run(2_000)
    expect(await kept).toEqual(down('timeout'))
    keytar.release()
    await turns(40)
    expect([...keytar.kept]).toEqual([])
  })

  it('drops a question whose time is over before it was asked', async () => {
    const { store, keytar, clock } = aStore()
    keytar.hang()
    const first = store.get('a')
    const second = store.set('b', new Credential('secret'))
    await clock.run(2_000)
    await Promise.all([first, second])
    keytar.release()
    await turns(40)
    expect([keytar.calls, keytar.kept.size]).toEqual([1, 0])
  })
})
