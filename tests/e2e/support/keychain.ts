import keytar from 'keytar'

/** Whether the system's keychain holds a token under this name. The session bus is the app's. */
export async function hasToken(account: string): Promise<boolean> {
  return (await keytar.getPassword('ibl.ai Profile', account)) !== null
}
