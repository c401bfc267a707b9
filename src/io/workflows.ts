import { readFileSync } from 'node:fs'

/** The text of one of this project's own workflows, which come with the package. */
export function ownWorkflow(name: string): string {
  return readFileSync(new URL(`../../.github/workflows/${name}`, import.meta.url), 'utf8')
}
