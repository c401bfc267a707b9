import { visible } from '../../language/quote.ts'
import type { FoundSettings } from './settings.ts'

/** The text of `_settings.yaml`: what was found, and the defaults of what a team agrees on. */
export function writeSettings(found: FoundSettings): string {
  const { version, defaultPolicy, dnsSupportLevel, fingerprintDigest, dynamicPolicy } = found
  const from = ({ from }: { readonly from: string }) => `  # ${visible(from).slice(0, 200)}`
  return `# What the mail servers are, and what the team agreed. Every key has a default.
postfix:
  # The oldest Postfix that reads the table. In quotes: without them 3.10 is the number 3.1.
${from(version)}
  version: "${version.value}"
  # The policy of every destination without an override.
${from(defaultPolicy)}
  default_policy: ${defaultPolicy.value}
  # dane and dane-only need dnssec.
${from(dnsSupportLevel)}
  dns_support_level: ${dnsSupportLevel.value}
  # The algorithm of every pinned digest.
${from(fingerprintDigest)}
  fingerprint_digest: ${fingerprintDigest.value}
  # What answers after the table: none, or mta-sts for a resolver such as postfix-tlspol.
${from(dynamicPolicy)}
  dynamic_policy: ${dynamicPolicy.value}
review:
  # Days before a review date on which the owner hears of it.
  remind_days: [30, 14, 7, 1]
  # Days after it until reports put the override first.
  grace_days: 14
  # The longest time until a review, by what an override does to mail.
  longest_days: { weaker: 90, mixed: 180, other: 366, stronger: 366, same: 366 }
# Optional fields that every override must have: owner, ticket, problem, contacted.
require: []
`
}

/** An override to copy; its name begins with "_", so that it decides nothing. */
export const exampleOverride = `# An example that decides nothing, because its name begins with "_". Copy it to partner.yaml, or let
# "tlspolicy add" write a file. One file is one decision.

# The next-hop that Postfix looks up: a recipient domain, .example.com for its subdomains, or
# "[relay.example]:587", with the quotes. A list where one decision covers several.
destination: partner.example

# none, may, encrypt, dane, dane-only, fingerprint, verify or secure.
policy: may

# Optional; each name is Postfix's own.
parameters:
  protocols: ">=TLSv1.2"

# For a colleague or an auditor a year from now: what is broken, how you know, who was told.
justification: >-
  Their TLSA records still name the certificate that expired on 2026-11-16, so that DANE refuses the
  new one. Their postmaster confirmed it on the phone and has ordered the change of the records.

# The last day on which the decision stands without another look.
review_date: 2026-12-15

# Optional: what must be gone before the override can go, who hears of the review, and who was told.
problem: tlsa-mismatch
owner: mail-team@example.org
ticket: https://tickets.example/MAIL-42
contacted:
  - { date: 2026-11-18, to: postmaster@partner.example }
`

export interface WorkflowTexts {
  /** The repository and commit of the actions: `owner/name@commit`. */
  readonly action: string
  readonly version: string
  /** The folder of overrides, as it was named. */
  readonly policies: string
}

/** A workflow of this project for another repository: its actions come from afar, and the folder is theirs. */
export function adaptWorkflow(text: string, { action, version, policies }: WorkflowTexts): string {
  const [repository = '', commit = ''] = action.split('@')
  const folder = JSON.stringify(policies)
  return text
    .replace(/^( *)- uses: \.\/(\S+)$/gm, (_, indent: string, path: string) => {
      const uses = `${indent}- uses: ${repository}/${path}@${commit} # v${version}`
      const takesFolder = policies !== 'policies' && !path.endsWith('/setup')
      return takesFolder ? `${uses}\n${indent}  with:\n${indent}    policies: ${folder}` : uses
    })
    .replace(
      /^ {2}POLICIES: policies$/m,
      () => `  POLICIES: ${policies === 'policies' ? policies : folder}`,
    )
}
