import {
  defaultPlatformAddress,
  parseAddress,
  type ConnectionInput,
  type CredentialState,
  type Prefill,
  type ProbeReport,
} from '../../../shared/domain/workspace'
import type { AppError, Result } from '../../../shared/errors'
import type { AppState } from '../../state/app-state.svelte'
import { canOpenByItself, isRefusedByAll, otherUser } from './report-words'

export type ConnectField = 'org' | 'username' | 'token' | 'address' | 'lmsAddress' | 'dmAddress'

const fieldOrder: readonly ConnectField[] = [
  'org',
  'username',
  'token',
  'address',
  'lmsAddress',
  'dmAddress',
]

const isField = (name: string): name is ConnectField => fieldOrder.some((field) => field === name)

/** The Connect screen: what is typed, what the platform answered to it, and what is to be done. */
export class ConnectState {
  readonly #app: AppState
  #values = $state<Record<ConnectField, string>>({
    org: '',
    username: '',
    token: '',
    address: '',
    lmsAddress: '',
    dmAddress: '',
  })
  #isSeparate = $state(false)
  #prefill = $state.raw<Prefill>({
    org: '',
    username: '',
    address: '',
    hasToken: false,
    source: 'none',
  })
  #errors = $state.raw<Partial<Record<ConnectField, string>>>({})
  #report = $state.raw<ProbeReport | undefined>()
  #askedAs = $state.raw<ConnectionInput | undefined>()
  #error = $state.raw<AppError | undefined>()
  #keychain = $state.raw<CredentialState | undefined>()
  #isSessionOnly = $state(false)
  #busy = $state<'asking' | 'opening' | 'demo' | 'keychain' | undefined>()

  constructor(app: AppState) {
    this.#app = app
    this.#keychain = app.workspaces.credential
    this.takePrefill(app.prefill)
    if (this.#values.address === '') this.#values.address = defaultPlatformAddress
  }

  value(field: ConnectField): string {
    return this.#values[field]
  }

  /** What was asked no longer counts once anything is changed. */
  set(field: ConnectField, value: string): void {
    this.#values[field] = value
    this.#report = undefined
    this.#error = undefined
    this.#errors = { ...this.#errors, [field]: undefined }
  }

  errorOf(field: ConnectField): string | undefined {
    return this.#errors[field]
  }

  get firstInvalid(): ConnectField | undefined {
    return fieldOrder.find((field) => this.#errors[field] !== undefined)
  }

  get isSeparate(): boolean {
    return this.#isSeparate
  }

  separateAddresses(): void {
    this.#isSeparate = true
    this.#report = undefined
  }

  get prefill(): Prefill {
    return this.#prefill
  }

  get report(): ProbeReport | undefined {
    return this.#report
  }

  /** With which username and address the report was asked for. */
  get askedAs(): ConnectionInput | undefined {
    return this.#askedAs
  }

  /** An error that belongs to no field. */
  get error(): AppError | undefined {
    return this.#error
  }

  get keychain(): CredentialState | undefined {
    return this.#report?.keychain ?? this.#keychain
  }

  get hasKeychain(): boolean {
    return typeof this.keychain !== 'object'
  }

  get isSessionOnly(): boolean {
    return this.#isSessionOnly
  }

  setSessionOnly(isOn: boolean): void {
    this.#isSessionOnly = isOn
  }

  get busy(): 'asking' | 'opening' | 'demo' | 'keychain' | undefined {
    return this.#busy
  }

  /** Whose token it is, when it is not the username's that was given. */
  get otherUser(): string | undefined {
    return this.#report && otherUser(this.#report, this.#askedAs?.username ?? '')
  }

  get openableCount(): number {
    return this.#report?.sections.filter(({ canRead }) => canRead).length ?? 0
  }

  /** Whether the button connects now instead of asking first. */
  get isReadyToOpen(): boolean {
    return this.openableCount > 0 && this.otherUser === undefined
  }

  takePrefill(prefill: Prefill): void {
    this.#prefill = prefill
    this.#report = undefined
    this.#error = undefined
    this.#errors = {}
    if (prefill.org !== '') this.#values.org = prefill.org
    if (prefill.username !== '') this.#values.username = prefill.username
    if (prefill.address !== '') this.#values.address = prefill.address
    if (prefill.hasToken) this.#values.token = ''
  }

  async readEnvFile(files: readonly File[]): Promise<void> {
    if (files.length > 1) {
      this.#error = { kind: 'file', reason: 'several' }
      return
    }
    this.#took(await this.#app.client.workspace.readEnvFile({}, files))
  }

  async chooseEnvFile(): Promise<void> {
    this.#took(await this.#app.client.workspace.chooseEnvFile({}))
  }

  async retryKeychain(): Promise<void> {
    this.#busy = 'keychain'
    const answer = await this.#app.workspaces.retryKeychain()
    this.#busy = undefined
    if (answer.ok) this.#keychain = answer.value
    else if (answer.error.kind === 'keychain') {
      this.#keychain = { unavailable: answer.error.reason }
    } else this.#error = answer.error
    if (this.#report && this.#keychain) {
      this.#report = { ...this.#report, keychain: this.#keychain }
    }
  }

  /** Asks what the token may do; opens when all is well, else leaves the report to be read. */
  async submit(): Promise<void> {
    if (this.#busy) return
    if (this.isReadyToOpen) return this.#open()
    await this.check()
    const { report, otherUser: other } = this
    if (report && canOpenByItself(report) && other === undefined) await this.#open()
  }

  async check(): Promise<void> {
    if (!this.#validate()) return
    const connection = this.#connection()
    this.#busy = 'asking'
    this.#error = undefined
    const answer = await this.#app.client.workspace.probe(connection)
    this.#busy = undefined
    if (!answer.ok) {
      this.#fail(answer.error)
      return
    }
    this.#askedAs = connection
    this.#report = answer.value
    const other = this.otherUser
    if (other !== undefined) this.#refuseUser(other)
    else if (isRefusedByAll(answer.value))
      this.#errors = { token: 'Both hosts refused this token.' }
  }

  async tryDemo(): Promise<void> {
    this.#busy = 'demo'
    this.#error = undefined
    const answer = await this.#app.client.workspace.openDemo({})
    this.#busy = undefined
    if (answer.ok) await this.#app.opened(answer.value)
    else this.#error = answer.error
  }

  async #open(): Promise<void> {
    if (!this.hasKeychain && !this.#isSessionOnly) {
      this.#errors = {
        token: 'The keychain cannot take it. Retry, or keep it for this session only.',
      }
      return
    }
    this.#busy = 'opening'
    const sessionOnly = !this.hasKeychain
    const connection = this.#connection()
    const answer = await this.#app.client.workspace.connect({ connection, sessionOnly })
    this.#busy = undefined
    if (!answer.ok) {
      this.#fail(answer.error)
      return
    }
    this.#values.token = ''
    await this.#app.opened(answer.value)
  }

  #took(answer: Result<Prefill>): void {
    if (answer.ok) this.takePrefill(answer.value)
    else if (answer.error.kind !== 'cancelled') this.#error = answer.error
  }

  #fail(error: AppError): void {
    this.#report = undefined
    if (error.kind === 'wrong-user') this.#refuseUser(error.actual)
    else if (error.kind === 'refused-input' && isField(error.field)) {
      this.#errors = { [error.field]: error.problem }
    } else {
      if (error.kind === 'keychain') this.#keychain = { unavailable: error.reason }
      this.#error = error
    }
  }

  #refuseUser(actual: string): void {
    this.#errors = { username: `This token belongs to ${actual}. Nothing was changed.` }
  }

  #connection(): ConnectionInput {
    const { org, username, token, address, lmsAddress, dmAddress } = this.#values
    return {
      org: org.trim(),
      username: username.trim(),
      token: token.trim(),
      address: address.trim(),
      ...(this.#isSeparate && { lmsAddress: lmsAddress.trim(), dmAddress: dmAddress.trim() }),
    }
  }

  #validate(): boolean {
    const { org, username, token } = this.#connection()
    this.#errors = {
      ...(org === '' && { org: 'Enter the organization.' }),
      ...(username === '' && { username: 'Enter the username.' }),
      ...(token === '' && !this.#prefill.hasToken && { token: 'Enter the API token.' }),
      ...this.#addressErrors(),
    }
    return this.firstInvalid === undefined
  }

  #addressErrors(): Partial<Record<ConnectField, string>> {
    const fields = this.#isSeparate
      ? (['lmsAddress', 'dmAddress'] as const)
      : (['address'] as const)
    const problems = fields.flatMap((field) => {
      const parsed = parseAddress(this.#values[field].trim())
      return 'problem' in parsed ? [[field, parsed.problem] as const] : []
    })
    return Object.fromEntries(problems)
  }
}
