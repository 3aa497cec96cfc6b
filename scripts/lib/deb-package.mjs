import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { runOrThrow } from './child.mjs'
import { builderConfig } from './electron-builder.mjs'
import { inProject } from './paths.mjs'

const architectures = { x64: 'amd64', arm64: 'arm64', arm: 'armhf' }
const compression = { small: ['-Zxz'], quick: ['-Zgzip', '-z1'] }

/**
 * Makes a .deb of an unpacked app with `dpkg-deb`. It has no scripts: Debian's own triggers see the
 * desktop entry and the icons, and removing it touches nothing of the person's.
 * In: the folder of the app; `isQuick` compresses less. Out: the path of the file under dist/.
 */
export async function makeDeb(unpacked, { isQuick = false } = {}) {
  const about = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  const config = await builderConfig()
  const { executableName: name } = config.linux
  const architecture = architectures[process.arch]
  const version = about.version.replaceAll('-', '~')
  const root = mkdtempSync(inProject('dist', '.deb-'))
  try {
    await placeApp(unpacked, join(root, 'usr', 'lib', name), name)
    placeForDesktop(root, { name, about, config })
    const control = controlFile({ name, version, architecture, about, config, root })
    write(join(root, 'DEBIAN', 'control'), control)
    write(join(root, 'DEBIAN', 'md5sums'), checksums(root))
    await setModes(root, name)
    const file = inProject('dist', `${name}_${version}_${architecture}.deb`)
    const how = isQuick ? compression.quick : compression.small
    await runOrThrow('dpkg-deb', ['--root-owner-group', ...how, '--build', root, file])
    return file
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** The app in a folder of its own, and on the path. */
async function placeApp(unpacked, target, name) {
  mkdirSync(dirname(target), { recursive: true })
  await runOrThrow('cp', ['-a', '--reflink=auto', unpacked, target])
  const programs = join(target, '..', '..', 'bin')
  mkdirSync(programs)
  symlinkSync(`../lib/${name}/${name}`, join(programs, name))
}

/** The same whatever the umask; the sandbox's helper as the kernel wants it. */
async function setModes(root, name) {
  await runOrThrow('chmod', ['-R', 'u=rwX,go=rX', root])
  chmodSync(join(root, 'usr', 'lib', name, 'chrome-sandbox'), 0o4755)
}

function placeForDesktop(root, { name, about, config }) {
  const share = join(root, 'usr', 'share')
  write(join(share, 'applications', about.desktopName), desktopFile({ name, about, config }))
  const icons = join(share, 'icons', 'hicolor')
  for (const file of readdirSync(inProject(config.linux.icon))) {
    const size = file.slice(0, -'.png'.length)
    place(inProject(config.linux.icon, file), join(icons, size, 'apps', `${name}.png`))
  }
  place(inProject('resources', 'icon.svg'), join(icons, 'scalable', 'apps', `${name}.svg`))
  place(inProject('LICENSE'), join(share, 'doc', name, 'copyright'))
}

/** As electron-builder writes it from the same settings. */
export function desktopFile({ name, about, config }) {
  const { linux, protocols, productName } = config
  const schemes = protocols.flatMap(({ schemes: all }) => all)
  const types = [...linux.mimeTypes, ...schemes.map((scheme) => `x-scheme-handler/${scheme}`)]
  const entries = {
    Type: 'Application',
    Name: productName,
    Comment: about.description,
    Exec: `/usr/bin/${name} %U`,
    Icon: name,
    Terminal: 'false',
    StartupWMClass: about.desktopName.replace(/\.desktop$/, ''),
    MimeType: `${types.join(';')};`,
    Categories: `${linux.category};`,
    ...linux.desktop.entry,
  }
  const lines = Object.entries(entries).map(([key, value]) => `${key}=${value}\n`)
  return `[Desktop Entry]\n${lines.join('')}`
}

function controlFile({ name, version, architecture, about, config, root }) {
  const { linux, deb } = config
  const fields = {
    Package: name,
    Version: version,
    Architecture: architecture,
    Maintainer: linux.maintainer,
    'Installed-Size': Math.ceil(sum(filesBelow(root).map((file) => lstatSync(file).size)) / 1024),
    Depends: deb.depends.join(', '),
    Recommends: deb.recommends.join(', '),
    Section: 'misc',
    Priority: 'optional',
    Homepage: about.homepage,
    Description: `${linux.synopsis}\n ${about.description}`,
  }
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`)
  return lines.join('')
}

/** For `dpkg --verify`. */
function checksums(root) {
  const files = filesBelow(root).filter((file) => lstatSync(file).isFile())
  const lines = files.map((file) => {
    const hash = createHash('md5').update(readFileSync(file)).digest('hex')
    return `${hash}  ${relative(root, file)}\n`
  })
  return lines.join('')
}

/** Without the package's own description of itself. */
function filesBelow(root) {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(root, 'DEBIAN')))
    .toSorted()
}

function place(source, target) {
  mkdirSync(dirname(target), { recursive: true })
  cpSync(source, target)
  chmodSync(target, 0o644)
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode: 0o644 })
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
