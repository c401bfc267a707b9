// @ts-check
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'

/** An empty file system over Postfix's own spool, in this namespace alone: nothing to clean up. */
export const ROOT = '/var/spool/postfix'

/** `unshare`, so that all processes, mounts and addresses end with the one program that it starts. */
export const NAMESPACES = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc']

/** Where programs are; nothing else of the caller's environment is to reach a private Postfix. */
export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Makes the namespace of the first process: its loopback owns every address, and its resolver is 127.0.0.1.
 * @param {readonly string[]} folders under `ROOT`
 */
export function makeNamespace(folders) {
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  execFileSync('ip', ['route', 'add', 'local', '0.0.0.0/0', 'dev', 'lo'])
  execFileSync('sh', ['-c', 'ip -6 route add local ::/0 dev lo 2>/dev/null || true'])
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'private', ROOT])
  for (const name of folders) {
    mkdirSync(`${ROOT}/${name}`)
    chmodSync(`${ROOT}/${name}`, 0o755)
  }
  writeFileSync(`${ROOT}/resolv.conf`, 'nameserver 127.0.0.1\noptions trust-ad\n')
  execFileSync('mount', ['--bind', `${ROOT}/resolv.conf`, '/etc/resolv.conf'])
}
