import type { History } from '../../../src/review/history.ts'
import type { Files } from '../../review/sides.ts'

/** One override of each sort that a report tells apart. */
export const files: Files = {
  'broken-dane.yaml': `destination: broken-dane.example
policy: may
parameters: { protocols: ">=TLSv1.2" }
justification: Their TLSA records name the certificate of last year.
review_date: 2026-11-03
problem: tlsa-mismatch
owner: mail-team@example.org
ticket: https://tickets.example/MAIL-42
contacted: [{ date: 2026-10-18, to: postmaster@broken-dane.example }]
`,
  'clinic.yaml': `destination: clinic.example
policy: encrypt
emergency: true
justification: Clinic down.
review_date: 2026-11-24
owner: mail-team@EXAMPLE.org
`,
  'lab.yaml': `destination: [.lab.example, "[relay.lab.example]:587"]
policy: none
justification: Our own test systems speak no TLS before the new ones come.
review_date: 2026-12-14
owner: "@platform-team"
renewals: [{ date: 2026-11-20, until: 2026-12-14, because: The new systems come in December. }]
`,
  'partner.yaml': `destination: partner.example
policy: secure
justification: Our contract demands that mail goes to them alone.
review_date: 2027-06-15
owner: "@hostmaster"
`,
  'off.yaml': `destination: off.example
policy: encrypt
active: false
justification: Waiting for the contract with them to be signed.
review_date: 2025-01-15
`,
}

const written = { day: '2026-10-01', author: 'Ann', commit: '0123456789', reviewers: [] } as const

/** One of them was extended twice, and the others are not committed. */
export const history: History = {
  overrides: new Map([
    [
      'broken-dane.yaml',
      {
        written: { ...written, pullRequest: '#12' },
        changed: written,
        reviewDates: ['2026-10-15', '2026-10-20', '2026-11-03'],
        extensions: 2,
      },
    ],
  ]),
  destinations: new Map(),
}
