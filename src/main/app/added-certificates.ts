import type { Result } from '../../shared/errors'
import type { CertificatesView } from '../../shared/ipc/contract'
import { err, ok } from '../../shared/result'
import type { CertificateFiles, Desktop, Preferences } from './ports'

interface CertificatePorts {
  readonly preferences: Preferences
  readonly files: CertificateFiles
  readonly desktop: Pick<Desktop, 'chooseFile'>
}

/**
 * Certificates the person trusts beside those the app comes with, as networks that inspect traffic
 * need them. The preferences hold the file's path; its content is read when it is needed, so that a
 * renewed file counts at once. A file that has become bad adds nothing, and the view says why.
 */
export class AddedCertificates {
  readonly #ports: CertificatePorts

  constructor(ports: CertificatePorts) {
    this.#ports = ports
  }

  /** In PEM. */
  async all(): Promise<readonly string[]> {
    const path = this.#path()
    const read = path === '' ? undefined : await this.#ports.files.read(path)
    return read?.ok ? read.value.certificates : []
  }

  async view(): Promise<CertificatesView> {
    const path = this.#path()
    if (path === '') return { names: [] }
    const read = await this.#ports.files.read(path)
    const file = fileName(path)
    return read.ok ? { file, names: read.value.names } : { file, names: [], problem: read.error }
  }

  /** A bad file is refused and changes nothing. */
  async choose(): Promise<Result<CertificatesView>> {
    const path = await this.#ports.desktop.chooseFile('certificates')
    if (path === undefined) return err({ kind: 'cancelled' })
    const read = await this.#ports.files.read(path)
    if (!read.ok) return read
    return this.#keep(path)
  }

  remove(): Promise<Result<CertificatesView>> {
    return this.#keep('')
  }

  async #keep(path: string): Promise<Result<CertificatesView>> {
    const written = await this.#ports.preferences.write({ certificateFile: path })
    return written.ok ? ok(await this.view()) : written
  }

  #path(): string {
    return this.#ports.preferences.read().certificateFile ?? ''
  }
}

const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path
