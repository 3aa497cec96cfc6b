import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { run, runOrThrow } from './child.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { projectRoot } from './paths.mjs'

/** `nobody`: known to every Linux, owner of nothing. */
const identity = { uid: 65534, gid: 65534 }
const needed = [
  'package.json',
  'node_modules',
  'out',
  'resources',
  'src',
  'tests',
  'scripts',
  'tsconfig.json',
  'tsconfig.base.json',
]

/**
 * Root only. Makes a place from which an ordinary user can run the app and its tests with the
 * sandbox on: a home, a copy of the runtime, and of whatever else that user may not read here.
 * Out: whatever `work({ identity, env, home, root, node, command })` returns; `command` is as in
 * app-command.mjs.
 */
export async function withOrdinaryUser(work) {
  const home = mkdtempSync(join(tmpdir(), 'iblai-user-'))
  try {
    chmodSync(home, 0o755)
    chownSync(home, identity.uid, identity.gid)
    const root = (await mayRead(sample(projectRoot)))
      ? projectRoot
      : await copyProject(join(home, 'project'))
    const node = (await mayRun(process.execPath))
      ? process.execPath
      : copyProgram(process.execPath, home)
    const { version } = electronRuntime()
    const command = { executable: await copyRuntime(home), args: [root], version }
    return await work({ identity, env: environment(home, node), home, root, node, command })
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 })
  }
}

function environment(home, node) {
  const { PATH, LANG = 'C.UTF-8', CI } = process.env
  const temporary = join(home, 'tmp')
  mkdirSync(temporary)
  chownSync(temporary, identity.uid, identity.gid)
  return {
    PATH: `${dirname(node)}:${PATH}`,
    LANG,
    ...(CI && { CI }),
    HOME: home,
    TMPDIR: temporary,
    USER: 'nobody',
  }
}

/**
 * The sandbox's helper is given to root with the set-user-id bit, for kernels that keep user
 * namespaces from others.
 */
async function copyRuntime(home) {
  const source = electronRuntime().executable
  const target = join(home, 'electron')
  await runOrThrow('cp', ['-a', dirname(source), target])
  await runOrThrow('chmod', ['-R', 'a+rX', target])
  const helper = join(target, 'chrome-sandbox')
  if (existsSync(helper)) {
    chownSync(helper, 0, 0)
    chmodSync(helper, 0o4755)
  }
  return join(target, basename(source))
}

async function copyProject(target) {
  mkdirSync(target)
  const parts = needed.map((name) => join(projectRoot, name)).filter((path) => existsSync(path))
  await runOrThrow('cp', ['-a', ...parts, target])
  await runOrThrow('chmod', ['-R', 'a+rX', target])
  return target
}

function copyProgram(program, home) {
  const target = join(home, basename(program))
  copyFileSync(program, target)
  chmodSync(target, 0o755)
  return target
}

/** Files of different origin, one of which would show a checkout that others may not read. */
function sample(root) {
  const names = [
    'package.json',
    join('node_modules', 'playwright', 'package.json'),
    join('out', 'main', 'index.js'),
    'tests',
  ]
  return names.map((name) => join(root, name))
}

async function mayRead(paths) {
  const results = await Promise.all(paths.map((path) => run('test', ['-r', path], identity)))
  return results.every(({ code }) => code === 0)
}

async function mayRun(program) {
  return (await run('test', ['-x', program], identity)).code === 0
}
