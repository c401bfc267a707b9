/** A Postfix release without its patch level, as `postconf -h mail_version` begins: `3.7`. */
export type Version = `${number}.${number}`

/** Whether the text names a release; a number would turn 3.10 into 3.1. */
export function isVersion(text: string): text is Version {
  return /^\d{1,3}\.\d{1,3}$/.test(text)
}

/** Whether the release `version` has what came with the release `since`. */
export function hasRelease(version: Version, since: Version): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number)
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)
}
